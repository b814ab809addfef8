"""Places, regions and countries: their names, polygons and neighbours."""

from vedette.case.geography.names import fold

__all__ = ["fold"]
