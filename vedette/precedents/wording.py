"""An answer of precedents in sentences: what it rests on, deaths, the government, and what it is not."""

from collections.abc import Iterator

import numpy as np

from vedette.plurals import counted, plural
from vedette.precedents.answering import LEAST_WARS, Answer
from vedette.precedents.standing import years_until_fall
from vedette.precedents.violence import Floats

AS_WHAT = {"main": "main backer", "co-backer": "co-backer", "contributor": "contributor"}
WHICH = {"any": "", "gone": " after which nobody's troops stayed", "stayed": " after which others stayed"}
"""Which departures an answer uses, in words."""


def sentences(found: Answer) -> tuple[str, ...]:
    """The answer as it is read aloud, the result first and its ground beside it."""
    return (_ground(found), *_deaths(found), _average(found), *_government(found), _caution(found))


def _ground(found: Answer) -> str:
    wars = len({found.wars[place] for place in found.used})
    departures = counted(len(found.used), "departure")
    ground = (
        f"{found.like}, as {AS_WHAT[found.like.role]}: {departures}{WHICH[found.others]} in "
        f"{counted(wars, 'war')}, known by {found.last}; weighed by likeness they are worth "
        f"{found.effective:.1f} wars."
    )
    if found.estimated:
        return ground
    return f"{ground} That is below {LEAST_WARS:g}: an assumption from a few cases, not an estimate."


def _deaths(found: Answer) -> Iterator[str]:
    low, _, middle, _, high = (times(each) for each in np.exp(found.quantiles(found.compared)))
    span = plural(found.years, "the year", f"the {found.years} years")
    yield (
        f"Deaths in {span} after were in the median {middle} times those with staying (mean "
        f"{times(found.mean_factor)}; 90 % interval {low} to {high})."
    )
    tried = found.over_grid().values()
    (least, few), (most, many) = min(tried), max(tried)
    settled = "the record does not settle whether deaths rise or fall."
    if least >= 0 or most <= 0:
        settled = f"all tell of {'more' if least >= 0 else 'fewer'} deaths."
    yield (
        f"Over the {counted(len(tried), 'weighting')} of the grid the median goes from "
        f"{times(float(np.exp(least)))} (worth {few:.1f} wars) to {times(float(np.exp(most)))} "
        f"({many:.1f} wars): {settled}"
    )


def _average(found: Answer) -> str:
    levels = np.exp(np.log(found.average_factors).mean(axis=1))
    low, middle, high = (times(float(level)) for level in np.quantile(levels, (0.05, 0.5, 0.95)))
    return (
        f"Single wars move by chance, too, so scenarios take averages: {on_average(found)}. Drawn towards "
        f"1, since few wars tell little, that is a factor of {middle} in all years together (90 % interval "
        f"{low} to {high})."
    )


def on_average(found: Answer) -> str:
    """How deaths stood on average in each year after these departures, and after like years without one."""
    left, quiet = found.average.means(found.weights, found.weighting)
    each = plural(found.years, "the year", "each year")
    return (
        f"deaths in {each} after were on average {_each(left)} times those before, after like years in which "
        f"nobody left {_each(quiet)} times"
    )


def _each(factors: Floats) -> str:
    *most, last = [times(factor) for factor in factors.tolist()]
    return f"{', '.join(most)} and {last}" if most else last


def _government(found: Answer) -> Iterator[str]:
    stood = found.standing()
    within = plural(found.years, "1 year", f"{found.years} years")
    if not stood.wars:
        yield f"Whether governments stood for {within} is not known for any of these wars."
        return
    names = f" ({', '.join(stood.where)})" if stood.where else ""
    yield (
        f"The government fell within {within} in {_parts(stood.fell)} of "
        f"{counted(stood.wars, 'war')}{names}: "
        f"{stood.share:.0%} by weight, 90 % interval {stood.low:.0%} to {stood.high:.0%}."
    )
    later = ", ".join(_fell_later(found, stood.where))
    if later:
        yield f"It fell later in {later}."
    if stood.before:
        yield f"It had fallen before the troops were gone in {', '.join(stood.before)}: not counted."
    if stood.untold:
        worst = f"{1 - stood.known * (1 - stood.share):.0%}"
        yield (
            f"No page was found, or too little time has passed, for {', '.join(stood.untold)}; with all that "
            f"is not counted as falls the share would be {worst}."
        )


def _parts(wars: float) -> str:
    """A number of wars, of which one with both outcomes counts in parts.

    >>> _parts(4.0), _parts(5.64)
    ('4', '5.6')
    """
    return f"{wars:.0f}" if abs(wars - round(wars)) < 0.05 else f"{wars:.1f}"


def _fell_later(found: Answer, sooner: tuple[str, ...]) -> Iterator[str]:
    """Wars in which the government fell after the years asked about, in ten years, and how long it stood."""
    lasted: dict[str, list[float]] = {}
    for place in found.used:
        one = found.matches[place].departure
        years = years_until_fall(one, found.known_by)
        if one.war not in sooner and years is not None and found.years < years <= 10:
            lasted.setdefault(one.war, []).append(years)
    for war, years_ in lasted.items():
        low, high = f"{min(years_):.1f}", f"{max(years_):.1f}"
        yield f"{war} (after {low} years)" if low == high else f"{war} (after {low} to {high} years)"


def _caution(found: Answer) -> str:
    low, trend, high = found.trend_before
    if low < 0 < high:
        before = (
            f"the trend of intensity was not told apart from that of like years of staying ({trend:+.2f} "
            f"of a level over two years, 90 % interval {low:+.2f} to {high:+.2f})"
        )
    else:
        way = "fallen" if trend < 0 else "risen"
        before = f"intensity had {way} by {abs(trend):.2f} of a level more than in like years of staying"
    return (
        "Backers choose when to leave, and tend to leave on good news, so no departure is an experiment: "
        f"before these, {before}."
    )


def times(factor: float) -> str:
    """Two significant digits, without exponents.

    >>> times(0.0213), times(1.672), times(52.9)
    ('0.021', '1.7', '53')
    """
    return f"{factor:#.2g}".rstrip(".") if factor < 100 else f"{factor:,.0f}"
