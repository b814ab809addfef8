"""Exports ties as a graph (GraphML) and as a map (GeoJSON)."""

import io
import json
from datetime import date

import networkx as nx
import polars as pl
import shapely

from vedette.evidence.exchange.left_out import LeftOut, counted
from vedette.evidence.exchange.tied import faded_ties, tied_rows
from vedette.evidence.ledger import Ledger

_EDGE = ("relation", "kind", "belief", "belief_last", "contested", "claims", "sources")


def as_graphml(
    ledger: Ledger, at: date | None, least: float | None = None
) -> tuple[bytes, tuple[LeftOut, ...]]:
    """The ties as a directed multigraph; its nodes are the subjects and objects of the ties."""
    graph = nx.MultiDiGraph(case=ledger.case.id, edition=ledger.case.edition, at=str(at or ""))
    kinds = dict(ledger.actors.table.select("id", "kind").iter_rows())
    for number, row in enumerate(tied_rows(ledger, at, least).iter_rows(named=True)):
        for end in ("subject", "object"):
            key = row[end]
            graph.add_node(key, name=row[f"{end}_name"], kind=kinds.get(key, "place"))
        dates = {name: str(row[name]) for name in ("first", "last", "said") if row[name]}
        graph.add_edge(row["subject"], row["object"], number, **{name: row[name] for name in _EDGE}, **dates)
    out = io.BytesIO()
    nx.write_graphml(graph, out, encoding="utf-8", prettyprint=True)
    return out.getvalue(), not_carried(ledger, at, least)


def as_geojson(
    ledger: Ledger, at: date | None, least: float | None = None
) -> tuple[bytes, tuple[LeftOut, ...]]:
    """Sites as points and places as areas, each with the ties of which it is subject or object."""
    case = ledger.case
    rows = tied_rows(ledger, at, least).with_columns(
        pl.col("first", "last", "said").cast(pl.String).fill_null("")
    )
    ties_by_place: dict[str, list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True):
        for end in dict.fromkeys((row["subject"], row["object"])):
            ties_by_place.setdefault(end, []).append(row)
    features, reasons = [], []
    for site in case.sites.iter_rows(named=True):
        about = {name: site[name] for name in ("id", "name", "kind", "place")}
        if site["latitude"] is None:
            reasons.append(("sites", "no point"))
            continue
        point = {"type": "Point", "coordinates": [site["longitude"], site["latitude"]]}
        features.append(_feature(point, {**about, "ties": ties_by_place.get(site["id"], [])}))
    for key, polygon in case.places.geometry.items():
        about = {"id": key, "name": case.places.names[key], "kind": "place", "place": key}
        shape = json.loads(shapely.to_geojson(polygon))
        features.append(_feature(shape, {**about, "ties": ties_by_place.get(key, [])}))
    somewhere = {str(feature["properties"]["id"]) for feature in features}
    ends = rows.select("subject", "object").iter_rows()
    reasons += [("ties", "neither end is on the map") for pair in ends if not somewhere & set(pair)]
    whole = {"type": "FeatureCollection", "name": case.id, "features": features}
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8"), (*counted(reasons), *not_carried(ledger, at, least))


def as_csv(
    ledger: Ledger, at: date | None = None, least: float | None = None
) -> tuple[bytes, tuple[LeftOut, ...]]:
    """Returns ties as a flat table in CSV, see `tied_rows`, and what it cannot carry."""
    return tied_rows(ledger, at, least).write_csv().encode("utf-8"), not_carried(ledger, at, least)


def not_carried(ledger: Ledger, at: date | None, least: float | None) -> tuple[LeftOut, ...]:
    """The ties believed less than ``least``, and the claims that make no tie, counted by reason."""
    level = ledger.case.weights.least if least is None else least
    faded = faded_ties(ledger, at, least)
    return (*counted([("ties", f"believed less than {level:.0%}")] * faded), *_untied(ledger))


def _untied(ledger: Ledger) -> tuple[LeftOut, ...]:
    loose = ledger.claims.join(ledger.tied.select("id"), on="id", how="anti", maintain_order="left")
    reasons = loose.select("kind", "hedge").iter_rows()
    recalled = ledger.tied.filter(pl.col("basis") == "recalled").height
    return counted([("claims", "recalled without a page")] * recalled) + counted(
        ("claims", "not yet so" if hedge in ("expected", "proposed") else f"{kind}: no tie")
        for kind, hedge in reasons
    )


def _feature(geometry: object, properties: dict[str, object]) -> dict[str, dict[str, object]]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}  # type: ignore[dict-item]
