"""The two pages of a brief in another language, its annex as it was."""

from collections.abc import Mapping
from dataclasses import replace
from string import Formatter

from vedette.brief.blocks import Block, Brief, Chart, Page, Section, Shown
from vedette.brief.figures import Cell, Column, Figure, Mark, Table
from vedette.brief.languages.frame import MARKS
from vedette.brief.languages.telling import Tongue
from vedette.brief.prose import FigureInWords, Note, Paragraph, Piece, Points
from vedette.message import Day
from vedette.periods import Step, first_day, parse


def in_language(brief: Brief, language: str) -> Brief:
    """The brief with its two pages, and the headings of its annex, in a language."""
    if language == "en":
        return brief
    tongue = Tongue(language)
    pages = tuple(_page(page, tongue) for page in brief.pages)
    annex = tuple(replace(each, title=tongue.heading(each.title)) for each in brief.sections)
    return replace(brief, language=language, pages=pages, sections=annex, english=brief)


def _page(page: Page, tongue: Tongue) -> Page:
    sections = tuple(_section(section, tongue) for section in page.sections)
    return replace(page, title=tongue.words(page.title), sections=sections)


def _section(section: Section, tongue: Tongue) -> Section:
    blocks = tuple(_block(block, tongue) for block in section.blocks)
    return replace(
        section, title=tongue.heading(section.title), label=tongue.words(section.label), blocks=blocks
    )


def _block(block: Block, tongue: Tongue) -> Block:
    match block:
        case Paragraph():
            return _paragraph(block, tongue)
        case Points():
            return replace(block, items=tuple(_paragraph(item, tongue) for item in block.items))
        case Note():
            return Note(tongue.words(block.title), _paragraph(block.body, tongue))
        case Shown():
            figure = _table(block.figure, tongue)
            return replace(
                block, figure=figure, title=tongue.words(block.title), note=tongue.words(block.note)
            )
        case Chart():
            return _chart(block, tongue)
        case _:
            return block


def _chart(chart: Chart, tongue: Tongue) -> Chart:
    caption = chart.caption
    told = replace(
        caption,
        title=tongue.words(caption.title),
        subtitle=tongue.words(caption.subtitle),
        alt=tongue.words(caption.alt),
        note=tongue.words(caption.note),
    )
    legend = tuple(replace(entry, label=tongue.words(entry.label)) for entry in chart.legend)
    panes = tuple(replace(pane, language=tongue.language) for pane in chart.panes)
    data = tuple(_table(figure, tongue) for figure in chart.data)
    return replace(chart, caption=told, legend=legend, panes=panes, data=data)


def _table(figure: Figure, tongue: Tongue) -> Figure:
    if figure.table is None:
        return figure
    columns = tuple(replace(column, title=tongue.words(column.title)) for column in figure.table.columns)
    rows = tuple(
        tuple(_cell(column, cell, tongue) for column, cell in zip(figure.table.columns, row, strict=True))
        for row in figure.table.rows
    )
    return replace(figure, title=tongue.words(figure.title), unit="", table=Table(columns, rows))


def _cell(column: Column, cell: Cell, tongue: Tongue) -> Cell:
    if column.key == "mark" and cell in MARKS:
        return tongue.words(MARKS[Mark(str(cell))])
    if column.key == "period" and type(cell) is str:
        return tongue.words(Day.at(first_day(parse(cell, Step.MONTH), Step.MONTH), "short"))
    return tongue.words(column.show(cell))


def _paragraph(paragraph: Paragraph, tongue: Tongue) -> Paragraph:
    """A paragraph from its message; one without stays in English."""
    if paragraph.message is None:
        return paragraph
    pieces: list[Piece] = []
    for words, name, form, _ in Formatter().parse(tongue.template(paragraph.message)):
        pieces += [words] if words else []
        if name is not None:
            pieces.append(_figure(paragraph.named, name, form or "", tongue))
    return replace(paragraph, pieces=tuple(pieces))


def _figure(figures: Mapping[str, Figure], name: str, form: str, tongue: Tongue) -> FigureInWords:
    figure = figures[name]
    value = figure.show or (figure.value if isinstance(figure.value, str) else figure.shown)
    band = tongue.words(figure.band_shown) if form == "band" else ""
    return FigureInWords(figure, tongue.words(value), band)
