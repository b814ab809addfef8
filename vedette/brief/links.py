"""Where marks and sources of a page lead to: places of the page itself, or pages of the workbench."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup


@dataclass(frozen=True)
class Links:
    """The addresses that ids of figures and of sources are written behind.

    ``inside``: the page has a register of its figures and claims, and may hold styles of its own. Elsewhere
    a figure has a page of its own with its rows and claims, and widths are classes of a stylesheet.
    """

    figures: str
    sources: str
    inside: bool

    def figure(self, name: str) -> str:
        """Returns where a figure is traced back.

        >>> INSIDE.figure("deaths"), WORKBENCH.figure("deaths")
        ('#figure-deaths', '/figures/deaths')
        """
        return self.figures + (name if self.inside else quote(name, safe=""))

    def source(self, name: str) -> str:
        """Returns where a source is told."""
        return self.sources + (name if self.inside else quote(name, safe=""))

    def chart(self, name: str, form: str) -> str:
        """Returns where a chart of a page of the workbench is had in a form."""
        return f"/charts/{quote(name, safe='')}?form={form}"

    def width(self, percent: float) -> Markup:
        """Returns the attribute that gives a column its share of the line.

        >>> print(INSIDE.width(33.33), WORKBENCH.width(33.33))
        style="width:33.3%" class="wide-33"
        """
        return Markup(f'style="width:{percent:.1f}%"' if self.inside else f'class="wide-{round(percent)}"')


INSIDE = Links("#figure-", "#source-", inside=True)
WORKBENCH = Links("/figures/", "/sources/", inside=False)
