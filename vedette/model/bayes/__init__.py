"""Posteriors by NUTS, with a diagnosis that says in plain words how far to believe them.

`LevelBayes` and `EndemicBayes` are models like any other; `level`, `endemic` and `nuts` need JAX and are
imported only when one of them is asked to simulate.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.model.bayes.diagnosis import Diagnosis, Marginal, diagnose
    from vedette.model.bayes.members import EndemicBayes, LevelBayes, PosteriorDoubt
    from vedette.model.bayes.posterior import Posterior
    from vedette.model.bayes.sampler import Sampler

__all__ = [
    "Diagnosis",
    "EndemicBayes",
    "LevelBayes",
    "Marginal",
    "Posterior",
    "PosteriorDoubt",
    "Sampler",
    "diagnose",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Diagnosis" | "Marginal" | "diagnose":
                from vedette.model.bayes import diagnosis as home
            case "EndemicBayes" | "LevelBayes" | "PosteriorDoubt":
                from vedette.model.bayes import members as home
            case "Posterior":
                from vedette.model.bayes import posterior as home
            case "Sampler":
                from vedette.model.bayes import sampler as home
            case _:
                raise AttributeError(f"vedette.model.bayes has no {name}")
        return getattr(home, name)
