"""Effects: what an intervention changed, and what happened elsewhere when the same was done.

`vedette.precedents` is the record of foreign troops that fought beside governments and left.
"""

from vedette.effect.asking import Changed, what_changed
from vedette.effect.caveats import doubts, figure_doubts
from vedette.effect.counterfactual import estimate_effect
from vedette.effect.effect import Effect
from vedette.effect.estimated import estimates
from vedette.effect.figures import BeforeAfter, before_and_after
from vedette.effect.intervention import Intervention, find_intervention, interventions
from vedette.effect.overlap import rank_p_value
from vedette.effect.placebo import WARM_UP, Placebos, p_value, surprise, try_placebos
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
