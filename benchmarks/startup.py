"""How long starting takes, in CPU seconds and as a ratio to importing Typer and Rich.

Each command runs in fresh processes, in turn with the others, so that all meet the same load.
"""

import argparse
import resource
import statistics
import subprocess
import sys

BARE = "python -c 'import typer, rich'"
MOST = {"vedette --help": 6, "vedette who iraq badr": 12}
COMMANDS = {
    BARE: ("-c", "import typer, rich"),
    "vedette --help": ("-m", "vedette", "--help"),
    "vedette who iraq badr": ("-m", "vedette", "who", "iraq", "badr"),
}


def cpu_seconds(words: tuple[str, ...]) -> float:
    """The CPU seconds, user and system, of one run of Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Prints the median and the ratio of each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(1 + runs):
        for name, words in COMMANDS.items():
            times[name].append(cpu_seconds(words))
    medians = {
        name: statistics.median(each[1:]) for name, each in times.items()
    }  # the first run warms caches
    for name, median in medians.items():
        ratio = median / medians[BARE]
        most = f" (at most {MOST[name]})" if name in MOST else ""
        print(f"{name:32} {median:6.3f} CPU s {ratio:6.1f} times{most}")


if __name__ == "__main__":
    main()
