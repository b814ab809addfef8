"""The panel: numbers of events and deaths by period, place and stratum, computed from cells."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.panel.allocation import PLACED, REMAINDER, SPREAD
    from vedette.panel.coders import KINDS, Violence, coder_cdf, coder_draws, coder_mean, kind_numbers
    from vedette.panel.disagreement import against_totals, disagreements
    from vedette.panel.estimates import disorder_warnings, out_of_order
    from vedette.panel.event_cells import MEASURES, cells
    from vedette.panel.examining import panel_problems
    from vedette.panel.expected import expected_deaths
    from vedette.panel.gaps import gap_warnings, history_notes, written
    from vedette.panel.grid import NOWHERE, Grid, Group
    from vedette.panel.holdings import (
        FILES,
        OBSERVED,
        Holdings,
        gather,
        observed_bytes,
        observed_covers,
        other_datasets,
        panel_on,
    )
    from vedette.panel.known import present
    from vedette.panel.labels import unmatched
    from vedette.panel.panel import Panel, make_panel
    from vedette.panel.rows_behind import counted_rows
    from vedette.panel.truth import TRUE, ranged
    from vedette.panel.unplaced import FIRST, TOLD, WithoutPlace, spread_by_period, told, without_place

__all__ = [
    "FILES",
    "FIRST",
    "KINDS",
    "MEASURES",
    "NOWHERE",
    "OBSERVED",
    "PLACED",
    "REMAINDER",
    "SPREAD",
    "TOLD",
    "TRUE",
    "Grid",
    "Group",
    "Holdings",
    "Panel",
    "Violence",
    "WithoutPlace",
    "against_totals",
    "cells",
    "coder_cdf",
    "coder_draws",
    "coder_mean",
    "counted_rows",
    "disagreements",
    "disorder_warnings",
    "expected_deaths",
    "gap_warnings",
    "gather",
    "history_notes",
    "kind_numbers",
    "make_panel",
    "observed_bytes",
    "observed_covers",
    "other_datasets",
    "out_of_order",
    "panel_on",
    "panel_problems",
    "present",
    "ranged",
    "spread_by_period",
    "told",
    "unmatched",
    "without_place",
    "written",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "PLACED" | "REMAINDER" | "SPREAD":
                from vedette.panel import allocation as home
            case "KINDS" | "Violence" | "coder_cdf" | "coder_draws" | "coder_mean" | "kind_numbers":
                from vedette.panel import coders as home
            case "counted_rows":
                from vedette.panel import rows_behind as home
            case "against_totals" | "disagreements":
                from vedette.panel import disagreement as home
            case "disorder_warnings" | "out_of_order":
                from vedette.panel import estimates as home
            case "MEASURES" | "cells":
                from vedette.panel import event_cells as home
            case "panel_problems":
                from vedette.panel import examining as home
            case "expected_deaths":
                from vedette.panel import expected as home
            case "gap_warnings" | "history_notes" | "written":
                from vedette.panel import gaps as home
            case "NOWHERE" | "Grid" | "Group":
                from vedette.panel import grid as home
            case "FILES" | "OBSERVED" | "Holdings" | "gather" | "observed_bytes":
                from vedette.panel import holdings as home
            case "observed_covers" | "other_datasets" | "panel_on":
                from vedette.panel import holdings as home
            case "unmatched":
                from vedette.panel import labels as home
            case "present":
                from vedette.panel import known as home
            case "Panel" | "make_panel":
                from vedette.panel import panel as home
            case "TRUE" | "ranged":
                from vedette.panel import truth as home
            case "FIRST" | "TOLD" | "WithoutPlace" | "spread_by_period" | "told" | "without_place":
                from vedette.panel import unplaced as home
            case _:
                raise AttributeError(f"vedette.panel has no {name}")
        return getattr(home, name)
