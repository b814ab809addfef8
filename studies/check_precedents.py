"""How well the precedents of other wars foretell each departure: coverage and CRPS of the factor.

Each departure known by 2019 and by 2024 is told from all others, none of its own war, by the weights of the
reference and of the ends of the grid. Prints the share of its draws inside the central intervals, the mean
CRPS of the log change, that of equal weights, and how often the government stood against what was told.

Then the factor of averages where there is no effect: half of the wars in which nobody left are called left,
for the likeness of one of their years, 200 times. Prints how often the 90 % interval of the factor holds 1.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from vedette.precedents import (
    GRID,
    LEAST_WARS,
    REFERENCE,
    Answer,
    Weighting,
    answer,
    read_like,
    read_record,
)
from vedette.precedents.departure import quiet_years
from vedette.precedents.matching import distance
from vedette.precedents.standing import outcome_after
from vedette.precedents.weighing import by_war, effective, kernel, role_weight, weighted_quantile

AS_OF = date(2020, 9, 30)
LIKE, YEARS, DRAWS, SEED = "United States leaves Iraq", 3, 200, 20030320


def main() -> None:
    """Prints one line for each last year and weighting."""
    for last in (2019, 2024):
        record = read_record().until(last)
        found = answer(record, read_like(record, LIKE), YEARS, DRAWS, SEED)
        weightings = [REFERENCE, *(each for each in GRID if each.step == 0.5 and each != REFERENCE), None]
        for weighting in weightings:
            rows = [_told(found, place, weighting) for place in range(len(found.matches))]
            kept = np.array([row for row in rows if row is not None])
            half, ninety, crps, brier, known = np.nanmean(kept, axis=0)
            name = weighting or "equal weights"
            print(
                f"{last}, {len(kept)} of {len(rows)}, {name}: 50 % {half:.2f}, 90 % {ninety:.2f}, "
                f"CRPS {crps:.3f}; Brier of falls {brier:.3f} on {known:.0%}"
            )
    record = read_record().known(AS_OF)
    held = no_effect(answer(record, read_like(record, LIKE), YEARS, DRAWS, SEED))
    print(
        f"No effect: the 90 % interval of the factor of averages held 1 in {np.mean(held):.0%} of {len(held)}"
    )


def no_effect(found: Answer) -> list[bool]:
    """Whether the interval held 1, for each of 200 choices of wars of which nobody left any; see above."""
    own, rng = found.average, np.random.default_rng(SEED)
    held: list[bool] = []
    looks = [one.looks for one in quiet_years(read_record().known(AS_OF), YEARS)]
    wars = np.array(own.wars)
    while len(held) < 200:
        asked = looks[rng.integers(len(looks))]
        left = np.isin(wars, rng.permutation(np.unique(wars))[::2])
        away = np.array([distance(asked, each) for each in looks])
        called = replace(
            own,
            left=own.quiet[:, left],
            quiet=own.quiet[:, ~left],
            distances=away[~left],
            wars=tuple(wars[~left]),
            seed=len(held),
        )
        weights = by_war(kernel(away[left], REFERENCE), wars[left].tolist())
        weights /= weights.sum()
        if min(effective(weights, wars[left].tolist()), called.effective(REFERENCE)) >= LEAST_WARS:
            factors = called.factors(weights, wars[left].tolist(), REFERENCE)
            low, high = np.quantile(np.log(factors).mean(axis=1), (0.05, 0.95))
            held.append(bool(low <= 0 <= high))
    return held


def _told(found: Answer, place: int, weighting: Weighting | None) -> list[float] | None:
    one = found.matches[place].departure
    others = [match.departure for match in found.matches]
    weights = np.array([float(each.war != one.war) for each in others])
    if weighting is not None:
        away = np.array([distance(one.looks, each.looks) for each in others])
        roles = [role_weight(one.role, each.role, weighting.step) for each in others]
        weights *= kernel(away, weighting) * np.array(roles)
    weights = by_war(weights, found.wars)
    if weights.sum() == 0:
        return None
    weights /= weights.sum()
    ends = weighted_quantile(found.compared, weights, (0.05, 0.25, 0.75, 0.95))
    truth = found.compared[:, place]
    half, ninety = (float(((low <= truth) & (truth <= high)).mean()) for low, high in (ends[1:3], ends[::3]))
    return [half, ninety, _crps(found.compared, weights, truth), *_fall(found, place, weights)]


def _crps(values: np.ndarray, weights: np.ndarray, truth: np.ndarray) -> float:
    """The mean CRPS of a weighted sample, by its quantiles: twice the mean pinball loss."""
    levels = (np.arange(99) + 1) / 100
    quantiles = weighted_quantile(values, weights, tuple(levels))[:, None]
    loss = np.where(truth >= quantiles, levels[:, None] * (truth - quantiles), 0.0)
    loss += np.where(truth < quantiles, (1 - levels[:, None]) * (quantiles - truth), 0.0)
    return float(2 * loss.mean())


def _fall(found: Answer, place: int, weights: np.ndarray) -> tuple[float, float]:
    """The Brier score of the share that fell among the others, and whether the outcome is known."""
    outcomes = [outcome_after(match.departure, YEARS, found.known_by) for match in found.matches]
    told = np.array([outcome in ("stood", "fell") for outcome in outcomes])
    fell = np.array([outcome == "fell" for outcome in outcomes])
    if not told[place] or not weights[told].sum():
        return float("nan"), 0.0
    return float((weights[fell].sum() / weights[told].sum() - fell[place]) ** 2), 1.0


if __name__ == "__main__":
    main()
