"""What an endemic-epidemic model consists of: small and hashable, so that compiled code can be kept."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """The distribution of a count around its mean: variance mu, mu + psi mu^2, mu + psi[unit] mu^2."""

    POISSON = "poisson"
    NEGBIN1 = "negbin1"
    NEGBINM = "negbinM"


class Intercept(StrEnum):
    """``1``: one for all units; ``fe``: one for each unit; ``ri``: one for each, pulled to their mean."""

    NONE = "0"
    SHARED = "1"
    UNIT = "fe"
    POOLED = "ri"

    @property
    def by_unit(self) -> bool:
        """Whether each unit has its own."""
        return self in (Intercept.UNIT, Intercept.POOLED)


class SpaceKind(StrEnum):
    """How the weight of a neighbour depends on its order: given, a power law, a power law that counts the
    own unit too (order + 1), or a free weight for each order."""

    FIXED = "fixed"
    POWER_LAW = "powerlaw"
    POWER_LAW_0 = "pl0"
    FREE = "free"


class LagKind(StrEnum):
    """How the weight of the past depends on its age: the last period alone, geometric, or free weights."""

    ONE = "one"
    GEOMETRIC = "geometric"
    FREE = "free"


@dataclass(frozen=True)
class ComponentSize:
    """One component: its intercept and the number of its other coefficients."""

    intercept: Intercept
    columns: int = 0

    @property
    def shared(self) -> int:
        """Coefficients that all units share; the mean of pooled intercepts is one."""
        return (self.intercept in (Intercept.SHARED, Intercept.POOLED)) + self.columns


@dataclass(frozen=True)
class Space:
    """Weights between units: kind, highest order, and whether the weights of each source sum to 1."""

    kind: SpaceKind = SpaceKind.FIXED
    max_order: int = 1
    normalised: bool = True

    @property
    def shared(self) -> int:
        """Coefficients: the decay, or one for each order after the first."""
        match self.kind:
            case SpaceKind.FIXED:
                return 0
            case SpaceKind.FREE:
                return self.max_order - 1
            case _:
                return 1


@dataclass(frozen=True)
class Lags:
    """Weights over the last ``length`` periods; they sum to 1.

    >>> Lags(LagKind.GEOMETRIC, 12).shared
    1
    """

    kind: LagKind = LagKind.ONE
    length: int = 1

    @property
    def shared(self) -> int:
        """Coefficients: one for geometric weights, ``length - 1`` for free ones."""
        return {LagKind.ONE: 0, LagKind.GEOMETRIC: 1, LagKind.FREE: self.length - 1}[self.kind]


@dataclass(frozen=True)
class Structure:
    """The shape of a model. A missing component (None) is exactly 0.

    Coefficients come in two blocks, which every function of this package takes and gives in this order:

    - ``shared`` (P,): those of all units. Component by component (ar, ne, end) the intercept, if ``1`` or
      ``ri`` (then the mean of the units' intercepts), and the columns; then the weights, the lags, and with
      ``negbin1`` the dispersion.
    - ``unit`` (G, U): a row for each component with an intercept per unit (ar, ne, end), then with
      ``negbinM`` the dispersion.

    Dispersion is held as -log psi.
    """

    ar: ComponentSize | None
    ne: ComponentSize | None
    end: ComponentSize | None
    space: Space = Space()
    lags: Lags = Lags()
    family: Family = Family.NEGBIN1

    @property
    def parts(self) -> tuple[ComponentSize | None, ComponentSize | None, ComponentSize | None]:
        """ar, ne, end."""
        return self.ar, self.ne, self.end

    @property
    def shared(self) -> int:
        """P, the number of shared coefficients."""
        inside = sum(part.shared for part in self.parts if part)
        return inside + self.spatial + self.temporal + (self.family is Family.NEGBIN1)

    @property
    def spatial(self) -> int:
        """The number of coefficients of the weights between units."""
        return self.space.shared if self.ne else 0

    @property
    def temporal(self) -> int:
        """The number of coefficients of the lags."""
        return self.lags.shared if self.ar or self.ne else 0

    @property
    def groups(self) -> int:
        """G, the number of coefficients that each unit has of its own."""
        own = sum(part.intercept.by_unit for part in self.parts if part)
        return own + (self.family is Family.NEGBINM)
