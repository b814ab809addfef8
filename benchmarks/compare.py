"""`vedette compare iraq ... --all`: CPU seconds of each part, and of simulating alone, in one run.

The forecast under the scenarios is made once and kept by the case, so a first process makes it and a second
one is measured, from the start of Python to the last line printed. What is simulated alone are the same
scenarios in as many draws, once the function is compiled.

    python benchmarks/compare.py [SCENARIO...]
"""

import argparse
import io
import resource
import statistics
import subprocess
import sys
import time
from contextlib import redirect_stdout

from vedette import commands
from vedette.cli.text import drivers
from vedette.cli.text.compared import print_all, print_screen
from vedette.scenario import Ensemble, run
from vedette.scenario.drivers import what_drives

SCENARIOS = ["stay", "leave-2023", "nato-takes-over", "iran-steps-in"]
DRIVING = "Asking what drives it"
MOST = 10
"""The most that all answers may take, in times of the simulation alone."""


class Parts:
    """The CPU seconds between one report of progress and the next, by the name of the work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.last = 0.0
        self.name = "Importing"

    def __call__(self, name: str, share: float) -> None:
        """Takes a report: what was done since the last one belongs to the work that was named then."""
        now = time.process_time()
        self.seconds[self.name] = self.seconds.get(self.name, 0.0) + now - self.last
        self.last, self.name = now, name


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", default=SCENARIOS)
    parser.add_argument("--measured", action="store_true", help="measure in this process")
    asked = parser.parse_args()
    if asked.measured:
        measured(asked.scenarios)
        return
    again = [sys.executable, __file__, *asked.scenarios, "--measured"]
    subprocess.run(again, stdout=subprocess.DEVNULL, check=True)
    subprocess.run(again, check=True)


def measured(scenarios: list[str]) -> None:
    """Compares, prints to nowhere, and then simulates alone."""
    parts = Parts()
    parts("Reading the case", 0.0)
    ensemble = commands.ensemble("iraq", scenarios, report=parts)
    comparison = commands.compare(ensemble, report=parts)
    reasons = what_drives(  # worked out, not given again
        comparison.ensemble, comparison.outcomes, comparison.months, lambda share: parts(DRIVING, share)
    )
    parts("Printing", 0.0)
    age = commands.data_age("iraq")
    result = commands.CompareResult("iraq", comparison, reasons, age=age)
    with redirect_stdout(io.StringIO()):
        print_screen(result)
        print_all(comparison, years=False)
        drivers.print_drivers(comparison, reasons)
    parts("", 1.0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    told(parts, ensemble, simulated_alone(ensemble), peak)


def simulated_alone(ensemble: Ensemble) -> float:
    """The median of three runs of the same scenarios and draws."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        run(ensemble.mechanism, ensemble.names, ensemble.baseline, ensemble.draws, ensemble.seed)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def told(parts: Parts, ensemble: Ensemble, alone: float, peak: float) -> None:
    """Prints what each part took, the whole, and its ratio to the simulation alone."""
    print(f"{len(ensemble.names)} scenarios x {ensemble.draws:,} draws x {len(ensemble.span)} months")
    for name, seconds in parts.seconds.items():
        print(f"{name:<24} {seconds:>6.2f} CPU s")
    whole = sum(parts.seconds.values())
    print(f"{'All of it':<24} {whole:>6.2f} CPU s, peak {peak:.2f} GB")
    print(f"{'Simulating alone':<24} {alone:>6.2f} CPU s")
    print(f"{whole / alone:.1f} times the simulation alone (at most {MOST})")


if __name__ == "__main__":
    main()
