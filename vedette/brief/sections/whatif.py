"""What if: outcomes by scenario, odds, what drives them, what to watch, and what all of it rests on."""

from collections.abc import Iterator, Sequence

import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts.scenarios import LEVELS, outcomes_by_scenario
from vedette.brief.figures import (
    Cell,
    Column,
    Figure,
    Link,
    Mark,
    Table,
    by,
    from_assumption,
    from_data,
    from_fit,
)
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.scenarios import WhatIf
from vedette.brief.odds import clearly, odds_in_words
from vedette.brief.prose import Paragraph, Points, text
from vedette.brief.scenario_names import names_by_id, outcomes_moved, without_ids
from vedette.brief.scenario_tables import intervals, overview, spread_table
from vedette.brief.scenario_words import (
    TITLES,
    Sentence,
    cautions,
    grounds,
    how_sure,
    in_sentence,
)
from vedette.brief.sections.drivers import what_drives_tables
from vedette.brief.sections.regret import who_regrets
from vedette.brief.sections.replayed import replayed
from vedette.brief.sections.signs import early_signs
from vedette.message import say
from vedette.plurals import counted
from vedette.scenario import history_covers, kept_hindcast

_GROUNDS = (
    Column("name", "what"),
    Column("mark", "mark"),
    Column("value", "value"),
    Column("by", "by"),
    Column("ground", "on what ground"),
    Column("moves", "moves"),
)


def what_if(findings: Findings) -> Section | None:
    """The section, or nothing for a case without scenarios that start when the data end."""
    whatif = findings.what_if
    if whatif is None:
        return None
    links = chain(whatif)
    blocks: list[Block] = [
        text(_plain(whatif.ensemble.mechanism.case.question)),
        Points(what_if_lines(whatif)),
        _rests_on(whatif),
        *_overview(whatif),
        *_cautions(whatif),
        *what_drives_tables(whatif, links),
        *early_signs(whatif, links),
        *who_regrets(whatif, links),
        _chart(whatif),
        *_odds(whatif),
        *_spread(whatif),
        *replayed(whatif),
        text(_plain(how_sure(whatif.ensemble))),
        _rests(whatif),
    ]
    return Section("what-if", say("What if"), tuple(blocks))


def what_if_lines(whatif: WhatIf) -> tuple[Paragraph, ...]:
    """A sentence for each scenario, every number in it a figure."""
    return tuple(_sentence(whatif, each) for each in whatif.sentences)


def _sentence(whatif: WhatIf, sentence: Sentence) -> Paragraph:
    name = sentence.scenario.replace("+", "-and-")
    figures = {
        key: Figure(
            f"what-if-{name}-{key}".replace("_", "-"),
            f"{whatif.ensemble.mechanism.headline.name}, {TITLES[key]}",
            *((Mark.OBSERVED, _RECORDED) if key == "on_record" else (Mark.ASSUMED, chain(whatif))),
            whatif.ensemble.mechanism.headline.unit,
            value=shown,
        )
        for key, shown in sentence.numbers.items()
    }
    return text(sentence.template, **figures)


_RECORDED = (
    from_data(
        "counts of the case by month", "the case's own record, up to the month before the first simulated"
    ),
    by("the highest value over as many months in a row"),
)


def chain(whatif: WhatIf) -> tuple[Link, ...]:
    """The chain of every answer: assumptions, the forecast below them, and how they were run."""
    ensemble = whatif.ensemble
    authors = sorted({str(row["by"]) for row in whatif.grounds if row["by"]})
    count = sum(row["mark"] == "assumed" for row in whatif.grounds)
    return (
        from_assumption(
            counted(count, "assumption or branch", "assumptions and branches"),
            ", ".join(authors),
            "mechanisms.yaml",
        ),
        from_fit(ensemble.baseline.source),
        by(
            f"{counted(ensemble.draws, 'draw')} of {counted(len(ensemble.names), 'scenario')} on common random numbers, "
            f"seed {ensemble.seed}"
        ),
    )


def _rests_on(whatif: WhatIf) -> Points:
    """What the sentences rest on: how much is assumed, by whom, whether history covers it."""
    mechanism = whatif.ensemble.mechanism
    history = history_covers(mechanism, mechanism.headline.id, kept_hindcast(mechanism)).sentence
    return Points(tuple(text(_plain(line)) for line in grounds(whatif.ensemble, history)))


def _cautions(whatif: WhatIf) -> Iterator[Block]:
    """What decides the sentences by its sign alone, and levels that are withheld."""
    ensemble = whatif.ensemble
    lines = cautions(ensemble, ensemble.mechanism.headline, tuple(ensemble.outcomes), whatif.deciding)
    if lines:
        yield Points(tuple(text(_plain(line)) for line in lines))


def _plain(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _overview(whatif: WhatIf) -> Iterator[Block]:
    ensemble = whatif.ensemble
    table = overview(ensemble, tuple(ensemble.outcomes), differences=whatif.differences)
    if table.is_empty():
        return
    figure = Figure(
        "scenario-overview",
        f"Against “{ensemble.scenarios[0].name}”: the median of the difference, and the chances of more than the smallest "
        "difference that matters",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(table, [Column(name, name) for name in table.columns]),
    )
    yield Shown(figure, _headline(whatif), "*: as assumed, by the sign of one number.")


def _spread(whatif: WhatIf) -> Iterator[Block]:
    """Where the spread of the headline difference comes from."""
    headline = whatif.ensemble.mechanism.headline
    if whatif.differences.is_empty():
        return
    table = spread_table(whatif.ensemble, whatif.differences.filter(outcome=headline.id))
    figure = Figure(
        "scenario-spread",
        f"Parts of the spread of the difference in {in_sentence(headline.name)}, each given those before it",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(table, [Column(name, name) for name in table.columns]),
    )
    yield Shown(figure, "Where the spread comes from")


def _name(whatif: WhatIf, scenario: str) -> str:
    return whatif.ensemble.scenarios[whatif.ensemble.index(scenario)].name


def _headline(whatif: WhatIf) -> str:
    """How many outcomes each scenario makes clearly better or worse."""
    ensemble, total = whatif.ensemble, len(whatif.ensemble.outcomes)
    parts = []
    for name in ensemble.names[1:]:
        changes = whatif.differences.filter(scenario=name).partition_by("outcome")
        verdicts = [clearly(rows) for rows in changes]
        verdict_words = [
            f"{word} on {verdicts.count(word)}" for word in ("worse", "better") if word in verdicts
        ]
        parts += [f"“{_name(whatif, name)}” {' and '.join(verdict_words)}"] if verdict_words else []
    if not parts:
        return f"No scenario is clearly better or worse than the first on any of {counted(total, 'outcome')}"
    return f"Clearly worse or better than the first, of {counted(total, 'outcome')}: {'; '.join(parts)}"


def _chart(whatif: WhatIf) -> Block:
    ensemble = whatif.ensemble
    rows = intervals(ensemble, whatif.levels)
    first, last = ensemble.span.labels()[0], ensemble.span.labels()[-1]
    levels = Figure(
        "outcomes-by-scenario",
        f"Outcomes by scenario, {first} to {last}",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(rows, LEVELS),
    )
    caption = Caption(
        "scenarios",
        "Every outcome under each scenario",
        f"{first} to {last}. {ensemble.enumeration[:1].upper()}{ensemble.enumeration[1:]}".rstrip(". ") + ".",
        "Intervals of each outcome under each scenario, side by side.",
        "Better or worse: in 19 of 20 futures of every branch. Draw by draw, scenarios share assumptions, branches and the "
        "future of the forecast.",
    )
    return outcomes_by_scenario(caption, levels)


def _odds(whatif: WhatIf) -> Iterator[Block]:
    """The odds of each threshold under each scenario."""
    ensemble = whatif.ensemble
    rows: list[dict[str, Cell]] = []
    for outcome in ensemble.outcomes.values():
        if not outcome.threshold:
            continue
        side = "above" if outcome.threshold.above is not None else "below"
        line = outcome.threshold.above if side == "above" else outcome.threshold.below
        level = whatif.levels.filter(outcome=outcome.id)
        row: dict[str, Cell] = {
            "outcome": f"{outcome.threshold.name.capitalize()}: {in_sentence(outcome.name)} {side} {line:g}"
        }
        row |= {name: _passed(whatif, level.filter(scenario=name)) for name in ensemble.names}
        rows.append(row)
    if not rows:
        return
    columns = [Column("outcome", "what"), *(Column(each.id, each.name) for each in ensemble.scenarios)]
    figure = Figure(
        "scenario-odds",
        "Odds by scenario; over branches that nobody weighed, the lowest and the highest",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(rows, columns),
    )
    yield Shown(figure, "How likely each threshold is to be passed")


def _passed(whatif: WhatIf, part: pl.DataFrame) -> str:
    return odds_in_words(whatif.ensemble, part["chance"].to_list())


def _rests(whatif: WhatIf) -> Block:
    names = names_by_id(whatif.ensemble.mechanism)
    rows: list[dict[str, Cell]] = [
        {
            **{key: str(row[key]) for key in ("name", "mark", "by")},
            "value": _with_unit(str(row["value"]), str(row["unit"])),
            "ground": without_ids(names, ". ".join(_parts([row["rests_on"], row["source"], row["why"]]))),
            "moves": outcomes_moved(whatif.ensemble, str(row["moves"])),
        }
        for row in whatif.grounds
    ]
    figure = Figure(
        "scenario-grounds",
        "Every number that the scenarios rest on, who says so, on what ground, and the outcomes that it moves",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(rows, _GROUNDS),
    )
    marks = {mark: sum(row["mark"] == mark for row in rows) for mark in ("observed", "estimated", "assumed")}
    counts = ", ".join(f"{count} {mark}" for mark, count in marks.items())
    return Shown(figure, f"What all of this rests on: {counts}", folded=True)


def _with_unit(value: str, unit: str) -> str:
    return value if unit in ("", "number") else f"{value} {unit}"


def _parts(texts: Sequence[object]) -> list[str]:
    return [str(text).rstrip(".") for text in texts if text]
