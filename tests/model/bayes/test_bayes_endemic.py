"""The sampled endemic-epidemic model: truth covered, near the likelihood's peak, and as a command."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from vedette.cli.verbs import app
from vedette.errors import DataError
from vedette.model import FloatArray, History, forecast
from vedette.model.bayes import EndemicBayes, PosteriorDoubt, Sampler
from vedette.model.bayes.endemic import sample_endemic
from vedette.model.endemic.fit import fit
from vedette.model.endemic.forward import Process, simulate_forward
from vedette.model.endemic.specification import Specification
from vedette.periods import Step

UNITS = ("a", "b", "c")
WORDS = Specification(ar="1", ne="0", end="1")
SETTINGS = Sampler(chains=2, warmup=150, draws=150)


def panel() -> History:
    """Counts with nu = 1.5, lambda = .5, psi = .4 over 150 months."""
    truth = Process(1.5, 0.5, 0.0, 0.4, np.ones(1))
    counts = simulate_forward(truth, np.full((1, 1, 3), 3), 150, 1, np.random.default_rng(8))[0]
    return History.of(counts, UNITS, 24000, Step.MONTH)


def test_the_truth_is_covered_and_the_likelihood_agrees() -> None:
    found = sample_endemic(panel(), WORDS, SETTINGS, np.random.default_rng(1))
    peak = {each.name: each for each in fit(panel(), WORDS).coefficients}
    truth = {"ar.1": np.log(0.5), "end.1": np.log(1.5), "-log(overdisp)": -np.log(0.4)}
    for each in found.marginals:
        at = peak[each.name]
        assert at.se is not None
        assert abs(each.mean - truth[each.name]) < 3 * each.sd
        assert each.mean == pytest.approx(at.estimate, abs=0.6 * at.se)
        assert each.sd == pytest.approx(at.se, rel=0.3)


def test_the_command_says_all_of_it(tmp_path: Path) -> None:
    table = tmp_path / "counts.csv"
    rows = [
        f"20{10 + t // 12}-{t % 12 + 1:02},{','.join(map(str, row))}" for t, row in enumerate(panel().truth)
    ]
    table.write_text("\n".join(["period,a,b,c", *rows]), encoding="utf-8")
    words = ["counts", "fit", str(table), "--sampler", "nuts", "--chains", "2", "--samples", "150", "--json"]
    first, again = (CliRunner().invoke(app, words) for _ in range(2))
    assert first.exit_code == 0, first.output
    assert first.stdout == again.stdout
    document = json.loads(first.stdout)
    assert [row["name"] for row in document["coefficients"]] == ["ar.1", "end.1", "-log(overdisp)"]
    assert set(document["coefficients"][0]) == {
        "name",
        "mean",
        "sd",
        "low",
        "high",
        "rhat",
        "ess_bulk",
        "ess_tail",
    }
    assert document["diagnosis"]["chains"] == 2
    for sentence in document["diagnosis"]["warnings"]:
        assert sentence[:30] in first.stderr


def test_a_forecast_is_calm_and_repeats() -> None:
    model = EndemicBayes(SETTINGS, WORDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PosteriorDoubt)
        first, again = (forecast(model, panel(), 24149, 12, 200, seed=1) for _ in range(2))
    assert first.draws.tobytes() == again.draws.tobytes()
    assert first.mean()[-1] == pytest.approx(np.full(3, 3.0), abs=1.2)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (np.ones((1, 3)), "at least 2 periods; found 1"),
        (np.zeros((9, 3)), "no events in 9 periods"),
        (np.ones((5, 3)), "expected more than 12 periods"),
    ],
)
def test_a_panel_that_says_nothing(counts: FloatArray, words: str) -> None:
    with pytest.raises(DataError, match=words):
        EndemicBayes(SETTINGS).simulate(
            History.of(counts, UNITS, 0, Step.MONTH), 3, 10, np.random.default_rng(1)
        )
