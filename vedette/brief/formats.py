"""The forms in which a brief is written."""

from vedette.errors import UsageError

FORMATS = ("html", "pdf", "docx", "json")
"""The forms of a brief; each is the ending of its file."""
USUAL_FORMATS = ("html", "json")
"""The forms that are written if nobody asks for others."""


def formats_of(words: str) -> tuple[str, ...]:
    """The forms that a comma-separated list names, each once, in the order of `FORMATS`.

    >>> formats_of("pdf, html")
    ('html', 'pdf')

    Raises:
        UsageError: the list is empty or names another form.
    """
    asked = [word.strip().lower() for word in words.split(",")]
    wrong = [word for word in asked if word not in FORMATS]
    if wrong:
        expected = f"--format: expected one or more of {', '.join(FORMATS)}, separated by commas"
        raise UsageError(f"{expected}; found {wrong[0]!r} in {words!r}. Example: --format html,pdf,json")
    return tuple(form for form in FORMATS if form in asked)


def name_of(form: str) -> str:
    """The name of the file of a form.

    >>> name_of("pdf")
    'brief.pdf'
    """
    return f"brief.{form}"
