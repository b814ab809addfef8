"""`Case`: one question about one conflict, read from its folder; immutable."""

import os
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from vedette.cache import Cache
from vedette.case.author_notes import AuthorNote
from vedette.case.geography import regions as drawn
from vedette.case.geography.places import Places, Points
from vedette.case.geography.regions import MapPart, Region
from vedette.case.schema import strata as classes
from vedette.case.schema.event_types import counted_types
from vedette.case.schema.judgement import Edition, Question, Weights
from vedette.case.schema.settings import Bounds, Country, Credit, Download, Partial
from vedette.case.schema.strata import Dyad, Stratum
from vedette.errors import Problem, StorageError
from vedette.files import cure_for, scratch
from vedette.periods import Days, Step

SHIPPED = Path(__file__).resolve().parent.parent / "cases"
"""The folder of the cases that come with vedette."""


@dataclass(frozen=True, eq=False)
class Case:
    """One question about one conflict.

    The frames are the tables of the folder with their column names, with types for dates and numbers; an
    empty cell of text is an empty string. A table that the folder lacks has no rows (``observed`` and
    ``totals``: None). Months are text (2014-06), and so are the dates of claims, forces, actors and sources,
    whose precision differs.
    """

    folder: Path
    id: str
    title: str
    question: str
    country: Country
    step: Step
    start: date
    as_of: date | None
    horizon: int
    """The number of periods to forecast."""
    scale: str
    """The scale of likelihood words: icd203 or phia."""
    places: Places
    regions: tuple[Region, ...]
    strata: tuple[Stratum, ...]
    """In the order of display; the last is ``other``."""
    dataset: str
    partial: Partial | None
    covers: tuple[Days, ...]
    """The days that observed.csv covers for the data set; none where they follow from its rows."""
    types: tuple[str, ...]
    """The types and sub-types of events that are counted, as written; none for the usual ones."""
    literal_words: tuple[str, ...]
    """Words for a missing value that are names in this case."""
    sites: pl.DataFrame
    actors: pl.DataFrame
    sources: pl.DataFrame
    claims: pl.DataFrame
    retractions: pl.DataFrame
    forces: pl.DataFrame
    observed: pl.DataFrame | None
    totals: pl.DataFrame | None
    posture: pl.DataFrame
    timeline: pl.DataFrame
    interventions: pl.DataFrame
    credits: tuple[Credit, ...]
    downloads: tuple[Download, ...]
    bounds: Bounds
    """West, south, east, north in degrees."""
    weights: Weights
    """The weights of claims: log likelihood ratios by grade and hedge."""
    editions: tuple[Edition, ...]
    """The editions; the first is the default."""
    anonymity: int
    """The k of k-anonymity: how many actors a protected claim must fit at least."""
    questions: tuple[Question, ...]
    notes: tuple[AuthorNote, ...] = ()
    """The author's own words by section of the brief, in the order of notes.md."""
    edition: str = ""
    """The id of the edition; empty for the full case."""
    withheld: bool = False
    """Whether the edition leaves something out."""
    public_ids: Mapping[str, str] = field(default_factory=dict)
    """What the edition calls each claim and source that it shows, by id in the case; empty if as there."""

    def shows(self, handling: str) -> bool:
        """Whether the edition may show something with this marking.

        Something without a marking may be shown only if the edition withholds nothing.
        """
        if not self.edition or not handling:
            return not self.withheld
        return next(edition for edition in self.editions if edition.id == self.edition).allows(handling)

    @cached_property
    def parts(self) -> tuple[MapPart, ...]:
        """The places, cut by the drawn regions: see `vedette.case.geography.regions.parts`."""
        return drawn.parts(self.places, self.regions)

    def regions_at(self, points: Points) -> list[tuple[str, ...]]:
        """Ids of the drawn regions that contain points, shape (N, 2) of longitude, latitude."""
        return drawn.regions_at(self.regions, points)

    def stratum_of(
        self, dyad_id: str, dyad: str, side_a_id: str, side_a: str, side_b_id: str, side_b: str
    ) -> str:
        """Id of the stratum of a dyad; without ids it is found by the names.

        Raises:
            CaseError: two strata include the dyad.
        """
        return classes.stratum_of(self.strata, Dyad(dyad_id, dyad, side_a_id, side_a, side_b_id, side_b))

    def strata_of(self, table: pl.DataFrame) -> pl.Series:
        """`stratum_of` for each row of a table with columns dyad_id, dyad, side_a_id, ..., side_b.

        Raises:
            CaseError: two strata include a dyad.
        """
        return classes.strata_of(self.strata, table)

    def contested_dyads(self, table: pl.DataFrame) -> Iterator[Problem]:
        """The problems of dyads of a table, with the columns of `strata_of`, that two strata include."""
        return classes.contested_dyads(self.strata, table)

    @property
    def typed(self) -> str:
        """The case as one types it in a command: its name if it is shipped, else the path of its folder."""
        if self.folder.parent == SHIPPED:
            return self.id
        return shlex.quote(min(os.path.relpath(self.folder), str(self.folder), key=len))

    def counted_types(self, dataset: str) -> tuple[str, ...]:
        """The types and sub-types of a data set that the case counts, in small letters; empty if all are."""
        return counted_types(dataset, self.types if dataset == self.dataset else ())

    def workspace(self) -> Path:
        """The folder of ``events/`` and ``.vedette/``: the case folder; for a shipped case one of the user.

        For a shipped case it is ``$VEDETTE_HOME/<id>``, by default ``~/.vedette/<id>``. It may not exist yet.
        """
        return workspace_of(self.folder)

    @property
    def apart(self) -> bool:
        """Whether the edition withholds something: then nothing made from the whole case may be told in it.

        In a shipped case nothing is secret.
        """
        return self.withheld and self.folder.parent != SHIPPED

    @property
    def cache(self) -> Cache:
        """The answers kept for this case; those of an edition that withholds something are its own.

        An edition that withholds nothing is the whole case, and shares its answers. So do all editions of a
        shipped case, in which nothing is secret.
        """
        return Cache(self.workspace(), folder_of_user(), self.edition if self.apart else "")

    def writable_workspace(self) -> Path:
        """The `workspace`, created if missing, after a test that it can be written.

        Raises:
            StorageError: it cannot be created or written.
        """
        folder = self.workspace()
        try:
            with scratch(folder):
                return folder
        except OSError as error:
            allow = "Allow writing there, copy the case elsewhere, or for a shipped case set VEDETTE_HOME."
            cure = cure_for(error, allow)
            raise StorageError(f"{folder} cannot be written ({error.strerror}). {cure}") from error


def workspace_of(folder: Path) -> Path:
    """The workspace of the case in a folder: see `Case.workspace`."""
    if folder.parent != SHIPPED:
        return folder
    return folder_of_user() / folder.name


def folder_of_user() -> Path:
    """The folder of the user's own: ``$VEDETTE_HOME``, by default ``~/.vedette``."""
    home = os.environ.get("VEDETTE_HOME")
    return Path(home) if home else Path.home() / ".vedette"


def shipped_cases() -> Iterator[str]:
    """Names of the cases that come with vedette."""
    if SHIPPED.is_dir():
        yield from sorted(entry.name for entry in SHIPPED.iterdir() if (entry / "case.yaml").is_file())
