"""Prints what an intervention changed, in words and tables."""

from collections.abc import Mapping

import polars as pl

from vedette.cli.text import screen
from vedette.commands import EffectResult, quantiles
from vedette.effect import BeforeAfter, Changed, Effect
from vedette.periods import label
from vedette.plurals import counted, plural

ENDS = ("low_90", "median", "high_90")


def print_effect(result: EffectResult, *, quiet: bool) -> None:
    """Prints the effect as tables, with what it cannot rule out."""
    answer = result.changed
    if isinstance(answer.estimate, Effect):
        _print_counts(result, answer.estimate)
    else:
        _print_figures(answer, answer.estimate)
    if quiet:
        return
    done = answer.done
    screen.say(f"\nWhat was done: {done.what} ({done.source}).{f' {done.note}.' if done.note else ''}")
    screen.say("What this cannot rule out:")
    for doubt in answer.doubts:
        screen.say(f"- {doubt}")


def _print_counts(result: EffectResult, effect: Effect) -> None:
    for line in result.first():
        screen.say(line)
    screen.say("")
    about = f"{effect.measure.capitalize()} by {effect.step}"
    screen.table(
        _shown(effect.by_period()), f"{about} ({effect.model} up to {label(effect.origin, effect.step)})"
    )
    screen.table(_shown(effect.cumulative()).drop("would_have_been"), "\nSummed from the start")
    for line in [*_verdict(effect), *result.last()]:
        screen.say(line)


def _shown(table: pl.DataFrame) -> pl.DataFrame:
    """Observed, what would have been and the effect, with intervals as text."""
    return table.select(
        "period",
        pl.col("observed").round().cast(pl.Int64),
        would_have_been=_whole("simulated_median"),
        would_90=_range("simulated", "90"),
        effect=_whole("effect_median"),
        effect_50=_range("effect", "50"),
        effect_90=_range("effect", "90"),
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
        f"\nOver the window: {middle} {effect.measure}, 90 % between {low} and {high}; times "
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


def _ends(draws: Mapping[str, float], form: str) -> str:
    """The ends of the 90 % interval, as text."""
    return f"{draws['low_90']:{form}} to {draws['high_90']:{form}}"


def _print_figures(answer: Changed[Effect | BeforeAfter], effect: BeforeAfter) -> None:
    about = f"{answer.done.name}: {effect.relation} of {effect.subject}, {effect.unit} a month"
    table = effect.figures.with_columns(pl.col("low", "high", "weight").round(2)).drop("sources")
    screen.table(table, about)
    before, after = quantiles(effect.before), quantiles(effect.after)
    less, ratio = quantiles(effect.differences), quantiles(effect.ratios)
    screen.say(
        f"\nBefore: {before['median']:.0f} a month ({_ends(before, '.0f')} over the claims). "
        f"After: {after['median']:.0f} ({_ends(after, '.0f')})."
    )
    screen.say(
        f"After less before: {less['median']:+.0f} ({_ends(less, '+.0f')}); "
        f"times {ratio['median']:.2f} ({_ends(ratio, '.2f')})."
    )
    if effect.left_out:
        ids = "; ".join(f"{claim} {why}" for claim, why in effect.left_out.items())
        screen.say(f"Not used: {ids}.")
