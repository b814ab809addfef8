"""Levers on record: what posture.csv says of a lever, as known on a day."""

from datetime import date, timedelta

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, lay, read

from vedette.errors import CaseError
from vedette.periods import Span, Step, last_possible, parse
from vedette.scenario import recorded_levers

BARE = "{id: troops, name: Troops of Bigland, unit: people, who: Bigland"
RECORD = f"{BARE}, record: {{backer: Bigland, kind: troops, carried: 4}}"
POSTURE = """\
date,precision,backer,kind,value,unit,series,source,basis,note
2012-01-01,month,Bigland,troops,1500,persons,main,,recalled,
2012-03-05,day,Bigland,troops,1200,persons,main,,recalled,
2012-03-20,day,Bigland,troops,1100,persons,main,,recalled,
2012-12-01,month,Bigland,troops,900,persons,main,,recalled,
2014-01-01,year,Bigland,money,12,million USD,money,,recalled,
"""
TWO_SERIES = POSTURE.replace("1200,persons,main", "1200,persons,other")


def files(lever: str = RECORD, posture: str = POSTURE) -> dict[str, str]:
    assert BARE in MECHANISM
    return {**FILES, "mechanisms.yaml": MECHANISM.replace(BARE, lever), "posture.csv": posture}


def months(first: str, last: str) -> Span:
    return Span(parse(first, Step.MONTH), parse(last, Step.MONTH), Step.MONTH)


def test_a_figure_holds_until_the_next_one_and_no_longer_than_said(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), files()))
    found = recorded_levers(mechanism, date(2013, 1, 31), months("2011-12", "2013-01"))
    known = [np.nan, 1500, 1500, 1100, 1100, 1100, 1100, 1100, np.nan, np.nan, np.nan, np.nan, 900, 900]
    np.testing.assert_array_equal(found.paths["troops"], known)
    assert found.without == ()


def test_a_later_figure_changes_nothing_that_was_known_before(case_folder: CaseFolder) -> None:
    span, day = months("2011-12", "2013-01"), date(2012, 12, 30)  # a figure of a month: when it is over
    whole = read(lay(case_folder(), files()))
    before = recorded_levers(whole, day, span).paths["troops"]
    assert np.isnan(before[-2:]).all()
    later = POSTURE.replace("troops,900,", "troops,7,")
    planted = read(lay(whole.case.folder, files(posture=later)))
    np.testing.assert_array_equal(recorded_levers(planted, day, span).paths["troops"], before)
    assert recorded_levers(planted, date(2012, 12, 31), span).paths["troops"][-1] == 7


def test_a_figure_counts_once_its_source_is_published(case_folder: CaseFolder) -> None:
    printed = POSTURE.replace("1500,persons,main,,recalled", "1500,persons,main,paper,page")
    mechanism, span = read(lay(case_folder(), files(posture=printed))), months("2012-01", "2012-02")
    (published,) = mechanism.case.sources.filter(id="paper")["date"]
    day = last_possible(published)
    assert np.isnan(recorded_levers(mechanism, day - timedelta(days=1), span).paths["troops"]).all()
    assert recorded_levers(mechanism, day, span).paths["troops"].tolist() == [1500, 1500]


def test_a_lever_without_a_record_is_listed(case_folder: CaseFolder) -> None:
    found = recorded_levers(read(lay(case_folder())), date(2013, 1, 31), months("2012-01", "2012-02"))
    assert found.without == ("troops",) and not found.paths


@pytest.mark.parametrize(
    ("record", "posture", "said"),
    [
        ("backer: Smalland, kind: troops", POSTURE, "record.backer: expected an actor of actors.csv"),
        (
            "backer: Bigland, kind: trops",
            POSTURE,
            "found none of Bigland, kind trops. Did you mean 'troops'?",
        ),
        ("backer: Bigland, kind: money", POSTURE, "record: expected figures in people; found million USD."),
        ("backer: Bigland, kind: troops, series: mian", POSTURE, "found 'mian'. Did you mean 'main'?"),
        ("backer: Bigland, kind: troops", TWO_SERIES, "expected rows of one series; found 'main', 'other'."),
        ("backer: Bigland, kind: troops, carried: -1", POSTURE, "expected months, from 0 to 120; found -1"),
    ],
)
def test_a_record_that_posture_lacks_or_that_does_not_fit(
    case_folder: CaseFolder, record: str, posture: str, said: str
) -> None:
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), files(f"{BARE}, record: {{{record}}}", posture)))
    told = [str(problem) for problem in error.value.problems if said in str(problem)]
    assert told and told[0].startswith("mechanisms.yaml, line ")
