"""The ties of a day as a drawing: a column for each side, lines by kind, thicker the more is believed."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from vedette import commands
from vedette.app.addresses import actor_address, tie_address
from vedette.app.drawings.layers import BOX, TALL, Layers, layers
from vedette.app.drawings.svg import GREY, INK, PAPER, Drawing, fitted, in_full, tag
from vedette.commands import DrawnActor, DrawnTie, DrawnTies, LineKind, Side
from vedette.plurals import counted

WIDTH = 1300
COLOURS = {
    Side.FOREIGN: "#4c7a5d",
    Side.STATE: "#12436b",
    Side.HYBRID: "#dfa878",
    Side.NON_STATE: "#b04a22",
    Side.OTHER: "#5b656e",
    Side.SITE: "#5b656e",
}
SIDES = {
    Side.FOREIGN: "From abroad",
    Side.STATE: "The state and its forces",
    Side.HYBRID: "Hybrid: paid by the state, led by others too",
    Side.NON_STATE: "Armed groups and parties",
    Side.OTHER: "People and others",
    Side.SITE: "Sites and places",
}
HEADS = {
    Side.FOREIGN: "From abroad",
    Side.STATE: "The state and its forces",
    Side.HYBRID: "Hybrid forces",
    Side.NON_STATE: "Armed groups and parties",
    Side.OTHER: "People, others",
    Side.SITE: "Sites",
}
LINES: Mapping[LineKind, tuple[str, str, str]] = {
    LineKind.SUPPORT: ("#12436b", "", "supports: troops, weapons, training, money and the like"),
    LineKind.STRUCTURE: ("#1c2730", "8 4", "commands, pays, belongs to, is allied with"),
    LineKind.HOSTILITY: ("#b04a22", "2 3", "fights or threatens, lists as terrorist"),
    LineKind.STANCE: ("#6a3d7c", "10 3 2 3", "favours or opposes the presence of"),
    LineKind.IDENTITY: ("#5b656e", "1 5", "is a front of, took the name of, split from"),
    LineKind.PRESENCE: ("#5b656e", "4 4", "is hosted at, leads, controls, handed over"),
}
"""Colour, dashes and words of each kind of line."""
KINDS = {
    "state": "state",
    "institution": "institution",
    "force": "force",
    "armed-group": "armed group",
    "party": "party, tribe, company",
    "person": "person",
    "class": "a class of actors",
    "": "site or place",
}
"""The kinds that have a form of their own; every other has that of a party."""
_FORMS = {
    "state": "M-5 -5H5V5H-5Z",
    "institution": "M0 -6L6 0L0 6L-6 0Z",
    "force": "M-5 -3.5L0 -6L5 -3.5V2L0 6L-5 2Z",
    "armed-group": "M0 -5.5L5.5 4.5H-5.5Z",
    "party": "M-5.5 -4.5H5.5L0 5.5Z",
    "person": "M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0",
    "class": "M-5 -5H5V-2H-5ZM-5 2H5V5H-5Z",
    "": "M-1.5 -5.5H1.5V-1.5H5.5V1.5H1.5V5.5H-1.5V1.5H-5.5V-1.5H-1.5Z",
}
_THIN, _THICK, _FEW = 0.6, 3.4, 90
"""Pixels of a line that is not believed, and of a certain one; thinner where there are more than so many."""
_AGED = 0.42
"""How strongly a line is drawn for which no claim is of the day."""


def network_drawing(drawn: DrawnTies, names: Mapping[str, str], known: str) -> Drawing:
    """Returns the drawing of the ties of a day; ``known`` says as of when they are known."""
    placed = layers(drawn, WIDTH)
    lines = Markup("").join(
        _line(tie, placed, names, drawn) for tie in sorted(drawn.ties, key=lambda tie: tie.belief)
    )
    nodes = Markup("").join(_node(actor, placed, drawn) for _, column in placed.columns for actor in column)
    title = f"Ties on {in_full(drawn.at)}: {counted(len(drawn.actors), 'actor or site', 'actors and sites')}"
    return Drawing(
        "ties",
        WIDTH,
        placed.height,
        title,
        f"Thicker: more believed. Pale: no source of the day, the tie ages. {known}",
        _heads(placed) + tag("g", lines, class_="lines", fill="none") + tag("g", nodes, class_="nodes"),
    )


def form_of(kind: str) -> str:
    """Returns the path of the form in which a kind of actor is drawn, around 0, 0."""
    return _FORMS.get(kind, _FORMS["party"])


def tied_to(actor: str, ties: Iterable[DrawnTie]) -> list[DrawnTie]:
    """Returns the ties that an actor has as subject or object."""
    return [tie for tie in ties if actor in (tie.subject, tie.object)]


def _heads(placed: Layers) -> Markup:
    """What each column holds."""
    heads = Markup()
    for x, column in placed.columns:
        sides = dict.fromkeys(actor.side for actor in column)
        words = " · ".join(HEADS[side] for side in sides)
        at = {"x": x}
        heads += tag("text", fitted(words, BOX + 20), y=12, font_weight="bold", fill=INK, **at)
        heads += tag("text", str(len(column)), y=27, fill=GREY, **at)
    return heads


def _line(tie: DrawnTie, placed: Layers, names: Mapping[str, str], drawn: DrawnTies) -> Markup:
    colour, dashes, _ = LINES[tie.kind]
    thick = (_THIN + (_THICK - _THIN) * tie.belief) * min(1.0, (_FEW / len(drawn.ties)) ** 0.5)
    path = tag(
        "path",
        tag("title", told(tie, names)),
        d=course(placed.places[tie.subject], placed.places[tie.object]),
        stroke=colour,
        stroke_width=round(thick, 2),
        stroke_dasharray=dashes or None,
        opacity=None if tie.stated else _AGED,
        class_=f"tie {tie.kind.value}{'' if tie.stated else ' aged'}",
        data_from=tie.subject,
        data_to=tie.object,
    )
    return tag("a", path, href=tie_address(tie.subject, tie.relations[0], tie.object, drawn.at), tabindex=-1)


def told(tie: DrawnTie, names: Mapping[str, str]) -> str:
    """Returns a line in words: its relations, how far it is believed, when it was last said."""
    said = "; ".join(commands.tie_in_words(names, (tie.subject, word, tie.object)) for word in tie.relations)
    contested = ", contested" if tie.contested else ""
    return f"{said}: believed {tie.belief:.0%}{contested}, last said {tie.said}"


def course(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Returns the path between two boxes: from side to side, or round the right of their column."""
    (x, y), (x2, y2) = start, end
    y, y2 = y + TALL / 2, y2 + TALL / 2
    if abs(x - x2) < 1:
        bulge = min(70, 18 + abs(y - y2) / 5)
        points = x + BOX, y, x + BOX + bulge, y, x + BOX + bulge, y2, x + BOX, y2
    elif x < x2:
        middle = (x + BOX + x2) / 2
        points = x + BOX, y, middle, y, middle, y2, x2, y2
    else:
        middle = (x + x2 + BOX) / 2
        points = x, y, middle, y, middle, y2, x2 + BOX, y2
    return "M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}".format(*points)


def _node(actor: DrawnActor, placed: Layers, drawn: DrawnTies) -> Markup:
    x, y = placed.places[actor.id]
    colour = COLOURS[actor.side]
    ties = tied_to(actor.id, drawn.ties)
    name = commands.short_name(actor.name)
    stands = f"{KINDS.get(actor.kind, actor.kind)}, {SIDES[actor.side].lower()}"
    what = f"{name}: {stands}; {counted(len(ties), 'line')}"
    box = tag("rect", width=BOX, height=TALL, rx=2, fill=PAPER, stroke=colour, class_="box")
    form = tag(
        "path", d=form_of(actor.kind), transform=f"translate(10 {TALL / 2})", fill=colour, class_="form"
    )
    label = tag("text", fitted(name, BOX - 22), x=20, y=12.6, fill=INK)
    inside = tag("title", what) + box + form + label
    shown = {
        "class_": f"node {actor.side.value}",
        "data_id": actor.id,
        "transform": f"translate({x:.1f} {y:.1f})",
    }
    if actor.side is Side.SITE:
        return tag("g", inside, tabindex=0, role="img", aria_label=what, **shown)
    return tag("a", inside, href=actor_address(actor.id, drawn.at), aria_label=what, **shown)
