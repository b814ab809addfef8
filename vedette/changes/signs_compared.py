"""Signs on two days, compared once and kept."""

from collections.abc import Mapping
from datetime import date

from vedette.case import Case
from vedette.changes.known_on import AsKnown
from vedette.changes.signs import SignsSince
from vedette.panel import Panel


def signs_since(case: Case, then: AsKnown, now: AsKnown) -> SignsSince:
    """Compares the signs of the two days.

    Which signs are watched and at which level their alarms fire is as ``mechanisms.yaml`` says today; their
    values are those known on each day. A mechanism is shown whole or, in an edition that may not, not at all.

    Raises:
        CaseError: the mechanism holds mistakes.
    """
    files = _files(case)
    if not files:
        return SignsSince(missing="the case has no mechanism, so it names no signs")
    return case.cache.keep(signs_of_files, case, files, (then.panel, then.day), (now.panel, now.day))


def _files(case: Case) -> Mapping[str, bytes]:
    """The content of the files of a mechanism, by name; nothing where there is none."""
    paths = [case.folder / "mechanisms.yaml", *sorted((case.folder / "scenarios").glob("*.yaml"))]
    return {path.name: path.read_bytes() for path in paths if path.is_file()} if paths[0].is_file() else {}


def signs_of_files(
    case: Case, files: Mapping[str, bytes], then: tuple[Panel, date], now: tuple[Panel, date]
) -> SignsSince:
    """The signs of a mechanism whose files hold this, from panels of two days.

    ``files`` says what the answer depends on; they are read from the folder of the case.
    """
    from vedette.changes.sign_states import compared  # scenarios: half a second that a kept answer saves

    assert files
    return compared(case, then, now)
