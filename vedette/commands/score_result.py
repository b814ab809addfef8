"""Scores as the commands answer with them: of a case over past origins, and of forecasts in files."""

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl

from vedette.case import Case
from vedette.commands.age import DataAge
from vedette.commands.known import without_place_document
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.model import By
from vedette.panel import WithoutPlace
from vedette.score import SCORES, Scorecard, reference, score_table, summarise, unit_bands


class Rules(StrEnum):
    """The conventions by which forecast files are read and scored."""

    VEDETTE = "vedette"
    VIEWS = "views"


_CHALLENGE = ("crps", "ign", "mis")


@dataclass(frozen=True, eq=False)
class ScoreResult:
    """The record of models over the past origins of a case; ``name`` is the case as it was asked for.

    ``notes``: what to know of the history that was scored.
    """

    name: str
    case: Case
    by: By
    card: Scorecard
    seed: int
    age: DataAge
    without_place: tuple[WithoutPlace, ...] = ()
    """The deaths without a place in the scored months and the last two years, for scores by place."""
    notes: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The model that skill is measured against."""
        return reference(self.card)

    def table(self) -> pl.DataFrame:
        """Returns a row for each model, best first."""
        return score_table(self.card)

    def document(self) -> dict[str, Any]:
        """Returns the terms of scoring and everything that the scores add up to."""
        about: dict[str, Any] = {
            **{"case": self.name, "measure": self.card.measure, "by": self.by},
            **{"data": self.age.document(), "notes": list(self.notes)},
        }
        about |= without_place_document(self.without_place)
        return {**about, "terms": asdict(self.card.terms), **summarise(self.card, self.seed)}

    def write_scores(self, out: Path) -> Path:
        """Writes every single score to a .csv or .parquet file."""
        return _write_table(self.card.table, out)

    def write_page(self, out: Path) -> Path:
        """Writes the record as one HTML page that works without a network."""
        from vedette.brief.blocks import SourceEntry  # charts: half a second that no other command needs
        from vedette.brief.reliability import record_page

        credits_ = self.case.credits
        sources = [
            SourceEntry(credit.dataset, credit.text, credit.licence, credit.url) for credit in credits_
        ]
        page = record_page(self.card, self.case.title, self.by, self.case.step, sources, self.card.terms.seed)
        return replace_file(out, page.encode(), "Choose another with --page.")


@dataclass(frozen=True, eq=False)
class FileScoreResult:
    """The scores of forecasts in files; ``about`` maps what each file is to its name."""

    about: Mapping[str, str]
    card: Scorecard
    rules: Rules
    seed: int

    @property
    def against(self) -> str | None:
        """The model that skill is measured against, if there is one."""
        return self.card.models[1] if len(self.card.models) > 1 else None

    def table(self) -> pl.DataFrame:
        """Returns a row for each model: the main score with its 90 % interval over units, then the others."""
        card, main = self.card, self._main
        kept = _CHALLENGE if self.rules is Rules.VIEWS else tuple(name for name in SCORES if name != "crps")
        inside = card.coverage("model").filter(level=0.9).select("model", pl.col("share").alias("inside_90"))
        whole = card.means("model").select("model", "cells", *kept)
        for part in (self._bands().select("model", "low", "high", "skill"), inside):
            whole = whole.join(part, on="model", how="left", maintain_order="left")
        return whole.select("model", main, "low", "high", pl.exclude("model", main, "low", "high", "cells"))

    def document(self) -> dict[str, Any]:
        """Returns the files, the terms of scoring, and the scores by model, horizon and unit."""
        card = self.card
        return {
            **self.about,
            "rules": self.rules,
            "terms": asdict(card.terms),
            "scores": card.means("model").to_dicts(),
            "bands": self._bands().to_dicts(),
            "seed_noise": card.seed_noise().to_dicts(),
            "by_horizon": card.means("model", "horizon").to_dicts(),
            "by_unit": card.means("model", "unit").to_dicts(),
            "active": card.active().means("model").to_dicts(),
            "coverage": card.coverage("model").to_dicts(),
            "pit": card.pit_histogram().to_dicts(),
        }

    def write_scores(self, out: Path) -> Path:
        """Writes every single score to a .csv or .parquet file."""
        return _write_table(self.card.table, out)

    @property
    def _main(self) -> str:
        return "crps" if self.rules is Rules.VIEWS else "crps_fair"

    def _bands(self) -> pl.DataFrame:
        return unit_bands(self.card, self._main, self.against, seed=self.seed)


def _write_table(table: pl.DataFrame, out: Path) -> Path:
    match out.suffix:
        case ".csv":
            return replace_file(out, table.write_csv().encode())
        case ".parquet":
            content = io.BytesIO()
            table.write_parquet(content)
            return replace_file(out, content.getvalue())
        case _:
            raise UsageError(f"{out.name}: write to a file that ends in .csv or .parquet")
