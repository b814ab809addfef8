"""Early signs are watched on days on which no scenarios start, too."""

from datetime import date

from support.fourland import CaseFolder
from support.small_mechanism import FILES, lay

from vedette.brief.inputs.scenarios import run_what_if, signs_alone
from vedette.brief.pages.watching import watching
from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.periods import Step
from vedette.progress import quiet

EARLY = date(2014, 6, 30)


def test_signs_are_shown_months_before_the_scenarios_start(case_folder: CaseFolder) -> None:
    case = read_case(lay(case_folder(), FILES))
    holdings, panel, known = panel_of(case, EARLY, seed=1, step=Step.MONTH)
    assert run_what_if(case, holdings, panel, known, 1, quiet) is None
    rows = signs_alone(case, panel, known)
    assert [row.reading.sign.id for row in rows] == ["deaths", "troops"]
    section = watching(rows, len(rows))
    assert section.title.startswith(
        ("None of 2 alarms has fired", "1 of 2 alarms fired", "2 of 2 alarms fired")
    )
    [shown] = section.blocks
    assert "Deaths by rebels" in str(shown) and "annex" not in str(shown)


def test_a_case_without_a_mechanism_and_an_edition_that_withholds_it_have_none(
    case_folder: CaseFolder,
) -> None:
    case = read_case(case_folder())
    _, panel, known = panel_of(case, EARLY, seed=1, step=Step.MONTH)
    assert signs_alone(case, panel, known) == ()
    assert "names none" in str(watching(()).blocks)
