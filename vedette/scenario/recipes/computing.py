"""Runs a recipe on the case: a number with its interval, or the number of points that it lacks."""

from collections.abc import Mapping

import numpy as np

from vedette.model import FloatArray
from vedette.plurals import counted
from vedette.problems import did_you_mean, wrong
from vedette.randomness import rng_stream
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.from_case import SEED, FromCase
from vedette.scenario.language.ground import Ground, Mark, TooFew
from vedette.scenario.recipes import recipe as written
from vedette.scenario.recipes.effects import UNITS, effect_draws
from vedette.scenario.recipes.points import SeriesPoints, month_given, points_of, series_figures, spoken
from vedette.scenario.recipes.pooling import ClaimFigure, Rule, figures_of, independent, pooled
from vedette.scenario.recipes.regression import slope_draws
from vedette.scenario.recipes.resampling import effective, means, neighbours, spaced, weights
from vedette.scenario.recipes.series import By, RecipePart, SeriesEntry, month_of

DRAWS = 4000
STEPS = 201
"""The number of quantiles by which a computed number is kept."""
AMOUNTS = ("people", "USD", "USD/month", "deaths", "attacks")
"""The units of figures and posture."""
STRENGTHS_APART = 6
"""Strengths fewer months apart are no independent points: a force is much the same from one to the other."""
NEAR_MONTHS = 6
"""A figure of another source so near in time is a rival of the claims that are named."""
RIVAL_MONTHS = 36
"""The most months between figures that are pooled as answers to one question."""
_MONTHS: Mapping[By, int] = {"month": 1, "quarter": 3, "year": 12}
Fitted = tuple[FloatArray | None, float, str, tuple[SeriesPoints, ...]]
"""Draws (None where nothing can be computed), what the points are worth, a note, and the points."""


def computed(
    fit: written.FitRecipe | written.ReadRecipe, unit: str, known: FromCase, key: str
) -> Ground | TooFew:
    """The number that a recipe computes, with its mark, or what it lacks.

    Args:
        fit: the recipe as written.
        unit: the unit of the quantity.
        known: the case and the day on which it is known.
        key: the key under which the recipe stands, ``fit`` or ``read``, for messages.

    Raises:
        PydanticCustomError: the recipe names what the case lacks, does not give this unit, or, where it needs
            no least number of points, finds no data.
    """
    column = f"{key}.{fit.name}"
    chosen = fit.chosen
    if isinstance(chosen, written.PoolRecipe):
        return _pool(chosen, unit, known, column)
    if isinstance(chosen, written.CountRecipe):
        return _count(chosen, unit, known, column)
    if isinstance(chosen, written.EffectRecipe):
        return _effect(chosen, unit, known, column)
    draws, worth, note, series = _run(chosen, unit, known, column)
    enough = int(worth + 1e-9)
    rests_on = _rests_on(fit.name, chosen, series, note)
    if draws is None or enough < written.LEAST:
        return TooFew(enough, written.LEAST, rests_on + _would_give(draws))
    claims = tuple(sorted({claim for each in series for claim in each.claims}))
    sources = ", ".join(sorted({source for each in series for source in each.sources}))
    return Ground(distribution_of(draws), "estimated", rests_on, sources, claims, enough)


def distribution_of(draws: FloatArray) -> Distribution:
    """Draws as a distribution of quantiles, each with six significant digits."""
    steps = np.quantile(draws, np.linspace(0, 1, STEPS))
    return Distribution(form="quantiles", values=tuple(float(f"{value:.6g}") for value in steps))


def _run(chosen: RecipePart, unit: str, known: FromCase, column: str) -> Fitted:
    match chosen:
        case written.ElasticityRecipe():
            _unit(unit, ("number",), column)
            return _slope(chosen, known, column, log=True)
        case written.DoseRecipe():
            _unit(unit, ("number",), column)
            slopes, worth, note, series = _slope(chosen, known, column, log=False)
            return _exp(slopes, float(chosen.dose)), worth, note, series
        case written.GrowthRecipe():
            _unit(unit, ("number", "index/month", "share/month"), column)
            return _growth(chosen, unit, known, column)
        case written.ShareRecipe():
            _unit(unit, ("share",), column)
            return _share(chosen, known, column)
        case written.RateRecipe():
            _fits(unit, chosen.of, column)
            points = points_of(chosen.of, chosen.by, chosen, known, f"{column}.of")
            mean, worth = _mean(points, chosen.by, column)
            return mean, min(worth, _told(chosen.of, points, chosen.by)), "", (points,)
        case written.BeforeAfterRecipe():
            return _before_after(chosen, unit, known, column)
        case written.BoundaryRecipe():
            _fits(unit, chosen.of, column)
            return _boundary(chosen, known, column)
    raise AssertionError(chosen)


def _unit(unit: str, expected: tuple[str, ...], column: str) -> None:
    if unit not in expected:
        cure = f"Write unit: {expected[0]}."
        raise wrong("unit", f"{' or '.join(expected)}, which {column} gives", unit, cure)


def _slope(
    chosen: written.ElasticityRecipe | written.DoseRecipe, known: FromCase, column: str, log: bool
) -> Fitted:
    of = points_of(chosen.of, chosen.by, chosen, known, f"{column}.of")
    on = points_of(chosen.against, chosen.by, chosen, known, f"{column}.against")
    both = set(of.at.tolist()) & set(on.at.tolist())
    of, on = of.only(both), on.only(both)
    _apart(of, on, chosen.against, f"{column}.against")
    if len(of) < 3 or np.ptp(on.middles) == 0:
        return None, float(len(of)), "", (of, on)
    source = on.logs if log else on.values
    worth = float(len(of))
    if chosen.by != "year":
        alike = neighbours(np.median(source, axis=0), on.at) * neighbours(np.median(of.logs, axis=0), of.at)
        worth = effective(len(of), alike)
    worth = min([worth, *(_told(part, of, chosen.by) for part in (chosen.of, chosen.against))])
    draws = slope_draws(source, of.logs, worth, DRAWS, rng_stream(SEED, "slope", column))
    return draws, worth, "errors on both axes", (of, on)


def _apart(of: SeriesPoints, other: SeriesPoints, entry: SeriesEntry, key: str) -> None:
    """Raises where two series are one in all draws, however they are written, up to a factor."""
    if len(of) < 3 or of.values.shape != other.values.shape or not other.values.any():
        return
    factor = of.values.sum() / other.values.sum()
    if factor > 0 and np.ptp(other.middles) > 0 and np.allclose(of.values, factor * other.values):
        raise written.same_series(entry.words, key)


def _told(series: SeriesEntry, points: SeriesPoints, by: By) -> float:
    """How many times a series was told anew: strengths within half a year of each other are one."""
    if series.kind != "strength":
        return float(len(points))
    return float(spaced(points.at * _MONTHS[by], STRENGTHS_APART))


def _exp(slopes: FloatArray | None, dose: float) -> FloatArray | None:
    return None if slopes is None else np.asarray(np.exp(np.clip(slopes * dose, -30, 30)))


def _growth(chosen: written.GrowthRecipe, unit: str, known: FromCase, column: str) -> Fitted:
    points = points_of(chosen.of, chosen.by, chosen, known, f"{column}.of")
    if len(points) < 3:
        return None, float(len(points)), "", (points,)
    months = (points.at * _MONTHS[chosen.by]).astype(np.float64)
    middle = np.median(points.logs, axis=0)
    left = middle - np.polyval(np.polyfit(months, middle, 1), months)
    worth = float(len(points))
    if chosen.by != "year":
        worth = effective(len(points), neighbours(left, points.at))
    worth = min(worth, _told(chosen.of, points, chosen.by))
    slopes = slope_draws(months[None], points.logs, worth, DRAWS, rng_stream(SEED, "growth", column))
    draws = np.expm1(slopes)
    if unit == "share/month" and worth >= written.LEAST and np.quantile(draws, 0.001) < 0:
        cure = "Write unit: index/month: it may also have shrunk."
        raise wrong("unit", "a unit that can be below 0", unit, cure)
    draws = np.maximum(draws, 0.0) if unit == "share/month" else draws
    return np.asarray(draws), worth, "", (points,)


def _share(chosen: written.ShareRecipe, known: FromCase, column: str) -> Fitted:
    of = points_of(chosen.of, chosen.by, chosen, known, f"{column}.of")
    within = points_of(chosen.within, chosen.by, chosen, known, f"{column}.in")
    both = set(of.at.tolist()) & set(within.at[within.middles > 0].tolist())
    of, within = of.only(both), within.only(both)
    if not len(of):
        return None, 0.0, "", (of, within)
    _apart(of, within, chosen.within, f"{column}.in")
    part, whole = of.middles.sum(), within.middles.sum()
    if part > whole:
        cure = "Swap of and in, or correct them: a share is of a whole."
        raise wrong(f"{column}.in", "a whole that holds of", f"{part:g} of {whole:g} a month, summed", cure)
    worth = float(len(of))
    if chosen.by != "year":
        worth = effective(len(of), neighbours(of.middles / within.middles, of.at))
    rng = rng_stream(SEED, "share", column)
    weight = weights(len(of), worth, DRAWS, rng)
    rows = rng.integers(0, min(len(of.values), len(within.values)), DRAWS)
    parts, wholes = ((points.values[rows] * weight).sum(axis=1) for points in (of, within))
    return np.clip(parts / np.maximum(wholes, 1e-12), 0.0, 1.0), worth, "", (of, within)


def _mean(points: SeriesPoints, by: By, column: str, side: str = "") -> tuple[FloatArray | None, float]:
    """Draws of the mean of points, and what they are worth."""
    if not len(points):
        return None, 0.0
    worth = float(len(points))
    if by != "year":
        worth = effective(len(points), neighbours(points.middles, points.at))
    rng = rng_stream(SEED, "mean", column, side)
    return means(points.values, weights(len(points), worth, DRAWS, rng), rng), worth


def _before_after(chosen: written.BeforeAfterRecipe, unit: str, known: FromCase, column: str) -> Fitted:
    if unit != "number":
        _fits(unit, chosen.of, column)
    points = points_of(chosen.of, chosen.by, chosen, known, f"{column}.of")
    start = month_of(chosen.at, last=False) / _MONTHS[chosen.by]
    before = points.only([at for at in points.at.tolist() if at + 1 <= start])
    after = points.only([at for at in points.at.tolist() if at >= start])
    early, worth_early = _mean(before, chosen.by, column, "before")
    late, worth_late = _mean(after, chosen.by, column, "after")
    note = f"{len(before)} before and {len(after)} after {chosen.at}"
    worth = 2.0 * min(worth_early, worth_late)
    if early is None or late is None:
        return None, worth, note, (before, after)
    if unit != "number":
        return np.asarray(late - early), worth, note, (before, after)
    return np.asarray(late / np.maximum(early, 1e-12)), worth, note, (before, after)


def _boundary(chosen: written.BoundaryRecipe, known: FromCase, column: str) -> Fitted:
    sides = [
        points_of(chosen.of, chosen.by, interval, known, f"{column}.of")
        for interval in (chosen.without, chosen.having)
    ]
    below, above = sides
    worth = 2.0 * min(len(below), len(above))
    note = f"{len(below)} below and {len(above)} above"
    if not worth:
        return None, worth, note, (below, above)
    low, high = float(below.middles.max()), float(above.middles.min())
    if high <= low:
        found = f"{low:g} without, {high:g} with"
        raise wrong(column, "levels that lie apart", found, "Choose other intervals.")
    chance = rng_stream(SEED, "boundary", column).random(DRAWS)
    return np.asarray(low + (high - low) * chance), worth, note, (below, above)


def _effect(chosen: written.EffectRecipe, unit: str, known: FromCase, column: str) -> Ground | TooFew:
    _unit(unit, (UNITS[chosen.read],), column)
    draws, months, rests_on = effect_draws(chosen, known, column)
    if months < written.LEAST:
        return TooFew(months, written.LEAST, rests_on + _would_give(draws), "month")
    return Ground(distribution_of(draws), "estimated", rests_on, "observed.csv", points=months)


def _rests_on(name: str, chosen: RecipePart, series: tuple[SeriesPoints, ...], note: str) -> str:
    """What a recipe read, in words."""
    by = getattr(chosen, "by", "month")
    parts = {key: getattr(chosen, key) for key in ("of", "against", "within") if getattr(chosen, key, None)}
    joint = {"against": " against ", "within": " in "}
    what = "".join(f"{joint.get(key, '')}{part.words}" for key, part in parts.items())
    labels = sorted({label for points in series for label in points.labels})
    text = f"{name} of {what}, by {by}: {spoken(labels) or 'no period with data'}"
    rivals, imputed = (max(getattr(points, key) for points in series) for key in ("rivals", "imputed"))
    text += f"; {note}" if note else ""
    text += f"; rival figures in {counted(rivals, by)}, pooled by the rule {_rule(chosen)}" if rivals else ""
    return text + (f"; counts of {counted(imputed, by)} estimated from national totals" if imputed else "")


def _rule(chosen: RecipePart) -> str:
    rules = [getattr(getattr(chosen, key, None), "rivals", None) for key in ("of", "against", "within")]
    return next((rule for rule in rules if rule), "equal")


def _would_give(draws: FloatArray | None) -> str:
    if draws is None:
        return ""
    low, high = np.quantile(draws, (0.05, 0.95))
    return f"; they would give {low:.3g} to {high:.3g}"


def _count(chosen: written.CountRecipe, unit: str, known: FromCase, column: str) -> Ground | TooFew:
    _fits(unit, chosen.of, column, total=chosen.read == "total")
    points = points_of(chosen.of, "month", chosen, known, f"{column}.of")
    if not len(points):
        return TooFew(0, 1, f"no {chosen.of.words} known by {known.as_of}", "month")
    values = points.values
    read = {
        "total": values.sum(axis=1),
        "mean": values.mean(axis=1),
        "last": values[:, -1],
        "highest": values.max(axis=1),
        "lowest": values.min(axis=1),
    }[chosen.read]
    rests_on = f"{chosen.read} of {chosen.of.words}: {spoken(points.labels)}"
    mark: Mark = "estimated" if points.imputed else "observed"
    if points.imputed:
        rests_on += f"; {counted(points.imputed, 'month')} estimated from national totals"
    return Ground(_exact(read), mark, rests_on, ", ".join(points.sources), points=len(points))


def _exact(draws: FloatArray) -> Distribution:
    """A point where all draws are the same, else their quantiles."""
    if np.ptp(draws) == 0:
        return Distribution(form="point", value=float(draws[0]))
    return distribution_of(draws)


def _pool(chosen: written.PoolRecipe, unit: str, known: FromCase, column: str) -> Ground | TooFew:
    if chosen.of is not None:
        _fits(unit, chosen.of, column)
    figures = _named(chosen, unit, known, column) if chosen.claims else _of_series(chosen, known, column)
    if not figures:
        return TooFew(0, 1, f"nothing known by {known.as_of}", "figure")
    _at_one_time(figures, column)
    sources = independent(figures)
    ends = {(figure.low, figure.high) for figure in figures}
    rivals = sources > 1 and len(ends) > 1
    if rivals and chosen.rule is None:
        clash = ", ".join(f"{figure.claim} {_range(figure)}" for figure in figures[:6])
        cure = "They clash: name rule: equal, graded or range. The number is then estimated by it."
        raise wrong(f"{column}.rule", "a rule for figures of several sources", clash, cure)
    rule: Rule = chosen.rule or "equal"
    draws = pooled(figures, rule, DRAWS, rng_stream(SEED, "pool", column))
    if not draws.size:
        cure = "Take rule: equal or range, which count them all."
        raise wrong(f"{column}.rule", "a rule by which a figure counts", rule, cure)
    listed = "; ".join(f"{figure.claim} {_range(figure)}" for figure in figures)
    how = f", pooled by the rule {rule}" if rivals else ""
    rests_on = f"{counted(len(figures), 'figure')} of {counted(sources, 'source')}{how}: {listed}"
    claims = tuple(figure.claim for figure in figures)
    cited = ", ".join(sorted({figure.source for figure in figures}))
    return Ground(_exact(draws), "estimated" if rivals else "observed", rests_on, cited, claims, sources)


def _range(figure: ClaimFigure) -> str:
    if figure.low == figure.high:
        return f"{figure.low:,.6g}"
    return f"{figure.low:,.6g} to {figure.high:,.6g}"


def _named(chosen: written.PoolRecipe, unit: str, known: FromCase, column: str) -> list[ClaimFigure]:
    """The figures of the claims that a pool names: of one relation, subject and unit."""
    table = known.whole_ledger.claims
    ids = table["id"].to_list()
    for claim in chosen.claims:
        if claim not in ids:
            raise wrong(f"{column}.claims", "ids of claims", claim, did_you_mean(claim, ids))
    rows = table.filter(table["id"].is_in(list(chosen.claims)))
    kinds = sorted(set(zip(rows["relation"], rows["subject"], rows["unit"], strict=True)))
    if len(kinds) > 1:
        cure = "Pool figures of one thing only."
        raise wrong(f"{column}.claims", "claims of one relation, subject and unit", kinds, cure)
    people = kinds[0][2] == "persons"
    if (unit == "people") != people or unit not in AMOUNTS:
        cure = "Write unit: people for persons; for other units name the series under of, with times."
        raise wrong("unit", f"the unit of the figures, {kinds[0][2]}", unit, cure)
    figures = figures_of(known.ledger, kinds[0][0], kinds[0][1])
    named = [figure for figure in figures if figure.claim in chosen.claims]
    _without_rivals(named, figures, column)
    return named


def _without_rivals(named: list[ClaimFigure], figures: list[ClaimFigure], column: str) -> None:
    """Raises where a figure of the same time, by another source and of another size, is not named."""
    sizes = {(figure.low, figure.high) for figure in named}
    origins = {figure.origin for figure in named}
    units = {figure.unit for figure in named}
    months = [month_given(figure) for figure in named]
    for other in figures:
        apart = min((abs(month_given(other) - month) for month in months), default=NEAR_MONTHS + 1)
        rival = (other.low, other.high) not in sizes and other.origin not in origins and other.unit in units
        if other not in named and rival and apart <= NEAR_MONTHS:
            cure = "Name it too, and a rule: what is left out is a judgement, and belongs to assumptions."
            found = f"without {other.claim}, {_range(other)}"
            raise wrong(f"{column}.claims", f"all figures within {NEAR_MONTHS} months", found, cure)


def _of_series(chosen: written.PoolRecipe, known: FromCase, column: str) -> list[ClaimFigure]:
    assert chosen.of is not None
    figures = series_figures(chosen.of, known, f"{column}.of")
    first, last = chosen.bounds(known.day)
    return [figure for figure in figures if first <= month_given(figure) <= last]


def _at_one_time(figures: list[ClaimFigure], column: str) -> None:
    """Raises where figures are too far apart to be rivals."""
    months = sorted((month_given(figure), figure.claim) for figure in figures)
    if months and months[-1][0] - months[0][0] > RIVAL_MONTHS:
        found = f"{months[0][1]} and {months[-1][1]}, {months[-1][0] - months[0][0]} months apart"
        cure = "Narrow from and to, or take rate or growth, which follow a series over time."
        raise wrong(column, f"figures at most {RIVAL_MONTHS} months apart", found, cure)


def _unit_of(series: SeriesEntry) -> str:
    """The unit of a series a month; empty where it is the author's affair."""
    if series.kind in ("deaths", "events"):
        return "deaths/month" if series.kind == "deaths" else "attacks/month"
    return "people" if series.kind == "strength" else ""


def _fits(unit: str, series: SeriesEntry, column: str, total: bool = False) -> None:
    gives = _unit_of(series).removesuffix("/month") if total else _unit_of(series)
    if gives:
        _unit(unit, (gives,), column)
    elif unit not in AMOUNTS:
        cure = "An amount is no factor, share or index: choose another recipe, or correct the unit."
        raise wrong("unit", f"an amount ({', '.join(AMOUNTS)}), as {column} gives", unit, cure)
