"""Effects of interventions: observed less simulated counts, placebos, shocks, figures before and after.

`vedette.precedents` describes earlier interventions by foreign troops that fought beside governments and
left.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.effect.asking import Changed, what_changed
    from vedette.effect.caveats import doubts, figure_doubts
    from vedette.effect.counterfactual import estimate_effect
    from vedette.effect.effect import Effect
    from vedette.effect.estimated import estimates
    from vedette.effect.figures import BeforeAfter, before_and_after
    from vedette.effect.intervention import Intervention, find_intervention, interventions
    from vedette.effect.judging import surprise
    from vedette.effect.overlap import rank_p_value
    from vedette.effect.placebo import WARM_UP, Placebos, p_value, try_placebos
    from vedette.effect.series import Series, find_series
    from vedette.effect.shock import Shock, fit_shock

__all__ = [
    "WARM_UP",
    "BeforeAfter",
    "Changed",
    "Effect",
    "Intervention",
    "Placebos",
    "Series",
    "Shock",
    "before_and_after",
    "doubts",
    "estimate_effect",
    "estimates",
    "figure_doubts",
    "find_intervention",
    "find_series",
    "fit_shock",
    "interventions",
    "p_value",
    "rank_p_value",
    "surprise",
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
            case "surprise":
                from vedette.effect import judging as home
            case "WARM_UP" | "Placebos" | "p_value" | "try_placebos":
                from vedette.effect import placebo as home
            case "Series" | "find_series":
                from vedette.effect import series as home
            case "Shock" | "fit_shock":
                from vedette.effect import shock as home
            case _:
                raise AttributeError(f"vedette.effect has no {name}")
        return getattr(home, name)
