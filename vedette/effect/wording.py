"""Words for the shape of an effect, its size, and the smallest one that could have been told."""

from collections.abc import Mapping

from vedette.effect.effect import Effect
from vedette.effect.shape import Shape
from vedette.effect.smallest import LEVEL, POWER, Smallest
from vedette.periods import Step, label
from vedette.plurals import counted

NAMES = {
    "step": "step",
    "fading": "shock that fades",
    "building": "change that builds up",
    "ramp": "steady ramp",
}
SHORT = {"step": "step", "fading": "fading", "building": "building up", "ramp": "ramp"}


CLEAR = 0.5
"""A shape less likely than this is not told from the others."""


def answer_words(effect: Effect, series: str) -> str:
    """What was observed, what the forecast says would have been, and whether that stands out."""
    last, total = effect.cumulative().row(-1, named=True), effect.total()
    would = f"{last['simulated_median']:,.0f} ({_range(last, 'simulated', ',.0f')})"
    ratio = f"times {total['ratio_median']:.2f} ({_range(total, 'ratio', '.2f')})"
    window = counted(len(effect.periods), str(effect.step))
    return (
        f"{last['observed']:,.0f} {effect.measure} in {series} in {window}; a forecast from data up to "
        f"{label(effect.origin, effect.step)} gave {would}: {ratio}. {_standing_out(effect)}"
    )


def _standing_out(effect: Effect) -> str:
    p = effect.placebos.p_dates
    if p is None:
        return "No earlier window can say whether chance does as much."
    if effect.told:
        return f"That stands out among earlier windows without an intervention: p = {p:.3f}."
    return f"That cannot be told from what happens anyway: p = {p:.2f}."


def _range(row: Mapping[str, float], what: str, form: str) -> str:
    return f"90 % {row[f'{what}_low_90']:{form}} to {row[f'{what}_high_90']:{form}}"


def peak(shape: str, step: Step) -> str:
    """Where in the window a shape is largest."""
    match shape:
        case "step":
            return "throughout"
        case "fading":
            return f"in the first {step}"
        case _:
            return f"by the last {step}"


def shape_words(effect: Effect) -> str:
    """The shape that was chosen, how likely each is, and its size: one sentence."""
    shape, told = effect.shape, effect.told
    low, middle, high = shape.size()
    size = f"times {middle:.2f} {peak(shape.name, effect.step)} (90 % {low:.2f} to {high:.2f})"
    begun = "Shape" if told else "Shape, if anything changed"
    if len(shape.chances) == 1:
        return f"{begun}: taken as a step, since so few {effect.step}s show no other; {size}."
    ranked = sorted(shape.chances.items(), key=lambda each: -each[1])
    chances = ", ".join(f"{SHORT[name]} {chance:.0%}" for name, chance in ranked)
    best = f"a {NAMES[shape.name]}"
    if shape.chances[shape.name] < CLEAR:
        words = f"none is told from the others ({chances}); as {best}"
    else:
        words = f"{best} explains it best ({chances})"
    return f"{begun}: {words}, {size}{_life(shape, effect.step)}."


def _life(shape: Shape, step: Step) -> str:
    lives = shape.half_lives()
    if lives is None:
        return ""
    first, middle, last = lives
    words = f"; half-life {middle:.1f} {step}s, 90 % {first:.1f} to {last:.1f}"
    if shape.informative:
        return words
    return f"{words}, which is hardly more than was assumed: the data do not tell how fast"


def smallest_words(effect: Effect) -> str:
    """The smallest effect that the record could have told: one sentence."""
    if not effect.smallest[0].possible:
        return f"Smallest effect that could have been told: none could be, since p cannot fall below {LEVEL}."
    each = "; ".join(_smallest(smallest, effect.step) for smallest in effect.smallest)
    return f"Smallest effect that could have been told (p below {LEVEL} with {POWER:.0%} power): {each}."


def _smallest(smallest: Smallest, step: Step) -> str:
    life = "" if smallest.half_life is None else f" with a half-life of {smallest.half_life:.1f} {step}s"
    what = f"a {NAMES[smallest.shape]}{life}"
    if smallest.more is None and smallest.less is None:
        return f"{what}: none up to a hundredfold"
    more = f"times {smallest.more:.2g} or more" if smallest.more else "no rise up to a hundredfold"
    less = f"times {smallest.less:.2g} or less" if smallest.less else "no fall down to a hundredth"
    return f"{what}, {peak(smallest.shape, step)}: {more}, {less}"
