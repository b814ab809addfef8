"""Posteriors by NUTS, with a diagnosis that says in plain words how far to believe them.

`LevelBayes` and `EndemicBayes` are models like any other; `level`, `endemic` and `nuts` need JAX and are
imported only when one of them is asked to simulate.
"""

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
