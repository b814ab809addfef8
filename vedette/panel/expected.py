"""Deaths of the country by period as the mean over all ways to date its events, which no seed moves."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from vedette.panel.event_cells import MEASURES
from vedette.panel.grid import Floats
from vedette.panel.panel import Panel, dated_pattern


def expected_deaths(panel: Panel, strata: Sequence[str] | None = None) -> Floats:
    """Deaths of the country in each period, best estimate, shape (periods,).

    An event of several periods is divided over them by the weights from which the draws of a panel date it:

        sum of  best * W[t] / (W[first] + ... + W[last])  over the events whose window holds t

    and what fills a period up to its national total is counted as it is. The median of the draws comes near
    it, but moves with their seed. ``strata`` are those counted; all by default.
    """
    counted, (periods, parts, every) = panel.reported.cells, panel.grid.shape
    kinds = [panel.grid.strata.index(each) for each in strata or panel.grid.strata]
    weights = dated_pattern(counted, panel.covered, panel.grid)
    counted = counted.filter(pl.col("stratum_number").is_in(kinds))
    exact = counted.filter(pl.col("from") == pl.col("to"))
    deaths = np.bincount(exact["from"].to_numpy(), exact["best"].to_numpy(), minlength=periods).astype(float)
    filling = panel.reported.filling
    filled = filling.amounts[MEASURES.index("best")] * np.isin(filling.cell % every, kinds)
    deaths += np.bincount(filling.cell // (parts * every), filled, minlength=periods) / panel.draws
    several = counted.filter(pl.col("from") < pl.col("to"))
    for first, last, stratum, best in several.select("from", "to", "stratum_number", "best").iter_rows():
        window = weights[first : last + 1, stratum]
        window = window if window.any() else np.ones(last + 1 - first)  # in periods that no file covers
        deaths[first : last + 1] += best * window / window.sum()
    return deaths
