"""One short function for each verb. The command line is a door to these; nothing is decided there."""

from vedette.commands.adding import add_claim, add_source
from vedette.commands.briefing import brief
from vedette.commands.cases import check, credits_of, new
from vedette.commands.departures import (
    PRECEDENT_DRAWS,
    Precedents,
    changes_table,
    checks_table,
    departures_table,
    doubts_table,
    matches_table,
    most_moving,
    precedents,
)
from vedette.commands.drivers import FALSE_ALARMS, Drivers, what_drives
from vedette.commands.effects import effect, listed_interventions
from vedette.commands.events import aggregate, fetch, load, summary
from vedette.commands.exchange import FORMS, bring_in, export_case, export_ledger
from vedette.commands.fitting import fit_panel, sample_panel
from vedette.commands.forecasting import forecast, forecast_panel, write_draws, write_views
from vedette.commands.known import DRAWS, SEED, read_panel
from vedette.commands.ledger import Wanted, claims, tie, who
from vedette.commands.networks import VIEWS, Index, ledger_of, monopoly_index, network
from vedette.commands.reading import (
    CLAIM_COLUMNS,
    Asked,
    Proposal,
    accept_proposal,
    open_proposals,
    read_report,
    reject_proposal,
    reviewable,
)
from vedette.commands.registering import issue_forecast, registered, score_registered
from vedette.commands.scenarios import (
    ENSEMBLE_DRAWS,
    ScenarioComparison,
    compare,
    ensemble,
    mechanisms,
    replayed,
    write_mechanisms,
)
from vedette.commands.scoring import score, score_files, write_record_page, write_scores

__all__ = [
    "CLAIM_COLUMNS",
    "DRAWS",
    "ENSEMBLE_DRAWS",
    "FALSE_ALARMS",
    "FORMS",
    "PRECEDENT_DRAWS",
    "SEED",
    "VIEWS",
    "Asked",
    "Drivers",
    "Index",
    "Precedents",
    "Proposal",
    "ScenarioComparison",
    "Wanted",
    "accept_proposal",
    "add_claim",
    "add_source",
    "aggregate",
    "brief",
    "bring_in",
    "changes_table",
    "check",
    "checks_table",
    "claims",
    "compare",
    "credits_of",
    "departures_table",
    "doubts_table",
    "effect",
    "ensemble",
    "export_case",
    "export_ledger",
    "fetch",
    "fit_panel",
    "forecast",
    "forecast_panel",
    "issue_forecast",
    "ledger_of",
    "listed_interventions",
    "load",
    "matches_table",
    "mechanisms",
    "monopoly_index",
    "most_moving",
    "network",
    "new",
    "open_proposals",
    "precedents",
    "read_panel",
    "read_report",
    "registered",
    "reject_proposal",
    "replayed",
    "reviewable",
    "sample_panel",
    "score",
    "score_files",
    "score_registered",
    "summary",
    "tie",
    "what_drives",
    "who",
    "write_draws",
    "write_mechanisms",
    "write_record_page",
    "write_scores",
    "write_views",
]
