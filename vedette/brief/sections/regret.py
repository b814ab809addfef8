"""Who would regret what: each decision-maker's own choices, with what everybody else does as uncertainty."""

from collections.abc import Iterator

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import Cell, Column, Figure, Link, Mark, Table
from vedette.brief.inputs.scenarios import MOST_COMBINATIONS, WhatIf
from vedette.brief.prose import Paragraph, Points, text
from vedette.brief.scenario_words import in_sentence, unit_words
from vedette.brief.words import number_text
from vedette.plurals import counted
from vedette.scenario.drivers import Choosing
from vedette.scenario.drivers.reaction_odds import given_on

_TITLE = (
    "How much better the best choice of the same decision-maker does in the same future: the mean where that is "
    "largest, over what all others do and the branches"
)
_EXPECTED = "; in brackets the expected regret, from branch to branch"


def who_regrets(whatif: WhatIf, chain: tuple[Link, ...]) -> Iterator[Block]:
    """A table of every decision-maker's choices, and whose were not run; nothing where nobody has a choice."""
    if not whatif.choosing:
        if whatif.not_run:
            yield Points((_plain(_not_run(whatif)),))
        return
    outcomes = [whatif.ensemble.outcomes[name] for name in whatif.judged]
    columns = [Column("who", "who chooses"), Column("does", "what it does")]
    columns += [Column(each.id, f"{each.name} ({each.unit})") for each in outcomes]
    rows = [row for choosing in whatif.choosing for row in _rows(choosing)]
    title = _TITLE + _EXPECTED * any(choosing.odds for choosing in whatif.choosing)
    figure = Figure("who-regrets", title, Mark.ASSUMED, chain, "", table=Table.of(rows, columns))
    lines = [_least(whatif, choosing) for choosing in whatif.choosing]
    lines += [_not_run(whatif)] if whatif.not_run else []
    yield Points(tuple(_plain(line) for line in lines))
    yield Shown(figure, "Who would regret what", _note(whatif))


def _plain(line: str) -> Paragraph:
    return text(line.replace("{", "{{").replace("}", "}}"))


def _not_run(whatif: WhatIf) -> str:
    """Whose regret is not told, and why, in a sentence."""
    named = [
        f"{choices.names[choices.who]} ({counted(len(choices.options), 'choice')} times "
        f"{counted(len(choices.worlds), 'combination')} of what others do)"
        for choices in whatif.not_run
    ]
    return (
        f"What these would regret is not told here, since a brief runs at most {MOST_COMBINATIONS} combinations: "
        f"{'; '.join(named)}. Ask vedette compare with fewer scenarios and --who."
    )


def _rows(choosing: Choosing) -> Iterator[dict[str, Cell]]:
    choices, does = choosing.choices, _does(choosing)
    for option in choices.options:
        row: dict[str, Cell] = {"who": choices.names[choices.who], "does": does[option.scenario]}
        for own in choosing.regret.filter(option=option.scenario).iter_rows(named=True):
            row[own["outcome"]] = _regret(
                choosing, own["outcome"], option.scenario, own["largest"], own["error"]
            )
        yield row


def _does(choosing: Choosing) -> dict[str, str]:
    """What each option is, by its scenario; after the first one what differs from it."""
    words = choosing.choices.words[choosing.choices.who]
    first = next(iter(words.values())).split("; ")
    apart = {
        name: "; ".join(part for part in said.split("; ") if part not in first)
        for name, said in words.items()
    }
    return {name: said or words[name] for name, said in apart.items()}


def _regret(choosing: Choosing, outcome: str, option: str, largest: float, error: float) -> str:
    """The largest regret, and the expected one where somebody gives odds of what the others do."""
    most = float(choosing.regret.filter(outcome=outcome)["largest"].to_numpy().max())
    shown = number_text(largest, most, error)
    if choosing.odds and most:
        own = choosing.expected.filter(outcome=outcome, option=option, author=choosing.odds[0].author)
        values = sorted(own.select("expected", "error").rows())
        low, high = (number_text(value, most, wrong) for value, wrong in (values[0], values[-1]))
        shown += f" (expected {low})" if low == high else f" (expected {low} to {high})"
    return shown


def _least(whatif: WhatIf, choosing: Choosing) -> str:
    """Which choices have the smallest of the largest regrets in the first outcome, in a sentence."""
    choices, outcome = choosing.choices, whatif.ensemble.outcomes[whatif.judged[0]]
    own, does = choosing.regret.filter(outcome=outcome.id), _does(choosing)
    largest = dict(zip(own["option"], own["largest"], strict=True))
    errors = dict(zip(own["largest"], own["error"], strict=True))
    most, least = max(largest.values()), min(largest.values())
    name, in_what = choices.names[choices.who], in_sentence(outcome.name)
    matters = outcome.matters.least if outcome.matters else 0.0
    if most - least <= matters:
        return (
            f"No choice of {name} is regretted more than another by a difference that matters in {in_what}."
        )
    best = {option: regret for option, regret in largest.items() if regret - least <= matters}
    up_to = max(best.values())
    return (
        f"{name} would regret least in {in_what}: {', or '.join(does[option] for option in best)}. The largest "
        f"regret is then {number_text(up_to, most, errors[up_to])} {unit_words(outcome.unit)}; with another choice it "
        f"can be {number_text(most, 0.0, errors[most])}."
    )


def _note(whatif: WhatIf) -> str:
    """By what choices are judged, whose odds the expected regret rests on, and where to see the rest."""
    dated: dict[str, str] = {}
    without = []
    for choosing in whatif.choosing:
        name = choosing.choices.names[choosing.choices.who]
        without += [] if choosing.odds else [name]
        for author, (day, late) in given_on(choosing.choices).items() if choosing.odds else ():
            dated[author] = f"{author}, {day}" + ", after the first month" * late
    lines = ["Judged by what this case calls better or worse, not by what each of them wants."]
    if dated:
        lines.append(
            f"Odds of what the others do after each choice are assumed ({'; '.join(dated.values())}). The largest regret "
            "has them do the same after each, the expected one has them answer it, so that it can be above the largest."
        )
    if without:
        lines.append(
            f"Nobody gives odds of what others do after a choice of {' or '.join(without)}: no expected regret."
        )
    case = whatif.ensemble.mechanism.case.id
    lines.append(
        f"vedette compare {case} --who ACTOR says where each is largest, and what everybody else may do."
    )
    return " ".join(lines)
