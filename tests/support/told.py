"""The texts of the two pages that are no messages, so that no other language can tell them."""

from collections.abc import Iterator

from vedette.brief.blocks import Block, Brief, Chart, Page, Section, Shown
from vedette.brief.prose import Note, Paragraph, Points
from vedette.message import Capital, Day, Joined, Message


def plain_texts(brief: Brief) -> set[str]:
    """What holds letters and has no template, whole or as a part of a message; days have one."""
    return {text for part in _texts(brief) for text in _plain(part) if any(map(str.isalpha, text))}


def plain_texts_of(section: Section) -> set[str]:
    """The same of a section."""
    return {text for part in _of_section(section) for text in _plain(part) if any(map(str.isalpha, text))}


def _texts(brief: Brief) -> Iterator[object]:
    yield brief.data_age
    for page in brief.pages:
        yield from _of_page(page)
    yield from (section.title for section in brief.sections)


def _of_page(page: Page) -> Iterator[object]:
    yield page.title
    for section in page.sections:
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[object]:
    yield from (section.title, section.label)
    for block in section.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[object]:
    match block:
        case Paragraph():
            yield from _of_paragraph(block)
        case Points():
            for item in block.items:
                yield from _of_paragraph(item)
        case Note():
            yield block.title
            yield from _of_paragraph(block.body)
        case Shown():
            yield from (block.title, block.note, *_of_table(block))
        case Chart():
            caption = block.caption
            yield from (caption.title, caption.subtitle, caption.alt, caption.note)
            yield from (entry.label for entry in block.legend)
            yield from (key.text for key in block.keys)
            yield from (pane.title for pane in block.panes)
            yield from _of_table(block)


def _of_table(block: Shown | Chart) -> Iterator[object]:
    for figure in block.figures():
        yield figure.title
        for column, *cells in (
            zip(figure.table.columns, *figure.table.rows, strict=True) if figure.table else ()
        ):
            yield column.title
            yield from cells if column.key != "mark" else ()


def _of_paragraph(paragraph: Paragraph) -> Iterator[object]:
    if paragraph.message is None:
        yield "".join(piece for piece in paragraph.pieces if isinstance(piece, str))
    else:
        yield paragraph.message
    yield from (figure.show for figure in paragraph.figures())


def _plain(part: object) -> Iterator[str]:
    match part:
        case Day():
            return
        case Joined():
            yield from (text for each in part.texts for text in _plain(each))
        case Capital():
            yield from _plain(part.inner)
        case Message():
            yield from (text for each in part.parts.values() for text in _plain(each))
        case str():
            yield part
