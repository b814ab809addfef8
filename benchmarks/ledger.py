"""A ledger of up to 100,000 claims and 10,000 actors, made from the Iraq case: load, one actor, one day.

Each copy of the Iraq claims gets actors of its own. Printed for each size: seconds to read and check the
folder and build the ledger, to gather the ties of one actor, and to build the network of a day (each the
best of three, warm), and the peak memory of the process.
"""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case import SHIPPED, read_case
from vedette.evidence import Ledger, belief_in, edition_of, read_ledger
from vedette.network import network_at

SIZES = (1_000, 10_000, 100_000)
ACTORS = 10
"""Claims for each actor."""
DAY = date(2019, 6, 30)
LIMITS = {"load": 5.0, "who": 0.2, "network": 0.5}
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
    pl.concat(parts).head(claims).write_csv(folder / "claims.csv")
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
    return folder


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


def main() -> int:
    """Prints the table; the exit code is 1 if a limit is broken at the largest size."""
    print(f"{'claims':>8} {'actors':>8} {'load s':>8} {'who s':>8} {'network s':>10} {'memory MB':>10}")
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
        }
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        numbers = f"{last['load']:8.2f} {last['who']:8.3f} {last['network']:10.3f} {memory:10.0f}"
        print(f"{ledger.claims.height:8,} {ledger.case.actors.height:8,} {numbers}")
    broken = [name for name, limit in LIMITS.items() if last[name] > limit]
    print("limits held" if not broken else f"over the limit: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
