"""Signs on two days, compared once and kept."""

from collections.abc import Mapping

from vedette.case import Case
from vedette.changes.known_on import AsKnown
from vedette.changes.signs import PanelsOfDay, SignsSince
from vedette.panel import panel_on
from vedette.periods import Step, last_complete, last_day, parse

Files = Mapping[str, bytes]


def signs_since(case: Case, then: AsKnown, now: AsKnown, seed: int) -> SignsSince:
    """Compares the signs and scenarios of the two days.

    Which signs are watched and at which level their alarms fire is as ``mechanisms.yaml`` says today; their
    values are those known on each day. A mechanism is shown whole or, in an edition that may not, not at all.

    Raises:
        CaseError: the mechanism holds mistakes.
    """
    files = _files(case)
    if not files:
        return SignsSince(missing="the case has no mechanism, so it names no signs")
    first = case.cache.keep(start_of_files, case, files)
    before, after = (_panels(case, known, first, seed) for known in (then, now))
    return case.cache.keep(signs_of_files, case, files, before, after, seed)


def _files(case: Case) -> Files:
    """The content of the files of a mechanism, by name; nothing where there is none."""
    paths = [case.folder / "mechanisms.yaml", *sorted((case.folder / "scenarios").glob("*.yaml"))]
    return {path.name: path.read_bytes() for path in paths if path.is_file()} if paths[0].is_file() else {}


def _panels(case: Case, known: AsKnown, first: str, seed: int) -> PanelsOfDay:
    """What was counted by a day, and before the first month of the scenarios, if it has passed."""
    start = parse(first, Step.MONTH) if first else None
    if start is None or last_complete(known.day, Step.MONTH) < start:
        return PanelsOfDay(known.day, known.panel, None)
    before = panel_on(known.holdings, case, last_day(start - 1, Step.MONTH), seed)
    return PanelsOfDay(known.day, known.panel, before)


def start_of_files(case: Case, files: Files) -> str:
    """The first month of the scenarios of a mechanism whose files hold this; empty where it is withheld.

    ``files`` says what the answer depends on; they are read from the folder of the case.
    """
    from vedette.changes.sign_states import first_month  # scenarios: half a second that a kept answer saves

    assert files
    return first_month(case)


def signs_of_files(case: Case, files: Files, then: PanelsOfDay, now: PanelsOfDay, seed: int) -> SignsSince:
    """The signs and scenarios of a mechanism whose files hold this, from the panels of two days.

    ``files`` says what the answer depends on; they are read from the folder of the case.
    """
    from vedette.changes.sign_states import compared

    assert files
    return compared(case, then, now, seed)
