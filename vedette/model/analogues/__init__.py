"""The family of analogues: past months elsewhere like the present, and what followed them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.model.analogues.member import Analogues
    from vedette.model.analogues.prior import forest_known

__all__ = ["Analogues", "forest_known"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Analogues":
                from vedette.model.analogues import member as home
            case "forest_known":
                from vedette.model.analogues import prior as home
            case _:
                raise AttributeError(f"vedette.model.analogues has no {name}")
        return getattr(home, name)
