"""Draws of an ensemble that grow until the digits that are printed hold."""

from collections.abc import Callable, Iterator, Sequence

from vedette.scenario.answers.tables import differences, levels
from vedette.scenario.engine.baseline import Baseline
from vedette.scenario.engine.draw_counts import MOST, START
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.engine.running import run
from vedette.scenario.language.mechanism import Mechanism

FIGURES = ("median", "mean", "worst_5")
"""The columns of an answer that are printed with the error of simulation beside them."""


def grown(
    mechanism: Mechanism,
    scenarios: Sequence[str],
    baseline: Baseline,
    seed: int,
    holds: Callable[[float, float], bool],
    report: Callable[[float], None] = lambda share: None,
) -> Ensemble:
    """An ensemble of as many draws as its headline needs: `START`, doubled until it holds, `MOST` at most.

    A doubling is passed over where half of its error would not be enough for a number to hold: that takes
    four times the draws.

    ``holds`` says whether a number, printed as it will be, is safe from its error. What is looked at are
    median, mean and worst twentieth of the headline outcome: of the first scenario, and of the difference of
    each other from it. Same seed, same bytes. ``report`` is called with the share done, 0 to 1.
    """
    draws = START
    report(0.0)
    ensemble = run(mechanism, scenarios, baseline, draws, seed)
    figures = list(_figures(ensemble))
    while 2 * draws <= MOST and not all(holds(number, error) for number, error in figures):
        report(draws / MOST)
        near = all(holds(number, error / 2) for number, error in figures)
        draws *= 2 if near or 4 * draws > MOST else 4
        del ensemble  # its paths go before those of more draws come
        ensemble = run(mechanism, scenarios, baseline, draws, seed)
        figures = list(_figures(ensemble))
    report(1.0)
    return ensemble


def _figures(ensemble: Ensemble) -> Iterator[tuple[float, float]]:
    """The figures of the headline outcome, each with its error."""
    outcome = ensemble.mechanism.headline.id
    tables = [differences(ensemble, [outcome], parts=False)]
    if outcome not in ensemble.mechanism.withheld:
        tables.append(levels(ensemble, [outcome]).filter(scenario=ensemble.names[0]))
    for table in tables:
        for row in table.iter_rows(named=True):
            yield from ((row[name], row[f"{name}_error"]) for name in FIGURES)
