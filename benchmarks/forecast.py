"""How long the pool takes, against drawing as many negative binomials as it gives.

    python benchmarks/forecast.py [--shared ../shared] [--origins 102]

On the Iraq panels of the evaluation (deaths, governorates and country): one forecast when nothing is
remembered, the next one, and all origins of the evaluation in order. Without the shared data a simulated
panel of the same size stands in, and that is said.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np

from vedette.model import History, Pool, forecast
from vedette.periods import Step, parse

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))
from panels import IRAQ, read_events, target

HORIZONS, DRAWS, SEED = 12, 1000, 1
LAST = parse("2018-05", Step.MONTH)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--origins", type=int, default=102)
    asked = parser.parse_args()
    for name, history in panels(asked.shared).items():
        measure(name, history, asked.origins)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)
    print(f"peak memory {peak:,.0f} MB")


def panels(shared: Path) -> dict[str, History]:
    """The country and the governorates."""
    if (shared / IRAQ).exists():
        events = read_events(shared, IRAQ)
        return {"country": target(events, "T1 all"), "governorates": target(events, "T2 deaths")}
    print(f"no data in {shared}: simulated panels of the same size")
    rng = np.random.default_rng(SEED)
    counts = rng.negative_binomial(0.5, 0.1, (360, 18))
    places = History.of(
        4 * counts, list("abcdefghijklmnopqr"), LAST - 352, Step.MONTH, None, "deaths", counts
    )
    return {"country": places.total("all"), "governorates": places}


def measure(name: str, history: History, origins: int) -> None:
    """Times of one panel."""
    cold = seconds(history, range(LAST, LAST + 1))
    warm = seconds(history, range(LAST, LAST + 1))
    whole = seconds(history, range(LAST - origins + 1, LAST + 1))
    limit = origins * drawing(len(history.units))
    print(f"{name}: one forecast {cold:.2f} s, again {warm:.2f} s; {origins} origins {whole:.1f} s")
    print(f"  numpy alone draws as many negative binomials in {limit:.2f} s: {whole / limit:.0f} times that")


def seconds(history: History, origins: range) -> float:
    """Seconds that forecasts from these origins take."""
    start = time.perf_counter()
    for origin in origins:
        forecast(Pool(), history, origin, HORIZONS, DRAWS, SEED)
    return time.perf_counter() - start


def drawing(units: int) -> float:
    """Seconds in which numpy draws one forecast."""
    rng, share = np.random.default_rng(SEED), np.random.default_rng(2).uniform(0.05, 0.9, units)
    start = time.perf_counter()
    rng.negative_binomial(0.5, share, (DRAWS, HORIZONS, units))
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
