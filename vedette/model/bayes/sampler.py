"""Settings of the sampler: chains, warm-up, draws, target acceptance."""

from dataclasses import dataclass

from vedette.errors import UsageError


@dataclass(frozen=True)
class Sampler:
    """Settings of the No-U-Turn sampler (Hoffman and Gelman 2014, Journal of Machine Learning Research 15).

    ``chains`` independent chains, each with ``warmup`` draws that are thrown away, while step size and scales
    are learned, and ``draws`` that are kept. ``accept`` is the share of a step's accuracy aimed at: nearer to
    1 means smaller steps and fewer divergences. A trajectory doubles at most ``depth`` times.

    Raises:
        UsageError: a number that makes no sense.

    >>> Sampler(chains=2, draws=300).kept
    600
    """

    chains: int = 4
    warmup: int = 500
    draws: int = 500
    accept: float = 0.85
    depth: int = 10

    def __post_init__(self) -> None:
        least = {"chains": 1, "warmup": 20, "draws": 20, "depth": 1}
        for name, low in least.items():
            if getattr(self, name) < low:
                raise UsageError(f"sampler: expected {name} of at least {low}; found {getattr(self, name)}.")
        if not 0.5 <= self.accept < 1:
            raise UsageError(f"sampler: expected accept from 0.5 to below 1; found {self.accept}.")

    @property
    def kept(self) -> int:
        """Draws of all chains together."""
        return self.chains * self.draws
