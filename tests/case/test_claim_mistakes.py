"""One broken ledger for each mistake a coder makes, and the words that answer it."""

from collections.abc import Sequence

import pytest
from support.fourland import SOURCES, CaseFolder
from support.spoken import ACTOR_ROWS, CLAIM_ROWS, Cells, claim, spoken, table

from vedette.case import check_case, read_case
from vedette.case.schema.rows import Force
from vedette.errors import CaseError, Problem

TIE = ("bigland", "training", "guard")
NAMED = {"speaker": "x", "speaker_kind": "named"}
MEN = {"unit": "persons"}


def mistakes(
    case_folder: CaseFolder, claims: Sequence[Cells], actors: Sequence[Cells] = ACTOR_ROWS, **files: str
) -> Sequence[Problem]:
    content = dict(spoken(claims, actors)) | {"forces.csv": None}
    content |= {f"{name}.csv": text for name, text in files.items()}
    with pytest.raises(CaseError) as caught:
        read_case(case_folder(content))
    return caught.value.problems


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (
            claim("a", "bigand", "training", "guard"),
            "subject",
            "an actor or a site; found 'bigand'. Did",
        ),
        (
            claim("a", "bigland", "training", "gaurd"),
            "object",
            "a place or a region; found 'gaurd'",
        ),
        (
            claim("a", *TIE, speaker="x", speaker_kind="named", speaker_of="nobody"),
            "speaker_of",
            "found 'nobody'",
        ),
        (
            claim("a", *TIE, speaker_id="p1"),
            "speaker_id",
            "nothing, as the document speaks; found 'p1'",
        ),
        (
            claim("a", *TIE, from_="2014-06", to="2013"),
            "to",
            "not before `from` (2014-06); found '2013'",
        ),
        (claim("a", *TIE, from_="2014-06-10", to="2014-05"), "to", "not before `from` (2014-06-10)"),
        (claim("a", *TIE, from_="2014-02-30"), "from", "a day that exists"),
        (
            claim("a", "bigland", "traning", "guard"),
            "relation",
            "of the vocabulary; found 'traning'. Did you mean 'training'?",
        ),
        (claim("a", "bigland", "training", ""), "object", "whom training is about; found nothing"),
        (claim("a", *TIE, source="papers"), "source", "id of a row in sources.csv; found 'papers'"),
        (
            claim("a", *TIE, source=""),
            "source",
            "source that was read; found nothing. Name it, or",
        ),
        (claim("a", *TIE, basis="recalled"), "basis", "no source and the grade F6"),
        (claim("a", *TIE, hedge="rumoured"), "hedge", "'documented', 'asserted'"),
        (claim("a", *TIE, hedge="denied"), "polarity", "- with the hedge denied; found '+'"),
        (claim("a", *TIE, speaker="A general"), "speaker", "nothing, as the document speaks"),
        (claim("a", *TIE, speaker_kind="protected"), "speaker", "who speaks; found nothing"),
        (
            claim("a", "guard", "strength", "", low="10", high="5", unit="persons"),
            "high",
            "a number not below low (10)",
        ),
        (claim("a", "guard", "strength", "", low="10", unit="persons"), "high", "both ends of the figure"),
        (
            claim("a", "guard", "strength", "", low="10", high="12"),
            "unit",
            "the unit of the figure; found nothing",
        ),
        (
            claim("a", "guard", "strength", "", low="-5", high="5", unit="persons"),
            "low",
            "0 or more; found -5",
        ),
        (claim("a", *TIE, low="-1", high="5", unit="USD million"), "low", "a number of 0 or more"),
        (
            claim("a", "guard", "strength", "", low="160", high="160", unit="thousand persons"),
            "unit",
            "Write the number of persons in full (160000, not 160 thousand)",
        ),
        (claim("a", "guard", "training", "guard"), "object", "another than the subject of training"),
        (claim("a", "guard", "attacked", "rebels"), "statement", "a statement, as attacked needs one"),
        (claim("a", *TIE, reliability="G"), "reliability", "'A', 'B'"),
        (claim("a", *TIE, credibility="7"), "credibility", "a grade from 1 to 6; found '7'"),
        (claim("a", *TIE, handling="secret"), "handling", "'amber+strict'"),
        (claim("a", *TIE, question="why"), "question", "id of a question in case.yaml; found 'why'"),
        (claim("a", *TIE, note="=HYPERLINK(A1)"), "note", "text that no spreadsheet takes for a formula"),
        (claim("a", *TIE, statement="@SUM(A1)"), "statement", "text that no spreadsheet takes for a formula"),
        (claim("a", *TIE, statement="-cmd|' /C calc'!A0"), "statement", "takes for a formula"),
        (
            claim("a", *TIE, speaker="An off\u200bicer", speaker_kind="group"),
            "speaker",
            "zero width space (U+200B)",
        ),
        (claim("a", *TIE, statement="left \u202e right"), "statement", "right-to-left override (U+202E)"),
        (claim("a", *TIE, origin="R\u0435uters"), "origin", "mixes LATIN and CYRILLIC"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_a_wrong_claim(case_folder: CaseFolder, row: Cells, column: str, words: str) -> None:
    problem = next(one for one in mistakes(case_folder, [row]) if one.column == column)
    assert (problem.file, problem.row) == ("claims.csv", 2)
    assert words in str(problem)


def test_a_wrong_claim_is_the_only_mistake_where_forces_and_retractions_name_it(
    case_folder: CaseFolder,
) -> None:
    rows = [claim("a", *TIE, from_="2014-13"), claim("b", *TIE)]
    forces, retractions = "force,status,claim\nguard,state,b\n", "claim,known,why\nb,2014,withdrawn\n"
    told = mistakes(case_folder, rows, forces=forces, retractions=retractions)
    assert [one.column for one in told] == ["from"]


def test_a_wrong_source_is_the_only_mistake_where_claims_have_its_date(case_folder: CaseFolder) -> None:
    sources = SOURCES.splitlines(keepends=True)
    broken = "".join([*sources, "late,Late,Late,2014-13,,B,clear,false\n"])
    undated = [{**claim("a", *TIE, source="paper"), "known": "", "said": ""}]
    assert [(one.file, one.column) for one in mistakes(case_folder, undated, sources=broken)] == [
        ("sources.csv", "date")
    ]


def test_a_wrong_site_is_the_only_mistake_where_claims_name_sites(case_folder: CaseFolder) -> None:
    sites = "id,name,kind,latitude,longitude\nfort,The fort,base,x,0.25\n"
    rows = [claim("a", "guard", "hosted-at", "fort")]
    assert [one.file for one in mistakes(case_folder, rows, sites=sites)] == ["sites.csv"]


@pytest.mark.parametrize("known", ["2011", "2011-12-31"])
def test_a_retraction_before_the_date_of_the_source_of_its_claim(case_folder: CaseFolder, known: str) -> None:
    sources = "id,title,publisher,date,url,reliability,handling,protected\nown,Own,Own,2012,,B,clear,false\n"
    rows = [{**claim("a", *TIE, source="own"), "known": "", "said": ""}]
    told = mistakes(case_folder, rows, sources=sources, retractions=f"claim,known,why\na,{known},wrong\n")
    assert "a date not before the claim was known (2012)" in " ".join(map(str, told))


def test_two_claims_of_one_id(case_folder: CaseFolder) -> None:
    (problem,) = mistakes(case_folder, [claim("a", *TIE), claim("b", *TIE), claim("a", *TIE, source="atlas")])
    assert (
        str(problem)
        == "claims.csv, row 4, column id: expected each id once; found 'a'. Row 2 has it; remove one."
    )


def test_a_speaker_protected_in_one_row_and_named_in_another(case_folder: CaseFolder) -> None:
    rows = [
        claim("a", *TIE, speaker="Colonel X", speaker_kind="named"),
        claim("b", *TIE),
        claim("c", *TIE, speaker="Colonel X", speaker_kind="protected"),
    ]
    (problem,) = mistakes(case_folder, rows)
    assert (problem.row, problem.column) == (4, "speaker_kind")
    assert "one way to treat a speaker; found 'Colonel X'. Row 2 has this speaker as named" in str(problem)


def test_an_id_protected_in_one_row_and_open_in_another(case_folder: CaseFolder) -> None:
    rows = [
        claim("a", *TIE, speaker="Colonel X", speaker_kind="named", speaker_id="p1"),
        claim("b", *TIE, speaker="an officer", speaker_kind="protected", speaker_id="p1"),
    ]
    (problem,) = mistakes(case_folder, rows)
    assert (problem.row, problem.column) == (3, "speaker_kind")
    assert "one way to treat a speaker; found 'p1'. Row 2 has this speaker as named" in str(problem)


@pytest.mark.parametrize(
    ("speakers", "told"),
    [
        ([("an officer", ""), ("a colonel", "")], "2 wordings or ids in paper, 2 rows without an id"),
        (
            [("an officer", "p1"), ("an officer", "p1"), ("a colonel", "")],
            "2 wordings or ids in paper, 1 row",
        ),
        ([("an officer", ""), ("An  Officer", "")], ""),
        ([("an officer", "p1"), ("a colonel", "p1")], ""),
        ([("an officer", "p1"), ("an officer", "p2")], ""),
    ],
)
def test_several_protected_wordings_in_a_source_ask_for_ids(
    case_folder: CaseFolder, speakers: Sequence[tuple[str, str]], told: str
) -> None:
    rows = [
        claim(f"v{n}", *TIE, speaker=words, speaker_kind="protected", speaker_id=key)
        for n, (words, key) in enumerate(speakers)
    ]
    files = {**spoken([*CLAIM_ROWS, *rows]), "forces.csv": None}
    found = [str(one) for one in check_case(case_folder(files)).warnings if one.column == "speaker_id"]
    assert len(found) == bool(told)
    assert all(told in one and "Give rows of one person the same id" in one for one in found)


@pytest.mark.parametrize("named", ["colonel X", "Colonel  X", "Colónel X"])
def test_a_protected_speaker_is_recognised_in_another_spelling(case_folder: CaseFolder, named: str) -> None:
    rows = [
        claim("a", *TIE, speaker=named, speaker_kind="named"),
        claim("b", *TIE, speaker="Colonel X", speaker_kind="protected"),
    ]
    (problem,) = mistakes(case_folder, rows)
    assert "Row 2 has this speaker as named: protect both rows, or neither." in str(problem)


def test_rings_of_command_and_of_parents(case_folder: CaseFolder) -> None:
    rows = [claim("a", "state", "command", "guard"), claim("b", "guard", "command", "state")]
    (problem,) = mistakes(case_folder, rows)
    assert (problem.file, problem.row) == ("claims.csv", 3)
    assert "no ring; found guard - state - guard. Take one of these links out." in str(problem)
    ring: list[Cells] = [
        {"id": "x", "name": "X", "kind": "force", "parent": "y"},
        {"id": "y", "name": "Y", "kind": "force", "parent": "x"},
    ]
    with pytest.raises(CaseError) as caught:
        read_case(case_folder(dict(spoken([], [*ACTOR_ROWS, *ring])) | {"forces.csv": None}, "parents"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.column) == ("actors.csv", "parent")
    assert "found y - x - y" in problem.found or "found" in str(problem)


def test_a_source_without_date(case_folder: CaseFolder) -> None:
    sources = SOURCES + "leaflet,A leaflet,,,,D,,\n"
    (problem,) = mistakes(case_folder, [claim("a", *TIE, source="leaflet")], sources=sources)
    assert (problem.row, problem.column) == (2, "known")
    assert "found leaflet has no date in sources.csv. Date the source, or fill in said or known." in str(
        problem
    )
    files = dict(spoken([claim("a", *TIE, source="leaflet", said="2013")])) | {"forces.csv": None}
    assert read_case(case_folder(files | {"sources.csv": sources}, "dated")).claims.height == 1


def test_unknown_classes_and_forces(case_folder: CaseFolder) -> None:
    actors: list[Cells] = [*ACTOR_ROWS, {"id": "z", "name": "Z", "kind": "state", "groups": "border-states"}]
    rows: list[Cells] = [{"force": "gurad", "status": "state", "claim": "c99"}]
    found = {one.column: str(one) for one in mistakes(case_folder, [], actors, forces=table(Force, rows))}
    assert "ids of actors, joined by ;; found 'border-states'" in found["groups"]
    assert "found 'gurad'. Did you mean 'guard'?" in found["force"]
    assert "the id of a row in claims.csv; found 'c99'" in found["claim"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sky\u200b Army", "zero width space (U+200B)"),
        ("Sky Arm\u0443", "mixes LATIN and CYRILLIC"),
        ("=1+1", "takes for a formula"),
        ("\ufeffSky", "zero width no-break space (U+FEFF)"),
    ],
)
def test_wrong_letters_in_names_of_actors(case_folder: CaseFolder, name: str, words: str) -> None:
    actors: list[Cells] = [*ACTOR_ROWS, {"id": "z", "name": name, "kind": "force"}]
    (problem,) = mistakes(case_folder, [], actors)
    assert (problem.file, problem.column) == ("actors.csv", "name")
    assert words in str(problem)


def test_text_from_right_to_left_is_fine(case_folder: CaseFolder) -> None:
    row = claim("a", *TIE, statement="قال إن التدريب مستمر", speaker="ضابط", speaker_kind="anonymous")
    actors: list[Cells] = [
        *ACTOR_ROWS,
        {"id": "z", "name": "نیروی قدس", "kind": "force", "aliases": "می\u200cخواهند;Волки"},
    ]
    files = dict(spoken([*CLAIM_ROWS, row], actors))
    assert read_case(case_folder(files)).claims.height == len(CLAIM_ROWS) + 1


def test_all_mistakes_are_told_at_once(case_folder: CaseFolder) -> None:
    rows = [
        claim("a", "bigand", "training", "guard"),
        claim("b", *TIE, question="why"),
        claim("c", *TIE, note="=1"),
    ]
    assert [one.row for one in sorted(mistakes(case_folder, rows), key=lambda one: one.row)] == [2, 3, 4]
