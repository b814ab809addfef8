"""Scenarios compared, levers set otherwise, signs, which scenario is on course, and past starts."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from vedette import commands
from vedette.app.served import Served
from vedette.app.works.one_state import of_one_state
from vedette.progress import Report


@of_one_state
def compare(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns scenarios compared, the first with each other one, and what drives the differences."""
    simulated = commands.ensemble(
        served.case,
        options["scenarios"],
        as_of=served.as_of,
        edition=served.edition,
        draws=options["draws"],
        seed=options["seed"],
        report=report,
    )
    comparison = commands.compare(simulated, report=report)
    return _compared(comparison) | _driven(comparison, report)


@of_one_state
def levers(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns a scenario compared with itself under other levers."""
    question = commands.LeverQuestion(
        options["scenario"], options["levers"], options["by"], options["readings"]
    )
    comparison = commands.what_if(
        served.case,
        question,
        as_of=served.as_of,
        edition=served.edition,
        draws=options["draws"],
        seed=options["seed"],
        report=report,
    )
    return _compared(comparison)


@of_one_state
def signs(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns the early signs as they are read."""
    found = commands.signs(
        served.case, as_of=served.as_of, edition=served.edition, seed=options["seed"], report=report
    )
    return {
        "day": found.day,
        "rows": found.shown().to_dicts(),
        "fired": found.fired,
        "stale": [row.stale for row in found.rows if row.stale],
    }


@of_one_state
def track(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns which scenario is on course, and which branch the months since speak for."""
    found = commands.track(
        served.case, as_of=served.as_of, edition=served.edition, seed=options["seed"], report=report
    )
    told = commands.track_told(found)
    return {
        "since": told.since,
        "course": told.course,
        "signs": told.signs,
        "alternatives": [
            {"name": each.name, "rivals": each.rivals.to_dicts(), "verdict": each.verdict}
            for each in told.alternatives
        ],
        "collecting": told.collecting,
        "legend": told.legend,
    }


@of_one_state
def hindcast(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns how runs of the mechanism from past days stood against what came."""
    found = commands.hindcast(served.case, edition=served.edition, seed=options["seed"], report=report)
    told = commands.hindcast_told(found)
    return {
        "parts": [
            {"title": part.title, "tables": _titled(part.tables), "verdict": part.verdict}
            for part in told.parts
        ],
        "asked": told.asked,
        "weights": told.weights.to_dicts(),
        "grounds": told.grounds,
        "legend": told.legend,
    }


def _compared(comparison: commands.ScenarioComparison) -> dict[str, Any]:
    ensemble, labels = comparison.ensemble, comparison.months.labels()
    return {
        "scenarios": [{"id": each.id, "name": each.name} for each in ensemble.scenarios],
        "headline": comparison.headline.name,
        "sentences": [each.text for each in comparison.sentences],
        "grounds": comparison.grounds,
        "cautions": comparison.cautions,
        "history": comparison.history.verdict,
        "overview": comparison.overview().to_dicts(),
        "intervals": comparison.intervals(),
        "outcomes": list(_outcomes(comparison)),
        "rules": comparison.rule_lines(),
        "enumeration": ensemble.enumeration,
        "baseline": ensemble.baseline.source,
        "draws": ensemble.draws,
        "seed": ensemble.seed,
        "months": [labels[0], labels[-1]],
    }


def _outcomes(comparison: commands.ScenarioComparison) -> Iterator[dict[str, Any]]:
    """Each outcome with its levels, its differences from the first scenario, and parts of their spread."""
    ensemble = comparison.ensemble
    withheld, several = ensemble.mechanism.withheld, len(ensemble.names) > 1
    for name in comparison.outcomes:
        defined = ensemble.outcomes[name]
        yield {
            "name": defined.name,
            "read": defined.read,
            "unit": defined.unit,
            "better": "less" if defined.good == "down" else "more",
            "withheld": withheld.get(name, ""),
            "levels": [] if name in withheld else comparison.level_table(name).to_dicts(),
            "changes": comparison.change_table(name).to_dicts() if several else [],
            "spread": comparison.spread_table(name).to_dicts() if several else [],
        }


def _driven(comparison: commands.ScenarioComparison, report: Report) -> dict[str, Any]:
    told = commands.drivers_told(comparison, commands.what_drives(comparison, report=report))
    return {
        "drivers": {
            "heading": told.heading,
            "inputs": _titled(told.inputs),
            "tipping": _titled(told.tipping),
            "nowhere": told.nowhere,
            "boxes": [{"where": where, "words": words} for where, words in told.boxes],
            "unheld": told.unheld,
            "meaning": told.meaning,
            "meaning_of_tipping": told.meaning_of_tipping,
            "meaning_of_boxes": told.meaning_of_boxes,
        }
    }


def _titled(tables: tuple[tuple[str, pl.DataFrame], ...]) -> list[dict[str, Any]]:
    return [{"title": title, "rows": rows.to_dicts()} for title, rows in tables]
