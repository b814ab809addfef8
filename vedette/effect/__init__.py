"""Effects of interventions: observed less simulated counts, shapes, placebos, figures before and after.

`vedette.precedents` describes earlier interventions by foreign troops that fought beside governments and
left.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.effect.asking import Changed, what_changed
    from vedette.effect.caveats import doubts, figure_doubts
    from vedette.effect.counterfactual import estimate_effect
    from vedette.effect.donor_wording import disagreement_words, donor_words
    from vedette.effect.donors import DonorAnswer
    from vedette.effect.effect import Effect
    from vedette.effect.estimated import estimates
    from vedette.effect.figures import BeforeAfter, before_and_after
    from vedette.effect.intervention import Intervention, find_intervention, interventions
    from vedette.effect.other_countries import read_countries
    from vedette.effect.overlap import rank_p_value
    from vedette.effect.placebo import WARM_UP, Placebos, p_value, try_placebos
    from vedette.effect.profiles import SHAPES, Patterns
    from vedette.effect.series import Series, find_series
    from vedette.effect.shape import Shape, fit_shape
    from vedette.effect.smallest import LEVEL, Smallest
    from vedette.effect.synthetic import SyntheticControl, synthetic_weights
    from vedette.effect.wording import (
        SHORT,
        answer_words,
        peak,
        shape_words,
        smallest_words,
    )

__all__ = [
    "LEVEL",
    "SHAPES",
    "SHORT",
    "WARM_UP",
    "BeforeAfter",
    "Changed",
    "DonorAnswer",
    "Effect",
    "Intervention",
    "Patterns",
    "Placebos",
    "Series",
    "Shape",
    "Smallest",
    "SyntheticControl",
    "answer_words",
    "before_and_after",
    "disagreement_words",
    "donor_words",
    "doubts",
    "estimate_effect",
    "estimates",
    "figure_doubts",
    "find_intervention",
    "find_series",
    "fit_shape",
    "interventions",
    "p_value",
    "peak",
    "rank_p_value",
    "read_countries",
    "shape_words",
    "smallest_words",
    "synthetic_weights",
    "try_placebos",
    "what_changed",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Changed" | "what_changed":
                from vedette.effect import asking as home
            case "doubts" | "figure_doubts":
                from vedette.effect import caveats as home
            case "estimate_effect":
                from vedette.effect import counterfactual as home
            case "disagreement_words" | "donor_words":
                from vedette.effect import donor_wording as home
            case "DonorAnswer":
                from vedette.effect import donors as home
            case "read_countries":
                from vedette.effect import other_countries as home
            case "SyntheticControl" | "synthetic_weights":
                from vedette.effect import synthetic as home
            case "Effect":
                from vedette.effect import effect as home
            case "estimates":
                from vedette.effect import estimated as home
            case "BeforeAfter" | "before_and_after":
                from vedette.effect import figures as home
            case "Intervention" | "find_intervention" | "interventions":
                from vedette.effect import intervention as home
            case "rank_p_value":
                from vedette.effect import overlap as home
            case "WARM_UP" | "Placebos" | "p_value" | "try_placebos":
                from vedette.effect import placebo as home
            case "SHAPES" | "Patterns":
                from vedette.effect import profiles as home
            case "Series" | "find_series":
                from vedette.effect import series as home
            case "Shape" | "fit_shape":
                from vedette.effect import shape as home
            case "SHORT" | "answer_words" | "peak" | "shape_words" | "smallest_words":
                from vedette.effect import wording as home
            case "LEVEL" | "Smallest":
                from vedette.effect import smallest as home
            case _:
                raise AttributeError(f"vedette.effect has no {name}")
        return getattr(home, name)
