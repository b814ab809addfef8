"""Mechanisms as an edition hands them on: the files that it may show, without comments."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from vedette.case import Case
from vedette.case.checking import load_yaml, read_text
from vedette.errors import CaseError, Problem
from vedette.scenario.language import answered_questions, paths
from vedette.scenario.language.entries import FILE
from vedette.scenario.language.public import with_public_ids
from vedette.scenario.past import past_days, past_mechanism
from vedette.scenario.read import has_mechanism, read_head, read_mechanism


def shown_files(edition: Case) -> dict[str, str]:
    """The texts of the mechanism and scenarios of today and of past days that an edition shows.

    Each is shown whole or not at all, by its ``handling``: see `vedette.case.Case.shows`. What they cite has
    its public ids; comments, which no reader of a brief sees, are gone. Test questions go with the mechanism
    whose weights rest on them.

    Args:
        edition: the case as the edition may show it.

    Returns:
        The texts by their path in the case, like ``scenarios/stay.yaml``.

    Raises:
        CaseError: a mechanism holds mistakes, such as naming what the edition withholds.
    """
    return dict(_shown(edition))


def _shown(edition: Case) -> Iterator[tuple[str, str]]:
    if has_mechanism(edition) and edition.shows(read_head(edition).handling):
        read_mechanism(edition)
        yield from _texts(edition, edition.folder)
        if (edition.folder / answered_questions.FILE).is_file():
            yield answered_questions.FILE, _read(edition.folder / answered_questions.FILE)
    for day, folder in past_days(edition).items():
        if edition.shows(read_head(edition, folder).handling):
            past_mechanism(edition, date.fromisoformat(day))
            yield from _texts(edition, folder)


def _texts(edition: Case, folder: Path) -> Iterator[tuple[str, str]]:
    """A mechanism and its scenarios, written from what they hold."""
    for file in (folder / FILE, *sorted((folder / paths.FOLDER).glob("*.yaml"))):
        loaded, problems = load_yaml(_read(file), file.name)
        if problems:
            raise CaseError(f"{file} cannot be handed on.", problems)
        told = with_public_ids(loaded, edition.public_ids)
        text = yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)
        yield file.relative_to(edition.folder).as_posix(), text


def _read(file: Path) -> str:
    text = read_text(file)
    if isinstance(text, Problem):
        raise CaseError(f"{file} cannot be handed on.", [text])
    return text
