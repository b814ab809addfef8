"""What if: outcomes by scenario, odds, what drives them, what to watch, and what all of it rests on."""

from collections.abc import Sequence

import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts.scenarios import outcomes_by_scenario
from vedette.brief.figures import (
    Cell,
    CellFormat,
    Column,
    Figure,
    Link,
    Mark,
    Table,
    by,
    from_assumption,
    from_fit,
)
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.scenarios import WhatIf
from vedette.brief.odds import better_in_words, clearly, odds_in_words
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.drivers import driver_tables
from vedette.brief.sections.replayed import replayed
from vedette.plurals import counted, plural

_LEVELS = (
    Column("outcome", "outcome"),
    Column("scenario", "scenario"),
    Column("low", "low 90 %", CellFormat.NUMBER, 2),
    Column("middle_low", "middle, lowest branch", CellFormat.NUMBER, 2),
    Column("middle_high", "middle, highest branch", CellFormat.NUMBER, 2),
    Column("high", "high 90 %", CellFormat.NUMBER, 2),
)
_GROUNDS = (
    Column("name", "what"),
    Column("mark", "mark"),
    Column("value", "value"),
    Column("unit", "unit"),
    Column("by", "by"),
    Column("ground", "on what ground"),
    Column("moves", "moves"),
)


def what_if(findings: Findings) -> Section | None:
    """The section, or nothing for a case without scenarios that start when the data end."""
    whatif = findings.what_if
    if whatif is None:
        return None
    blocks: list[Block] = [
        _lead(whatif),
        _chart(whatif),
        _odds(whatif),
        *driver_tables(whatif, chain(whatif)),
        *replayed(whatif),
        _rests(whatif),
    ]
    return Section("what-if", "What if", tuple(blocks))


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


def _lead(whatif: WhatIf) -> Paragraph:
    def fact(key: str, title: str, value: int) -> Figure:
        return Figure(f"what-if-{key}", title, Mark.ASSUMED, chain(whatif), "numbers", value=value)

    assumed = sum(row["mark"] == "assumed" for row in whatif.grounds)
    return text(
        "What each scenario brings is what the mechanism of the case implies, a model of how its parts move each other. It "
        f"rests on {{all}} {plural(len(whatif.grounds), 'number')}, {{assumed}} of which nobody has measured: "
        f"{plural(assumed, 'it is', 'they are')} assumed, and listed at the end of this section with "
        f"{plural(assumed, 'its author', 'their authors')}.",
        all=fact("numbers", "Numbers that the scenarios rest on", len(whatif.grounds)),
        assumed=fact("assumed", "Those that are assumed", assumed),
    )


def _headline(whatif: WhatIf) -> str:
    """How many outcomes each scenario makes clearly better or worse."""
    ensemble, base, total = whatif.ensemble, whatif.ensemble.names[0], len(whatif.ensemble.outcomes)
    parts = []
    for name in ensemble.names[1:]:
        changes = whatif.differences.filter(scenario=name).partition_by("outcome")
        verdicts = [clearly(rows) for rows in changes]
        verdict_words = [
            f"{word} on {verdicts.count(word)}" for word in ("worse", "better") if word in verdicts
        ]
        parts += [f"{name} {' and '.join(verdict_words)}"] if verdict_words else []
    if not parts:
        return f"No scenario is clearly better or worse than {base} on any of {counted(total, 'outcome')}"
    return f"Of {counted(total, 'outcome')}, against {base}: {'; '.join(parts)}"


def _chart(whatif: WhatIf) -> Block:
    ensemble = whatif.ensemble
    rows: list[dict[str, Cell]] = []
    ends = whatif.levels.group_by("outcome", "scenario", maintain_order=True).agg(
        pl.col("low_90").min().alias("low"),
        pl.col("median").min().alias("middle_low"),
        pl.col("median").max().alias("middle_high"),
        pl.col("high_90").max().alias("high"),
    )
    for row in ends.iter_rows(named=True):
        one = ensemble.outcomes[row["outcome"]]
        rows.append({**row, "outcome": f"{one.name} ({one.unit})"})
    first, last = ensemble.span.labels()[0], ensemble.span.labels()[-1]
    levels = Figure(
        "outcomes-by-scenario",
        f"Outcomes by scenario, {first} to {last}",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(rows, _LEVELS),
    )
    caption = Caption(
        "scenarios",
        _headline(whatif),
        f"{first} to {last}. {ensemble.enumeration[:1].upper()}{ensemble.enumeration[1:]}".rstrip(". ") + ".",
        "Intervals of each outcome under each scenario, side by side.",
        "Better or worse: in 19 of 20 futures of every branch. Draw by draw, scenarios share assumptions, branches and the "
        "future of the forecast.",
    )
    return outcomes_by_scenario(caption, levels)


def _odds(whatif: WhatIf) -> Block:
    ensemble, base = whatif.ensemble, whatif.ensemble.names[0]
    rows: list[dict[str, Cell]] = []
    for outcome in map(ensemble.outcomes.__getitem__, whatif.telling):
        level = whatif.levels.filter(outcome=outcome.id)
        change = whatif.differences.filter(outcome=outcome.id)
        row: dict[str, Cell] = {"outcome": f"{outcome.name}: better than under {base}", "base": "–"}
        row |= {name: better_in_words(ensemble, change.filter(scenario=name)) for name in ensemble.names[1:]}
        if outcome.threshold:
            side = "above" if outcome.threshold.above is not None else "below"
            line = outcome.threshold.above if side == "above" else outcome.threshold.below
            passed: dict[str, Cell] = {
                "outcome": f"{outcome.threshold.name.capitalize()}: {outcome.name} {side} {line:g}",
                "base": _passed(whatif, level.filter(scenario=base)),
            }
            rows.append(
                passed | {name: _passed(whatif, level.filter(scenario=name)) for name in ensemble.names[1:]}
            )
        rows.append(row)
    columns = [
        Column("outcome", "what"),
        Column("base", base),
        *(Column(name, name) for name in ensemble.names[1:]),
    ]
    figure = Figure(
        "scenario-odds",
        "Odds by scenario; over branches that nobody weighed, the lowest and the highest",
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of(rows, columns),
    )
    names = [f"{scenario.id}: {scenario.name}" for scenario in ensemble.scenarios]
    return Shown(figure, "What becomes likelier, and what less so", "; ".join(names) + ".")


def _passed(whatif: WhatIf, part: pl.DataFrame) -> str:
    return odds_in_words(whatif.ensemble, part["chance"].to_list())


def _rests(whatif: WhatIf) -> Block:
    rows: list[dict[str, Cell]] = [
        {
            **{key: str(row[key]) for key in ("name", "mark", "value", "unit", "by", "moves")},
            "ground": ". ".join(_parts([row["rests_on"], row["source"], row["why"]])),
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


def _parts(texts: Sequence[object]) -> list[str]:
    return [str(text).rstrip(".") for text in texts if text]
