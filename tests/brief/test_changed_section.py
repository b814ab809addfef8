"""What past interventions changed, in a brief: the answers of `vedette effect`, and what is left out said."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from vedette import commands
from vedette.brief.blocks import Chart, Section
from vedette.brief.figures import Mark
from vedette.brief.inputs.effects import intervention_effects
from vedette.brief.inputs.findings import Findings
from vedette.brief.sections.changed import changed
from vedette.case import read_case
from vedette.effect import SHORT, Changed, Effect
from vedette.panel import gather, make_panel
from vedette.progress import quiet

SEED, DAY = 5, date(2003, 12, 31)


@pytest.fixture(scope="module")
def found() -> Findings:
    """The Iraq case at the end of 2003: nine months after the invasion, and nothing later."""
    case = read_case("iraq")
    holdings = gather(case)
    panel = make_panel(holdings.cells, case, DAY, holdings.step, SEED)
    changes = intervention_effects(case, holdings, panel, DAY, SEED, quiet)
    nothing: Any = None
    return Findings(case, holdings, panel, DAY, SEED, {}, nothing, effects=changes)


def chart_of(section: Section | None) -> Chart:
    assert section is not None
    (chart,) = [block for block in section.blocks if isinstance(block, Chart)]
    return chart


def test_it_is_what_the_command_answers(found: Findings) -> None:
    (one,) = found.effects
    assert one.done.id == "invasion-2003"
    said = commands.effect("iraq", one.done.id, as_of=DAY, seed=SEED).changed
    assert isinstance(said.estimate, Effect)
    assert one.estimate.simulated.tobytes() == said.estimate.simulated.tobytes()
    assert one.estimate.placebos.p_dates == said.estimate.placebos.p_dates
    assert one.doubts == said.doubts


def test_figures_are_sums_by_hand(found: Findings) -> None:
    effect = found.effects[0].estimate
    (row,) = chart_of(changed(found)).data[0].records()
    first = found.panel.grid.span.labels().index("2003-03")
    counted = found.panel.series("best", found.panel.grid.everywhere).sum(axis=(2, 3))[:, first:].sum(axis=1)
    without = effect.simulated.sum(axis=1)
    assert row["came"] == np.median(counted)
    assert (row["without_low"], row["without"], row["without_high"]) == pytest.approx(
        np.quantile(without, (0.05, 0.5, 0.95))
    )
    assert (row["months"], row["from"], row["counts"]) == (10, "2003-03", "observed")
    assert row["p"] == effect.placebos.p_dates
    assert (row["told_less"], row["told_more"]) == (effect.smallest[-1].less, effect.smallest[-1].more)
    assert str(row["shape"]).startswith(SHORT[effect.shape.name])


def test_the_headline_names_what_stands_out(found: Findings) -> None:
    chart = chart_of(changed(found))
    assert chart.caption.title == "Deaths changed beyond what happens anyway: Invasion of 2003"
    assert (
        "Too little is known before or after: Bombing of the Samarra shrine, Surge of 2007"
        in chart.caption.note
    )
    assert chart.data[0].mark is Mark.ESTIMATED
    usual = tuple(_as_usual(each) for each in found.effects)
    none = chart_of(changed(replace(found, effects=usual)))
    assert none.caption.title == "None can be told from what happens anyway"


def _as_usual(each: Changed[Effect]) -> Changed[Effect]:
    """The same with a window in which what would have been came, to the middle of every month."""
    placebos = each.estimate.placebos
    window = replace(placebos.window, observed=np.rint(np.exp(placebos.window.middle))[None].astype(np.int64))
    return replace(each, estimate=replace(each.estimate, placebos=replace(placebos, window=window)))


def test_without_any_there_is_no_section(found: Findings) -> None:
    assert changed(replace(found, effects=())) is None
    grid = found.panel.grid
    span = replace(grid.span, last=grid.span.last - 8)
    early = replace(found.panel, grid=replace(grid, span=span))
    assert intervention_effects(found.case, found.holdings, early, DAY, SEED, quiet) == ()
