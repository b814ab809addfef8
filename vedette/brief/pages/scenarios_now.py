"""What if, in one table and one sentence: each scenario, its total, the difference, and whether it matters."""

import polars as pl

from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, Column, Figure, Mark, Table
from vedette.brief.inputs.scenarios import WhatIf
from vedette.brief.odds import assumed_by, clearly, odds_in_words
from vedette.brief.pages.known import month_words
from vedette.brief.prose import Paragraph, text
from vedette.brief.scenario_words import in_sentence, period_words, plain_number, readings, unit_words
from vedette.brief.sections.whatif import chain
from vedette.brief.words import outcome_range
from vedette.plurals import counted, plural
from vedette.scenario import history_covers, kept_hindcast

MOST = 6
"""Scenarios in the table at most: the first, and those likeliest to matter."""
_PARTS = ("median", "mean", "worst_5")
_NONE = (
    "what a decision would change cannot be answered, since this brief has no scenarios that start now; it would "
    "take a mechanism with scenarios (mechanisms.yaml) from the month after the data on"
)


def scenarios_now(whatif: WhatIf | None) -> Section:
    """The scenarios in a table; without scenarios, what it would take."""
    if whatif is None:
        words = text(f"{_NONE[:1].upper()}{_NONE[1:]}.")
        return Section("scenarios-now", "No scenarios start now", (words,), "What if")
    blocks: tuple[Block, ...] = (_table(whatif),)
    return Section("scenarios-now", _headline(whatif), blocks, "What if")


def what_would_change(whatif: WhatIf | None) -> Paragraph:
    """The scenario most likely to matter, with the odds that it does; else what it would take to answer."""
    if whatif is None:
        return text(f"What would change it: {_NONE}.")
    ensemble, headline = whatif.ensemble, whatif.ensemble.mechanism.headline
    base = ensemble.scenarios[0].name
    if len(ensemble.scenarios) == 1:
        return text(
            f"What would change it: there is one scenario, “{_literal(base)}”, and nothing to compare it with."
        )
    rows = most_telling(whatif)
    name = _name(whatif, str(rows["scenario"][0]))
    worse, better = _sides(whatif)
    figures = {side: _odds(whatif, rows, side) for side in ("worse", "better")}
    matters = headline.matters
    by = f" by more than {plain_number(matters.least)}{_unit(whatif)}" if matters else ""
    words = (
        f"What would change it: “{_literal(name)}” most of all; the chance of {_literal(in_sentence(headline.name))} to "
        f"{month_words(ensemble.span.last, ensemble.span)} {worse}{by} than under “{_literal(base)}”: {{worse}}, "
        f"{better}{' by as much' if matters else ''}: {{better}}; {_assumed(whatif)}{_direction(rows)}."
    )
    return text(words, **figures)


def _unit(whatif: WhatIf) -> str:
    """The unit of the headline outcome after a number; nothing where its name begins with it."""
    headline = whatif.ensemble.mechanism.headline
    return "" if headline.name.casefold().startswith(headline.unit) else f" {unit_words(headline.unit)}"


def most_telling(whatif: WhatIf) -> pl.DataFrame:
    """The differences from the first scenario of the one that is likeliest to matter, over branches."""
    return _by_what_they_do(whatif)[0]


def _by_what_they_do(whatif: WhatIf) -> list[pl.DataFrame]:
    """The differences of each scenario from the first, the likeliest to matter first."""
    return sorted(
        _by_scenario(whatif), key=lambda rows: -max(_shares(rows, "worse") + _shares(rows, "better"))
    )


def _shown(whatif: WhatIf) -> list[str]:
    """The scenarios in the table, in the order of the case."""
    names = whatif.ensemble.names
    if len(names) <= MOST:
        return list(names)
    chosen = {str(rows["scenario"][0]) for rows in _by_what_they_do(whatif)[: MOST - 1]}
    return [name for name in names if name == names[0] or name in chosen]


def _by_scenario(whatif: WhatIf) -> list[pl.DataFrame]:
    """The differences of each scenario from the first; none where there is one scenario."""
    if whatif.differences.is_empty():
        return []
    rows = whatif.differences.filter(outcome=whatif.ensemble.mechanism.headline.id)
    return rows.partition_by("scenario", maintain_order=True)


def _shares(rows: pl.DataFrame, side: str) -> list[float]:
    """Chances of a difference that matters; of any, where none is said to matter."""
    column = side if rows["matters"][0] is None else f"much_{side}"
    return [float(share) for share in rows[column]]


def _odds(whatif: WhatIf, rows: pl.DataFrame, side: str) -> Figure:
    scenario = str(rows["scenario"][0]).replace("+", "-and-")
    return Figure(
        f"what-if-{scenario}-matters-{side}",
        f"{whatif.ensemble.mechanism.headline.name}: chance of being {side} under “{_name(whatif, str(rows['scenario'][0]))}”",
        Mark.ASSUMED,
        chain(whatif),
        "probability",
        value=odds_in_words(whatif.ensemble, _shares(rows, side)),
    )


def _sides(whatif: WhatIf) -> tuple[str, str]:
    """What worse and better mean for the headline outcome."""
    return ("higher", "lower") if whatif.ensemble.mechanism.headline.good == "down" else ("lower", "higher")


def _assumed(whatif: WhatIf) -> str:
    """How much of the answer is assumed, and by whom."""
    rows = [row for row in whatif.grounds if row["moves"]]
    assumed = [row for row in rows if row["mark"] == "assumed"]
    authors = list(dict.fromkeys(one for row in assumed for one in str(row["by"]).split("; ") if one))
    by = f", by {authors[0]}" if len(authors) == 1 else ""
    if len(assumed) == len(rows) == 1:
        return f"the one number behind this is assumed{by}"
    if len(assumed) == len(rows):
        return f"all {counted(len(rows), 'number')} behind this are assumed{by}"
    return f"{len(assumed)} of the {counted(len(rows), 'number')} behind this are assumed{by}"


def _direction(rows: pl.DataFrame) -> str:
    """That an assumption alone decides which way it goes; nothing where none does."""
    by = assumed_by(rows)
    return f", and the direction is{by.removeprefix(',')}" if by else ""


def _headline(whatif: WhatIf) -> str:
    """Which scenario clearly changes the headline outcome."""
    outcome = in_sentence(whatif.ensemble.mechanism.headline.name)
    parts = _by_scenario(whatif)
    clear = [(clearly(rows), str(rows["scenario"][0])) for rows in parts]
    told = [f"“{_name(whatif, scenario)}” is clearly {verdict}" for verdict, scenario in clear if verdict]
    if told:
        return f"For {outcome}, {'; '.join(told)}"
    return (
        f"No scenario clearly changes {outcome}"
        if parts
        else "There is one scenario, and nothing to compare it with"
    )


def _table(whatif: WhatIf) -> Shown:
    ensemble, headline = whatif.ensemble, whatif.ensemble.mechanism.headline
    worse, better = _sides(whatif)
    least = f" by over {plain_number(headline.matters.least)}" if headline.matters else ""
    columns = (
        Column("scenario", "scenario"),
        Column("total", f"{unit_words(headline.unit).strip('()')}, median"),
        Column("median", "difference, median"),
        Column("mean", "mean"),
        Column("worst_5", "worst twentieth"),
        Column("worse", f"chance of {worse}{least}"),
        Column("better", f"chance of {better}{least}"),
    )
    figure = Figure(
        "scenarios-in-one-table",
        f"{headline.name} {period_words(ensemble.span)}; differences from the first, future by future",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of([_row(whatif, name) for name in _shown(whatif)], columns),
    )
    return Shown(figure, "", _note(whatif))


def _row(whatif: WhatIf, scenario: str) -> dict[str, Cell]:
    ensemble, headline = whatif.ensemble, whatif.ensemble.mechanism.headline
    levels = whatif.levels.filter(outcome=headline.id, scenario=scenario)
    total = (
        "withheld" if headline.id in ensemble.mechanism.withheld else _number(levels, "median", signed=False)
    )
    row: dict[str, Cell] = {"scenario": _name(whatif, scenario), "total": total}
    own = next((rows for rows in _by_scenario(whatif) if rows["scenario"][0] == scenario), None)
    if own is None:
        return row | dict.fromkeys((*_PARTS, "worse", "better"))
    sides = {side: odds_in_words(ensemble, _shares(own, side)) for side in ("worse", "better")}
    if assumed_by(own):
        sides = {side: f"{odds}\N{NO-BREAK SPACE}*" for side, odds in sides.items()}
    return row | {part: _number(own, part, signed=True) for part in _PARTS} | sides


def _number(rows: pl.DataFrame, part: str, *, signed: bool) -> str:
    return outcome_range(rows[part].to_list(), rows[f"{part}_error"].to_list(), signed=signed)


def _note(whatif: WhatIf) -> str:
    mechanism = whatif.ensemble.mechanism
    history = history_covers(mechanism, mechanism.headline.id, kept_hindcast(mechanism)).sentence
    assumed = _assumed(whatif)
    left = len(whatif.ensemble.names) - len(_shown(whatif))
    more = f"{counted(left, 'more scenario')} {plural(left, 'stands', 'stand')} in the annex." if left else ""
    parts = (f"{assumed[:1].upper()}{assumed[1:]}.", history, _readings(whatif), _star(whatif), more)
    return " ".join(filter(None, parts))


def _star(whatif: WhatIf) -> str:
    """What the star stands for, where one is."""
    starred = any(map(assumed_by, _by_scenario(whatif)))
    return "*: the direction is as assumed, by the sign of one number." if starred else ""


def _readings(whatif: WhatIf) -> str:
    many = whatif.ensemble.groups
    return (
        f"Ranges run over {counted(many, 'reading')} that nobody weighed."
        if readings(whatif.ensemble)
        else ""
    )


def _name(whatif: WhatIf, scenario: str) -> str:
    return whatif.ensemble.scenarios[whatif.ensemble.index(scenario)].name


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
