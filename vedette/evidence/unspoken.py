"""Names in a text of an author that an edition withholds."""

import re
from collections.abc import Iterator

from vedette.case import Case

_SHORTEST = 3


def withheld_words(whole: Case, edition: Case, text: str) -> tuple[str, ...]:
    """The names and ids of actors, sites, sources and speakers that a text holds and an edition does not.

    Names are compared as whole words without regard to case; those of fewer than three letters are left out.

    Args:
        whole: the case.
        edition: the case as the edition may show it.
        text: what somebody wrote.
    """
    hidden = {*_names(whole)} - {*_names(edition)}
    return tuple(sorted(name for name in hidden if len(name) >= _SHORTEST and _stands_in(name, text)))


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _names(case: Case) -> Iterator[str]:
    for row in case.actors.select("id", "name", "aliases").iter_rows():
        for cell in row:
            yield from (name.strip() for name in str(cell).split(";"))
    for table, columns in (
        (case.sites, ("id", "name")),
        (case.sources, ("id", "title")),
        (case.claims, ("id", "speaker", "speaker_id")),
    ):
        for row in table.select(columns).iter_rows():
            yield from (str(cell).strip() for cell in row)
