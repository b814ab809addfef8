"""Learns which past months are alike from deaths by country and by first-level area; writes the analogues.

    python studies/learn_analogues.py ../shared

Countries: UCDP's country-month deaths, 2010-2020. First-level areas: UCDP GED of Nigeria, and of Iraq up to
2009 (what follows is kept to judge the forecasts by). For the end of each year only paths that were over by
then are learned from. The trees are grown by scikit-learn; vedette walks them without it.
"""

import argparse
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from panels import COUNTRIES, IRAQ, NIGERIA, read_events, target
from sklearn.ensemble import RandomForestRegressor
from sklearn.tree._tree import Tree

from vedette.files import replace_file
from vedette.model.analogues.forest import Rows, Trees
from vedette.model.analogues.member import LEAST_COUNTRIES
from vedette.model.analogues.prior import BORROWS, COLUMNS, FILE, PARTS, VERSION, together
from vedette.model.analogues.states import FLOOR, LEAST, MEANS, STATE, WINDOW, bases_of, states_of
from vedette.model.history import FloatArray, IntArray, Kind
from vedette.periods import Step, last_day, parse

YEAR, VOLATILITY = 12, "volatility of the year"
SILENT_KEPT = {Kind.COUNTRY: 10, Kind.PLACE: 20}
TREES, LEAVES, LEAST_IN_LEAF, FEATURES = 40, 64, 30, 0.3
LEAST_LEARNED = 400
IRAQ_UNTIL = "2009-12"


@dataclass(frozen=True)
class Series:
    """Deaths (T,) of one country or area by month from ``first`` on."""

    country: str
    first: int
    deaths: IntArray


def countries(shared: Path) -> Iterator[Series]:
    """The countries of the country-month file, each from its first month on."""
    table = pl.read_csv(shared / COUNTRIES).sort("isocode", "period")
    for (name,), months in table.group_by("isocode", maintain_order=True):
        year, month = divmod(int(months["period"][0]), 100)
        yield Series(str(name), year * 12 + month - 1, months["fatalities_UCDP"].to_numpy().astype(np.int64))


def areas(shared: Path) -> Iterator[Series]:
    """The states of Nigeria, and the governorates of Iraq up to 2009."""
    for country, file, until in (("NGA", NIGERIA, None), ("IRQ", IRAQ, IRAQ_UNTIL)):
        history = target(read_events(shared, file), "T2 deaths")
        history = history.until(parse(until, Step.MONTH)) if until else history
        for deaths in history.truth.T:
            yield Series(country, history.span.first, deaths)


def rows_of(series: list[Series], every: int) -> Rows:
    """All past months with a year before and after; of those silent for five years each ``every``-th."""
    return together([_rows(one, number, every) for number, one in enumerate(series)])


def _rows(one: Series, number: int, every: int) -> Rows:
    ends = np.arange(LEAST, len(one.deaths) - YEAR + 1)
    padded = [one.deaths[max(0, end - WINDOW) : end] for end in ends]
    states = np.concatenate([states_of(window[None]) for window in padded])
    bases = np.concatenate([bases_of(window[None]) for window in padded])
    following = np.stack([one.deaths[end : end + YEAR] for end in ends])
    silent = np.array([not window.any() for window in padded])
    kept = ~silent | ((ends + one.first + number) % every == 0)
    return Rows(
        states.round(2).astype(np.float32)[kept],
        _two_digits(following / bases[:, None])[kept],
        np.where(silent, every, 1)[kept],
        np.full(kept.sum(), one.country),
        np.array([last_day(one.first + int(end) + YEAR - 1, Step.MONTH).year for end in ends])[kept],
    )


def forests(rows: Rows) -> dict[int, Trees]:
    """The trees for the end of each year, from the first with enough rows of enough countries on."""
    known = {int(year): rows.until(int(year)) for year in np.unique(rows.years)}
    return {
        year: grow(past, year)
        for year, past in known.items()
        if len(past.years) >= LEAST_LEARNED and len(np.unique(past.countries)) > LEAST_COUNTRIES
    }


def grow(rows: Rows, year: int) -> Trees:
    """Trees that group rows that are alike, see `_alike`; half the rows and .3 of the features a tree."""
    forest = RandomForestRegressor(
        TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST_IN_LEAF,
        max_features=FEATURES,
        max_samples=0.5,
        random_state=year,
    )
    forest.fit(rows.states, _alike(rows), sample_weight=rows.weights)
    return _stacked([_in_order(each.tree_) for each in forest.estimators_])


def _alike(rows: Rows) -> FloatArray:
    """What rows of one leaf are to be alike in, (R, 3), each with mean 0 and variance 1.

    The log of the mean of the twelve months that followed, over the base; the log of the base; volatility.
    The last two since a path is scaled to another level, and small or volatile wars swing more.
    """
    level = rows.states[:, [MEANS.index(3), MEANS.index(12)]].mean(axis=1)
    bases = np.exp(level) + FLOOR
    grown = np.log(rows.paths.mean(axis=1) + FLOOR / bases)
    parts = np.stack([grown, np.log(bases), rows.states[:, STATE.index(VOLATILITY)]], axis=1)
    apart = parts - np.average(parts, axis=0, weights=rows.weights)
    return np.asarray(apart / np.sqrt(np.average(apart**2, axis=0, weights=rows.weights)))


def _in_order(tree: Tree) -> list[tuple[int, float, int]]:
    """Feature, threshold and right child of each node, all below a node directly after it."""
    nodes: list[tuple[int, float, int]] = []

    def add(node: int) -> None:
        place = len(nodes)
        nodes.append((-1, 0.0, 0))
        if tree.children_left[node] >= 0:
            add(tree.children_left[node])
            nodes[place] = int(tree.feature[node]), float(tree.threshold[node]), len(nodes)
            add(tree.children_right[node])

    add(0)
    return nodes


def _stacked(trees: list[list[tuple[int, float, int]]]) -> Trees:
    most = 2 * LEAVES - 1
    filled = [tree + [(-1, 0.0, 0)] * (most - len(tree)) for tree in trees]
    feature, threshold, right = (
        np.array([[node[at] for node in tree] for tree in filled]) for at in range(3)
    )
    return Trees(feature, threshold, right)


def _two_digits(ratios: FloatArray) -> FloatArray:
    """Numbers with two significant digits."""
    size = 10.0 ** (np.floor(np.log10(np.maximum(ratios, 1e-9))) - 1)
    return (np.round(ratios / size) * size).astype(np.float32)


def packed(rows: dict[Kind, Rows], trees: dict[Kind, dict[int, Trees]]) -> bytes:
    """The content of the file: for each kind its rows, and its trees by year."""
    tables: dict[str, Any] = {"version": np.array(VERSION)}
    for kind in Kind:
        tables |= {f"{kind.value}-{column}": getattr(rows[kind], column) for column in COLUMNS}
        tables[f"{kind.value}-forests"] = np.array(sorted(trees[kind]))
        for part in PARTS:
            stacked = np.stack([getattr(trees[kind][year], part) for year in sorted(trees[kind])])
            tables[f"{kind.value}-{part}"] = stacked.astype(np.float32 if part == "threshold" else np.int16)
    out = io.BytesIO()
    np.savez_compressed(out, **tables)
    return out.getvalue()


def main() -> None:
    """Writes the file of analogues beside the code that reads it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    series = {Kind.COUNTRY: list(countries(asked.shared)), Kind.PLACE: list(areas(asked.shared))}
    rows = {kind: rows_of(series[kind], SILENT_KEPT[kind]) for kind in Kind}
    trees = {kind: forests(together([rows[other] for other in BORROWS[kind]])) for kind in Kind}
    replace_file(asked.out, packed(rows, trees))
    for kind in Kind:
        months = rows[kind].weights.sum()
        print(f"{kind}: {len(rows[kind].years)} rows for {months} months, forests of {sorted(trees[kind])}")
    print(f"{asked.out}: {asked.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
