"""What an intervention changed, as the commands answer with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from vedette.commands.age import DataAge
from vedette.commands.known import without_place_document
from vedette.effect import (
    BeforeAfter,
    Changed,
    DonorAnswer,
    Effect,
    Intervention,
    answer_words,
    disagreement_words,
    donor_words,
    estimates,
    peak,
    shape_words,
    smallest_words,
)
from vedette.model import FloatArray
from vedette.panel import WithoutPlace
from vedette.periods import label

LEVELS = {"low_90": 0.05, "low_50": 0.25, "median": 0.5, "high_50": 0.75, "high_90": 0.95}


@dataclass(frozen=True, eq=False)
class InterventionList:
    """The interventions that a case lists, by the day they began."""

    case: str
    interventions: tuple[Intervention, ...]

    def rows(self) -> list[dict[str, str]]:
        """Returns a row for each intervention."""
        return [
            {
                "id": each.id,
                "from": str(each.first),
                "to": str(each.last or ""),
                "kind": each.kind,
                "what": each.what,
            }
            for each in self.interventions
        ]

    def table(self) -> pl.DataFrame:
        """Returns a row for each intervention."""
        return pl.DataFrame(self.rows())

    def document(self) -> dict[str, Any]:
        """Returns the case and its interventions."""
        return {"case": self.case, "interventions": self.rows()}


@dataclass(frozen=True, eq=False)
class EffectResult:
    """What an intervention changed in a series of counts or of figures, with its doubts."""

    case: str
    changed: Changed[Effect | BeforeAfter]
    draws: int
    seed: int
    age: DataAge
    without_place: tuple[WithoutPlace, ...] = ()

    def table(self) -> pl.DataFrame:
        """Returns a row for each period, or for each figure that was found."""
        found = self.changed.estimate
        return found.by_period() if isinstance(found, Effect) else found.figures

    def periods(self) -> list[dict[str, Any]]:
        """Returns by period what was observed and what would have been, as it is drawn; none for figures."""
        found = self.changed.estimate
        return found.by_period().to_dicts() if isinstance(found, Effect) else []

    def first(self) -> list[str]:
        """Returns the answer in words, where forecast and donors disagree first; none for figures."""
        changed, effect = self.changed, self.changed.estimate
        if not isinstance(effect, Effect):
            return []
        disagreement = disagreement_words(effect, changed.donors)
        answer = f"{changed.done.name}: {answer_words(effect, changed.series.name)}"
        return [disagreement, answer] if disagreement else [answer]

    def last(self) -> list[str]:
        """Returns the shape, the smallest effect told and the donors in words; none for figures."""
        effect, donors = self.changed.estimate, self.changed.donors
        if not isinstance(effect, Effect):
            return []
        words = [shape_words(effect), smallest_words(effect)]
        return [*words, donor_words(donors, effect.measure, effect.step)] if donors else words

    def document(self) -> dict[str, Any]:
        """Returns the intervention, the series, the effect, the doubts, and estimates for mechanisms."""
        changed = self.changed
        intervention = changed.done
        head = {
            "case": self.case,
            "of": {
                "id": intervention.id,
                "name": intervention.name,
                "from": intervention.first,
                "to": intervention.last,
                "what": intervention.what,
                "source": intervention.source,
            },
            "on": changed.series.name,
            "words": [*self.first(), *self.last()],
            "seed": self.seed,
            "draws": self.draws,
            "mark": "estimated",
            "data": self.age.document(),
            **without_place_document(self.without_place),
        }
        effect = changed.estimate
        body = _counts(effect) if isinstance(effect, Effect) else _figures(effect)
        if changed.donors:
            body["donors"] = _donors(changed.donors)
        tail = {"doubts": list(changed.doubts), "estimates": estimates(intervention, changed.series, effect)}
        return {**head, **body, **tail}


def quantiles(draws: FloatArray) -> Mapping[str, float]:
    """Returns the median with the ends of the 50 % and the 90 % interval of some draws, by name."""
    return dict(zip(LEVELS, np.quantile(draws, list(LEVELS.values())).tolist(), strict=True))


def _counts(effect: Effect) -> dict[str, Any]:
    placebos, shape = effect.placebos, effect.shape
    return {
        "measure": effect.measure,
        "model": effect.model,
        "origin": label(effect.origin, effect.step),
        "by_period": effect.by_period().to_dicts(),
        "cumulative": effect.cumulative().to_dicts(),
        "total": effect.total(),
        "placebo_dates": {
            "windows": placebos.dates.height,
            "outside_90": placebos.false_alarms,
            "p": placebos.p_dates,
            "least_p": placebos.least_p,
            "apart": placebos.apart.height,
            "p_apart": placebos.p_apart,
            "score": placebos.score,
        },
        "placebo_units": {"units": placebos.units.height, "p": placebos.p_units},
        "shape": {
            "chosen": shape.name,
            "chances": dict(shape.chances),
            "size": shape.size(),
            "largest": peak(shape.name, effect.step),
            "half_life": shape.half_lives(),
            "half_life_told": shape.informative,
        },
        "smallest_told": [
            {
                "shape": each.shape,
                "half_life": each.half_life,
                "possible": each.possible,
                "times_more": each.more,
                "times_less": each.less,
            }
            for each in effect.smallest
        ],
    }


def _donors(donors: DonorAnswer) -> dict[str, Any]:
    """The synthetic control, or why there is none."""
    head = {
        "among": donors.kind,
        "none_since": donors.missing or None,
        "left_out": dict(donors.left_out or {}),
    }
    if donors.missing:
        return head
    observed, synthetic = donors.totals
    return head | {
        "weights": dict(donors.weights or {}),
        "observed": observed,
        "synthetic": synthetic,
        "ratio": donors.ratio,
        "ratio_without": dict(donors.without or {}),
        "p": donors.p,
        "least_p": donors.least_p,
        "periods_before": donors.found.before,
        "error_before_over_mean": donors.found.fit,
    }


def _figures(figures: BeforeAfter) -> dict[str, Any]:
    sides = {
        "before": figures.before,
        "after": figures.after,
        "ratio": figures.ratios,
        "effect": figures.differences,
    }
    return {
        "relation": figures.relation,
        "subject": figures.subject,
        "unit": f"{figures.unit} a month",
        "figures": figures.figures.to_dicts(),
        "left_out": dict(figures.left_out),
        **{name: quantiles(side) for name, side in sides.items()},
    }
