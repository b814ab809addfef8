"""Markdown of an author as HTML that can do nothing: no HTML of its own, no pictures, web links only."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup


def to_markup(markdown: str) -> Markup:
    """The HTML of a text in Markdown (CommonMark).

    HTML and scripts in it are shown as text; so are pictures and headings, which belong to the page. A link
    is one only if it leads to a page of the web.

    >>> print(to_markup("*Mosul* <script>alert(1)</script>"))
    <p><em>Mosul</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>
    <BLANKLINE>
    >>> print(to_markup("[x](javascript:alert(1)) ![y](https://e.example/y.png)"))
    <p>[x](javascript:alert(1)) !<a href="https://e.example/y.png">y</a></p>
    <BLANKLINE>
    """
    return Markup(_reader().render(markdown))


def tokens_of(markdown: str) -> list[Token]:
    """The parts of a text in Markdown, read by the same rules."""
    return _reader().parse(markdown)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "autolink"])
    reader.validateLink = lambda url: url.lower().startswith(("https://", "http://"))  # type: ignore[method-assign]
    return reader
