"""A ledger of up to 100,000 claims and 10,000 actors, made from the Iraq case: load, one actor, one day.

Each copy of the Iraq claims gets actors of its own. Printed for each size: seconds to read and check the
folder and build the ledger, to gather the ties of one actor, to build the network of a day, and to reckon the
index of arms (each the best of three, warm), and the peak memory of the process. Then the seconds of `add
claim` on 20,000 claims, in processes of their own; with ``--against FOLDER`` the same for another checkout,
by turns, and the ratio.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case import SHIPPED, read_case
from vedette.evidence import Ledger, belief_in, edition_of, read_ledger
from vedette.network import monopoly, network_at

SIZES = (1_000, 10_000, 100_000)
ACTORS = 10
"""Claims for each actor."""
DAY = date(2019, 6, 30)
ADDED_TO = 20_000
"""Claims in the ledger that claims are added to."""
ADD_LIMIT = 2.0
"""How many times the other checkout's seconds `add claim` may take."""
ADD = """
import sys, time
from vedette import commands
row = {"source": sys.argv[2], "hedge": "reported", "subject": sys.argv[3], "relation": "training"}
row |= {"object": sys.argv[3], "said": "2014", "known": "2014"}
took = []
for _ in range(5):
    start = time.perf_counter()
    commands.add_claim(sys.argv[1], row)
    took.append(time.perf_counter() - start)
print(min(took))
"""
LIMITS = {"load": 5.0, "who": 0.2, "network": 0.5, "monopoly": 0.5}
TABLES = ("case.yaml", "places.geojson", "regions.geojson", "sources.csv", "sites.csv")


def grown(folder: Path, claims: int) -> Path:
    """A copy of the Iraq case with so many claims, and an actor for every ten of them."""
    for name in TABLES:
        shutil.copy(SHIPPED / "iraq" / name, folder / name)
    (folder / "observed.csv").write_text(
        (SHIPPED / "iraq" / "observed.csv").read_text(encoding="utf-8").split("\n")[0] + "\n"
    )
    said = pl.read_csv(SHIPPED / "iraq" / "claims.csv", infer_schema=False).fill_null("")
    people = pl.read_csv(SHIPPED / "iraq" / "actors.csv", infer_schema=False).fill_null("")
    copies = -(-claims // said.height)
    known, keys = people["id"].to_list(), ("subject", "object", "speaker_of", "speaker")
    parts = [
        said.with_columns(
            pl.col("id") + f"-{copy}",
            *(
                pl.when(pl.col(key).is_in(known))
                .then(pl.col(key) + _mark(copy, claims))
                .otherwise(pl.col(key))
                .alias(key)
                for key in keys
            ),
        )
        for copy in range(copies)
    ]
    grown_claims = pl.concat(parts).head(claims)
    grown_claims.write_csv(folder / "claims.csv")
    names = sorted({_mark(copy, claims) for copy in range(copies)})
    crowd = [
        people.with_columns(
            *(
                pl.when(pl.col(key) != "").then(pl.col(key) + name).otherwise(pl.col(key)).alias(key)
                for key in ("id", "parent")
            ),
            pl.col("name") + name,
            groups=pl.lit(""),
            aliases=pl.lit(""),
        )
        for name in names
    ]
    pl.concat(crowd).write_csv(folder / "actors.csv")
    _forces(names[0], grown_claims["id"]).write_csv(folder / "forces.csv")
    return folder


def _forces(mark: str, claims: pl.Series) -> pl.DataFrame:
    """The forces of the Iraq case, as those of the first copy, as far as its claims are there."""
    forces = pl.read_csv(SHIPPED / "iraq" / "forces.csv", infer_schema=False).fill_null("")
    ends = {"force": mark, "part_of": mark, "claim": "-0"}
    marked = forces.with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name) + end).otherwise(pl.col(name)).alias(name)
        for name, end in ends.items()
    )
    return marked.filter(pl.col("claim").is_in(["", *claims]))


def _mark(copy: int, claims: int) -> str:
    """Copies share actors, so that there are as many actors as a tenth of the claims."""
    return f"-x{copy % max(1, claims // ACTORS // 157)}"


def best(work: Callable[[], object]) -> float:
    """The shortest of three runs, in seconds."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def who(ledger: Ledger, actor: str) -> None:
    """What `vedette who` asks of the ledger: the ties of an actor on a day, and the claims behind each."""
    ties = ledger.holding(DAY).filter((pl.col("subject") == actor) | (pl.col("object") == actor))
    for subject, relation, object_ in ties.select("subject", "relation", "object").iter_rows():
        _ = belief_in(ledger, subject, relation, object_, DAY).probability


def adding(code: Path) -> float:
    """Seconds of `add claim` on a large ledger with the vedette in a folder."""
    with tempfile.TemporaryDirectory() as place:
        folder = grown(Path(place), ADDED_TO)
        source, actor = (
            pl.read_csv(folder / "claims.csv", infer_schema=False).select("source", "subject").row(0)
        )
        command = [sys.executable, "-c", ADD, str(folder), source, actor]
        surroundings = {**os.environ, "PYTHONPATH": str(code)}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _by_turns(codes: Sequence[Path]) -> dict[Path, list[float]]:
    """Seconds of three rounds for each checkout, so that a busy moment falls on all of them."""
    rounds = [(code, adding(code)) for _ in range(3) for code in codes]
    return {code: [seconds for one, seconds in rounds if one == code] for code in codes}


def compare_adding(other: Path | None) -> bool:
    """Prints the seconds of `add claim`, beside those of another checkout; whether the limit is held."""
    codes = [Path(__file__).parents[1], *([other] if other else [])]
    took = {code: min(times) for code, times in _by_turns(codes).items()}
    own = took[codes[0]]
    print(f"add claim to {ADDED_TO:,} claims: {own:.2f} s")
    if other is None:
        return True
    ratio = own / took[other]
    print(f"that is {ratio:.2f} times the seconds of {other}")
    return ratio <= ADD_LIMIT


def main() -> int:
    """Prints the table; the exit code is 1 if a limit is broken at the largest size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout of vedette")
    other = parser.parse_args().against
    heads = ("claims", "actors", "load s", "who s", "network s", "monopoly s", "memory MB")
    print(" ".join(f"{head:>10}" for head in heads))
    last: dict[str, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as made:
            folder = grown(Path(made), size)
            start = time.perf_counter()
            ledger = read_ledger(edition_of(read_case(folder), "internal"))
            load = time.perf_counter() - start
        actor = ledger.claims["subject"].value_counts(sort=True)["subject"][0]
        last = {
            "load": load,
            "who": best(lambda: who(ledger, actor)),  # noqa: B023
            "network": best(lambda: network_at(ledger, DAY, least=0.2)),  # noqa: B023
            "monopoly": best(lambda: monopoly(ledger, DAY, draws=2_000, seed=1)),  # noqa: B023
        }
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sizes = f"{ledger.claims.height:10,} {ledger.case.actors.height:10,}"
        print(sizes, *(f"{last[name]:10.3f}" for name in LIMITS), f"{memory:10.0f}")
    broken = [name for name, limit in LIMITS.items() if last[name] > limit]
    if not compare_adding(other):
        broken.append("add claim")
    print("limits held" if not broken else f"over the limit: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
