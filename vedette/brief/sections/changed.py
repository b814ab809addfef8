"""What past interventions changed: deaths observed over what would have been, and whether chance does as much."""

from vedette.brief.blocks import Caption, Section
from vedette.brief.charts import effects_by_intervention
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Link, Mark, Table, by, from_fit
from vedette.brief.inputs.effects import DRAWS
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Paragraph, text
from vedette.effect import LEVEL, SHORT, Changed, DonorAnswer, Effect, Shape, interventions
from vedette.message import say
from vedette.periods import label
from vedette.plurals import plural

_ROWS = (
    Column("intervention", "intervention"),
    Column("from", "from"),
    Column("months", "months", CellFormat.NUMBER),
    Column("came", "deaths", CellFormat.NUMBER),
    Column("without_low", "without it, low 90 %", CellFormat.NUMBER),
    Column("without", "without it, middle", CellFormat.NUMBER),
    Column("without_high", "without it, high 90 %", CellFormat.NUMBER),
    Column("times_low", "times, low 90 %", CellFormat.NUMBER, 2),
    Column("times", "times, middle", CellFormat.NUMBER, 2),
    Column("times_high", "times, high 90 %", CellFormat.NUMBER, 2),
    Column("p", "p", CellFormat.NUMBER, 2),
    Column("least", "least p", CellFormat.NUMBER, 2),
    Column("shape", "likeliest shape"),
    Column("told_less", "step told: times, or less", CellFormat.NUMBER, 2),
    Column("told_more", "step told: times, or more", CellFormat.NUMBER, 2),
    Column("donors", "donors"),
    Column("counts", "counts"),
)


def changed(findings: Findings) -> Section | None:
    """The section, or nothing where no intervention has enough before and after it."""
    if not findings.effects:
        return None
    rows = [_row(change) for change in findings.effects]
    figure = Figure(
        "interventions",
        "What past interventions changed in the deaths of the country",
        Mark.ESTIMATED,
        _chain(findings),
        "deaths, factors and p values",
        table=Table.of(rows, _ROWS),
    )
    caption = Caption(
        "effects",
        _headline(rows),
        f"Deaths over the {_window(findings.case.horizon)} from each, as a multiple of what would have been; points are "
        "middles, lines 90 % intervals; p stands behind each name",
        "Points with intervals for each intervention on a logarithmic axis. The numbers are in the table.",
        _note(findings),
    )
    return Section(
        "changed",
        say("What past interventions changed"),
        (_lead(findings), effects_by_intervention(caption, figure)),
    )


def _window(months: int) -> str:
    return "month" if months == 1 else f"{months} months (or as many as are known)"


def _row(change: Changed[Effect]) -> dict[str, Cell]:
    done, effect = change.done, change.estimate
    last, total, placebos = effect.cumulative().row(-1, named=True), effect.total(), effect.placebos
    unseen = len(effect.fully_observed) - sum(effect.fully_observed)
    return {
        "intervention": done.name,
        "from": label(effect.periods[0], effect.step),
        "months": len(effect.periods),
        "came": last["observed"],
        "without_low": last["simulated_low_90"],
        "without": last["simulated_median"],
        "without_high": last["simulated_high_90"],
        "times_low": total["ratio_low_90"],
        "times": total["ratio_median"],
        "times_high": total["ratio_high_90"],
        "p": placebos.p_dates,
        "least": placebos.least_p,
        "shape": _shape(effect.shape),
        "told_less": effect.smallest[-1].less,
        "told_more": effect.smallest[-1].more,
        "donors": _donors(change.donors),
        "counts": f"estimated in {unseen}" if unseen else "observed",
    }


def _donors(donors: DonorAnswer | None) -> str:
    """What the donors say, or that there are none."""
    if donors is None or donors.missing:
        return "none"
    return f"times {donors.ratio:.2f}, p {donors.p or 1.0:.2f}"


def _shape(shape: Shape) -> str:
    """The likeliest shape with its probability; taken for granted in a short window."""
    chance = shape.chances[shape.name]
    return (
        f"{SHORT[shape.name]} ({chance:.0%})" if len(shape.chances) > 1 else f"{SHORT[shape.name]}, presumed"
    )


def _chain(findings: Findings) -> tuple[Link, ...]:
    fit = f"the pool, fitted anew to what was known before each, {DRAWS:,} draws, seed {findings.seed}"
    rank = "observed less simulated, draw by draw; p from earlier windows without a listed intervention"
    known = findings.chain(Mark.ESTIMATED if findings.panel.estimated.any() else Mark.OBSERVED)
    return (*known, from_fit(fit), by(rank))


def _headline(rows: list[dict[str, Cell]]) -> str:
    clear = [str(row["intervention"]) for row in rows if isinstance(row["p"], float) and row["p"] < LEVEL]
    if not clear:
        return "None can be told from what happens anyway"
    others = "; the others cannot be told from what happens anyway" if len(clear) < len(rows) else ""
    return f"Deaths changed beyond what happens anyway: {', '.join(clear)}{others}"


def _lead(findings: Findings) -> Paragraph:
    count = Figure(
        "interventions-count",
        "Interventions with five years before and three months after them",
        Mark.ESTIMATED,
        _chain(findings),
        "interventions",
        value=len(findings.effects),
    )
    return text(
        f"For {{count}} {plural(len(findings.effects), 'intervention')} that the case lists, the pool forecast the months after "
        "from what was known before, as if nothing had been done; what came is set against that. Earlier months without any "
        "show how far off such forecasts are anyway.",
        count=count,
    )


def _note(findings: Findings) -> str:
    judged = {change.done.id for change in findings.effects}
    thin = [change.done.name for change in findings.effects if not all(change.estimate.fully_observed)]
    left = [change.name for change in interventions(findings.case) if change.id not in judged]
    last = findings.effects[-1].done.id
    parts = [
        "p is how often an earlier window of that length lay as far from what was expected, the shape that explains it best "
        "(step, fading, building up, ramp) chosen in each, with an allowance for the months that windows share; of twenty "
        "interventions that change nothing, one would come to .05.",
        _tellable(findings),
        "Whatever else changed at the same time is part of an effect, and what was foreseen is part of what would have been.",
        _without_donors(findings),
        f"Counted from thin data, partly estimated: {', '.join(thin)}." if thin else "",
        f"Too little is known before or after: {', '.join(left)}." if left else "",
        f"By place and by who fights, and what cannot be ruled out: vedette effect {findings.case.id} --of {last}.",
    ]
    return " ".join(part for part in parts if part)


def _tellable(findings: Findings) -> str:
    """What a step would have had to be for the record to tell it."""
    none = [each.done.name for each in findings.effects if not each.estimate.smallest[0].possible]
    words = (
        "The grey band is what this record tells too seldom: a step within it, lasting through the window, would have come to "
        "p below .05 in less than four cases of five."
    )
    return f"{words} None could be told for {', '.join(none)}." if none else words


def _without_donors(findings: Findings) -> str:
    """Why no other country stands in, where none does for any intervention."""
    reasons = {change.donors.missing for change in findings.effects if change.donors}
    if not reasons or "" in reasons:
        return ""
    return f"No other country stands beside the forecast: {'; '.join(sorted(reasons))}."
