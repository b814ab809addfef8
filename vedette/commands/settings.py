"""The settings of a case that can be changed one by one, and what its editions hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import find_case
from vedette.case.checking.letters import unprintable, unseen
from vedette.case.schema.settings import FILE, Settings, read_settings
from vedette.case.writing import changing_case, check_change
from vedette.case.writing.yaml_edit import loaded, with_keys
from vedette.commands.adding import one_line
from vedette.errors import CaseError, Problem, UsageError
from vedette.evidence import Ledger, edition_of
from vedette.problems import did_you_mean, shown

_BELIEF, _HALF_LIFE = "belief", "half_life"
_MEANINGS: Mapping[str, str] = {
    "title": "What the case is called.",
    "question": "The question that it answers, in a few sentences.",
    "as_of": "The day up to which things are known; empty: all that the files hold.",
    "horizon": "Periods ahead that a forecast reaches, from 1 to 120.",
    "scale": "Likelihood words of ICD 203 or of PHIA.",
    "anonymity": "How many actors a protected speaker must be able to be, from 2 to 100.",
    "belief.least": "Belief below which a tie is listed as last said, and enters nothing else; from 0 to 1.",
    **{
        f"belief.half_life.{group}": f"Years in which belief in {words} comes half way back to its prior; "
        "empty: estimated from spells, or assumed by vedette."
        for group, words in (
            ("support", "support"),
            ("structure", "membership and structure"),
            ("command", "command"),
            ("identity", "identity"),
            ("presence", "presence"),
            ("stance", "alliance and hostility"),
        )
    },
}
_SCALES = ("icd203", "phia")
_WHOLE, _PART = ("horizon", "anonymity"), ("belief.least",)


@dataclass(frozen=True)
class CaseSetting:
    """A setting: its key in ``case.yaml``, what it means, what stands there, the words that are allowed."""

    key: str
    meaning: str
    text: str
    choices: tuple[str, ...] = ()


def settings_of(case: str) -> tuple[CaseSetting, ...]:
    """Returns the settings that `change_settings` can change, as they stand.

    Raises:
        CaseError: ``case.yaml`` holds mistakes.

    Example:
        ``{each.key: each.text for each in settings_of("iraq")}``
    """
    settings, problems = read_settings(find_case(case))
    if settings is None or problems:
        raise CaseError(f"{FILE} cannot be read.", problems)
    return tuple(
        CaseSetting(key, meaning, _standing(settings, key), _SCALES if key == "scale" else ())
        for key, meaning in _MEANINGS.items()
    )


def change_settings(case: str, changes: Mapping[str, str], *, was: Mapping[str, str]) -> tuple[str, ...]:
    """Changes settings in ``case.yaml`` as one change; comments and all else in it stay. Gives their keys.

    Args:
        case: a case of the user's own.
        changes: the texts to write, by key.
        was: the texts as they were read; where another stands there now, nothing is written.

    Raises:
        UsageError: no such setting, the case comes with vedette, or the file is written so that it must be
            changed by hand.
        CaseError: somebody changed a setting meanwhile, or the case would hold mistakes; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    for key in changes:
        if key not in _MEANINGS:
            raise UsageError(f"{key!r} is no setting that is changed so. {did_you_mean(key, [*_MEANINGS])}")
    with changing_case(case, "settings") as change:
        now = {each.key: each.text for each in settings_of(str(change.home))}
        wanted = {key: one_line(text) for key, text in changes.items()}
        differing = {key: text for key, text in wanted.items() if text != now[key]}
        problems = [*_changed_meanwhile(differing, was=was, now=now), *_unseen(differing)]
        if problems:
            raise CaseError("The settings were not changed; nothing was written.", problems)
        text = (change.read(FILE) or b"").decode("utf-8")
        for key, value in differing.items():
            text = _with(text, key, value=value)
        if differing:
            change.write(FILE, text.encode("utf-8"))
            check_change(change)
    return tuple(differing)


def editions_of(ledger: Ledger) -> pl.DataFrame:
    """Returns a row for each edition of a case: what it allows, what it holds, and what it withholds.

    The ledger is of an edition that withholds nothing.

    Columns: ``edition, handling, protected``, and of claims, sources and actors how many it holds
    (``claims``) and withholds (``claims_withheld``).
    """
    read = ledger.case
    rows = []
    for edition in read.editions:
        held = edition_of(read, edition.id)
        counts: dict[str, Any] = {}
        for name in ("claims", "sources", "actors"):
            whole, part = getattr(read, name).height, getattr(held, name).height
            counts |= {name: part, f"{name}_withheld": whole - part}
        about = {"edition": edition.id, "handling": edition.handling, "protected": edition.protected}
        rows.append({**about, **counts})
    return pl.DataFrame(rows)


def _standing(settings: Settings, key: str) -> str:
    """What a setting holds, as text; empty where nothing is said."""
    value: object
    if key.startswith(f"{_BELIEF}.{_HALF_LIFE}."):
        value = settings.belief.half_life.get(key.rpartition(".")[2])
    elif key == "belief.least":
        value = settings.belief.least
    else:
        value = getattr(settings, key)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _with(text: str, key: str, *, value: str) -> str:
    """The text of ``case.yaml`` with another value of a setting, and nothing else changed."""
    before = loaded(text, FILE)
    after = _changed(before, key.split("."), value=_plain(key, value))
    path, top = _written_at(before, key.split("."))
    if path and top not in _at(after, path):  # it is taken out: the mapping around it is written anew
        path, top = path[:-1], path[-1]
    made = with_keys(text, path, {top: _at(after, [*path, top])})
    if loaded(made, FILE) != after:
        raise UsageError(
            f"{FILE}: write by hand, this file has a form that is not changed so: {key}: {value}"
        )
    return made


def _plain(key: str, value: str) -> object:
    """A value as YAML has it; text that is no number or day stays text, and the check says so."""
    try:
        if key == "as_of":
            return date.fromisoformat(value) if value else None
        if key in _WHOLE:
            return int(value)
        if key in _PART or key.startswith(f"{_BELIEF}.{_HALF_LIFE}."):
            return float(value) if value else None
    except ValueError:
        return value
    return value


def _changed(data: Any, path: Sequence[str], *, value: object) -> Any:
    """A mapping with another value at a path; a half-life of nothing is taken out."""
    first, *rest = path
    if rest:
        return {**data, first: _changed(data.get(first) or {}, rest, value=value)}
    if value is None and first != "as_of":
        return {name: each for name, each in data.items() if name != first}
    return {**data, first: value}


def _written_at(data: Mapping[str, Any], path: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Where a value is set: the innermost mapping that holds something, and the key in it."""
    at: tuple[str, ...] = ()
    inner: Any = data
    for step in path[:-1]:
        if not isinstance(inner.get(step), dict) or not inner[step]:
            return at, step
        inner, at = inner[step], (*at, step)
    return at, path[-1]


def _at(data: Any, path: Sequence[str]) -> Any:
    for step in path:
        data = data[step]
    return data


def _changed_meanwhile(
    changes: Mapping[str, str], *, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Problem]:
    """Problems of settings that are not as they were read."""
    for key in changes:
        if was.get(key, now[key]) != now[key]:
            cure = f"Yours: {shown(changes[key])}. Read the settings again, then change them."
            yield Problem(FILE, 0, key, f"{shown(was[key])}, as it was read", shown(now[key]), cure)


def _unseen(changes: Mapping[str, str]) -> Iterator[Problem]:
    """Problems of characters that no reader sees."""
    for key, text in changes.items():
        if letter := unseen(text):
            found, cure = unprintable(letter)
            yield Problem(FILE, 0, key, "characters that can be seen", found, cure)
