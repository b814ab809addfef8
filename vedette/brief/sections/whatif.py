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
from vedette.brief.sections.drivers import driving
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


def what_if(found: Findings) -> Section | None:
    """The section, or nothing for a case without scenarios that start when the data end."""
    asked = found.asked
    if asked is None:
        return None
    blocks: list[Block] = [
        _lead(asked),
        _chart(asked),
        _odds(asked),
        *driving(asked, chain(asked)),
        *replayed(asked),
        _rests(asked),
    ]
    return Section("what-if", "What if", tuple(blocks))


def chain(asked: WhatIf) -> tuple[Link, ...]:
    """The chain of every answer: assumptions, the forecast below them, and how they were run."""
    made = asked.ensemble
    authors = sorted({str(row["by"]) for row in asked.grounds if row["by"]})
    count = sum(row["mark"] == "assumed" for row in asked.grounds)
    return (
        from_assumption(
            counted(count, "assumption or branch", "assumptions and branches"),
            ", ".join(authors),
            "mechanisms.yaml",
        ),
        from_fit(made.baseline.source),
        by(
            f"{counted(made.draws, 'draw')} of {counted(len(made.names), 'scenario')} on common random numbers, "
            f"seed {made.seed}"
        ),
    )


def _lead(asked: WhatIf) -> Paragraph:
    def fact(key: str, title: str, value: int) -> Figure:
        return Figure(f"what-if-{key}", title, Mark.ASSUMED, chain(asked), "numbers", value=value)

    assumed = sum(row["mark"] == "assumed" for row in asked.grounds)
    return text(
        "What each scenario brings is what the mechanism of the case implies, a model of how its parts move each other. It "
        f"rests on {{all}} {plural(len(asked.grounds), 'number')}, {{assumed}} of which nobody has measured: "
        f"{plural(assumed, 'it is', 'they are')} assumed, and listed at the end of this section with "
        f"{plural(assumed, 'its author', 'their authors')}.",
        all=fact("numbers", "Numbers that the scenarios rest on", len(asked.grounds)),
        assumed=fact("assumed", "Those that are assumed", assumed),
    )


def _headline(asked: WhatIf) -> str:
    """How many outcomes each scenario makes clearly better or worse."""
    made, base, total = asked.ensemble, asked.ensemble.names[0], len(asked.ensemble.outcomes)
    parts = []
    for name in made.names[1:]:
        changes = asked.differences.filter(scenario=name).partition_by("outcome")
        verdicts = [clearly(each) for each in changes]
        told = [f"{word} on {verdicts.count(word)}" for word in ("worse", "better") if word in verdicts]
        parts += [f"{name} {' and '.join(told)}"] if told else []
    if not parts:
        return f"No scenario is clearly better or worse than {base} on any of {counted(total, 'outcome')}"
    return f"Of {counted(total, 'outcome')}, against {base}: {'; '.join(parts)}"


def _chart(asked: WhatIf) -> Block:
    made = asked.ensemble
    rows: list[dict[str, Cell]] = []
    ends = asked.levels.group_by("outcome", "scenario", maintain_order=True).agg(
        pl.col("low_90").min().alias("low"),
        pl.col("median").min().alias("middle_low"),
        pl.col("median").max().alias("middle_high"),
        pl.col("high_90").max().alias("high"),
    )
    for row in ends.iter_rows(named=True):
        one = made.outcomes[row["outcome"]]
        rows.append({**row, "outcome": f"{one.name} ({one.unit})"})
    first, last = made.span.labels()[0], made.span.labels()[-1]
    levels = Figure(
        "outcomes-by-scenario",
        f"Outcomes by scenario, {first} to {last}",
        Mark.ASSUMED,
        chain(asked),
        "",
        table=Table.of(rows, _LEVELS),
    )
    caption = Caption(
        "scenarios",
        _headline(asked),
        f"{first} to {last}. {made.enumeration[:1].upper()}{made.enumeration[1:]}".rstrip(". ") + ".",
        "Intervals of each outcome under each scenario, side by side.",
        "Better or worse: in 19 of 20 futures of every branch. Draw by draw, scenarios share assumptions, branches and the "
        "future of the forecast.",
    )
    return outcomes_by_scenario(caption, levels)


def _odds(asked: WhatIf) -> Block:
    made, base = asked.ensemble, asked.ensemble.names[0]
    rows: list[dict[str, Cell]] = []
    for outcome in map(made.outcomes.__getitem__, asked.telling):
        level = asked.levels.filter(outcome=outcome.id)
        change = asked.differences.filter(outcome=outcome.id)
        row: dict[str, Cell] = {"outcome": f"{outcome.name}: better than under {base}", "base": "–"}
        row |= {name: better_in_words(made, change.filter(scenario=name)) for name in made.names[1:]}
        if outcome.threshold:
            side = "above" if outcome.threshold.above is not None else "below"
            line = outcome.threshold.above if side == "above" else outcome.threshold.below
            passed: dict[str, Cell] = {
                "outcome": f"{outcome.threshold.name.capitalize()}: {outcome.name} {side} {line:g}",
                "base": _passed(asked, level.filter(scenario=base)),
            }
            rows.append(
                passed | {name: _passed(asked, level.filter(scenario=name)) for name in made.names[1:]}
            )
        rows.append(row)
    columns = [
        Column("outcome", "what"),
        Column("base", base),
        *(Column(name, name) for name in made.names[1:]),
    ]
    figure = Figure(
        "scenario-odds",
        "Odds by scenario; over branches that nobody weighed, the lowest and the highest",
        Mark.ASSUMED,
        chain(asked),
        "",
        table=Table.of(rows, columns),
    )
    names = [f"{each.id}: {each.name}" for each in made.scenarios]
    return Shown(figure, "What becomes likelier, and what less so", "; ".join(names) + ".")


def _passed(asked: WhatIf, part: pl.DataFrame) -> str:
    return odds_in_words(asked.ensemble, part["chance"].to_list())


def _rests(asked: WhatIf) -> Block:
    rows: list[dict[str, Cell]] = [
        {
            **{key: str(row[key]) for key in ("name", "mark", "value", "unit", "by", "moves")},
            "ground": ". ".join(_parts([row["rests_on"], row["source"], row["why"]])),
        }
        for row in asked.grounds
    ]
    figure = Figure(
        "scenario-grounds",
        "Every number that the scenarios rest on, who says so, on what ground, and the outcomes that it moves",
        Mark.ASSUMED,
        chain(asked),
        "",
        table=Table.of(rows, _GROUNDS),
    )
    marks = {mark: sum(row["mark"] == mark for row in rows) for mark in ("observed", "estimated", "assumed")}
    said = ", ".join(f"{count} {mark}" for mark, count in marks.items())
    return Shown(figure, f"What all of this rests on: {said}", folded=True)


def _parts(given: Sequence[object]) -> list[str]:
    return [str(each).rstrip(".") for each in given if each]
