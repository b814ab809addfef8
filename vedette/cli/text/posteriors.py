"""What `vedette fit --sampler nuts` shows: the posterior of every coefficient, and how far to believe it."""

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer

from vedette.cli.text import screen
from vedette.plurals import counted

if TYPE_CHECKING:
    from vedette.model.bayes import Posterior


class SamplerName(StrEnum):
    """How to sample the posterior."""

    NUTS = "nuts"


SamplerOption = Annotated[
    SamplerName | None, typer.Option("--sampler", help="Sample the posterior instead of maximising.")
]
Chains = Annotated[int, typer.Option(min=1, help="With --sampler: independent chains.")]
Samples = Annotated[
    int, typer.Option(min=20, help="With --sampler: draws a chain, after as many of warm-up.")
]


def show(found: "Posterior", panel: str, seed: int, *, json: bool, quiet: bool) -> None:
    """Prints a posterior; what its diagnosis warns of goes to standard error."""
    screen.warn(found.diagnosis.warnings, quiet=quiet)
    if json:
        rows = [asdict(each) for each in found.marginals]
        about = {"panel": panel, "sampler": "nuts", "seed": seed}
        screen.as_json(
            {**about, "coefficients": rows, "diagnosis": found.diagnosis.to_json(), "mark": "estimated"}
        )
        return
    kept = f"{counted(found.diagnosis.chains, 'chain')} of {counted(found.diagnosis.draws, 'draw')}"
    screen.table(_table(found), f"{panel}: posterior, {kept}, seed {seed}")


def _table(found: "Posterior") -> pl.DataFrame:
    rows = found.marginals
    least = [
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
            "draws_worth": ["-" if ess is None else f"{ess:.0f}" for ess in least],
        }
    )
