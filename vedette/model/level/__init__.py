"""The latent-level family: a log-level for each unit, filtered exactly on a grid."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.model.level.member import Level, LevelMarks
    from vedette.model.level.prior import LevelPrior, prior_known

__all__ = ["Level", "LevelMarks", "LevelPrior", "prior_known"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Level" | "LevelMarks":
                from vedette.model.level import member as home
            case "LevelPrior" | "prior_known":
                from vedette.model.level import prior as home
            case _:
                raise AttributeError(f"vedette.model.level has no {name}")
        return getattr(home, name)
