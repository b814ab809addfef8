"""What an intervention changed, and what followed where foreign troops left."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.app.works.one_state import of_one_state
from vedette.progress import Report


@of_one_state
def effect(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns what an intervention changed against what would have been, and what that cannot rule out."""
    found = commands.effect(
        served.case,
        options["of"],
        on=options["on"],
        months=options["months"],
        measure=commands.Measure(options["measure"]),
        as_of=served.as_of,
        edition=served.edition,
        draws=options["draws"],
        seed=options["seed"],
        report=report,
    )
    told = commands.effect_told(found)
    return {
        "name": found.changed.done.name,
        "series": found.changed.series.name,
        "first": told.first,
        "tables": [{"title": title, "rows": rows.to_dicts()} for title, rows in told.tables],
        "last": told.last,
        "done": told.done,
        "doubts": told.doubts,
        "measure": options["measure"],
        "periods": found.periods(),
        "rows": found.table().to_dicts(),
        "draws": found.draws,
        "seed": found.seed,
        "age": found.age.sentence(),
        "unplaced": commands.unplaced_lines(found.without_place),
    }


@of_one_state
def precedents(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns what followed where foreign troops left like those asked about, against years of staying."""
    report("Comparing wars", 0.0)
    found = commands.precedents(
        served.case,
        options["like"],
        years=options["years"],
        as_of=served.as_of,
        role=options["role"],
        others=options["others"],
        seed=options["seed"],
    )
    told = commands.precedents_told(found)
    report("Comparing wars", 1.0)
    return {
        "lines": told.lines,
        "departures": told.departures.to_dicts(),
        "legend": told.legend,
        "more": told.more,
        "notes": told.notes,
        "changes": [] if told.changes is None else told.changes.to_dicts(),
        "checks": [] if told.checks is None else told.checks.to_dicts(),
        "caveats": told.caveats,
        "doubts": told.doubts.to_dicts(),
        "left_out": told.left_out,
        "table": found.table().to_dicts(),
    }
