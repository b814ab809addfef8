"""The table of targets of the evaluation: every row, met or not, or not read."""

from collections.abc import Iterable, Sequence
from typing import Any

from report_sums import Row, between, number, table

Line = tuple[str, str, str, str, str]
Found = dict[str, Any]
NOT_READ = "not read"


def targets_table(found: Found) -> str:
    """All targets; those of windows that were not read say so."""
    lines = [
        *_views(found.get("challenge", [])),
        *_countries(found.get("country_evaluation")),
        *_places(found.get("places", [])),
        *_far("two countries and the country file, to 2017", found.get("far_development", [])),
        *_far("VIEWS countries 1995-2009", found.get("far_evaluation", [])),
        *_iraq(found.get("windows", [])),
        *_chances("country file, targets to 2017", found.get("country_development")),
        *_chances("country file, targets 2018-20", found.get("country_evaluation")),
        *_chance_of_2014(found.get("chance_of_2014", [])),
    ]
    return table(("where", "measure", "target", "measured", "met"), lines)


def met(good: bool) -> str:
    """``yes``, or ``no`` so that it is seen."""
    return "yes" if good else "**no**"


def _views(rows: Sequence[Row]) -> Iterable[Line]:
    ratios = {row["year"]: row["ratio"]["crps"] for row in rows if row["model"] == "pool"}
    measures = (("CRPS over conflictology, mean of the years", 0.89), ("the same, worst year", 1.0))
    if len(ratios) < 3:
        return [
            ("VIEWS 2018-20", measure, f"at most {most:.2f}", NOT_READ, "-") for measure, most in measures
        ]
    mean, worst = sum(ratios.values()) / len(ratios), max(ratios, key=lambda year: ratios[year])
    seeds = next(row["other_seeds"] for row in rows if row["model"] == "pool" and row["year"] == worst)
    shown = (
        f"{mean:.3f}",
        f"{ratios[worst]:.3f} in {worst} (other seeds {min(seeds):.3f} to {max(seeds):.3f})",
    )
    return [
        ("VIEWS 2018-20", measure, f"at most {most:.2f}", words, met(value <= most))
        for (measure, most), words, value in zip(measures, shown, (mean, ratios[worst]), strict=True)
    ]


def _countries(found: Found | None) -> Iterable[Line]:
    where, ratio, coverage = (
        "country file, targets 2018-20",
        "CRPS of 12-month sums over the best baseline of sums",
        "12-month sums inside the 90 % interval, active countries",
    )
    if found is None:
        return [
            (where, ratio, "at most .97", NOT_READ, "-"),
            (where, coverage, ".85 to .95", NOT_READ, "-"),
        ]
    pool = pool_of(found["sums"])
    return [
        (
            where,
            f"{ratio}, {pool['best_baseline']}",
            "at most .97",
            between(pool["ratio"]),
            met(pool["ratio"][0] <= 0.97),
        ),
        (
            where,
            "the same over the sum of conflictology's months",
            "reported",
            between(pool["over_conflictology"]),
            "-",
        ),
        (
            where,
            f"the same, geometric mean over countries, over {pool['usual_baseline']}",
            "reported",
            between(pool["geometric"]),
            "-",
        ),
        (where, coverage, ".85 to .95", between(pool["inside"]), _held(pool)),
        (
            where,
            "mean width of that interval, deaths; median ratio of its ends",
            "reported",
            f"{number(pool['width'])}; {pool['fold']:.1f}",
            "-",
        ),
    ]


def _places(rows: Sequence[Row]) -> Iterable[Line]:
    for row in rows:
        if row["model"] == "pool":
            by_itself = row["case"].endswith("by itself")
            target, answer = ("reported", "-") if by_itself else (".85 to .95", _held(row))
            measure = "yearly total inside the 90 % interval"
            yield (row["case"], measure, target, between(row["inside"]), answer)


def _far(where: str, rows: Sequence[Row]) -> Iterable[Line]:
    if not rows:
        for length in (24, 36):
            yield (where, f"sums of {length} months over the best baseline", "at most 1", NOT_READ, "-")
        yield (where, "24 months inside the 90 % interval", ".85 to .95", NOT_READ, "-")
    for row in rows:
        if row["model"] != "pool":
            continue
        best = f"CRPS of sums over the best baseline, {row['best_baseline']}"
        yield (row["case"], best, "at most 1", between(row["ratio"]), met(row["ratio"][0] <= 1))
        near = row["periods"] == 24
        target, answer = (".85 to .95", _held(row)) if near else ("reported", "-")
        yield (row["case"], "sums inside the 90 % interval", target, between(row["inside"]), answer)


def _iraq(rows: Sequence[Row]) -> Iterable[Line]:
    where = "Iraq 2010-18, country total"
    pool = [row for row in rows if row["model"] == "pool"]
    pool = [row for row in pool if row["window"] == "Iraq 2010-18" and row["target"] == "T1 all"]
    for horizon in ("6", "12"):
        inside = f"{pool[0]['inside_90'][horizon]:.3f}" if pool else NOT_READ
        yield (where, f"inside the 90 % interval, month {horizon}", "reported", inside, "-")


def _chances(where: str, found: Found | None) -> Iterable[Line]:
    measure = "tenfold years: chances of .01 to .05 that came true"
    if found is None:
        return [(where, measure, "the mean chance", NOT_READ, "-")]
    rows = [row for row in found["tenfold"] if row["model"] == "pool" and row["low"] == 0.01]
    return [
        (
            where,
            measure,
            f"{row['given']:.4f}, the mean chance",
            between(row["came"], 4),
            met(row["came"][1] <= row["given"] <= row["came"][2]),
        )
        for row in rows
    ]


def _chance_of_2014(rows: Sequence[Row]) -> Iterable[Line]:
    where, measure = "end of 2013", "chance of at least the deaths of 2014, 20,000 draws"
    shown = [f"{row['chance']:.4f} ± {row['error']:.4f}" for row in rows if row["model"] == "pool"]
    return [(where, measure, "reported", shown[0] if shown else NOT_READ, "-")]


def pool_of(rows: Sequence[Row]) -> Row:
    """The row of the pool."""
    return next(row for row in rows if row["model"] == "pool")


def _held(row: Row) -> str:
    return met(0.85 <= row["inside"][0] <= 0.95)
