"""Words for what donors say, and for where it and the forecast disagree."""

from vedette.effect.donors import TOO_QUIET, DonorAnswer
from vedette.effect.effect import Effect
from vedette.effect.smallest import LEVEL
from vedette.periods import Step
from vedette.plurals import counted


def disagreement_words(effect: Effect, donors: DonorAnswer | None) -> str:
    """Where forecast and donors disagree, in one sentence; empty where they agree or no donors answer."""
    if donors is None or donors.missing:
        return ""
    total = effect.total()
    ratio, low, high = total["ratio_median"], total["ratio_low_90"], total["ratio_high_90"]
    forecast = f"times {ratio:.2f} ({low:.2f} to {high:.2f}) by the forecast"
    name, without = donors.pivot
    figures = f"{forecast}, times {donors.ratio:.2f} by the donors ({without:.2f} without {name})"
    if not low <= donors.ratio <= high:
        return f"Forecast and donors disagree beyond the forecast's 90 % interval: {figures}."
    if donors.p is not None and donors.least_p < LEVEL and (donors.p < LEVEL) != effect.told:
        one = "donors" if donors.p < LEVEL else "forecast"
        return f"Forecast and donors disagree: the change stands out by the {one} alone; {figures}."
    if (ratio - 1.0) * (donors.ratio - 1.0) < 0.0:
        return f"Forecast and donors point in opposite directions, within the range of chance: {figures}."
    return ""


def donor_words(donors: DonorAnswer, measure: str, step: Step) -> str:
    """What the donors say, how well they fitted before, and who was left out."""
    if donors.missing:
        return f"Donors: no donors among {donors.kind}: {donors.missing}.{_left_out(donors)}"
    control, (observed, synthetic) = donors.found, donors.totals
    before, after = (counted(n, str(step)) for n in (control.before, len(control.observed) - control.before))
    name, without = donors.pivot
    mix = ", ".join(f"{name} {weight:.0%}" for name, weight in (donors.weights or {}).items())
    return (
        f"Donors: {mix}. In {after} {observed:,.0f} {measure}, where their mix has {synthetic:,.0f}: "
        f"times {donors.ratio:.2f}, {without:.2f} without {name}; {_rank(donors)}. In the {before} before, "
        f"the mix was off by {control.fit:.0%} of the mean (root mean squared error).{_left_out(donors)}"
    )


def _rank(donors: DonorAnswer) -> str:
    least = "" if donors.least_p < LEVEL else f", which cannot fall below {donors.least_p:.2f}"
    return f"p = {donors.p or 1.0:.2f} among {len(donors.scores)} {donors.kind}{least}"


def _left_out(donors: DonorAnswer) -> str:
    """The units left out for an intervention of their own, by name, and how many were too quiet."""
    listed = {name: why for name, why in (donors.left_out or {}).items() if why != TOO_QUIET}
    quiet = len(donors.left_out or {}) - len(listed)
    parts = [f"{name} ({why})" for name, why in sorted(listed.items())]
    if quiet:
        parts.append(f"{quiet} too quiet before")
    return f" Left out: {'; '.join(parts)}." if parts else ""
