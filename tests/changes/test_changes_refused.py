"""Days between which nothing can be compared, each refused with what to type."""

from datetime import date

import pytest
from support.fourland import CaseFolder

from vedette import commands
from vedette.errors import UsageError


def test_without_an_issue_the_first_day_must_be_named(case_folder: CaseFolder) -> None:
    with pytest.raises(UsageError) as refused:
        commands.changes(str(case_folder()))
    said = str(refused.value)
    assert "expected a brief of fourland issued before 2014-12-31 in its public edition; found none." in said
    assert said.endswith(" --from 2014-11-30")


@pytest.mark.parametrize(("first", "found"), [("2014-09-30", "that day"), ("2014-10-31", "a later one")])
def test_the_first_day_lies_before_the_last(case_folder: CaseFolder, first: str, found: str) -> None:
    with pytest.raises(
        UsageError, match=f"--from {first}: expected a day before .* 2014-09-30; found {found}"
    ):
        commands.changes(str(case_folder()), first=date.fromisoformat(first), last=date(2014, 9, 30))


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_day_before_the_data_is_refused(case_folder: CaseFolder, option: str) -> None:
    days = {"--from": (date(2012, 1, 30), date(2014, 9, 30)), "--to": (date(2011, 1, 1), date(2012, 1, 30))}
    first, last = days[option]
    wrong = first if option == "--from" else last
    if option == "--to":
        first = date(2012, 1, 31)
    with pytest.raises(UsageError, match=f"{option} {wrong}: expected a day from 2012-01-31 on"):
        commands.changes(str(case_folder()), first=first, last=last)


def test_an_edition_that_is_not_there_lists_those_that_are(case_folder: CaseFolder) -> None:
    with pytest.raises(UsageError, match="no edition 'press'; choose one of: public, internal"):
        commands.changes(str(case_folder()), first=date(2014, 1, 31), edition="press")
