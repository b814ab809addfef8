"""Places, regions and countries: their names, polygons and neighbours."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.case.geography.names import fold, spelled

__all__ = ["fold", "spelled"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "fold" | "spelled":
                from vedette.case.geography import names as home
            case _:
                raise AttributeError(f"vedette.case.geography has no {name}")
        return getattr(home, name)
