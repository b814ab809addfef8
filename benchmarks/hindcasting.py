"""`vedette hindcast iraq`, fitted starts: with the forecasts to be made, and again with them in the cache.

The cache is a folder of its own, thrown away at the end. The forecast alone is the part of the first run in
which the pool forecasts from the past days.

    python benchmarks/hindcasting.py
"""

import os
import resource
import tempfile
import time
from unittest.mock import patch

from vedette.commands import hindcast
from vedette.panel import Panel
from vedette.scenario import Baseline, Mechanism, kept_baseline

MOST = 60
"""The seconds that a hindcast of four starts may take."""


def main() -> None:
    """Prints the table."""
    spent = [0.0]

    def timed(mechanism: Mechanism, panel: Panel, draws: int, seed: int) -> Baseline:
        start = time.process_time()
        baseline = kept_baseline(mechanism, panel, draws, seed)
        spent[0] += time.process_time() - start
        return baseline

    with (
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, VEDETTE_HOME=home),
        patch("vedette.commands.hindcasting.kept_baseline", timed),
    ):
        first, alone = measured("first", spent)
        again, _ = measured("again", spent)
    print(f"{'the forecast alone':<20} {alone:>6.1f} CPU s")
    print(f"the first run takes {first / alone:.2f} times the forecast alone, the second {again / alone:.2f}")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")


def measured(name: str, spent: list[float]) -> tuple[float, float]:
    """CPU seconds of a hindcast, and of the forecasts in it."""
    spent[0] = 0.0
    wall, own = time.perf_counter(), time.process_time()
    trials = hindcast("iraq").trials
    seconds, own = time.perf_counter() - wall, time.process_time() - own
    starts = ", ".join(each.past.start for each in trials)
    print(f"{name:<20} {own:>6.1f} CPU s, {seconds:.1f} s (at most {MOST}); starts {starts}")
    return own, spent[0]


if __name__ == "__main__":
    main()
