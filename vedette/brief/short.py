"""The two pages of a brief alone."""

from dataclasses import replace

from vedette.brief.blocks import Brief
from vedette.brief.cited import cited_sources


def without_annex(brief: Brief) -> Brief:
    """The brief without its annex; of the sources, data sets and those that its pages cite are left."""
    pages = replace(brief, sections=())
    named = cited_sources(pages.all_sections, [source.id for source in brief.sources])
    return replace(pages, sources=tuple(s for s in brief.sources if s.licence or s.id in named))
