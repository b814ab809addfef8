"""The latent-level family: a log-level for each unit, filtered exactly on a grid."""

from vedette.model.level.member import Level, LevelMarks
from vedette.model.level.prior import LevelPrior, prior_known

__all__ = ["Level", "LevelMarks", "LevelPrior", "prior_known"]
