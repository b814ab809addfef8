"""What an intervention changed, in words and tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from vedette.commands.effect_result import EffectResult, quantiles
from vedette.effect import BeforeAfter, Effect
from vedette.periods import label
from vedette.plurals import counted, plural

ENDS = ("low_90", "median", "high_90")


@dataclass(frozen=True, eq=False)
class EffectTold:
    """An effect as it is read: the answer, tables with titles, further sentences, what was done, doubts."""

    first: tuple[str, ...]
    tables: tuple[tuple[str, pl.DataFrame], ...]
    last: tuple[str, ...]
    done: str
    doubts: tuple[str, ...]


def effect_told(result: EffectResult) -> EffectTold:
    """Returns what an intervention changed in words and tables, with what that cannot rule out."""
    changed, estimate = result.changed, result.changed.estimate
    done = changed.done
    what = f"{done.what} ({done.source}).{f' {done.note}.' if done.note else ''}"
    if isinstance(estimate, Effect):
        about = f"{estimate.measure.capitalize()} by {estimate.step}"
        before = f"{estimate.model} up to {label(estimate.origin, estimate.step)}"
        tables = (
            (f"{about} ({before})", _shown(estimate.by_period())),
            ("Summed from the start", _shown(estimate.cumulative()).drop("would have been")),
        )
        last = (*_verdict(estimate), *result.last())
        return EffectTold(tuple(result.first()), tables, last, what, tuple(changed.doubts))
    about = f"{done.name}: {estimate.relation} of {estimate.subject}, {estimate.unit} a month"
    table = estimate.figures.with_columns(pl.col("low", "high", "weight").round(2)).drop("sources")
    return EffectTold((), ((about, table),), tuple(_figures(estimate)), what, tuple(changed.doubts))


def _shown(table: pl.DataFrame) -> pl.DataFrame:
    """Observed, what would have been and the effect, with intervals as text."""
    return table.select(
        "period",
        pl.col("observed").round().cast(pl.Int64),
        _whole("simulated_median").alias("would have been"),
        _range("simulated", "90").alias("90 % of that"),
        _whole("effect_median").alias("effect"),
        _range("effect", "50").alias("50 %"),
        _range("effect", "90").alias("90 %"),
    )


def _whole(column: str) -> pl.Expr:
    return pl.col(column).round().cast(pl.Int64)


def _range(what: str, level: str) -> pl.Expr:
    return pl.format("{} to {}", _whole(f"{what}_low_{level}"), _whole(f"{what}_high_{level}"))


def _verdict(effect: Effect) -> list[str]:
    total, placebos = effect.total(), effect.placebos
    low, middle, high = (f"{total[name]:+,.0f}" for name in ENDS)
    times = " to ".join(f"{total[f'ratio_{name}']:.2f}" for name in ("low_90", "high_90"))
    lines = [
        f"Over the window: {middle} {effect.measure}, 90 % between {low} and {high}; times "
        f"{total['ratio_median']:.2f} ({times}); more than would have been in "
        f"{total['chance_more']:.0%} of draws."
    ]
    if placebos.p_dates is not None:
        lines.append(
            f"Placebo dates: {counted(placebos.dates.height, 'earlier window')} without an intervention, "
            f"{placebos.false_alarms:.0%} outside their 90 % interval (10 % should be); "
            f"p = {placebos.p_dates:.2f}, the best shape chosen in each, with an allowance for the "
            f"{effect.step}s that windows share; p = "
            f"{placebos.p_apart:.2f} among the {placebos.apart.height} that "
            f"{plural(placebos.apart.height, 'shares', 'share')} none."
        )
    else:
        lines.append("Placebo dates: none, since no earlier window is observed, long enough and untouched.")
    if placebos.p_units is not None:
        lines.append(
            f"Placebo units: {counted(placebos.units.height, 'other')} in the same window; "
            f"p = {placebos.p_units:.2f}."
        )
    return lines


def _figures(found: BeforeAfter) -> list[str]:
    before, after = quantiles(found.before), quantiles(found.after)
    less, ratio = quantiles(found.differences), quantiles(found.ratios)
    lines = [
        f"Before: {before['median']:.0f} a month ({_ends(before, '.0f')} over the claims). "
        f"After: {after['median']:.0f} ({_ends(after, '.0f')}).",
        f"After less before: {less['median']:+.0f} ({_ends(less, '+.0f')}); "
        f"times {ratio['median']:.2f} ({_ends(ratio, '.2f')}).",
    ]
    if found.left_out:
        ids = "; ".join(f"{claim} {why}" for claim, why in found.left_out.items())
        lines.append(f"Not used: {ids}.")
    return lines


def _ends(draws: Mapping[str, float], form: str) -> str:
    """The ends of the 90 % interval, as text."""
    return f"{draws['low_90']:{form}} to {draws['high_90']:{form}}"
