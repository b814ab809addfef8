"""A second opinion on the page: the table beside the pool, and what its sampler doubts of itself."""

import json
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.fourland import CASE_FILES

from vedette import commands
from vedette.brief.compose import compose
from vedette.brief.inputs.findings import Findings, find
from vedette.brief.inputs.second_opinion import SecondOpinion, sample_second_opinion, sampled
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.case import read_case
from vedette.errors import UsageError
from vedette.model import By, Forecast, Measure, panel_history
from vedette.model.bayes import Diagnosis, EndemicBayes, PosteriorDoubt, Sampler
from vedette.model.endemic.specification import Specification
from vedette.panel import gather, make_panel
from vedette.progress import quiet

SEED = 1
DOUBTS = ("12 of 2,000 draws diverged: the sampler lost its way.", "few independent draws: 86 for step.")
SOUND = Diagnosis("level-bayes", 4, 500, 0, 0, ("step", 1.0042), ("size", 812.3), ())
DOUBTED = Diagnosis("level-bayes", 4, 500, 12, 0, ("step", 1.044), ("step", 86.0), DOUBTS)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What a brief of Fourland is written from, without a second opinion."""
    folder: Path = tmp_path_factory.mktemp("cases") / "fourland"
    folder.mkdir()
    for name, content in CASE_FILES.items():
        assert isinstance(content, str)
        (folder / name).write_text(content, encoding="utf-8")
    case = read_case(str(folder))
    holdings, known = gather(case), date(2014, 12, 31)
    panel = make_panel(holdings.cells, case, known, holdings.step, SEED)
    return find(case, holdings, panel, known, SEED, quiet)


def second(found: Findings, diagnosis: Diagnosis) -> SecondOpinion:
    """Draws 0, 10, ..., 1000 in each month, the same for all."""
    draws = np.repeat(np.arange(0, 1001, 10, dtype=np.int64)[:, None, None], 6, axis=1)
    pool = found.outlook.country
    made = Forecast(
        draws, pool.origin, pool.step, pool.horizons, pool.units, pool.measure, "level-bayes", SEED
    )
    return SecondOpinion(made, diagnosis, 36)


def written(found: Findings, diagnosis: Diagnosis | None) -> tuple[str, dict[str, Any]]:
    """The page, and brief.json."""
    other = None if diagnosis is None else second(found, diagnosis)
    brief = compose(replace(found, second=other))
    content: dict[str, Any] = json.loads(to_json(brief))
    return to_html(brief), content


def test_without_a_second_opinion_nothing_is_said_of_one(found: Findings) -> None:
    page, machine = written(found, None)
    assert "level-bayes" not in page
    assert not [name for name in machine["figures"] if name.startswith("second")]


def test_the_table_sets_it_beside_the_pool(found: Findings) -> None:
    page, machine = written(found, DOUBTED)
    figure = machine["figures"]["second-opinion"]
    assert [column["title"] for column in figure["table"]["columns"]][-1] == "level-bayes: 90 % interval"
    rows = figure["table"]["rows"]
    assert [row[1] for row in rows] == ["1", "6"]
    assert [row[-2:] for row in rows] == [["500", "50–950"]] * 2
    assert figure["mark"] == "estimated"
    links = [link["text"] for link in figure["chain"]]
    assert any("pool, 2,000 draws" in text for text in links)
    assert any("NUTS: 4 chains of 500 draws, seed 1; 101 futures" in text for text in links)
    assert "50–950" in page


def test_each_finding_of_the_diagnosis_is_a_caution(found: Findings) -> None:
    page, machine = written(found, DOUBTED)
    (methods,) = (section for section in machine["sections"] if section["id"] == "methods")
    (note,) = (block for block in methods["blocks"] if block["kind"] == "note")
    said = [
        machine["figures"][piece["figure"]]["value"] for piece in note["pieces"] if isinstance(piece, dict)
    ]
    assert said == [f"{DOUBTS[0]} F{DOUBTS[1][1:]}"]
    assert all(sentence in page for sentence in said)
    assert "no cause for doubt" not in page


def test_a_sound_diagnosis_is_said_so(found: Findings) -> None:
    page, machine = written(found, SOUND)
    assert "no cause for doubt" in page
    assert "cannot be trusted" not in page
    shown = {name: machine["figures"][f"second-{name}"]["shown"] for name in ("chains", "rhat", "ess")}
    assert shown == {"chains": "4", "rhat": "1.004", "ess": "812"}


def test_a_wrong_name_lists_the_two(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match="no sampled model 'nuts'; choose one of: level-bayes, endemic-bayes"
    ):
        commands.brief("iraq", tmp_path, second_opinion="nuts")
    assert not list(tmp_path.iterdir())


def test_the_same_seed_gives_the_same_futures(found: Findings) -> None:
    history = panel_history(found.panel, found.case, Measure.DEATHS, By.COUNTRY)
    tiny = EndemicBayes(Sampler(chains=2, warmup=30, draws=30, depth=5), Specification(end="1"), window=24)
    told: list[float] = []

    def asked(seed: int) -> SecondOpinion:
        return sample_second_opinion(tiny, history, 6, seed, lambda what, share: told.append(share))

    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", PosteriorDoubt)
        first, again, other = asked(1), asked(1), asked(2)
    assert first.forecast.draws.shape == (2000, 6, 1)
    assert (first.learned, first.model) == (24, "endemic-bayes")
    doubts = [str(each.message) for each in raised if each.category is PosteriorDoubt]
    assert any("few independent draws" in doubt for doubt in doubts)
    assert not first.diagnosis.sound
    assert np.array_equal(first.forecast.draws, again.forecast.draws)
    assert not np.array_equal(first.forecast.draws, other.forecast.draws)
    assert told == [0.0, 1.0] * 3


def test_the_models_leave_out_neighbours_that_a_country_has_not() -> None:
    assert sampled("endemic-bayes").name == "endemic-bayes"
    assert sampled("level-bayes").window == sampled("endemic-bayes").window == 96
