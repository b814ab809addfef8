"""A fitted endemic-epidemic model as the commands answer with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from vedette.model.bayes import Posterior
from vedette.plurals import counted

if TYPE_CHECKING:
    from vedette.model.endemic.fit import Coefficient, Fit


@dataclass(frozen=True, eq=False)
class FitResult:
    """A fit by maximum likelihood; ``about`` is the table or the case that it was fitted to."""

    about: Mapping[str, Any]
    fit: "Fit"

    def table(self) -> pl.DataFrame:
        """Returns a row for each coefficient: estimate, standard error, boundary, as text."""
        rows = [*self.fit.coefficients, *self.fit.overdispersion]
        # A column of text: from the boundaries alone Polars makes an enum in which "" is no value.
        return pl.DataFrame(
            {
                "coefficient": [each.name for each in rows],
                "estimate": [f"{each.estimate:.5f}" for each in rows],
                "standard error": ["-" if each.se is None else f"{each.se:.5f}" for each in rows],
                "boundary": [each.boundary.value if each.boundary else "" for each in rows],
            },
            schema_overrides={"boundary": pl.String},
        )

    def remarks(self) -> list[str]:
        """Returns what a reader of the numbers must know: boundaries, a search that did not converge."""
        flat = [f"{each.name} ({each.boundary})" for each in self.fit.coefficients if each.boundary]
        remarks = [f"on a boundary, without standard error: {', '.join(flat)}"] if flat else []
        if not self.fit.converged:
            remarks.append(f"not converged after {counted(self.fit.steps, 'step')}; do not use these numbers")
        return remarks

    def document(self) -> dict[str, Any]:
        """Returns the specification, the criteria and every coefficient."""
        fit, specification = self.fit, self.fit.specification
        return {
            **self.about,
            "family": specification.family,
            "ar": specification.ar,
            "ne": specification.ne,
            "end": specification.end,
            "weights": specification.weights,
            "lags": f"{specification.lags.kind}({specification.lags.length})",
            "log_likelihood": fit.log_likelihood,
            "aic": fit.aic,
            "bic": fit.bic,
            "n": fit.n,
            "k": fit.k,
            "converged": fit.converged,
            "steps": fit.steps,
            "boundary": [each.name for each in fit.coefficients if each.boundary],
            "coefficients": [_row(each) for each in fit.coefficients],
            "overdispersion": [_row(each) for each in fit.overdispersion],
            "mark": "estimated",
        }


def _row(coefficient: "Coefficient") -> dict[str, Any]:
    return {
        "name": coefficient.name,
        "estimate": coefficient.estimate,
        "se": coefficient.se,
        "boundary": coefficient.boundary,
    }


@dataclass(frozen=True, eq=False)
class PosteriorResult:
    """A sampled posterior; ``about`` is the table or the case whose model it is."""

    about: Mapping[str, Any]
    posterior: Posterior
    seed: int

    def table(self) -> pl.DataFrame:
        """Returns a row for each coefficient: mean, sd, 90 % interval, R-hat, effective sample size."""
        rows = self.posterior.marginals
        sizes = [
            None if each.ess_bulk is None or each.ess_tail is None else min(each.ess_bulk, each.ess_tail)
            for each in rows
        ]
        return pl.DataFrame(
            {
                "coefficient": [each.name for each in rows],
                "mean": [f"{each.mean:.4f}" for each in rows],
                "sd": [f"{each.sd:.4f}" for each in rows],
                "low_90": [f"{each.low:.4f}" for each in rows],
                "high_90": [f"{each.high:.4f}" for each in rows],
                "rhat": ["-" if each.rhat is None else f"{each.rhat:.3f}" for each in rows],
                "draws_worth": ["-" if size is None else f"{size:.0f}" for size in sizes],
            }
        )

    def remarks(self) -> list[str]:
        """Returns what the diagnosis of the chains warns of."""
        return list(self.posterior.diagnosis.warnings)

    def document(self) -> dict[str, Any]:
        """Returns the marginal posterior of every coefficient and the diagnosis of the chains."""
        return {
            **self.about,
            "sampler": "nuts",
            "seed": self.seed,
            "coefficients": [asdict(each) for each in self.posterior.marginals],
            "diagnosis": self.posterior.diagnosis.to_json(),
            "mark": "estimated",
        }
