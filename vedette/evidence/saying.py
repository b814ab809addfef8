"""Says what a claim says, as one whole sentence: who does what to whom, how much, and when."""

import re
from collections.abc import Mapping

from vedette.case.schema import RELATIONS, RelationKind
from vedette.evidence.words import clean

_UNSEEN = 3
"""A word of a name with no more letters is not looked for in a statement."""
_MANY = (
    *("Activists", "Brigades", "Companies", "Crossings", "Forces", "Groups", "Insurgents", "Members"),
    *("Militias", "Officers", "Officials", "People", "Protesters", "Sons", "Units"),
)
"""Plural nouns that names end with; a noun in small letters that ends in s is one too."""
_AS_WHAT = " as terrorist"
"""What stands behind the object, of a verb that says as what it is listed."""
_PLURALS = {"is": "are", "has": "have", "relies": "rely"}
_VERBS = re.compile(
    r"\b(is|has|relies|sends|operates|strikes|shares|gives|sells|trains|advises|supports|commands|pays|belongs|"
    r"fights|threatens|lists|leads|controls|favours|opposes|withdraws|takes|runs|loses)\b"
)


def sentence(names: Mapping[str, str], subject: str, relation: str, object_: str) -> str:
    """A tie or an act in words.

    >>> sentence({"iran": "Iran", "kh": "Kataib Hezbollah"}, "iran", "training", "kh")
    'Iran trains or advises Kataib Hezbollah'
    >>> sentence({"usa": "United States", "aah": "AAH"}, "usa", "designation", "aah")
    'United States lists AAH as terrorist'
    """
    who, whom = called(names, subject), called(names, object_) if object_ else ""
    verb, after, _ = agreeing(RELATIONS[relation].meaning, who).partition(_AS_WHAT)
    return " ".join(filter(None, (who, verb, whom, after.strip())))


def called(names: Mapping[str, str], actor: str) -> str:
    """What an actor or a site is called in a sentence; a state by its country alone."""
    return names.get(actor, actor).removeprefix("Government of ")


def agreeing(verb: str, who: str) -> str:
    """Words that begin with a verb, in agreement with who acts.

    >>> agreeing("trains or advises", "Quds Force"), agreeing("trains or advises", "Members of parliament")
    ('trains or advises', 'train or advise')
    """
    last = re.split(r" (?:of|in|at|other|from|and)\b|,", who)[0].rpartition(" ")[2]
    if not (re.fullmatch(r"[a-z-]+[^su]s", last) or last in _MANY):
        return verb
    return _VERBS.sub(lambda found: _PLURALS.get(found[0], found[0][:-1]), verb)


def figure(row: Mapping[str, object]) -> str:
    """The figure of a claim with its unit, empty if it has none: ``1,500 to 2,000 persons``."""
    if row["low"] is None:
        return ""
    low, high = float(str(row["low"])), float(str(row["high"]))
    ends = f"{low:,.10g}" if low == high else f"{low:,.10g} to {high:,.10g}"
    return f"{ends} {row['unit']}".strip()


def claimed(names: Mapping[str, str], row: Mapping[str, object]) -> str:
    """What a claim says, as a sentence without its full stop.

    That is its statement, after the relation in words where the statement does not name who acts; without a
    statement the relation with figure and time, where a claim against it says that it is not so.

    Args:
        names: what actors and sites are called, by id.
        row: a row of `Ledger.claims`.
    """
    statement = str(row["statement"]).rstrip(".")
    said = _relation(names, row)
    if not statement:
        return said
    if RELATIONS[str(row["relation"])].kind is RelationKind.ACT and not _named(names, row, statement):
        return f"{said}: {statement}"
    how_many = figure(row)
    told = not how_many or any(part in statement for part in how_many.split() if part[0].isdigit())
    return statement if told else f"{statement} ({how_many})"


def _relation(names: Mapping[str, str], row: Mapping[str, object]) -> str:
    """The relation in words, with figure and time: Iran gives money to Badr: 3 USD million, in 2014."""
    relation = str(row["relation"])
    how_many, when = figure(row), _time(str(row["from"]), str(row["to"]))
    parts = (str(row["subject"]), relation, str(row["object"]))
    if RELATIONS[relation].kind is RelationKind.FIGURE:
        told = _amount(relation, called(names, parts[0]), how_many)
    else:
        told = sentence(names, *parts) + (f": {how_many}" if how_many else "")
    told += f", {when}" if when else ""
    return told if row["polarity"] == "+" else f"It is not so that {told}"


def _amount(relation: str, who: str, how_many: str) -> str:
    verb, after, unsaid = _AMOUNTS[relation]
    does = f"{who} {agreeing(verb, who)}"
    return f"{does} {how_many} {after}" if how_many else f"{does} {unsaid}"


_AMOUNTS: Mapping[str, tuple[str, str, str]] = {
    "strength": ("has", "under arms", "forces under arms, how many is not said"),
    "customs-revenue": ("took in", "of duty", "duty, how much is not said"),
    "revenue-potential": ("could take in", "of duty", "duty, how much is not said"),
    "leakage": ("loses", "of duty", "duty, how much is not said"),
    "budget": ("has", "to spend", "money to spend, how much is not said"),
}
"""Of each relation of figures: the verb, what follows the figure, and what follows where there is none."""


def _time(first: str, last: str) -> str:
    """When, in words: ``in 2014``, ``from 2014 to 2016-01``, ``since 2014``, ``until 2016``."""
    match bool(first), bool(last):
        case True, True:
            day = len(first) == len("2014-06-10")
            return f"from {first} to {last}" if first != last else f"{'on' if day else 'in'} {first}"
        case True, False:
            return f"since {first}"
        case False, True:
            return f"until {last}"
    return ""


def _named(names: Mapping[str, str], row: Mapping[str, object], statement: str) -> bool:
    """Whether a statement names the subject of a claim: by two words of its name, or the only one it has."""
    told, name = set(_words(statement)), set(_words(called(names, str(row["subject"]))))
    return bool(name) and len(name & told) >= min(2, len(name))


def _words(text: str) -> list[str]:
    return [word for word in clean(text).casefold().replace("-", " ").split() if len(word) > _UNSEEN]
