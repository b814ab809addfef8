"""Measures the forecasts: every figure of docs/reference/evaluation.md.

    python studies/evaluate.py --shared ../shared --out build/development.json
    python studies/evaluate.py --shared ../shared --out docs/reference/evaluation.json --evaluation

Without --evaluation only development data are read: Iraq to 2009, Nigeria, the country file to 2017, VIEWS
2018. The first line of what is printed says which. With it the windows that judge are read too, and the look
is to be written down in evaluation.words.md. Origins are named by the first month forecast, as in the
literature; data up to the month before are known.
"""

import argparse
import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from country_file import country_rows
from measured import Terms, whole_origins
from panels import countries
from sum_cases import COUNTRY_OFFSET, far_contests, month, path_models, place_contests, score_contests
from sum_tables import Row
from views_years import views_rows
from windows import DEVELOPMENT, DRAWS, SEED, WINDOWS, chance_of_2014, sums_over_places, window_rows
from work import Contest, measure_all

from vedette.files import replace_file
from vedette.model import EwmaNegBin, sum_baselines
from vedette.periods import Step

COUNTRY_DRAWS = 500
PARTS = ("countries", "places", "far", "views", "windows")
Found = dict[str, object]


def figures(part: str, shared: Path, workers: Executor, draws: int, evaluation: bool) -> Found:
    """The figures of one of ``PARTS``: of development data, and on request of the windows that judge."""
    match part:
        case "countries":
            found: Found = {"country_development": _countries(shared, "2012-12", "2017-12", draws, workers)}
            if evaluation:
                found["country_evaluation"] = _countries(shared, "2017-12", "2020-12", draws, workers)
        case "places":
            found = {"places": score_contests(place_contests(shared, draws), workers)}
            if evaluation:
                found["sums_over_places"] = sums_over_places(shared, workers)
        case "far":
            found = {"far_development": score_contests(far_contests(shared, draws, False), workers)}
            if evaluation:
                found["far_evaluation"] = score_contests(far_contests(shared, draws, True), workers)
        case "views":
            years = (2018, 2019, 2020) if evaluation else (2018,)
            found = {"challenge": views_rows(shared, years, workers)}
        case _:
            found = {"windows": window_rows(shared, list(WINDOWS if evaluation else DEVELOPMENT), workers)}
            if evaluation:
                found["chance_of_2014"] = chance_of_2014(shared, workers)
    return found


def _countries(shared: Path, first: str, last: str, draws: int, workers: Executor) -> dict[str, list[Row]]:
    """The tables of the country file, origins every month from ``first``, targets to ``last``."""
    history = countries(shared, month(last))
    terms = Terms(whole_origins(history, month(first), 12), (12,), draws)
    models = (*path_models(history, terms.origins), EwmaNegBin(offset=COUNTRY_OFFSET))
    baselines = sum_baselines(Step.MONTH, COUNTRY_OFFSET)
    contest = Contest(f"countries to {last}", history, terms, models, baselines)
    ((_, scored, scored_baselines),) = measure_all([contest], workers)
    return country_rows(history, terms.origins, scored, scored_baselines)


@contextmanager
def processes(number: int) -> Iterator[Executor]:
    """Worker processes that share nothing but their tasks."""
    with ProcessPoolExecutor(number, multiprocessing.get_context("spawn")) as workers:
        yield workers


def main() -> None:
    """Runs everything and writes the figures; `studies/report.py` makes the page of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("build/development.json"))
    parser.add_argument("--evaluation", action="store_true", help="read the windows that judge, too")
    parser.add_argument("--draws", type=int, default=COUNTRY_DRAWS, help="for countries, places and far sums")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS, help="measure these alone")
    asked = parser.parse_args()
    print("evaluation windows are READ" if asked.evaluation else "development data only", flush=True)
    found: Found = {
        "seed": SEED,
        "draws": DRAWS,
        "country_draws": asked.draws,
        "evaluation": asked.evaluation,
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    with processes(asked.processes) as workers:
        for part in asked.parts:
            found |= figures(part, asked.shared, workers, asked.draws, asked.evaluation)
            replace_file(asked.out, (json.dumps(found, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
