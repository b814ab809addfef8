"""Nouns of the Bayesian models come without JAX; their documented priors are those in use."""

import subprocess
import sys
from pathlib import Path

from vedette.model.bayes.priors import LEVEL

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "bayes.md"


def test_jax_is_imported_only_to_sample() -> None:
    late = ("jax", "numpyro", "arviz_stats")
    code = f"import sys, vedette.model.bayes; print([m for m in {late} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_the_page_names_the_priors_in_use() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for prior in LEVEL:
        assert f"| `{prior.name}` | {prior.scale} | {prior.centre} | {prior.sd} | {prior.reason} |" in page
