"""Tables of what changed, as a terminal and a brief show them: a list of rows for each.

Forecasts are fractions, with ``_low`` and ``_high`` beside them: both write them as
`vedette.rounding.estimate` does.
"""

from vedette.changes.ahead import ForecastMoved
from vedette.changes.beliefs import BeliefMoved
from vedette.changes.between import Changes
from vedette.changes.came import Came
from vedette.changes.claims import ClaimSince
from vedette.changes.thresholds import PLACE
from vedette.changes.wording import day_words

Cell = str | int | float | None
Rows = list[dict[str, Cell]]
FEW = 5
"""Places that are listed where none has deaths of note."""


def place_rows(changes: Changes) -> Rows:
    """The places with a miss or with deaths of note, own misses first; where there are none, a few."""
    places, least = changes.came.places, PLACE * len(changes.came.months)
    notable = [row for row in places if row.told or max(row.came, row.median or 0.0) >= least]
    most = sorted(places, key=lambda row: -max(row.came, row.median or 0.0))[:FEW]
    return [_came(row) for row in notable or most]


def month_rows(changes: Changes) -> Rows:
    """The months since the first day one by one; none where there is one alone."""
    return [{**_came(row), "place": row.first} for row in changes.came.by_month]


def _came(row: Came) -> dict[str, Cell]:
    verdict = {"above": "missed: more came", "below": "missed: fewer came"}.get(row.miss, "")
    if row.miss and not row.told:
        verdict = "outside, by little"
    return {
        "place": row.name,
        "came": round(row.came),
        "came_low": round(row.came_low),
        "came_high": round(row.came_high),
        "forecast": row.median,
        "forecast_low": row.low,
        "forecast_high": row.high,
        "below": row.below,
        "verdict": verdict or ("" if row.median is None else "within"),
        "mark": row.mark,
    }


def revised_rows(changes: Changes) -> Rows:
    """What the data changed, by month and place."""
    return [
        {name: value for name, value in vars(cell).items() if name != "place"}
        for cell in changes.revised.cells
    ]


def claim_rows(changes: Changes) -> Rows:
    """Claims that became known: those that moved a belief most first, then acts, then by day."""
    moved: dict[str, float] = {}
    for row in changes.beliefs:
        for one in row.influences:
            moved[one.claim] = max(moved.get(one.claim, 0.0), abs(one.moves))

    def order(claim: ClaimSince) -> tuple[float, bool, str, str]:
        return (-moved.get(claim.id, 0.0), not claim.act, str(claim.known), claim.id)

    return [
        {
            "known": str(claim.known),
            "claim": claim.text,
            "does": claim.kind,
            "grade": claim.grade,
            "source": claim.title,
            "id": claim.id,
        }
        for claim in sorted(changes.claims.claims, key=order)
    ]


def belief_rows(changes: Changes) -> Rows:
    """Beliefs that moved, and what moved them."""
    return [
        {
            "tie": row.text,
            "then": row.then,
            "now": row.now,
            "by": mover_words(row),
            "state": state_word(row),
        }
        for row in changes.beliefs
    ]


def state_word(row: BeliefMoved) -> str:
    """Whether a tie ended, its belief crossed one half, or it is contested; else empty."""
    if row.ended is not None:
        return "ended"
    return "overturned" if row.overturned else "contested" if row.contested else ""


def mover_words(row: BeliefMoved) -> str:
    """What moved a belief: the claim that moved it most, the end of the tie, a retraction, or time."""
    if row.ended is not None:
        return f"ended on {day_words(row.ended)}, by a claim known since"
    if row.influences:
        first = row.influences[0]
        more = f", and {len(row.influences) - 1} more" if len(row.influences) > 1 else ""
        return f"{first.claim} ({first.source}) by {first.moves:+.2f}{more}".replace(" by -", " by −")
    if row.retracted:
        return f"retracted: {', '.join(row.retracted)}"
    return "time: nobody said it again"


def forecast_rows(changes: Changes) -> Rows:
    """The forecasts of the two days by month, then those of places that moved."""
    rows = [{"of": row.first, **_moved(row)} for row in changes.ahead.by_month]
    return [*rows, *({"of": row.name, **_moved(row)} for row in changes.ahead.places if row.told)]


def _moved(row: ForecastMoved) -> dict[str, Cell]:
    return {
        "then": row.then,
        "then_low": row.then_low,
        "then_high": row.then_high,
        "now": row.now,
        "now_low": row.now_low,
        "now_high": row.now_high,
        "moved": "yes" if row.told else "",
    }


def sign_rows(changes: Changes) -> Rows:
    """Every sign on the two days."""
    return [
        {
            "sign": sign.name,
            "alarm": sign.alarm,
            "became": sign.became,
            "then": sign.then,
            "now": sign.now,
            "earlier": _earlier(sign.judged, sign.false),
            "who": sign.who,
        }
        for sign in changes.signs.signs
    ]


def _earlier(judged: int | None, false: int | None) -> str:
    return "" if not judged else f"{false or 0} of {judged} not followed by what it warns of"


def weight_rows(changes: Changes) -> Rows:
    """The weight of every branch on the two days, in per cent; none while no month weighs them."""
    if not changes.signs.counted:
        return []
    return [
        {
            "question": row.question,
            "branch": row.name,
            "before": _points(row.prior),
            "then": _points(row.then.weight),
            "then_low": _points(row.then.low),
            "then_high": _points(row.then.high),
            "now": _points(row.now.weight),
            "now_low": _points(row.now.low),
            "now_high": _points(row.now.high),
            "moved": "yes" if row.told else "",
            "state": row.now.why,
        }
        for row in changes.signs.weights
    ]


def _points(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def scenario_rows(changes: Changes) -> Rows:
    """How far each scenario is from the levers on record on the two days, in per cent."""
    return [
        {"scenario": row.name, "then": _points(row.then), "now": _points(row.now)}
        for row in changes.signs.scenarios
    ]
