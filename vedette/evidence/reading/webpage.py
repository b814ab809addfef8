"""Reads the visible text of HTML reports; nothing is fetched or executed."""

from pathlib import Path

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from vedette.evidence.reading.document import LONGEST, unreadable
from vedette.evidence.reading.plain import decoded

_WORDS_OF_UNSEEN = (
    "script style template noscript iframe object embed svg math head link meta base form button "
    "select textarea canvas audio video"
)
_UNSEEN = frozenset(_WORDS_OF_UNSEEN.split())
_WORDS_OF_BLOCKS = (
    "p div li td th tr h1 h2 h3 h4 h5 h6 blockquote section article header footer ul ol table br hr "
    "pre dd dt figcaption main aside nav body html"
)
_BLOCKS = frozenset(_WORDS_OF_BLOCKS.split())


def paragraphs_of_html(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """The visible text of a page, one paragraph for each block element.

    Raises:
        DataError: the page has no text, or too much.
    """
    soup = BeautifulSoup(decoded(path, content), "html.parser")
    pieces: list[str] = []
    size = 0
    waiting: list[PageElement | None] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _UNSEEN or _hidden(node):
                continue
            edge: list[PageElement | None] = [None] if node.name in _BLOCKS else []
            waiting.extend([*edge, *reversed(node.contents), *edge])
        elif node is None:
            pieces.append("\n")
        elif isinstance(node, NavigableString) and not isinstance(node, Comment | PreformattedString):
            pieces.append(" ".join(str(node).split("\n")))
            size += len(pieces[-1])
    if size > LONGEST:
        raise unreadable(path, f"at most {LONGEST:,} characters", f"{size:,}", "Split the page.")
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    if not any(lines):
        cure = "Save the page from a browser once it is shown: its text may be made by a script."
        raise unreadable(path, "words that are shown", "a page without any", cure)
    return [(0, lines)]


def _hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style
