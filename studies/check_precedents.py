"""How well the precedents of other governments foretell each departure: coverage and CRPS of the factor.

Each departure known by 2019 and by 2024 is told from the 30 most like it, none of its own government. Prints
the share of its draws inside the central intervals, and the mean CRPS of the log change, for a lognormal with
the standard deviation of the changes and for one with their middle half.
"""

import numpy as np
from scipy.stats import norm

from vedette.precedents import KEPT, Answer, answer, departures, read_like, read_record
from vedette.precedents.matching import matches

LIKE, YEARS, DRAWS, SEED = "United States leaves Iraq", 3, 400, 20030320


def main() -> None:
    """Prints one line for each last year and fit."""
    for last in (2019, 2024):
        record = read_record().until(last)
        known = len(departures(record))
        found = answer(record, read_like(record, LIKE), YEARS, DRAWS, SEED, nearest=known)
        for fit in ("standard deviation", "middle half"):
            rows = np.array([_told(found, place, fit) for place in range(len(found.matches))])
            half, ninety, crps = rows.mean(axis=0)
            print(f"{last}, {known} departures, {fit}: 50 % {half:.3f}, 90 % {ninety:.3f}, CRPS {crps:.3f}")


def _told(found: Answer, place: int, fit: str) -> tuple[float, float, float]:
    one = found.matches[place].departure
    columns = {match.departure: column for column, match in enumerate(found.matches)}
    others = [each for each in columns if each.government != one.government]
    nearest = [columns[match.departure] for match in matches(one.looks, others)[:KEPT]]
    pool, truth = found.compared[:, nearest], found.compared[:, place]
    first, middle, third = np.quantile(pool, (0.25, 0.5, 0.75))
    spread = float(pool.std()) if fit == "standard deviation" else (third - first) / (2 * norm.ppf(0.75))
    z = (truth - middle) / spread
    crps = spread * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))
    inside = (float((abs(z) < norm.ppf(level)).mean()) for level in (0.75, 0.95))
    return *inside, float(crps.mean())  # type: ignore[return-value]


if __name__ == "__main__":
    main()
