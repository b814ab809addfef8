"""An author's Markdown as records: paragraphs and points of runs, each with how it is set."""

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from vedette.brief.markdown import tokens_of

Record = dict[str, Any]
_LISTS = ("bullet_list_open", "ordered_list_open")


def paragraphs(markdown: str) -> list[Record]:
    """The paragraphs of a text in Markdown, in order, each with the mark of a point before it, or none.

    >>> for each in paragraphs("*Mosul* fell.\\n\\n- one"):
    ...     print(each["point"], [(run["text"], run["set"]) for run in each["runs"]])
     [('Mosul', 'em'), (' fell.', '')]
    • [('one', '')]
    """
    made: list[Record] = []
    lists: list[int] = []
    point = ""
    for token in tokens_of(markdown):
        if token.type in _LISTS:
            lists.append(int(token.attrGet("start") or 1) if token.type == _LISTS[1] else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            point = f"{lists[-1]}." if lists[-1] else "•"
            lists[-1] += bool(lists[-1])
        elif token.type == "inline":
            made.append({"point": point, "runs": list(_runs(token.children or []))})
            point = ""
        elif token.type in ("fence", "code_block"):
            made.append({"point": "", "runs": [{"text": token.content.rstrip("\\n"), "set": ""}]})
    return made


def _runs(children: Sequence[Token]) -> Iterator[Record]:
    """Runs of one look; the address of a link stands behind its words."""
    looks: list[str] = []
    address = ""
    for token in children:
        if token.type in ("em_open", "strong_open"):
            looks.append(token.type.removesuffix("_open"))
        elif token.type in ("em_close", "strong_close"):
            looks.pop()
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            yield {"text": f" ({address})", "set": ""}
        elif token.type in ("softbreak", "hardbreak"):
            yield {"text": " ", "set": ""}
        elif token.content:
            yield {"text": token.content, "set": looks[-1] if looks else ""}
