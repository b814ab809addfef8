"""Makes docs/reference/evaluation.md of what `studies/evaluate.py` measured.

python studies/report.py docs/reference/evaluation.json docs/reference/evaluation.md
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vedette.files import replace_file

Row = dict[str, Any]
TARGETS = ("T1 all", "T1 state-based", "T2 deaths", "T2 events")
WANTED = {"T1 all": 0.18, "T1 state-based": 0.18, "T2 deaths": 0.15, "T2 events": 0.15}
EVALUATED, DEVELOPED = "Iraq 2010-18", "Iraq 2005-09"
WORDS = Path(__file__).parent / "evaluation.words.md"


def page(found: dict[str, Any], words: str) -> str:
    """The page: each `{{name}}` of the words replaced by its table."""
    rows = found["windows"]
    tables = {
        "targets": _targets(found),
        "challenge": _challenge(found["challenge"]),
        "chance": _chance(found["chance_of_2014"]),
        "sums": _sums(found["sums_over_places"]),
        **{f"crps {window}": _crps(rows, window) for window in _unique(rows, "window")},
    }
    for name, table in tables.items():
        words = words.replace("{{" + name + "}}", table)
    return words.replace("{{seed}}", str(found["seed"])).replace("{{draws}}", f"{found['draws']:,}")


def _targets(found: dict[str, Any]) -> str:
    pool = {(row["window"], row["target"]): row for row in found["windows"] if row["model"] == "pool"}
    lines: list[Sequence[str]] = []
    for name, wanted in WANTED.items():
        row = pool[EVALUATED, name]
        between = f"{_share(row['skill'])} ({_share(row['skill_low'])} to {_share(row['skill_high'])})"
        lines.append(
            (
                EVALUATED,
                f"{name}: skill over conflictology-12",
                f"at least {wanted:.0%}",
                between,
                _met(row["skill"] >= wanted),
            )
        )
    for window in (EVALUATED, DEVELOPED):
        for name in TARGETS:
            row = pool[window, name]
            lines.append(
                (
                    window,
                    f"{name}: over the best baseline, {row['best_baseline']}",
                    "at least 3%",
                    _share(row["over_best_baseline"]),
                    _met(row["over_best_baseline"] >= 0.03),
                )
            )
    lines += _challenge_targets(found["challenge"])
    for name in TARGETS[:2]:
        for horizon, share in pool[EVALUATED, name]["inside_90"].items():
            lines.append(
                (
                    EVALUATED,
                    f"{name}: inside the 90 % interval, month {horizon}",
                    ".85 to .95",
                    f"{share:.3f}",
                    _met(0.85 <= share <= 0.95),
                )
            )
    chance = next(row["chance"] for row in found["chance_of_2014"] if row["model"] == "pool")
    lines.append(
        (
            "end of 2013",
            "chance of at least the deaths of 2014",
            "at least .02",
            f"{chance:.4f}",
            _met(chance >= 0.02),
        )
    )
    return _table(("where", "measure", "target", "measured", "met"), lines)


def _challenge_targets(rows: Sequence[Row]) -> list[Sequence[str]]:
    ratios = {row["year"]: row["ratio"] for row in rows if row["model"] == "pool"}
    crps = [ratio["crps"] for ratio in ratios.values()]
    worst = max(ratios, key=lambda year: ratios[year]["crps"])
    seeds = next(row["other_seeds"] for row in rows if row["model"] == "pool" and row["year"] == worst)
    mean = sum(crps) / len(crps)
    lines: list[Sequence[str]] = [
        (
            "VIEWS 2018-20",
            "CRPS over conflictology, mean of the years",
            "at most .93",
            f"{mean:.3f}",
            _met(mean <= 0.93),
        ),
        (
            "VIEWS 2018-20",
            "the same, worst year",
            "at most 1",
            f"{max(crps):.3f} (other seeds {_range(seeds)})",
            _met(max(crps) <= 1),
        ),
    ]
    for score in ("ign", "mis"):
        highest = max(ratio[score] for ratio in ratios.values())
        lines.append(
            (
                "VIEWS 2018-20",
                f"{score.upper()} over conflictology, worst year",
                "at most 1",
                f"{highest:.3f}",
                _met(highest <= 1),
            )
        )
    return lines


def _crps(rows: Sequence[Row], window: str) -> str:
    here = [row for row in rows if row["window"] == window]
    targets = _unique(here, "target")
    cells = {(row["model"], row["target"]): row for row in here}
    lines = [
        (model, *(_cell(cells.get((model, target))) for target in targets))
        for model in _unique(here, "model")
    ]
    return _table(("model", *targets), lines)


def _cell(row: Row | None) -> str:
    if row is None:
        return "-"
    digits = 3 if row["crps"] < 10 else 2 if row["crps"] < 100 else 1
    return f"{row['crps']:.{digits}f} ± {row['seed_noise']:.{digits}f}"


def _challenge(rows: Sequence[Row]) -> str:
    digits = {"crps": 3, "ign": 3, "mis": 1}
    lines = []
    for row in rows:
        ratio = row["ratio"] or dict.fromkeys(digits, 1.0)
        cells = [f"{row[score]:.{places}f} ({ratio[score]:.3f})" for score, places in digits.items()]
        seeds = row["other_seeds"]
        lines.append((str(row["year"]), str(row["model"]), *cells, _range(seeds) if seeds else "-"))
    head = ("year", "model", "CRPS (ratio)", "IGN (ratio)", "MIS .90 (ratio)", "CRPS ratio, five other seeds")
    return _table(head, lines)


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.3f} to {max(values):.3f}"


def _chance(rows: Sequence[Row]) -> str:
    lines = [(str(row["model"]), f"{row['chance']:.4f}") for row in rows]
    return _table(("model", f"chance of at least {rows[0]['observed']:,} deaths"), lines)


def _sums(rows: Sequence[Row]) -> str:
    lines = [(str(row["horizon"]), f"{row['inside_90']:.3f}") for row in rows]
    return _table(("month", "inside the 90 % interval"), lines)


def _share(value: float) -> str:
    return f"{100 * value:.1f}%"


def _met(good: bool) -> str:
    return "yes" if good else "**no**"


def _unique(rows: Iterable[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(row[name]) for row in rows))


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    """Reads the figures, writes the page."""
    figures, out = map(Path, sys.argv[1:3])
    made = page(json.loads(figures.read_text(encoding="utf-8")), WORDS.read_text(encoding="utf-8"))
    replace_file(out, made.encode())


if __name__ == "__main__":
    main()
