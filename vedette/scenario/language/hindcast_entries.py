"""The schema of ``hindcast:`` and of stocks on record in ``mechanisms.yaml``."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vedette.case.schema import Month, Number, Slug, Text


class _HindcastPart(BaseModel):
    """The base of the entries here: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StockRecord(_HindcastPart):
    """Where claims say what a stock has been: the strengths of main forces of forces.csv, added up.

    Figures of ``bound_from`` and later count more than the stock does: they are upper bounds.
    """

    strength: Annotated[tuple[Text, ...], Field(min_length=1, description="ids of main forces")]
    bound_from: Month | None = None


class AskedChance(_HindcastPart):
    """A chance that is asked of a start: that a stock passes ``above`` in some month up to ``by``."""

    start: Month
    of: Slug
    above: Number
    by: Month


class HindcastEntry(_HindcastPart):
    """Past months from which the mechanism is run: ``fit`` to fit it on, ``held`` that nobody fitted."""

    fit: Annotated[tuple[Month, ...], Field(min_length=1, description="months like 2011-12")]
    held: tuple[Month, ...] = ()
    asked: tuple[AskedChance, ...] = ()

    @property
    def starts(self) -> tuple[str, ...]:
        """All starts, in order of time."""
        return tuple(sorted({*self.fit, *self.held}))
