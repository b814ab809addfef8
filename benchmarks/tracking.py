"""`vedette track iraq` twice in one process: with the forecast to be made, and warm, from its cache.

python benchmarks/tracking.py [--start 2018-10] [--draws 6000]
"""

import argparse
import resource
import time

from vedette.commands import TRACK_DRAWS, track


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", default="2018-10")
    parser.add_argument("--draws", type=int, default=TRACK_DRAWS)
    asked = parser.parse_args()
    print(f"track iraq from {asked.start}, {asked.draws:,} draws")
    for run in ("first", "warm"):
        wall, own = time.perf_counter(), time.process_time()
        track("iraq", start=asked.start, draws=asked.draws)
        spent = time.process_time() - own
        print(f"{run:<8} {time.perf_counter() - wall:>8.1f} s, of the processor {spent:>6.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak {peak:.2f} GB")


if __name__ == "__main__":
    main()
