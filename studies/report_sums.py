"""Tables of sums, onsets and chances for the page of the evaluation."""

from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def between(estimate: Sequence[float], digits: int = 3) -> str:
    """A value with the ends of its interval: ``0.95 (0.91 to 1.02)``."""
    value, low, high = (f"{number:.{digits}f}" for number in estimate)
    return f"{value} ({low} to {high})"


def number(value: float) -> str:
    """Three digits or so: ``0.123``, ``12.3``, ``1,234``."""
    return f"{value:,.{3 if value < 10 else 1 if value < 1000 else 0}f}"


def months_table(rows: Sequence[Row]) -> str:
    """Single months of the country file."""
    lines = [
        (
            row["model"],
            number(row["crps"]),
            between(row["ratio"]),
            between(row["geometric"]),
            "-" if row["quiet"] is None else f"{row['quiet']:.3f}",
        )
        for row in rows
    ]
    head = ("model", "CRPS", "over conflictology", "geometric mean over countries", "CRPS of quiet countries")
    return table(head, lines)


def sums_table(rows: Sequence[Row]) -> str:
    """Sums of the country file or of one case, a line for each model and baseline."""
    lines = [
        (
            row["model"],
            number(row["crps"]),
            between(row["ratio"]),
            between(row["over_conflictology"]),
            between(row["geometric"]),
            between(row["inside"], 2),
            f"{row['inside_all']:.2f}",
            number(row["width"]),
            f"{row['fold']:.1f}",
        )
        for row in rows
    ]
    head = (
        "model",
        "CRPS",
        f"over {rows[0]['best_baseline']}",
        "over conflictology-12",
        f"geometric mean over {rows[0]['usual_baseline']}",
        "inside 90 %, active",
        "inside 90 %, all",
        "width",
        "fold",
    )
    return table(head, lines)


def cases_table(rows: Sequence[Row]) -> str:
    """The pool in several cases: one line a case, against the best baseline of sums there."""
    lines = [
        (
            row["case"],
            number(row["crps"]),
            row["best_baseline"],
            between(row["ratio"]),
            between(row["over_conflictology"]),
            between(row["inside"], 2),
            number(row["width"]),
            f"{row['fold']:.1f}",
            f"{row['origins']} ({row['apart']} apart)",
            "-" if row["independent"] is None else f"{row['independent']:.0f}",
        )
        for row in rows
        if row["model"] == "pool"
    ]
    head = (
        "case",
        "CRPS of the pool",
        "best baseline",
        "ratio",
        "over conflictology-12",
        "inside 90 %",
        "width",
        "fold",
        "origins",
        "effective number of sums",
    )
    return table(head, lines)


def onsets_table(rows: Sequence[Row]) -> str:
    """The months in which violence broke out, and the year after."""
    lines = [
        (
            row["model"],
            number(row["before"]),
            number(row["after"]),
            number(row["after_sums"]),
            f"{row['inside']:.2f}",
        )
        for row in rows
    ]
    head = ("model", "CRPS before", "CRPS after", "CRPS of sums after", "inside 90 %, sums after")
    return table(head, lines)


def tenfold_table(rows: Sequence[Row]) -> str:
    """Chances given against what came."""
    lines = [
        (
            row["model"],
            f"{row['low']:g} to {row['high']:g}",
            f"{row['cells']:,}",
            f"{row['given']:.4f}",
            between(row["came"], 4),
            f"{row['came_true']}",
            "-" if row["independent"] is None else f"{row['independent']:.0f}",
        )
        for row in rows
    ]
    head = (
        "model",
        "chance given",
        "country-origins",
        "mean chance",
        "share that came true",
        "came true",
        "effective number",
    )
    return table(head, lines)
