"""The diagram of a mechanism as one SVG: levers on the left, outcomes on the right, loops drawn backwards."""

from collections.abc import Mapping, Sequence
from html import escape

from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.reach import Edge, edges_of

WIDE, HIGH, GAP, ACROSS, MARGIN = 190, 30, 12, 96, 20
SWEEPS = 12

COLOURS: Mapping[str, tuple[str, str]] = {
    "observed": ("#1b7837", ""),
    "estimated": ("#2166ac", ""),
    "assumed": ("#b2560d", "6 4"),
    "": ("#8a8a8a", "2 3"),
}
"""Colour and dashes of each mark; the last is what holds by construction."""

SHAPES: Mapping[str, str] = {
    "lever": "#ffffff",
    "calendar": "#f3f3f3",
    "events": "#e4eef7",
    "rate": "#ffffff",
    "stock": "#f6efe2",
    "outcome": "#e8e8e8",
}

Place = tuple[float, float]


def svg(mechanism: Mechanism) -> str:
    """The diagram. The title of every box and arrow says what it is and where its number comes from."""
    file = mechanism.file
    marks = {quantity.id: mark for quantity, mark in mechanism.quantities}
    edges = [*edges_of(file), *(Edge(outcome.of, outcome.id, "", "read off") for outcome in file.outcomes)]
    kinds = _kinds(file)
    columns = _columns(list(kinds), edges, {outcome.id for outcome in file.outcomes})
    places = _places(columns, edges)
    names = _names(file)
    wide = max(x for x, _ in places.values()) + WIDE + MARGIN
    high = max(y for _, y in places.values()) + HIGH + MARGIN
    arrows = "".join(_arrow(edge, places, marks) for edge in edges)
    boxes = "".join(
        _box(node, places[node], kind, names[node], _based(node, file, marks)) for node, kind in kinds.items()
    )
    heads = "".join(
        f'<marker id="to-{mark or "none"}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" '
        f'markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        for mark, (colour, _) in COLOURS.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" role="img" font-family="sans-serif" font-size="11"><title>Mechanisms of '
        f"{escape(mechanism.case.id)}</title><defs>{heads}</defs>{arrows}{boxes}</svg>"
    )


def _kinds(file: MechanismFile) -> dict[str, str]:
    lists = {
        "lever": file.levers,
        "calendar": file.calendar,
        "events": file.events,
        "rate": file.rates,
        "stock": file.stocks,
        "outcome": file.outcomes,
    }
    return {entry.id: kind for kind, entries in lists.items() for entry in entries}


def _names(file: MechanismFile) -> dict[str, str]:
    lists = (file.levers, file.calendar, file.events, file.rates, file.stocks, file.outcomes)
    return {entry.id: entry.name for entries in lists for entry in entries}


def _based(node: str, file: MechanismFile, marks: Mapping[str, str]) -> str:
    """The mark of the quantity that a node starts from; the forecast is marked estimated."""
    bases = {rate.id: rate.base for rate in file.rates} | {stock.id: stock.initial for stock in file.stocks}
    if node in {group.id for group in file.events}:
        return "estimated"
    return marks.get(str(bases.get(node)), "")


def _columns(nodes: Sequence[str], edges: Sequence[Edge], last: set[str]) -> list[list[str]]:
    """Nodes in columns: each as far right as the longest way to it that goes round no loop."""
    depth = dict.fromkeys(nodes, 0)
    into: dict[str, list[str]] = {node: [] for node in nodes}
    for edge in edges:
        into[edge.target].append(edge.source)
    done: dict[str, int] = {}

    def deep(node: str, above: frozenset[str]) -> int:
        if node in done:
            return done[node]
        ways = [deep(source, above | {node}) + 1 for source in into[node] if source not in above | {node}]
        done[node] = max(ways, default=0)
        return done[node]

    for node in nodes:
        depth[node] = deep(node, frozenset())
    far = max((depth[node] for node in nodes if node not in last), default=0) + 1
    for node in last:
        depth[node] = far
    return [[node for node in nodes if depth[node] == column] for column in range(far + 1)]


def _places(columns: list[list[str]], edges: Sequence[Edge]) -> dict[str, Place]:
    """Boxes ordered within their column by the middle of what they touch (Sugiyama's sweeps)."""
    touching: dict[str, list[str]] = {}
    for edge in edges:
        touching.setdefault(edge.source, []).append(edge.target)
        touching.setdefault(edge.target, []).append(edge.source)
    most = max(len(column) for column in columns)
    row = {node: _start(column, most) + i for column in columns for i, node in enumerate(column)}
    for _ in range(SWEEPS):
        for column in columns:
            middle = {
                node: sum(row[other] for other in touching.get(node, [node]))
                / len(touching.get(node, [node]))
                for node in column
            }
            column.sort(key=lambda node, middle=middle: middle[node])  # type: ignore[misc]
            row.update({node: _start(column, most) + i for i, node in enumerate(column)})
    return {
        node: (MARGIN + x * (WIDE + ACROSS), MARGIN + row[node] * (HIGH + GAP))
        for x, column in enumerate(columns)
        for node in column
    }


def _start(column: list[str], most: int) -> float:
    return (most - len(column)) / 2


def _box(node: str, place: Place, kind: str, name: str, mark: str) -> str:
    x, y = place
    colour, _ = COLOURS[mark]
    label = f"{name} ({kind}{', ' + mark if mark else ''})"
    shown = node if len(node) <= 30 else node[:29] + "…"
    corner = 0 if kind == "stock" else 12
    return (
        f'<g><title>{escape(label)}</title><rect x="{x:.1f}" y="{y:.1f}" width="{WIDE}" height="{HIGH}" '
        f'rx="{corner}" fill="{SHAPES[kind]}" stroke="{colour}"/><text x="{x + WIDE / 2:.1f}" '
        f'y="{y + HIGH / 2 + 4:.1f}" text-anchor="middle">{escape(shown)}</text></g>'
    )


def _arrow(edge: Edge, places: Mapping[str, Place], marks: Mapping[str, str]) -> str:
    (x, y), (to_x, to_y) = places[edge.source], places[edge.target]
    mark = marks.get(edge.size, "")
    colour, dashes = COLOURS[mark]
    y, to_y = y + HIGH / 2, to_y + HIGH / 2
    if to_x > x:
        start, bend = x + WIDE, (to_x - x - WIDE) / 2
        way = (
            f"M{start:.1f} {y:.1f}C{start + bend:.1f} {y:.1f} {to_x - bend:.1f} {to_y:.1f} "
            f"{to_x:.1f} {to_y:.1f}"
        )
    else:
        start, far = x + WIDE, ACROSS / 2
        way = (
            f"M{start:.1f} {y:.1f}C{start + far:.1f} {y + 40:.1f} {to_x - far:.1f} {to_y + 40:.1f} "
            f"{to_x:.1f} {to_y:.1f}"
        )
    label = f"{edge.source} to {edge.target}: {edge.kind}{f', {edge.size}, {mark}' if edge.size else ''}"
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="1.2"{dash} opacity="0.75" '
        f'marker-end="url(#to-{mark or "none"})"><title>{escape(label)}</title></path>'
    )
