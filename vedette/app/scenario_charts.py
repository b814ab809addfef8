"""Charts of answers about scenarios and effects, made from what their jobs answered."""

from collections.abc import Mapping
from typing import Any

from vedette.brief.blocks import Caption, Chart
from vedette.brief.charts.effects import effect_by_period
from vedette.brief.charts.scenarios import LEVELS, outcomes_by_scenario
from vedette.brief.figures import Column, Figure, Mark, Table, by, from_assumption, from_data, from_fit
from vedette.plurals import counted


def outcomes_chart(answer: Mapping[str, Any]) -> Chart:
    """Returns every outcome under each scenario, as the brief draws it."""
    first, last = answer["months"]
    draws, scenarios = counted(answer["draws"], "draw"), counted(len(answer["scenarios"]), "scenario")
    chain = (
        from_assumption("assumptions and branches of the case", "their authors", "mechanisms.yaml"),
        from_fit(answer["baseline"]),
        by(f"{draws} of {scenarios} on common random numbers, seed {answer['seed']}"),
    )
    title = f"Outcomes by scenario, {first} to {last}"
    table = Table.of(answer["intervals"], LEVELS)
    levels = Figure("outcomes-by-scenario", title, Mark.ASSUMED, chain, "", table=table)
    how = answer["enumeration"]
    caption = Caption(
        "outcomes",
        "Every outcome under each scenario",
        f"{first} to {last}. {how[:1].upper()}{how[1:]}".rstrip(". ") + ".",
        "Intervals of each outcome under each scenario, side by side.",
        "Draw by draw, scenarios share assumptions, branches and the future of the forecast, so that a "
        "difference can be clear where the intervals overlap: the sentences and the table above tell it.",
    )
    return outcomes_by_scenario(caption, levels)


def effect_chart(answer: Mapping[str, Any]) -> Chart:
    """Returns what was observed period by period beside what would have been."""
    columns = (
        Column("period", "period"),
        Column("observed", "observed"),
        Column("simulated_low_90", "would have been, low 90 %"),
        Column("simulated_median", "would have been, middle"),
        Column("simulated_high_90", "would have been, high 90 %"),
    )
    keys = [column.key for column in columns]
    rows = [{key: row[key] for key in keys} for row in answer["periods"]]
    chain = (
        from_data("counts of the case", "observed.csv or the events of the case"),
        from_fit("a forecast from what was known before it began"),
        by(f"{counted(answer['draws'], 'draw')}, seed {answer['seed']}"),
    )
    title = f"{answer['measure'].capitalize()}, {answer['series']}: observed, and what would have been"
    figure = Figure("effect", title, Mark.ESTIMATED, chain, answer["measure"], table=Table.of(rows, columns))
    caption = Caption(
        "effect-by-period",
        "What came, and what would have been",
        f"{answer['measure'].capitalize()}, {answer['series']}, by period. The band is the 90 % interval of "
        "what a model of the time before foretells.",
        "Observed counts as dots over the band of what would have been.",
    )
    return effect_by_period(caption, figure)
