"""Runs the forecasts of a study in several processes, with a line for each piece of work that is done."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from typing import Any

from measured import Measured, Terms, measure

from vedette.model import History, Model, SumBaseline


@dataclass(frozen=True, eq=False)
class Work:
    """A piece of work: what it is called, and a module-level function with its arguments."""

    label: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


def run(work: Sequence[Work], workers: Executor) -> list[Any]:
    """The results in the order of the work."""
    begun = time.monotonic()
    order: dict[Future[Any], int] = {
        workers.submit(each.function, *each.arguments): number for number, each in enumerate(work)
    }
    results: list[Any] = [None] * len(work)
    for done, future in enumerate(as_completed(order), start=1):
        number = order[future]
        results[number] = future.result()
        print(f"{time.monotonic() - begun:5.0f} s  {done}/{len(work)}  {work[number].label}", flush=True)
    return results


@dataclass(frozen=True, eq=False)
class Contest:
    """Models and baselines of sums to be measured on one history on the same terms."""

    label: str
    history: History
    terms: Terms
    models: tuple[Model, ...]
    baselines: tuple[SumBaseline, ...]

    def work(self) -> list[Work]:
        """A piece of work for each model and baseline."""
        parts: list[Model | SumBaseline] = [*self.models, *self.baselines]
        return [
            Work(f"{self.label}: {each.name}", measure, (each, self.history, self.terms)) for each in parts
        ]


def measure_all(
    contests: Iterable[Contest], workers: Executor
) -> Iterator[tuple[Contest, list[Measured], list[Measured]]]:
    """Each contest with the scores of its models and of its baselines."""
    listed = list(contests)
    results = iter(run([piece for each in listed for piece in each.work()], workers))
    for each in listed:
        models = [next(results) for _ in each.models]
        yield each, models, [next(results) for _ in each.baselines]
