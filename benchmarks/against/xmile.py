"""A mechanism as a model of system dynamics: a file of XMILE, which Stella, Vensim and PySD read.

Quantities are constants (their medians, until a run sets them); so are levers, the forecast of events and
noise, in whose place a run puts series. A stock has one flow, its value next month less that of now, so that
it is held between its bounds. Ids that begin with a digit are no names in XMILE.

XMILE 1.0, OASIS 2015, https://docs.oasis-open.org/xmile/xmile/v1.0/xmile-v1.0.html.
"""

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

import numpy as np

from against.equations import Equations
from vedette.scenario import Baseline, Mechanism
from vedette.scenario.engine.running import outside
from vedette.scenario.language.plan import plan_of

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>vedette</vendor><product version="1.0">vedette</product><name>{name}</name></header>
<sim_specs method="Euler" time_units="Months"><start>0</start><stop>{months}</stop><dt>1</dt></sim_specs>
"""
DRAWN = '<dimensions><dim name="draw"/></dimensions>'
SCALAR = (
    '\n<flow name="month"><eqn>1</eqn></flow>'
    '\n<stock name="months"><eqn>0</eqn><inflow>month</inflow></stock>'
)
"""A stock that is one number: without it PySD 3.14 makes one table of objects of all arrays."""
_EQUATION = re.compile("<eqn>(.*?)</eqn>")
_NAME = re.compile(r"(?<!&)\b[a-z](?:[\w-]*\w)?")


def entry(path: str) -> str:
    """The name in the model of a path that an ensemble keeps."""
    return word(f"{path[1:]}_factor" if path.startswith("*") else path)


def word(name: str) -> str:
    """A name, or all names of an equation, without the hyphens that XMILE reads as minus."""
    return _NAME.sub(lambda found: found[0].replace("-", "_"), name)


def needed(equations: Mapping[str, str], asked: Iterable[str]) -> dict[str, str]:
    """The equations on which some others rest, directly or not.

    >>> needed({"a": "b + 1", "b": "2", "c": "a"}, ["3 * a"])
    {'a': 'b + 1', 'b': '2'}
    """
    held = {word(name): equation for name, equation in equations.items()}
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        new = {name for name in _NAME.findall(word(waiting.pop())) if name in held} - found
        found |= new
        waiting += [held[name] for name in new]
    return {name: equation for name, equation in held.items() if name in found}


def xmile(mechanism: Mechanism, baseline: Baseline, draws: int = 0) -> str:
    """The text of a model file; time 0 is the first month, and stocks at time t are those before month t.

    With ``draws`` every entry is an array of so many, over a dimension named ``draw``, else one number.
    """
    plan = plan_of(mechanism.file)
    made = Equations(plan, *outside(mechanism, plan, baseline)[1:3])
    stocks = list(made.stocks())
    asked = [*(entry(name) for name in plan.kept), *(text for _, *texts in stocks for text in texts)]
    entries = [_aux(name, repr(value)) for name, value in _constants(mechanism, baseline).items()]
    entries += [_aux(*pair) for pair in needed(dict(made.auxiliaries()), asked).items()]
    for name, beginning, following in stocks:
        entries.append(_entry("flow", f"{name}_change", f"{following} - {name}"))
        entries.append(_entry("stock", name, beginning, f"<inflow>{word(name)}_change</inflow>"))
    body = "\n".join(entries)
    if draws:
        body = _EQUATION.sub(lambda found: f"{DRAWN}<eqn>{_NAME.sub(_indexed, found[1])}</eqn>", body)
        body += SCALAR
    elements = "".join(f'<elem name="d{draw}"/>' for draw in range(draws))
    dimensions = f'<dimensions><dim name="draw">{elements}</dim></dimensions>\n' if draws else ""
    head = HEAD.format(name=word(mechanism.case.id), months=len(mechanism.span))
    return f"{head}{dimensions}<model><variables>\n{body}\n</variables></model>\n</xmile>\n"


def _constants(mechanism: Mechanism, baseline: Baseline) -> dict[str, float]:
    """What a run sets, and what the references of elasticities are made of."""
    plan = plan_of(mechanism.file)
    first, _, _, usual = outside(mechanism, plan, baseline)
    half = np.full(1, 0.5)
    made = {quantity.id: quantity.distribution.quantile(half)[0] for quantity, _ in mechanism.quantities}
    for name, value in zip(plan.levers, first, strict=True):
        made |= {name: value, f"{name}_usual": value}
    for name, value in zip(plan.events, usual, strict=True):
        made |= {f"{name}_forecast": value, f"{name}_mean": value}
    made |= {f"{name}_noise": 0.0 for name in plan.noises} | {f"{name}_holds": 1.0 for name in plan.gates}
    return {name: float(value) for name, value in made.items()}


def _indexed(name: re.Match[str]) -> str:
    return f"{name[0]}[draw]"


def _aux(name: str, equation: str) -> str:
    return _entry("aux", name, equation)


def _entry(kind: str, name: str, equation: str, more: str = "") -> str:
    return f'<{kind} name="{word(name)}"><eqn>{escape(word(equation))}</eqn>{more}</{kind}>'
