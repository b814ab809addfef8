"""The edition in which a case can be worked on."""

from vedette.case import find_case, read_case
from vedette.evidence import edition_of


def edition_without_gaps(case: str) -> str | None:
    """Returns the name of an edition of a case that withholds nothing, the last of them; None if each does.

    Raises:
        CaseError: the case holds mistakes.

    Example:
        >>> edition_without_gaps("iraq")
        'internal'
    """
    read = read_case(find_case(case))
    names = [each.id for each in reversed(read.editions)]
    return next((name for name in names if not edition_of(read, name).withheld), None)
