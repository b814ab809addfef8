"""List what the scenarios of a case rest on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from vedette.brief.scenario_names import names_by_id, without_ids
from vedette.commands.age import DataAge
from vedette.commands.known import age_of
from vedette.commands.shown_mechanism import shown_case, shown_mechanism
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.scenario import Mechanism, Scenario
from vedette.scenario.answers import COLOURS, authors_of, rests_on, svg
from vedette.scenario.language.settings import path_in_words, rule_in_words

BY_CONSTRUCTION = "by construction"


@dataclass(frozen=True, eq=False)
class MechanismResult:
    """The mechanism of a case, and a row for each thing that it rests on with the outcomes that it moves."""

    case: str
    mechanism: Mechanism
    rows: list[dict[str, object]]
    age: DataAge

    def marks(self) -> dict[str, int]:
        """Returns how many rows are observed, estimated and assumed."""
        counts = Counter(str(row["mark"]) for row in self.rows)
        return {mark: counts[mark] for mark in ("observed", "estimated", "assumed")}

    def table(self) -> pl.DataFrame:
        """Returns a row for each thing that it rests on."""
        return pl.DataFrame(self.rows, infer_schema_length=None)

    def document(self) -> dict[str, Any]:
        """Returns the scenarios of the case, the rows, and each author's answer."""
        scenarios = [{"id": each.id, "name": each.name} for each in self.mechanism.scenarios.values()]
        head = {"case": self.case, "data": self.age.document()}
        return {**head, "scenarios": scenarios, "rests_on": self.rows, "authors": self.authors()}

    def scenario_rows(self) -> list[dict[str, Any]]:
        """Returns a row for each scenario, the base first: what it sets otherwise than that, in words."""
        mechanism = self.mechanism
        others = [each for each in mechanism.scenarios.values() if each is not mechanism.base]
        names = names_by_id(mechanism)
        return [
            {
                "id": each.id,
                "name": each.name,
                "base": each is mechanism.base,
                "levers": list(self._levers(each)),
                "rules": [rule_in_words(mechanism, rule) for rule in each.rules],
                "author": each.author,
                "source": without_ids(names, each.source),
                "note": each.note,
            }
            for each in (mechanism.base, *others)
        ]

    def _levers(self, scenario: Scenario) -> Iterator[dict[str, str]]:
        """The levers that a scenario sets, with their course in words."""
        for lever in self.mechanism.file.levers:
            if lever.id in scenario.paths:
                path = path_in_words(self.mechanism, scenario.paths[lever.id])
                yield {"name": lever.name, "unit": lever.unit, "path": path}

    @property
    def quantity_names(self) -> dict[str, str]:
        """The name of each number, by its id."""
        return {quantity.id: quantity.name for quantity, _ in self.mechanism.quantities}

    @property
    def diagram(self) -> str:
        """The diagram of what moves what, as SVG."""
        return svg(self.mechanism)

    @property
    def legend(self) -> tuple[tuple[str, str, str], ...]:
        """What the lines of the diagram stand for: words, colour, dashes."""
        return tuple((mark or BY_CONSTRUCTION, *look) for mark, look in COLOURS.items())

    def authors(self) -> list[dict[str, object]]:
        """Returns a row for each author of an assumption that several hold, with weight and answer."""
        return authors_of(self.mechanism)

    def write(self, out: Path) -> Path:
        """Writes the diagram as ``.svg``, or as ``.html`` with the tables of what it rests on.

        Raises:
            UsageError: another ending.
            StorageError: the file cannot be written; what stood there before is untouched.
        """
        if out.suffix not in (".svg", ".html"):
            raise UsageError(f"--out {out.name}: expected a name that ends in .svg or .html.")
        text = svg(self.mechanism) if out.suffix == ".svg" else self._page()
        return replace_file(out, text.encode(), "Choose another with --out.")

    def _page(self) -> str:
        from vedette.brief.mechanism_page import mechanism_page  # the templates of the brief

        return mechanism_page(self.mechanism, self.rows)


def mechanisms(case: str, as_of: date | None = None, *, edition: str | None = None) -> MechanismResult:
    """Returns the mechanism of a case with what it rests on, as known on a day (that of the case).

    With an edition it is that of the case as the edition holds it; else of the whole case.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: an edition that the case does not have, or that may not show the mechanism.
        DataError: the case has no mechanism.
    """
    read = shown_case(case, edition)
    mechanism = shown_mechanism(read, as_of)
    return MechanismResult(case, mechanism, rests_on(mechanism), age_of(read, as_of))
