"""What a number of a mechanism rests on: its distribution, its mark and the chain behind it."""

from dataclasses import dataclass
from typing import Literal

from vedette.plurals import counted
from vedette.scenario.language.distributions import Distribution

Mark = Literal["observed", "estimated", "assumed"]


@dataclass(frozen=True)
class AuthorAnswer:
    """What one author holds: the distribution, its share in the pool (0 to 1), the day, ground and source."""

    author: str
    distribution: Distribution
    weight: float
    date: str
    why: str
    source: str


@dataclass(frozen=True)
class Ground:
    """What a quantity rests on.

    Attributes:
        distribution: what is drawn from.
        mark: observed, estimated or assumed, decided from the chain.
        rests_on: the rows, the fit or the pooling rule in words; empty for a plain assumption.
        source: where the data or the judgement come from.
        claims: ids of the claims of the case that it rests on.
        points: the number of independent points of a recipe; None where none was run.
        answers: the authors of an assumption, each with its answer; none if it is computed.
    """

    distribution: Distribution
    mark: Mark
    rests_on: str = ""
    source: str = ""
    claims: tuple[str, ...] = ()
    points: int | None = None
    answers: tuple[AuthorAnswer, ...] = ()

    @property
    def by(self) -> str:
        """The authors, joined by ``; ``; empty if it is computed."""
        return "; ".join(dict.fromkeys(answer.author for answer in self.answers))

    @property
    def why(self) -> str:
        """Why each author holds it; with several, after their names."""
        if len(self.answers) == 1:
            return self.answers[0].why
        return "; ".join(f"{answer.author}: {answer.why}" for answer in self.answers)


@dataclass(frozen=True)
class TooFew:
    """A recipe with too few points: how many there are and are needed, what it read, their noun."""

    points: int
    least: int
    rests_on: str
    noun: str = "point"

    @property
    def words(self) -> str:
        """``from 2 points, of at least 8; ...``."""
        return f"from {counted(self.points, self.noun)}, of at least {self.least}; {self.rests_on}"
