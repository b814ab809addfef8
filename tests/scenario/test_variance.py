"""The spread of an answer is split in a stated order, and adds up."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, FILES, flat, lay, read

from vedette.scenario import Ensemble, run, variance_shares

STAY = "id: stay\nname: s\nauthor: a\nsource: paper\n"
GIVEN = "author: a, source: paper, why: w"
CLAIMS = (
    "id,source,hedge,polarity,subject,relation,object,low,high,unit,from,known,basis\n"
    "c1,paper,reported,+,state,strength,,0,10,persons,2014,2014-06,page\n"
)
MEN = f"""\
base: stay
start: 2015-01
end: 2015-03
observations:
  - {{id: small, name: s, unit: people, read: {{figures: {{claims: [c1]}}}}}}
assumptions:
  - {{id: large, name: l, unit: people, distribution: {{form: uniform, low: 0, high: 20}}, {GIVEN}}}
  - {{id: base-men, name: b, unit: people, distribution: {{form: point, value: 0}}, {GIVEN}}}
rates:
  - {{id: one, name: o, unit: people, base: small}}
  - {{id: two, name: t, unit: people, base: large}}
  - {{id: three, name: r, unit: people, base: base-men}}
  - {{id: both, name: b, unit: people, sum: [one, two, three]}}
alternatives:
  - id: view
    name: Which view
    unweighted: true
    branches:
      - {{id: more, name: More, sets: {{base-men: {{form: point, value: 10}}}}, {GIVEN}}}
      - {{id: none, name: Nothing, {GIVEN}}}
outcomes:
  - {{id: all-men, name: a, of: both, unit: people, good: up}}
"""


def shares(found: object) -> list[float]:
    return [float(getattr(found, part)) for part in ("branch", "assumption", "fit", "chance")]


def test_shares_of_a_known_spread(case_folder: CaseFolder) -> None:
    """A sum of a branch, an assumption and a figure of known variances: 25, 400 / 12 and 100 / 12."""
    folder = case_folder({"claims.csv": CLAIMS})
    mechanism = read(lay(folder, {"mechanisms.yaml": MEN, "scenarios/stay.yaml": STAY}))
    made = run(mechanism, ["stay"], flat(mechanism), 2000, 1)
    found = variance_shares(made, "all-men", "stay")
    whole = 25 + 500 / 12
    np.testing.assert_allclose(
        shares(found), [25 / whole, 400 / 12 / whole, 100 / 12 / whole, 0.0], atol=0.03
    )
    assert found.variance == pytest.approx(whole, rel=0.02)
    assert not found.log


def small(case_folder: CaseFolder, files: dict[str, str]) -> Ensemble:
    mechanism = read(lay(case_folder(), files))
    return run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=100), 600, 1)


@pytest.mark.parametrize("files", [FILES, BRANCHED])
def test_shares_add_up_whatever_is_asked(case_folder: CaseFolder, files: dict[str, str]) -> None:
    made = small(case_folder, files)
    for outcome, one, other in (
        ("guard", "stay", None),
        ("deaths", "leave", "stay"),
        ("deaths", "stay", None),
    ):
        found = variance_shares(made, outcome, one, other)
        assert sum(shares(found)) == pytest.approx(1.0)
        assert min(shares(found)) >= 0
        assert found.log == (outcome == "deaths")
    assert shares(variance_shares(made, "deaths", "stay", "stay")) == [0.0, 0.0, 0.0, 0.0]


def test_what_only_assumptions_move_is_all_assumption(case_folder: CaseFolder) -> None:
    found = variance_shares(small(case_folder, FILES), "guard", "stay")
    assert found.assumption == pytest.approx(1.0)


def test_a_multiple_of_all_deaths_is_all_on_the_log_scale(case_folder: CaseFolder) -> None:
    """The ratio under two scenarios does not depend on the future: chance has almost no share of it."""
    made = small(case_folder, FILES)
    found = variance_shares(made, "deaths", "leave", "stay")
    assert found.chance < 0.05 < found.assumption
