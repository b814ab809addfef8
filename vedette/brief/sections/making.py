"""How the forecast is made: the methods in the pool, their weights by month ahead, and the prior."""

from vedette.brief.blocks import Block, Caption, Shown
from vedette.brief.charts import weight_bars
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.forecast import ASSUMED, UNITS, prior_link
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.opinion import opinion
from vedette.brief.words import percent
from vedette.model import By, FloatArray

SEEN = 0.1
"""Weights that differ by less along the months ahead are told once."""
OF = {By.COUNTRY: "the country", By.STRATUM: "who fights", By.PLACE: "places"}
TITLES = {By.COUNTRY: "The country", By.STRATUM: "Who fights", By.PLACE: "Places"}
_WORDS = {
    "level": "reads from deaths how violent each unit is now; that level drifts, leaps now and then, and is pulled "
    "back to what is usual for the unit",
    "level-marks": "does the same for the number of events, and adds how many people die in each",
}
_WEIGHTS = (
    Column("of", "of"),
    Column("horizon", "months ahead", CellFormat.NUMBER),
    Column("member", "method"),
    Column("weight", "weight", CellFormat.SHARE),
)


def making(findings: Findings) -> tuple[Block, ...]:
    """The members of the pool in plain words, what each weighs, what is taken for granted, and a second opinion.

    Weights are drawn where they change along the months ahead; else the table says them.
    """
    moving = any(_moves(findings.outlook.learned[by].weights) for by in UNITS)
    drawn = [_chart(findings)] if moving else []
    made = (_lead(findings), *drawn, _members(findings), _prior(findings))
    return (*made, *opinion(findings, marks(findings)))


def _moves(weights: FloatArray) -> bool:
    """Whether a weight differs between months ahead by more than a reader would see."""
    return bool((weights.max(axis=0) - weights.min(axis=0)).max() > SEEN)


def marks(findings: Findings) -> tuple[int, ...]:
    """The months ahead that tables show: the first, the sixth and the last."""
    return tuple(sorted({1, min(6, findings.case.horizon), findings.case.horizon}))


def _lead(findings: Findings) -> Paragraph:
    count = Figure(
        "members",
        "Methods in the pool",
        Mark.ESTIMATED,
        findings.outlook.chain,
        "methods",
        value=len(findings.outlook.members[By.COUNTRY]),
    )
    return text(
        "The pool joins {count} methods that fail differently: each draw comes from one of them, the more often the more it "
        "weighs. The weights of each month ahead are learned from what the methods would have said at past months of "
        "this case, and change little where that record is short. Last, draws are moved outward or inward, by "
        "where the truth of those past months ranked among them.",
        count=count,
    )


def _chart(findings: Findings) -> Block:
    rows: list[dict[str, Cell]] = [
        {"of": TITLES[by], "horizon": ahead + 1, "member": member, "weight": float(weight)}
        for by in UNITS
        for ahead, weights in enumerate(findings.outlook.learned[by].weights)
        for member, weight in zip(findings.outlook.members[by], weights, strict=True)
    ]
    figure = Figure(
        "pool-weights",
        "Weights of the methods in the pool",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "share of the draws",
        table=Table.of(rows, _WEIGHTS),
    )
    caption = Caption(
        "weights",
        _headline(findings),
        "Share of the draws that come from each method, by month ahead; the title gives the mean over the months",
        "Stacked bars of weights by month ahead. The numbers are in the table.",
    )
    return weight_bars(caption, figure)


def _headline(findings: Findings) -> str:
    weights = findings.outlook.learned[By.COUNTRY].weights.mean(axis=0)
    listed = ", ".join(
        f"{name} {100 * weight:.0f} %"
        for name, weight in zip(findings.outlook.members[By.COUNTRY], weights, strict=True)
    )
    return f"Weights for the country: {listed}"


def _members(findings: Findings) -> Block:
    learned, shown = findings.outlook.learned[By.COUNTRY], marks(findings)
    rows: list[dict[str, Cell]] = [
        {
            "member": member,
            "words": _words(member),
            "weight": _weight_words(learned.weights[:, number], shown),
        }
        for number, member in enumerate(findings.outlook.members[By.COUNTRY])
    ]
    columns = (
        Column("member", "method"),
        Column("words", "what it does"),
        Column("weight", "weight for the country"),
    )
    figure = Figure(
        "pool-members",
        "The methods in the pool",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "",
        table=Table.of(rows, columns),
    )
    return Shown(figure, "What each method does")


def _weight_words(weights: FloatArray, shown: tuple[int, ...]) -> str:
    """The weight of a member in the months ahead that tables show, once where it hardly changes."""
    if weights.max() - weights.min() <= SEEN:
        return f"{percent(weights.mean())}, about the same at every month ahead"
    return ", ".join(f"{percent(weights[ahead - 1])} in month {ahead}" for ahead in shown)


def _words(member: str) -> str:
    """What a method does; a memory that fades says how fast."""
    kind, _, months = member.partition("-")
    if kind == "fading":
        return (
            f"repeats the unit's own past months; a month counts twice as much as one {months} months earlier"
        )
    return _WORDS.get(member, "a method of its own")


def _prior(findings: Findings) -> Paragraph:
    prior = findings.outlook.prior
    chain = (prior_link(prior),)
    if prior.basis == ASSUMED:
        basis = Figure(
            "prior", "Basis of the prior", Mark.ASSUMED, chain, "", value="assumed by the authors of vedette"
        )
        return text(
            "How fast violence drifts, leaps and calms down is {basis}: too little was known at the time to learn it.",
            basis=basis,
        )
    basis = Figure(
        "prior", "Last month the prior was learned from", Mark.ESTIMATED, chain, "", value=prior.known_until
    )
    return text(
        "How fast violence drifts, leaps and calms down was learned across many countries, from months up to {basis} and "
        "none later, and stored with vedette; this case adds its own level of violence and how it scatters.",
        basis=basis,
    )
