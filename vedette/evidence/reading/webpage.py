"""Reads the visible text of HTML reports; nothing is fetched or executed."""

import re
from pathlib import Path

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from vedette.evidence.reading.document import LONGEST, unreadable
from vedette.evidence.reading.plain import decoded

_WORDS_OF_UNSEEN = (
    "script style template noscript iframe object embed svg math head link meta base form button "
    "select textarea canvas audio video nav"
)
_UNSEEN = frozenset(_WORDS_OF_UNSEEN.split())
_WORDS_OF_BLOCKS = (
    "p div li td th tr h1 h2 h3 h4 h5 h6 blockquote section article header footer ul ol table hr "
    "pre dd dt figcaption main aside nav body html"
)
_BLOCKS = frozenset(_WORDS_OF_BLOCKS.split())


def paragraphs_of_html(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """The visible text of a page, one paragraph for each block element.

    Raises:
        DataError: the page has no text, or too much.
    """
    soup = BeautifulSoup(decoded(path, content), "html.parser")
    unseen = _unseen_classes(soup)
    pieces: list[str] = []
    size = 0
    waiting: list[PageElement | None] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _UNSEEN or _hidden(node) or unseen & {*node.get_attribute_list("class")}:
                continue
            if node.name == "sup" and node.get_text(strip=True).isdigit():
                continue
            if node.name == "br":
                pieces.append("\v")
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
    text = re.sub(r"\v\s*\v", "\n", "".join(pieces))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if not any(lines):
        cure = "Save the page from a browser once it is shown: its text may be made by a script."
        raise unreadable(path, "words that are shown", "a page without any", cure)
    return [(0, lines)]


def _unseen_classes(soup: BeautifulSoup) -> set[str]:
    """The classes that the page's own style sheet hides by a rule of one class."""
    rules = " ".join(style.get_text() for style in soup.find_all("style"))
    found = re.findall(r"\.([\w-]+)\s*\{([^}]*)\}", rules)
    return {
        name for name, body in found if re.search(r"display:none|visibility:hidden", body.replace(" ", ""))
    }


def _hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style
