"""The numbers of a mechanism: each with its mark, its author or source, and the outcomes it moves."""

from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.reach import outcomes_of


def rests_on(mechanism: Mechanism) -> list[dict[str, object]]:
    """A row for every quantity and branch of a mechanism, with its mark and the outcomes that it moves."""
    file, moved = mechanism.file, outcomes_of(mechanism.file)
    rows: list[dict[str, object]] = [
        {
            "id": quantity.id,
            "mark": mark,
            "name": quantity.name,
            "value": str(quantity.distribution),
            "unit": quantity.unit,
            "by": quantity.ground.by,
            "rests_on": quantity.ground.rests_on,
            "points": quantity.ground.points,
            "source": quantity.ground.source,
            "why": quantity.ground.why,
            "moves": ", ".join(moved.get(quantity.id, ())),
        }
        for quantity, mark in mechanism.quantities
    ]
    for alternative in file.alternatives:
        for branch in alternative.branches:
            weight = "unweighted" if alternative.unweighted else f"weight {branch.weight:g}"
            rows.append(
                {
                    "id": f"{alternative.id}: {branch.id}",
                    "mark": "assumed",
                    "name": f"{alternative.name} {branch.name}",
                    "value": weight,
                    "unit": "",
                    "by": branch.author,
                    "rests_on": "",
                    "points": None,
                    "source": branch.source,
                    "why": branch.why,
                    "moves": ", ".join(moved.get(alternative.id, ())),
                }
            )
    return rows


def authors_of(mechanism: Mechanism) -> list[dict[str, object]]:
    """A row for each author of an assumption that has several: the weight in the pool and the answer."""
    return [
        {
            "assumption": quantity.id,
            "author": answer.author,
            "weight": round(answer.weight, 6),
            "value": str(answer.distribution),
            "unit": quantity.unit,
            "date": answer.date,
            "source": answer.source,
            "why": answer.why,
        }
        for quantity, _ in mechanism.quantities
        if len(quantity.ground.answers) > 1
        for answer in quantity.ground.answers
    ]
