"""Places, regions and countries: their names, polygons and neighbours."""
