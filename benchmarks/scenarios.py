"""Seven scenarios of the Iraq mechanism, all draws at once, against a plain reckoning and against PySD.

The plain one is that of the tests, one draw at a time on numbers of Python and numpy. PySD is given the whole
mechanism as XMILE (``against/``), one draw at a time or all draws of a scenario as an array, and must come to
the same paths. Both are timed on a part and scaled up. The baseline is made up, so that forecasting, which is
done once and kept, is not in the time.

    pip install pysd    # without it only the plain one is measured
    python benchmarks/scenarios.py [--draws 10000] [--most 100000] [--plain 3] [--pysd 20]
"""

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np
from against import with_pysd

from vedette.case import read_case
from vedette.scenario import Baseline, Ensemble, Mechanism, read_mechanism, run
from vedette.scenario.engine.running import outside
from vedette.scenario.language.plan import plan_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.plain_mechanism import Plain

SCENARIOS = (
    "stay",
    "leave-2023",
    "leave-fast",
    "nato-takes-over",
    "iran-steps-in",
    "militias-off-payroll",
    "army-holds-crossings",
)
FUTURES, SEED = 1000, 1


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--plain", type=int, default=3)
    parser.add_argument("--pysd", type=int, default=20)
    asked = parser.parse_args()
    mechanism = read_mechanism(read_case("iraq"))
    baseline = made_up(mechanism)
    cold, _ = timed(mechanism, baseline, asked.draws)
    warm, ensemble = timed(mechanism, baseline, asked.draws)
    held = peak()
    slow = plainly(ensemble, asked.plain)
    print(f"{len(SCENARIOS)} scenarios x {asked.draws:,} draws x {len(mechanism.span)} months")
    print(f"{'first run, compiling':<34} {cold:>10.2f} s")
    print(f"{'warm':<34} {warm:>10.2f} s, peak {held:.2f} GB, kept {ensemble.paths.nbytes / 2**30:.2f} GB")
    print(f"{'plainly, scaled up from a few':<34} {slow:>10.0f} s, {slow / warm:,.0f} times as long")
    print(beside_pysd(ensemble, asked.pysd, warm))
    draws = 100
    while draws <= asked.most:
        timed(mechanism, baseline, draws, SCENARIOS[:2])  # compiles, where the shape differs
        seconds, _ = timed(mechanism, baseline, draws, SCENARIOS[:2])
        print(f"two scenarios, {draws:>7,} draws {seconds:>14.2f} s, {1e6 * seconds / draws:>8.1f} µs a draw")
        draws *= 10
    print(f"peak in the end {peak():.2f} GB")


def made_up(mechanism: Mechanism) -> Baseline:
    """Poisson counts in every cell."""
    case = mechanism.case
    strata = tuple(stratum.id for stratum in case.strata)
    shape = (FUTURES, len(mechanism.span), len(case.places.ids), len(strata))
    cells = np.random.default_rng(SEED).poisson(2.0, shape).astype(np.float32)
    return Baseline({"deaths": cells}, tuple(case.places.ids), strata, mechanism.span, "made up")


def timed(
    mechanism: Mechanism, baseline: Baseline, draws: int, scenarios: tuple[str, ...] = SCENARIOS
) -> tuple[float, Ensemble]:
    """Seconds of a run, and its ensemble."""
    start = time.perf_counter()
    made = run(mechanism, scenarios, baseline, draws, SEED)
    return time.perf_counter() - start, made


def plainly(made: Ensemble, draws: int) -> float:
    """Seconds that all draws of all scenarios would take, one at a time."""
    mechanism, plan = made.mechanism, plan_of(made.mechanism.file)
    base = dict(zip(plan.levers, map(float, mechanism.lever_paths(mechanism.base)[0]), strict=True))
    usual = dict(zip(plan.events, map(float, outside(mechanism, plan, made.baseline)[3]), strict=True))
    quantities = made.quantities
    groups = {group.id: made.baseline.group(group) for group in mechanism.file.events}
    months, seconds = range(len(mechanism.span)), 0.0
    for draw in range(draws):
        values = {name: float(column[draw]) for name, column in quantities.items()}
        off = {name for place, name in enumerate(plan.gates) if made.drawn.gates[draw, place] == 0}
        path = mechanism.lever_paths(made.scenarios[draw % len(made.scenarios)])
        levers = [dict(zip(plan.levers, map(float, row), strict=True)) for row in path]
        future = made.future[draw]
        events = [{name: float(each[future][month]) for name, each in groups.items()} for month in months]
        noise = [dict(zip(plan.noises, map(float, row), strict=True)) for row in made.noise[draw]]
        plain = Plain(mechanism.file, values, off, base)
        start = time.perf_counter()
        plain.run(levers, events, noise, usual)
        seconds += time.perf_counter() - start
    return seconds / draws * made.draws * len(made.names)


def beside_pysd(made: Ensemble, draws: int, warm: float) -> str:
    """What PySD would take for all draws of all scenarios, against the seconds of the ensemble."""
    if not with_pysd.installed():
        return f"{'PySD':<34} not measured: it is not installed (pip install pysd)"
    rows = []
    one, all_of_them = with_pysd.one_by_one(made, min(draws, made.draws)), with_pysd.at_once(made, 1)
    for label, found in (("draw by draw", one), ("draws as an array", all_of_them)):
        seconds = found.scenario * len(made.names)
        first = f"{'PySD, ' + label + ', scaled up':<34} {seconds:>10.0f} s"
        rows.append(f"{first}, {seconds / warm:,.0f} times as long; {found.reading:.0f} s more to translate")
    rows.append(f"{'  paths of PySD differ by':<34} {max(one.apart, all_of_them.apart):>10.0e} at most")
    return "\n".join(rows)


def peak() -> float:
    """Most memory this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform != "darwin" else 2**30)


if __name__ == "__main__":
    main()
