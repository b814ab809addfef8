"""The only consoles that commands print to: no character that a terminal obeys passes through them."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.segment import Segment

from vedette.problems import visible


class Terminal(Console):
    """A console that shows control characters and marks of writing direction as text."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, soft_wrap=True)

    def print(self, *objects: Any, **how: Any) -> None:
        """Prints as `Console.print` does, texts made visible."""
        super().print(*(visible(each) if isinstance(each, str) else each for each in objects), **how)

    def render(self, *renderable: Any, **options: Any) -> Iterable[Segment]:
        """The segments of something to print, texts made visible; what Rich says to the terminal stays."""
        for segment in super().render(*renderable, **options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))
