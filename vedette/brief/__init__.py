"""The written product: figures with a mark and a chain, charts, and the page that carries them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.brief.blocks import (
        Authored,
        Block,
        Brief,
        Caption,
        Chart,
        Key,
        Page,
        Pane,
        Reports,
        Section,
        Shown,
        SourceEntry,
        Swatch,
    )
    from vedette.brief.charts.drawn import png_of_svg, windows
    from vedette.brief.charts.whole import pane_picture, swatch, whole_picture
    from vedette.brief.figures import (
        Cell,
        CellFormat,
        Column,
        Figure,
        Link,
        Mark,
        Origin,
        Table,
        by,
        from_assumption,
        from_data,
        from_fit,
    )
    from vedette.brief.prose import FigureWithRange, Note, Paragraph, Points, text
    from vedette.brief.typeface import FAMILIES

__all__ = [
    "FAMILIES",
    "Authored",
    "Block",
    "Brief",
    "Caption",
    "Cell",
    "CellFormat",
    "Chart",
    "Column",
    "Figure",
    "FigureWithRange",
    "Key",
    "Link",
    "Mark",
    "Note",
    "Origin",
    "Page",
    "Pane",
    "Paragraph",
    "Points",
    "Reports",
    "Section",
    "Shown",
    "SourceEntry",
    "Swatch",
    "Table",
    "by",
    "from_assumption",
    "from_data",
    "from_fit",
    "pane_picture",
    "png_of_svg",
    "swatch",
    "text",
    "whole_picture",
    "windows",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case (
                "Authored"
                | "Block"
                | "Brief"
                | "Caption"
                | "Chart"
                | "Key"
                | "Page"
                | "Pane"
                | "Reports"
                | "Section"
                | "Shown"
                | "SourceEntry"
                | "Swatch"
            ):
                from vedette.brief import blocks as home
            case "png_of_svg" | "windows":
                from vedette.brief.charts import drawn as home
            case "pane_picture" | "swatch" | "whole_picture":
                from vedette.brief.charts import whole as home
            case (
                "Cell"
                | "CellFormat"
                | "Column"
                | "Figure"
                | "Link"
                | "Mark"
                | "Origin"
                | "Table"
                | "by"
                | "from_assumption"
                | "from_data"
                | "from_fit"
            ):
                from vedette.brief import figures as home
            case "FAMILIES":
                from vedette.brief import typeface as home
            case "FigureWithRange" | "Note" | "Paragraph" | "Points" | "text":
                from vedette.brief import prose as home
            case _:
                raise AttributeError(f"vedette.brief has no {name}")
        return getattr(home, name)
