"""What a mechanism rests on: every number with its mark, who says so, and what it moves."""

from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.reach import outcomes_of


def rests_on(made: Mechanism) -> list[dict[str, object]]:
    """A row for every quantity and branch of a mechanism, with its mark and the outcomes that it moves."""
    file, moved = made.file, outcomes_of(made.file)
    rows: list[dict[str, object]] = [
        {
            "id": quantity.id,
            "mark": mark,
            "name": quantity.name,
            "value": str(quantity.distribution),
            "unit": quantity.unit,
            "by": getattr(quantity, "author", ""),
            "rests_on": getattr(quantity, "fit", "") or getattr(quantity, "data", ""),
            "source": getattr(quantity, "source", ""),
            "why": getattr(quantity, "why", ""),
            "moves": ", ".join(moved.get(quantity.id, ())),
        }
        for quantity, mark in made.quantities
    ]
    for each in file.alternatives:
        for branch in each.branches:
            weight = "unweighted" if each.unweighted else f"weight {branch.weight:g}"
            rows.append(
                {
                    "id": f"{each.id}: {branch.id}",
                    "mark": "assumed",
                    "name": f"{each.name} {branch.name}",
                    "value": weight,
                    "unit": "",
                    "by": branch.author,
                    "rests_on": "",
                    "source": branch.source,
                    "why": branch.why,
                    "moves": ", ".join(moved.get(each.id, ())),
                }
            )
    return rows
