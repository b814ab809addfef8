"""What the page and the documents count alike: numbers of charts and tables, figures by their chain."""

from collections.abc import Sequence

from markupsafe import Markup

from vedette.brief.blocks import Brief, Chart, Section, Shown
from vedette.brief.figures import Figure, Link


def numbers_of(sections: Sequence[Section]) -> dict[str, str]:
    """Figure 1, Figure 2, Table 1 ... by the id of the block, in the order of the sections."""
    blocks = [block for section in sections for block in section.blocks]
    drawn = [block.id for block in blocks if isinstance(block, Chart)]
    tabled = [block.figure.id for block in blocks if isinstance(block, Shown)]
    return {id_: f"Figure {place}" for place, id_ in enumerate(drawn, 1)} | {
        f"table {id_}": f"Table {place}" for place, id_ in enumerate(tabled, 1)
    }


def chains_of(brief: Brief) -> dict[tuple[Link, ...], list[Figure]]:
    """The figures that share a chain, in the order of the brief."""
    by_chain: dict[tuple[Link, ...], list[Figure]] = {}
    for figure in brief.figures.values():
        by_chain.setdefault(figure.chain, []).append(figure)
    return by_chain


def tidy(value: object) -> object:
    """Keeps a number and its percent sign on one line."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return value.replace(" %", "\u00a0%")
