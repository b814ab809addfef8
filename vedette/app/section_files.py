"""The files that the job ``sections`` keeps beside its answer."""

FIGURES = "figures.json"
"""Every figure of the brief, by id."""


def section_file(section: str) -> str:
    """Returns the name of the file of a section.

    >>> section_file("where")
    'section-where.html'
    """
    return f"section-{section}.html"


def chart_file(chart: str, form: str) -> str:
    """Returns the name of the file of a chart in a form.

    >>> chart_file("deaths", "svg")
    'chart-deaths.svg'
    """
    return f"chart-{chart}.{form}"
