"""The sections of a brief one by one, as parts of pages of the workbench."""

from collections.abc import Iterator
from dataclasses import dataclass

from vedette.brief.blocks import Brief, Chart, Section
from vedette.brief.cited import publishers
from vedette.brief.links import WORKBENCH
from vedette.brief.page import page_context, render


@dataclass(frozen=True)
class Fragment:
    """A section of a brief: anchor, heading, what it is about, page, blocks as HTML, ids of its charts.

    ``page`` is the id of one of the two pages, empty for the annex. Nothing in ``html`` is a style or script;
    its classes are those of `vedette.brief.styles.fragment_styles`.
    """

    id: str
    title: str
    label: str
    page: str
    html: str
    charts: tuple[str, ...]


def fragments_of(brief: Brief) -> Iterator[Fragment]:
    """Returns the sections of a brief in order: those of the two pages, then those of the annex."""
    for page in brief.pages:
        yield from (_fragment(brief, section, page.id) for section in page.sections)
    yield from (_fragment(brief, section, "") for section in brief.sections)


def charts_of(brief: Brief) -> dict[str, Chart]:
    """Returns the charts of a brief, by id."""
    blocks = (block for section in brief.all_sections for block in section.blocks)
    return {block.id: block for block in blocks if isinstance(block, Chart)}


def _fragment(brief: Brief, section: Section, page: str) -> Fragment:
    html = render(
        "fragment.html",
        brief.sections,
        publishers(brief.sources),
        links=WORKBENCH,
        section=section,
        **page_context(brief),
    )
    charts = tuple(block.id for block in section.blocks if isinstance(block, Chart))
    return Fragment(section.id, str(section.title), str(section.label), page, html.strip(), charts)
