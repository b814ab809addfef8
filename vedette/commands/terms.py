"""The terms and covariates that a user adds to the endemic-epidemic model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from vedette.counts import Notation
from vedette.errors import UsageError
from vedette.model import OWN_TERMS, ComponentFormulas, EndemicEpidemic, History, Model
from vedette.model.endemic.specification import Specification


@dataclass(frozen=True)
class Formula:
    """Terms of an endemic-epidemic model as a user types them, and the file of the series that they name."""

    terms: ComponentFormulas = OWN_TERMS
    covariates: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.terms or self.covariates)

    def document(self) -> Mapping[str, str]:
        """Returns the terms as typed and the name of the file; what was left out is not there."""
        file = {"covariates": self.covariates.name} if self.covariates else {}
        return {name: text for name, text in asdict(self.terms).items() if text} | file


NO_FORMULA = Formula()


def with_formula(
    model: Model, formula: Formula, *, past: History, horizons: int, notation: Notation
) -> Model:
    """Returns the model with these terms, and their series up to the last period ahead.

    Raises:
        UsageError: terms or covariates for a model that has none, or one of the two without the other.
        DataError: covariates that lack a series, or a period up to the last one forecast.
    """
    from vedette.model.endemic.covariates import read_ahead

    terms, covariates = formula.terms, formula.covariates
    if not formula:
        return model
    if not isinstance(model, EndemicEpidemic):
        raise UsageError(
            f"--covariates, --ar, --ne and --end: expected --model endemic-epidemic, which alone has terms; "
            f"found {model.name}. Add --model endemic-epidemic."
        )
    with_terms = replace(model, terms=terms)
    names = Specification(terms.ar or "1", terms.ne or "0", terms.end or "1").covariates
    if names and covariates is None:
        raise UsageError(f"terms: expected a file that holds {', '.join(names)}. Name it with --covariates.")
    if covariates is None:
        return with_terms
    if not names:
        raise UsageError(
            f"--covariates {covariates.name}: expected terms that name a series of it; found none. Name one, "
            'like --end "1 + troops".'
        )
    learned = with_terms.learned(past)
    span = replace(learned, last=learned.last + horizons)
    return replace(with_terms, covariates=read_ahead(covariates, notation, span, past.units, names))
