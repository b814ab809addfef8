"""The record of forecasts as one self-contained page: scores, skill, calibration, reliability.

The page makes no request, like the brief: styles, scripts and data are inside it.
"""

from collections.abc import Sequence

from vedette import __version__
from vedette.brief.blocks import SourceEntry
from vedette.brief.page import render
from vedette.brief.sections.record import record_sections
from vedette.periods import Step, label
from vedette.score import Scorecard, summarise


def record_page(
    card: Scorecard, title: str, by: str, step: Step, sources: Sequence[SourceEntry], seed: int
) -> str:
    """The record as an HTML page; the same card gives the same bytes.

    Args:
        card: what is shown.
        title: headline of the page, such as the title of the case.
        by: what a unit is: country, place, ...
        step: of the periods.
        sources: who is to be credited for the data.
        seed: of the resampling.
    """
    origins = card.table["origin"]
    first, last = (label(int(end), step) for end in (origins.to_numpy().min(), origins.to_numpy().max()))
    terms = card.terms
    chain = f"backtest from origins {first} to {last}, {terms.draws} draws, seed {terms.seed}"
    return render(
        "record.html",
        record_sections(card, summarise(card, seed), chain),
        sources=sources,
        title=title,
        lead="Each model forecast from past origins, knowing only what lay before, and was scored on "
        "what came.",
        facts=(
            ("Counted", f"{card.measure} by {by}"),
            ("Origins", f"{first} to {last}"),
            ("Forecasts scored", f"{card.table.height // len(card.models):,} for each model"),
            ("Draws", f"{terms.draws:,}, seed {terms.seed}"),
        ),
        chain=chain,
        version=__version__,
    )
