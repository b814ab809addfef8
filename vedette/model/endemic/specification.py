"""The specification of a model: components, family, spatial weights and lags."""

import re
from dataclasses import dataclass

from vedette.errors import UsageError
from vedette.model.endemic.formula import Component, Covariate, Season, Trend, component
from vedette.model.endemic.structure import (
    ComponentSize,
    Family,
    Intercept,
    LagKind,
    Lags,
    Space,
    SpaceKind,
    Structure,
)

_FAR = 10_000
ONE_LAG = Lags()
WEIGHTS: dict[str, Space] = {
    "raw": Space(normalised=False),
    "norm": Space(),
    "powerlaw": Space(SpaceKind.POWER_LAW, _FAR),
    "powerlaw-raw": Space(SpaceKind.POWER_LAW, _FAR, normalised=False),
    "pl0-norm": Space(SpaceKind.POWER_LAW_0, _FAR),
    "pl0-raw": Space(SpaceKind.POWER_LAW_0, _FAR, normalised=False),
    "order2": Space(SpaceKind.FREE, 2),
}


@dataclass(frozen=True)
class Specification:
    """An endemic-epidemic model in the words of `vedette.model.endemic.formula`.

    ``weights`` is one of ``raw`` (as given), ``norm`` (each source's weights sum to 1), ``powerlaw``,
    ``powerlaw-raw`` (order^-d, d estimated), ``pl0-norm``, ``pl0-raw`` ((order + 1)^-d, own unit
    included), ``order2`` (1 for neighbours, a free weight for theirs, normalised), or a `Space`.

    >>> Specification(end="fe + season(52)", family="poisson").structure.end
    ComponentSize(intercept=<Intercept.UNIT: 'fe'>, columns=2)
    """

    ar: str = "1"
    ne: str = "1"
    end: str = "1"
    family: str = "negbin1"
    weights: str | Space = "norm"
    lags: Lags = ONE_LAG

    @property
    def components(self) -> dict[str, Component | None]:
        """The components by name: ar, ne, end.

        Raises:
            UsageError: words that are no formula, or all three left out.
        """
        parts = {name: component(getattr(self, name), name) for name in ("ar", "ne", "end")}
        if not any(parts.values()):
            raise UsageError("--ar, --ne and --end: all three are left out. Keep at least one, like --end 1.")
        return parts

    @property
    def space(self) -> Space:
        """The weights between units.

        Raises:
            UsageError: no weights of that name.
        """
        if isinstance(self.weights, Space):
            return self.weights
        if self.weights not in WEIGHTS:
            raise UsageError(f"--weights: expected one of {', '.join(WEIGHTS)}; found {self.weights!r}.")
        return WEIGHTS[self.weights]

    @property
    def structure(self) -> Structure:
        """The shape of the model.

        Raises:
            UsageError: a word of the specification is not known.
        """
        if self.family not in set(Family):
            raise UsageError(f"--family: expected one of {', '.join(Family)}; found {self.family!r}.")
        ar, ne, end = (_part(part) for part in self.components.values())
        return Structure(ar, ne, end, self.space, self.lags, Family(self.family))

    @property
    def covariates(self) -> tuple[str, ...]:
        """The named series that the components need, each once."""
        named = [name for part in self.components.values() if part for name in part.covariates]
        return tuple(dict.fromkeys(named))


def lags_of(text: str) -> Lags:
    """The lags in words: ``1`` (the last period alone), ``geometric(12)`` or ``free(3)``.

    Raises:
        UsageError: none of these.

    >>> lags_of("geometric(12)").length
    12
    """
    match = re.fullmatch(r"(geometric|free)\((\d{1,3})\)", text.replace(" ", ""))
    if text.strip() == "1":
        return Lags()
    if not match or int(match.group(2)) < 2:
        raise UsageError(
            f"--lags: expected 1, geometric(12) or free(3), two periods at least; found {text!r}."
        )
    return Lags(LagKind(match.group(1)), int(match.group(2)))


def _part(part: Component | None) -> ComponentSize | None:
    if part is None:
        return None
    return ComponentSize(part.intercept, sum(_width(term) for term in part.terms))


def _width(term: Trend | Season | Covariate) -> int:
    return 2 * term.harmonics if isinstance(term, Season) else 1


def column_names(part: Component) -> tuple[str, ...]:
    """The names of a component's columns, as *surveillance* writes them.

    >>> column_names(component("1 + trend + season(52)"))
    ('I(t/100)', 'sin(2 * pi * t/52)', 'cos(2 * pi * t/52)')
    """
    names: list[str] = []
    for term in part.terms:
        match term:
            case Trend():
                names.append("I(t/100)")
            case Season(period, harmonics):
                waves = [f"{2 * s} * pi * t/{period:g}" for s in range(1, harmonics + 1)]
                names.extend(f"{wave}({angle})" for angle in waves for wave in ("sin", "cos"))
            case Covariate(name):
                names.append(name)
    return tuple(names)


def coefficient_names(specification: Specification, units: tuple[str, ...]) -> tuple[str, ...]:
    """Every coefficient by name, ``shared`` (P) first, then ``unit`` row by row (G x U).

    A name that ends in a dot and a unit is that unit's own.
    """
    structure, components = specification.structure, specification.components
    shared: list[str] = []
    unit: list[str] = []
    for name, part in components.items():
        if part is None:
            continue
        if part.intercept in (Intercept.SHARED, Intercept.POOLED):
            shared.append(f"{name}.1")
        shared.extend(f"{name}.{column}" for column in column_names(part))
        if part.intercept.by_unit:
            unit.extend(f"{name}.1.{place}" for place in units)
    shared.extend(_weight_names(structure))
    if structure.family is Family.NEGBIN1:
        shared.append("-log(overdisp)")
    if structure.family is Family.NEGBINM:
        unit.extend(f"-log(overdisp.{place})" for place in units)
    return (*shared, *unit)


def _weight_names(structure: Structure) -> list[str]:
    space = ["neweights.d"] if structure.spatial == 1 else []
    if structure.spatial > 1:
        space = [f"neweights.d{k + 1}" for k in range(structure.spatial)]
    if structure.temporal == 1:
        return [*space, "lagweights.k"]
    return [*space, *(f"lagweights.{k + 2}" for k in range(structure.temporal))]
