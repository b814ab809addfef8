"""Mistakes in the event files of a case, as `vedette check` lists them."""

from collections.abc import Iterator

from vedette.case import Case
from vedette.errors import EventsError, Problem
from vedette.events.folder import EVENTS
from vedette.events.store import open_events


def event_problems(case: Case) -> Iterator[Problem]:
    """Mistakes that keep the event files at hand from being read.

    Raises:
        StorageError: the store cannot be written.
    """
    try:
        open_events(case)
    except EventsError as error:
        whole = Problem(
            EVENTS,
            0,
            "",
            "event files that can be read",
            str(error.args[0]),
            "Take them from the publisher again.",
        )
        yield from error.problems or (whole,)
