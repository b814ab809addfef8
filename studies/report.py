"""Makes docs/reference/evaluation.md of what `studies/evaluate.py` measured.

python studies/report.py docs/reference/evaluation.json docs/reference/evaluation.md
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from report_sums import Row, cases_table, months_table, onsets_table, sums_table, table, tenfold_table
from report_targets import targets_table

from vedette.files import replace_file

WORDS = Path(__file__).parent / "evaluation.words.md"
NOT_READ, NONE = "Not read in this run.", "There were none."
WINDOWS = ("Iraq 2010-18", "Iraq 2005-09", "Nigeria 2008-18")
COUNTRY_TABLES = {
    "months": months_table,
    "sums": sums_table,
    "onsets": onsets_table,
    "tenfold": tenfold_table,
}


def page(found: dict[str, Any], words: str) -> str:
    """The page: each `{{name}}` of the words replaced by its table."""
    for name, made in tables(found).items():
        words = words.replace("{{" + name + "}}", made)
    numbers = {name: f"{found[name]:,}" for name in ("seed", "draws", "country_draws")}
    for name, value in numbers.items():
        words = words.replace("{{" + name + "}}", value)
    return words


def tables(found: dict[str, Any]) -> dict[str, str]:
    """Every table by its name in the words; what was not measured in this run says so."""
    rows = found.get("windows")
    makers: dict[str, tuple[Callable[[Any], str], object]] = {
        "skills": (_skills, rows),
        "challenge": (_challenge, found.get("challenge")),
        "places": (cases_table, found.get("places")),
        "far development": (cases_table, found.get("far_development")),
        "far evaluation": (cases_table, found.get("far_evaluation")),
        "chance": (_chance, found.get("chance_of_2014")),
        "sums over places": (_sums_over_places, found.get("sums_over_places")),
    }
    for window in WINDOWS:
        here = [row for row in rows or [] if row["window"] == window]
        makers[f"crps {window}"] = (_crps, here or None)
    for when in ("development", "evaluation"):
        of_countries = found.get(f"country_{when}", {})
        for name, maker in COUNTRY_TABLES.items():
            makers[f"{name} {when}"] = (maker, of_countries.get(name))
    made = {name: _made(maker, measured) for name, (maker, measured) in makers.items()}
    return {"targets": targets_table(found), **made}


def _made(maker: Callable[[Any], str], measured: object) -> str:
    if measured is None:
        return NOT_READ
    return maker(measured) if measured else NONE


def _skills(rows: Sequence[Row]) -> str:
    lines = [
        (
            row["window"],
            row["target"],
            f"{_share(row['skill'])} ({_share(row['skill_low'])} to {_share(row['skill_high'])})",
            f"{_share(row['over_best_baseline'])}, {row['best_baseline']}",
            ", ".join(f"{share:.3f}" for share in row["inside_90"].values()),
        )
        for row in rows
        if row["model"] == "pool"
    ]
    head = (
        "window",
        "target",
        "over conflictology-12",
        "over the best baseline",
        "inside 90 %, months 1, 6, 12",
    )
    return table(head, lines)


def _crps(here: Sequence[Row]) -> str:
    targets = _unique(here, "target")
    cells = {(row["model"], row["target"]): row for row in here}
    lines = [
        (model, *(_cell(cells.get((model, target))) for target in targets))
        for model in _unique(here, "model")
    ]
    return table(("model", *targets), lines)


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
    return table(head, lines)


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.3f} to {max(values):.3f}"


def _chance(rows: Sequence[Row]) -> str:
    lines = [(str(row["model"]), f"{row['chance']:.4f} ± {row['error']:.4f}") for row in rows]
    return table(("model", f"chance of at least {rows[0]['observed']:,} deaths"), lines)


def _sums_over_places(rows: Sequence[Row]) -> str:
    lines = [(str(row["horizon"]), f"{row['inside_90']:.3f}") for row in rows]
    return table(("month", "inside the 90 % interval"), lines)


def _share(value: float) -> str:
    return f"{100 * value:.1f}%"


def _unique(rows: Iterable[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(row[name]) for row in rows))


def main() -> None:
    """Reads the figures, writes the page."""
    figures, out = map(Path, sys.argv[1:3])
    made = page(json.loads(figures.read_text(encoding="utf-8")), WORDS.read_text(encoding="utf-8"))
    replace_file(out, made.encode())


if __name__ == "__main__":
    main()
