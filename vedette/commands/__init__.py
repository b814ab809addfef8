"""One short function for each verb. The command line is a door to these; nothing is decided there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.brief.formats import FORMATS, USUAL_FORMATS, formats_of
    from vedette.brief.words import chance, number_text
    from vedette.case.writing import Correction
    from vedette.commands.account_list import (
        LONGEST_PASSWORD,
        Account,
        AccountList,
        accounts,
        accounts_file,
        add_account,
        is_password,
        remove_account,
        set_password,
        set_role,
    )
    from vedette.commands.account_names import account_name
    from vedette.commands.actor_over_time import StatusSpell, posture_of, status_spells, strength_by_year
    from vedette.commands.actor_words import claim_in_words, short_name, tie_in_words
    from vedette.commands.adding import (
        AddedRow,
        add_actor,
        add_claim,
        add_force,
        add_posture,
        add_row,
        add_site,
        add_source,
    )
    from vedette.commands.age import DataAge, age_of_claims
    from vedette.commands.answers_kept import KeptAnswers, kept_answers
    from vedette.commands.arms_and_dependence import ArmsResult, SupportCoverage, arms_on, support_coverage
    from vedette.commands.assumption_result import (
        AssumptionResult,
        DrawnShape,
        HeldAnswer,
        MechanismChange,
        RivalReading,
        assumed,
        assumption_rows,
        mechanism_history,
        shape_of,
    )
    from vedette.commands.backing_views import backing_in_full
    from vedette.commands.branching import AddedBranch, add_branch
    from vedette.commands.briefing import BriefResult, brief, composed
    from vedette.commands.cases import new
    from vedette.commands.changes_since import ChangedPart, ChangesResult, changes
    from vedette.commands.changing import (
        ChangeLog,
        Forgotten,
        Undone,
        Upgraded,
        act_as,
        forget_row,
        log,
        undo,
        upgrade,
    )
    from vedette.commands.checking import CheckResult, check
    from vedette.commands.claim_columns import ClaimChoices, claim_choices
    from vedette.commands.claim_words import (
        NOT_CITABLE,
        grade,
        relation_words,
        said_when,
        span,
        span_of_text,
        speaker,
    )
    from vedette.commands.column_meanings import COLUMN_MEANINGS
    from vedette.commands.comparison_tables import over_branches, percent_range
    from vedette.commands.counting_violence import CountedViolence, counted_violence
    from vedette.commands.counts import CountFile, fit_counts, forecast_counts, score_counts
    from vedette.commands.defaults import DRAWS, ENSEMBLE_DRAWS, MOST_DRAWS, SEED, SIGN_DRAWS, TRACK_DRAWS
    from vedette.commands.demonstrating import DemoCase, demo_case
    from vedette.commands.departures import (
        PRECEDENT_DRAWS,
        Precedents,
        changes_table,
        checks_table,
        departures_table,
        doubts_table,
        matches_table,
        most_moving,
        plain,
        precedents,
        spoken,
        times,
    )
    from vedette.commands.drawing_ties import (
        DrawnActor,
        DrawnTie,
        DrawnTies,
        LineKind,
        Side,
        drawn_ties,
        ties_around,
    )
    from vedette.commands.driver_words import DriversTold, drivers_told
    from vedette.commands.drivers import (
        Choosing,
        Drivers,
        drivers_in_names,
        odds_authors,
        what_drives,
        where_largest,
        who_regrets,
    )
    from vedette.commands.effect_result import EffectResult, InterventionList, quantiles
    from vedette.commands.effect_words import EffectTold, effect_told
    from vedette.commands.effects import effect, listed_interventions
    from vedette.commands.eliciting import OWN, Elicited, answer_as_text, assumption, elicit
    from vedette.commands.event_listing import EventResult, EventRows, event_rows, one_event
    from vedette.commands.events import (
        EventSummary,
        LoadResult,
        aggregate,
        fetch,
        load,
        summary,
    )
    from vedette.commands.exchange import (
        FORMS,
        IMPORTS,
        ExportResult,
        ImportResult,
        bring_in,
        export_ledger,
        preview,
    )
    from vedette.commands.fit_result import FitResult, PosteriorResult
    from vedette.commands.fitting import FitWords, SamplerName, fit
    from vedette.commands.forecast_result import ForecastResult
    from vedette.commands.forecasting import By, forecast
    from vedette.commands.hand_proposals import propose_words, read_again
    from vedette.commands.handing_on import ExportedCase, export_case
    from vedette.commands.hindcast_words import HindcastPart, HindcastTold, hindcast_told
    from vedette.commands.hindcasting import HindcastResult, hindcast, hindcasts_kept
    from vedette.commands.holding import holds_everything
    from vedette.commands.import_files import (
        IncomingFile,
        incoming_file,
        incoming_with,
        keep_incoming,
        remove_incoming,
    )
    from vedette.commands.importing import KINDS, ImportPlan, plan_import, take_import
    from vedette.commands.issuing import IssueList, NextIssue, issued_words, issues, last_issued, next_issue
    from vedette.commands.job_folders import job_folder
    from vedette.commands.judgements import LastJudgement, ProposalJudgement, undo_judgement
    from vedette.commands.keeping import (
        EditedRow,
        Merged,
        Renamed,
        Retracted,
        edit,
        merge,
        preview_merge,
        rename,
        retract,
    )
    from vedette.commands.ledger import (
        ActorResult,
        ClaimQuery,
        ClaimsResult,
        TieResult,
        claimed,
        claims,
        figure,
        ledger_of,
        present_of,
        sentence,
        tie,
        who,
    )
    from vedette.commands.levers import (
        LeverQuestion,
        LeverSetting,
        LeverSheet,
        ReadingChoice,
        lever_sheet,
        what_if,
    )
    from vedette.commands.listing import (
        ActorList,
        actors,
        claim,
        folder_of,
        folders_of,
        source,
        sources,
        tie_kinds,
    )
    from vedette.commands.log_words import FileWords, LogInWords, LogWords, log_in_words
    from vedette.commands.looking_up import SEARCH_GROUPS, Hit, LookedUp, look_up
    from vedette.commands.mechanism import MechanismResult, mechanisms
    from vedette.commands.month_round import MonthStep
    from vedette.commands.monthly import MONTH_STEPS, MonthResult, month
    from vedette.commands.moving import BeliefMove, belief_move, moves_by_credibility
    from vedette.commands.naming_actors import (
        NewNames,
        add_alias,
        new_names,
        offer_name_again,
        set_name_aside,
    )
    from vedette.commands.networks import (
        MONOPOLY_DRAWS,
        VIEWS,
        MonopolyResult,
        NetworkResult,
        monopoly_index,
        network,
    )
    from vedette.commands.noting import (
        MOST_NOTE_LETTERS,
        NOTE_HEADINGS,
        NOTE_MARKS,
        NoteText,
        notes,
        write_note,
    )
    from vedette.commands.outlooks import OutlookResult, outlook
    from vedette.commands.place_names import UnmatchedNames, aliases
    from vedette.commands.precedent_words import PrecedentsTold, doubts_told, precedents_told
    from vedette.commands.private import private_folder, write_private
    from vedette.commands.reading import (
        CLAIM_COLUMNS,
        TRIPLE,
        ModelServer,
        OpenProposals,
        Proposal,
        ReadReport,
        accept_proposal,
        open_proposals,
        read_report,
        reject_proposal,
        reopen_proposal,
        reviewable,
    )
    from vedette.commands.registered_cells import RegisteredForecast, registered_forecast
    from vedette.commands.registering import (
        RegisteredDeaths,
        RegisterResult,
        RegisterScores,
        issue_forecast,
        register_deaths,
        registered,
        score_registered,
    )
    from vedette.commands.replaying import ReplayResult, replayed
    from vedette.commands.report_review import (
        ClaimContext,
        ReadReportHead,
        ReadReports,
        ReportReview,
        ReviewedProposal,
        claim_context,
        read_reports,
        review_report,
    )
    from vedette.commands.reviewing import (
        ClaimsToCheck,
        ClaimToCheck,
        check_claim,
        checks_waiting,
        claims_to_check,
        last_change,
        note_gap,
        object_to_claim,
        with_draft,
    )
    from vedette.commands.roles import Role
    from vedette.commands.row_history import RowChange, RowHistory, history_of
    from vedette.commands.row_text import RowChanged, RowText, row_of
    from vedette.commands.saving_scenarios import SavedScenario, save_scenario
    from vedette.commands.scenarios import (
        CompareResult,
        ScenarioComparison,
        check_ending,
        compare,
        data_age,
        ensemble,
        unplaced_deaths,
        unplaced_lines,
    )
    from vedette.commands.score_result import FileScoreResult, Rules, ScoreResult
    from vedette.commands.scoring import score
    from vedette.commands.searching import BUDGET, SEARCH_DRAWS, FrontRow, SearchResult, search
    from vedette.commands.settings import CaseSetting, change_settings, editions_of, settings_of
    from vedette.commands.sheets import (
        SheetChoice,
        SheetPlan,
        WorkbookResult,
        export_workbook,
        lines_of_plan,
        read_sheets,
        take_sheets,
    )
    from vedette.commands.strips_of_ties import TieStrip, belief_by_year, days_of_change, tie_strips
    from vedette.commands.sum_scoring import SumScoreResult, score_sums
    from vedette.commands.table_forecast import ForecastOutputs, TableForecast
    from vedette.commands.table_forms import (
        ADDED,
        EDITABLE,
        MERGED,
        TableColumn,
        columns_of_table,
        may_be_changed,
        table_rows,
    )
    from vedette.commands.tables import table_text, write_table
    from vedette.commands.terms import Formula
    from vedette.commands.tie_age import TieAge, age_of_tie
    from vedette.commands.token_list import (
        LONGEST_LIFE,
        TOKEN_DAYS,
        ApiToken,
        TokenList,
        add_token,
        api_tokens,
        remove_token,
        tokens_file,
    )
    from vedette.commands.track_words import AlternativeTold, TrackTold, track_told
    from vedette.commands.tracking import (
        FIRED,
        BranchWeight,
        SignsResult,
        Track,
        TrackedAlternative,
        TrackResult,
        false_in_words,
        signs,
        state_in_words,
        track,
    )
    from vedette.commands.uploads import REPORT_ENDINGS, keep_upload, read_upload, upload_name
    from vedette.commands.violence_answer import (
        AreasByPeriod,
        ViolenceQuery,
        ViolenceResult,
        areas_by_period,
        count_words,
        deaths_words,
        violence,
    )
    from vedette.commands.whole_edition import edition_without_gaps
    from vedette.model import Measure
    from vedette.rounding import estimate, interval

__all__ = [
    "ADDED",
    "BUDGET",
    "CLAIM_COLUMNS",
    "COLUMN_MEANINGS",
    "DRAWS",
    "EDITABLE",
    "ENSEMBLE_DRAWS",
    "FIRED",
    "FORMATS",
    "FORMS",
    "IMPORTS",
    "KINDS",
    "LONGEST_LIFE",
    "LONGEST_PASSWORD",
    "MERGED",
    "MONOPOLY_DRAWS",
    "MONTH_STEPS",
    "MOST_DRAWS",
    "MOST_NOTE_LETTERS",
    "NOTE_HEADINGS",
    "NOTE_MARKS",
    "NOT_CITABLE",
    "OWN",
    "PRECEDENT_DRAWS",
    "REPORT_ENDINGS",
    "SEARCH_DRAWS",
    "SEARCH_GROUPS",
    "SEED",
    "SIGN_DRAWS",
    "TOKEN_DAYS",
    "TRACK_DRAWS",
    "TRIPLE",
    "USUAL_FORMATS",
    "VIEWS",
    "Account",
    "AccountList",
    "ActorList",
    "ActorResult",
    "AddedBranch",
    "AddedRow",
    "AlternativeTold",
    "ApiToken",
    "AreasByPeriod",
    "ArmsResult",
    "AssumptionResult",
    "BeliefMove",
    "BranchWeight",
    "BriefResult",
    "By",
    "CaseSetting",
    "ChangeLog",
    "ChangedPart",
    "ChangesResult",
    "CheckResult",
    "Choosing",
    "ClaimChoices",
    "ClaimContext",
    "ClaimQuery",
    "ClaimToCheck",
    "ClaimsResult",
    "ClaimsToCheck",
    "CompareResult",
    "Correction",
    "CountFile",
    "CountedViolence",
    "DataAge",
    "DemoCase",
    "DrawnActor",
    "DrawnShape",
    "DrawnTie",
    "DrawnTies",
    "Drivers",
    "DriversTold",
    "EditedRow",
    "EffectResult",
    "EffectTold",
    "Elicited",
    "EventResult",
    "EventRows",
    "EventSummary",
    "ExportResult",
    "ExportedCase",
    "FileScoreResult",
    "FileWords",
    "FitResult",
    "FitWords",
    "ForecastOutputs",
    "ForecastResult",
    "Forgotten",
    "Formula",
    "FrontRow",
    "HeldAnswer",
    "HindcastPart",
    "HindcastResult",
    "HindcastTold",
    "Hit",
    "ImportPlan",
    "ImportResult",
    "IncomingFile",
    "InterventionList",
    "IssueList",
    "KeptAnswers",
    "LastJudgement",
    "LeverQuestion",
    "LeverSetting",
    "LeverSheet",
    "LineKind",
    "LoadResult",
    "LogInWords",
    "LogWords",
    "LookedUp",
    "Measure",
    "MechanismChange",
    "MechanismResult",
    "Merged",
    "ModelServer",
    "MonopolyResult",
    "MonthResult",
    "MonthStep",
    "NetworkResult",
    "NewNames",
    "NextIssue",
    "NoteText",
    "OpenProposals",
    "OutlookResult",
    "PosteriorResult",
    "Precedents",
    "PrecedentsTold",
    "Proposal",
    "ProposalJudgement",
    "ReadReport",
    "ReadReportHead",
    "ReadReports",
    "ReadingChoice",
    "RegisterResult",
    "RegisterScores",
    "RegisteredDeaths",
    "RegisteredForecast",
    "Renamed",
    "ReplayResult",
    "ReportReview",
    "Retracted",
    "ReviewedProposal",
    "RivalReading",
    "Role",
    "RowChange",
    "RowChanged",
    "RowHistory",
    "RowText",
    "Rules",
    "SamplerName",
    "SavedScenario",
    "ScenarioComparison",
    "ScoreResult",
    "SearchResult",
    "SheetChoice",
    "SheetPlan",
    "Side",
    "SignsResult",
    "StatusSpell",
    "SumScoreResult",
    "SupportCoverage",
    "TableColumn",
    "TableForecast",
    "TieAge",
    "TieResult",
    "TieStrip",
    "TokenList",
    "Track",
    "TrackResult",
    "TrackTold",
    "TrackedAlternative",
    "Undone",
    "UnmatchedNames",
    "Upgraded",
    "ViolenceQuery",
    "ViolenceResult",
    "WorkbookResult",
    "accept_proposal",
    "account_name",
    "accounts",
    "accounts_file",
    "act_as",
    "actors",
    "add_account",
    "add_actor",
    "add_alias",
    "add_branch",
    "add_claim",
    "add_force",
    "add_posture",
    "add_row",
    "add_site",
    "add_source",
    "add_token",
    "age_of_claims",
    "age_of_tie",
    "aggregate",
    "aliases",
    "answer_as_text",
    "api_tokens",
    "areas_by_period",
    "arms_on",
    "assumed",
    "assumption",
    "assumption_rows",
    "backing_in_full",
    "belief_by_year",
    "belief_move",
    "brief",
    "bring_in",
    "chance",
    "change_settings",
    "changes",
    "changes_table",
    "check",
    "check_claim",
    "check_ending",
    "checks_table",
    "checks_waiting",
    "claim",
    "claim_choices",
    "claim_context",
    "claim_in_words",
    "claimed",
    "claims",
    "claims_to_check",
    "columns_of_table",
    "compare",
    "composed",
    "count_words",
    "counted_violence",
    "data_age",
    "days_of_change",
    "deaths_words",
    "demo_case",
    "departures_table",
    "doubts_table",
    "doubts_told",
    "drawn_ties",
    "drivers_in_names",
    "drivers_told",
    "edit",
    "edition_without_gaps",
    "editions_of",
    "effect",
    "effect_told",
    "elicit",
    "ensemble",
    "estimate",
    "event_rows",
    "export_case",
    "export_ledger",
    "export_workbook",
    "false_in_words",
    "fetch",
    "figure",
    "fit",
    "fit_counts",
    "folder_of",
    "folders_of",
    "forecast",
    "forecast_counts",
    "forget_row",
    "formats_of",
    "grade",
    "hindcast",
    "hindcast_told",
    "hindcasts_kept",
    "history_of",
    "holds_everything",
    "incoming_file",
    "incoming_with",
    "interval",
    "is_password",
    "issue_forecast",
    "issued_words",
    "issues",
    "job_folder",
    "keep_incoming",
    "keep_upload",
    "kept_answers",
    "last_change",
    "last_issued",
    "ledger_of",
    "lever_sheet",
    "lines_of_plan",
    "listed_interventions",
    "load",
    "log",
    "log_in_words",
    "look_up",
    "matches_table",
    "may_be_changed",
    "mechanism_history",
    "mechanisms",
    "merge",
    "monopoly_index",
    "month",
    "most_moving",
    "moves_by_credibility",
    "network",
    "new",
    "new_names",
    "next_issue",
    "note_gap",
    "notes",
    "number_text",
    "object_to_claim",
    "odds_authors",
    "offer_name_again",
    "one_event",
    "open_proposals",
    "outlook",
    "over_branches",
    "percent_range",
    "plain",
    "plan_import",
    "posture_of",
    "precedents",
    "precedents_told",
    "present_of",
    "preview",
    "preview_merge",
    "private_folder",
    "propose_words",
    "quantiles",
    "read_again",
    "read_report",
    "read_reports",
    "read_sheets",
    "read_upload",
    "register_deaths",
    "registered",
    "registered_forecast",
    "reject_proposal",
    "relation_words",
    "remove_account",
    "remove_incoming",
    "remove_token",
    "rename",
    "reopen_proposal",
    "replayed",
    "retract",
    "review_report",
    "reviewable",
    "row_of",
    "said_when",
    "save_scenario",
    "score",
    "score_counts",
    "score_registered",
    "score_sums",
    "search",
    "sentence",
    "set_name_aside",
    "set_password",
    "set_role",
    "settings_of",
    "shape_of",
    "short_name",
    "signs",
    "source",
    "sources",
    "span",
    "span_of_text",
    "speaker",
    "spoken",
    "state_in_words",
    "status_spells",
    "strength_by_year",
    "summary",
    "support_coverage",
    "table_rows",
    "table_text",
    "take_import",
    "take_sheets",
    "tie",
    "tie_in_words",
    "tie_kinds",
    "tie_strips",
    "ties_around",
    "times",
    "tokens_file",
    "track",
    "track_told",
    "undo",
    "undo_judgement",
    "unplaced_deaths",
    "unplaced_lines",
    "upgrade",
    "upload_name",
    "violence",
    "what_drives",
    "what_if",
    "where_largest",
    "who",
    "who_regrets",
    "with_draft",
    "write_note",
    "write_private",
    "write_table",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "CaseSetting" | "settings_of" | "change_settings" | "editions_of":
                from vedette.commands import settings as home
            case (
                "AddedRow"
                | "add_actor"
                | "add_claim"
                | "add_force"
                | "add_posture"
                | "add_site"
                | "add_source"
            ):
                from vedette.commands import adding as home
            case (
                "EditedRow"
                | "Merged"
                | "Renamed"
                | "Retracted"
                | "edit"
                | "merge"
                | "preview_merge"
                | "rename"
                | "retract"
            ):
                from vedette.commands import keeping as home
            case "RowChanged" | "RowText" | "row_of":
                from vedette.commands import row_text as home
            case "Elicited" | "answer_as_text" | "assumption" | "elicit":
                from vedette.commands import eliciting as home
            case "DataAge" | "age_of_claims":
                from vedette.commands import age as home
            case "UnmatchedNames" | "aliases":
                from vedette.commands import place_names as home
            case "MonthStep":
                from vedette.commands import month_round as home
            case "MONTH_STEPS" | "MonthResult" | "month":
                from vedette.commands import monthly as home
            case "Correction":
                from vedette.case import writing as home
            case "IssueList" | "NextIssue" | "issued_words" | "issues" | "next_issue":
                from vedette.commands import issuing as home
            case "BriefResult" | "brief" | "composed":
                from vedette.commands import briefing as home
            case "new":
                from vedette.commands import cases as home
            case "CheckResult" | "check":
                from vedette.commands import checking as home
            case (
                "ChangeLog" | "Forgotten" | "Undone" | "Upgraded" | "forget_row" | "log" | "undo" | "upgrade"
            ):
                from vedette.commands import changing as home
            case "over_branches" | "percent_range":
                from vedette.commands import comparison_tables as home
            case "ChangedPart" | "ChangesResult" | "changes":
                from vedette.commands import changes_since as home
            case "CountFile" | "fit_counts" | "forecast_counts" | "score_counts":
                from vedette.commands import counts as home
            case "DRAWS" | "ENSEMBLE_DRAWS" | "MOST_DRAWS" | "SEED" | "SIGN_DRAWS" | "TRACK_DRAWS":
                from vedette.commands import defaults as home
            case (
                "PRECEDENT_DRAWS"
                | "Precedents"
                | "changes_table"
                | "checks_table"
                | "departures_table"
                | "doubts_table"
                | "matches_table"
                | "most_moving"
                | "plain"
                | "precedents"
                | "spoken"
                | "times"
            ):
                from vedette.commands import departures as home
            case "Choosing" | "Drivers" | "drivers_in_names" | "odds_authors":
                from vedette.commands import drivers as home
            case "what_drives" | "where_largest" | "who_regrets":
                from vedette.commands import drivers as home
            case "EffectResult" | "InterventionList" | "quantiles":
                from vedette.commands import effect_result as home
            case "effect" | "listed_interventions":
                from vedette.commands import effects as home
            case "EventSummary" | "LoadResult" | "aggregate" | "fetch" | "load" | "summary":
                from vedette.commands import events as home
            case (
                "FORMS"
                | "ExportResult"
                | "ImportResult"
                | "bring_in"
                | "IMPORTS"
                | "preview"
                | "export_ledger"
            ):
                from vedette.commands import exchange as home
            case "KeptAnswers" | "kept_answers":
                from vedette.commands import answers_kept as home
            case "ExportedCase" | "export_case":
                from vedette.commands import handing_on as home
            case "FitResult" | "PosteriorResult":
                from vedette.commands import fit_result as home
            case "FitWords" | "SamplerName" | "fit":
                from vedette.commands import fitting as home
            case "ForecastResult":
                from vedette.commands import forecast_result as home
            case "forecast":
                from vedette.commands import forecasting as home
            case (
                "ActorResult"
                | "ClaimQuery"
                | "ClaimsResult"
                | "TieResult"
                | "claims"
                | "claimed"
                | "figure"
                | "ledger_of"
                | "present_of"
                | "sentence"
                | "tie"
                | "who"
            ):
                from vedette.commands import ledger as home
            case "MechanismResult" | "mechanisms":
                from vedette.commands import mechanism as home
            case (
                "MONOPOLY_DRAWS" | "VIEWS" | "MonopolyResult" | "NetworkResult" | "monopoly_index" | "network"
            ):
                from vedette.commands import networks as home
            case (
                "CLAIM_COLUMNS"
                | "TRIPLE"
                | "ModelServer"
                | "OpenProposals"
                | "Proposal"
                | "ReadReport"
                | "accept_proposal"
                | "open_proposals"
                | "read_report"
                | "reject_proposal"
                | "reviewable"
            ):
                from vedette.commands import reading as home
            case "RegisterResult" | "RegisterScores" | "issue_forecast" | "registered" | "score_registered":
                from vedette.commands import registering as home
            case "HindcastResult" | "hindcast":
                from vedette.commands import hindcasting as home
            case "ReplayResult" | "replayed":
                from vedette.commands import replaying as home
            case "FORMATS" | "USUAL_FORMATS" | "formats_of":
                from vedette.brief import formats as home
            case "estimate" | "interval":
                from vedette import rounding as home
            case "chance" | "number_text":
                from vedette.brief import words as home
            case "BUDGET" | "SEARCH_DRAWS" | "FrontRow" | "SearchResult" | "search":
                from vedette.commands import searching as home
            case (
                "CompareResult"
                | "ScenarioComparison"
                | "check_ending"
                | "compare"
                | "data_age"
                | "ensemble"
                | "unplaced_deaths"
                | "unplaced_lines"
            ):
                from vedette.commands import scenarios as home
            case "FileScoreResult" | "Rules" | "ScoreResult":
                from vedette.commands import score_result as home
            case "SumScoreResult" | "score_sums":
                from vedette.commands import sum_scoring as home
            case "score":
                from vedette.commands import scoring as home
            case (
                "SheetChoice"
                | "SheetPlan"
                | "WorkbookResult"
                | "export_workbook"
                | "lines_of_plan"
                | "read_sheets"
                | "take_sheets"
            ):
                from vedette.commands import sheets as home
            case (
                "ClaimToCheck"
                | "ClaimsToCheck"
                | "check_claim"
                | "claims_to_check"
                | "last_change"
                | "note_gap"
                | "with_draft"
            ):
                from vedette.commands import reviewing as home
            case "ForecastOutputs" | "TableForecast":
                from vedette.commands import table_forecast as home
            case "table_text" | "write_table":
                from vedette.commands import tables as home
            case "Formula":
                from vedette.commands import terms as home
            case (
                "FIRED"
                | "BranchWeight"
                | "SignsResult"
                | "Track"
                | "TrackResult"
                | "TrackedAlternative"
                | "false_in_words"
                | "signs"
                | "state_in_words"
                | "track"
            ):
                from vedette.commands import tracking as home
            case (
                "NOT_CITABLE" | "grade" | "relation_words" | "said_when" | "span" | "span_of_text" | "speaker"
            ):
                from vedette.commands import claim_words as home
            case (
                "ActorList"
                | "actors"
                | "claim"
                | "folder_of"
                | "folders_of"
                | "source"
                | "sources"
                | "tie_kinds"
            ):
                from vedette.commands import listing as home
            case "private_folder" | "write_private":
                from vedette.commands import private as home
            case "job_folder":
                from vedette.commands import job_folders as home
            case "DemoCase" | "demo_case":
                from vedette.commands import demonstrating as home
            case "act_as":
                from vedette.commands import changing as home
            case "COLUMN_MEANINGS":
                from vedette.commands import column_meanings as home
            case "TableColumn" | "columns_of_table" | "may_be_changed" | "EDITABLE" | "ADDED" | "MERGED":
                from vedette.commands import table_forms as home
            case "RowChange" | "RowHistory" | "history_of":
                from vedette.commands import row_history as home
            case "Side" | "LineKind" | "DrawnActor" | "DrawnTie" | "DrawnTies" | "ties_around" | "drawn_ties":
                from vedette.commands import drawing_ties as home
            case "TieStrip" | "belief_by_year" | "tie_strips" | "days_of_change":
                from vedette.commands import strips_of_ties as home
            case "short_name" | "tie_in_words" | "claim_in_words":
                from vedette.commands import actor_words as home
            case "backing_in_full":
                from vedette.commands import backing_views as home
            case "TieAge" | "age_of_tie":
                from vedette.commands import tie_age as home
            case "AddedBranch" | "add_branch":
                from vedette.commands import branching as home
            case (
                "LeverQuestion" | "LeverSetting" | "LeverSheet" | "ReadingChoice" | "lever_sheet" | "what_if"
            ):
                from vedette.commands import levers as home
            case "SavedScenario" | "save_scenario":
                from vedette.commands import saving_scenarios as home
            case "DriversTold" | "drivers_told":
                from vedette.commands import driver_words as home
            case "EffectTold" | "effect_told":
                from vedette.commands import effect_words as home
            case "PrecedentsTold" | "doubts_told" | "precedents_told":
                from vedette.commands import precedent_words as home
            case "AlternativeTold" | "TrackTold" | "track_told":
                from vedette.commands import track_words as home
            case "HindcastPart" | "HindcastTold" | "hindcast_told":
                from vedette.commands import hindcast_words as home
            case "add_row":
                from vedette.commands import adding as home
            case "table_rows":
                from vedette.commands import table_forms as home
            case "Role":
                from vedette.commands import roles as home
            case "Account" | "AccountList" | "accounts" | "accounts_file" | "add_account" | "is_password":
                from vedette.commands import account_list as home
            case "remove_account" | "set_password" | "set_role":
                from vedette.commands import account_list as home
            case "ApiToken" | "TokenList" | "add_token" | "api_tokens" | "remove_token" | "tokens_file":
                from vedette.commands import token_list as home
            case "LONGEST_PASSWORD":
                from vedette.commands import account_list as home
            case "TOKEN_DAYS" | "LONGEST_LIFE":
                from vedette.commands import token_list as home
            case "edition_without_gaps":
                from vedette.commands import whole_edition as home
            case "SEARCH_GROUPS" | "Hit" | "LookedUp" | "look_up":
                from vedette.commands import looking_up as home
            case "ProposalJudgement" | "LastJudgement" | "undo_judgement":
                from vedette.commands import judgements as home
            case (
                "ReadReportHead"
                | "ReadReports"
                | "ReportReview"
                | "ReviewedProposal"
                | "read_reports"
                | "review_report"
            ):
                from vedette.commands import report_review as home
            case "reopen_proposal":
                from vedette.commands import reading as home
            case "keep_upload" | "read_upload" | "upload_name" | "REPORT_ENDINGS":
                from vedette.commands import uploads as home
            case "BeliefMove" | "belief_move":
                from vedette.commands import moving as home
            case "propose_words" | "read_again":
                from vedette.commands import hand_proposals as home
            case "NewNames" | "add_alias" | "new_names" | "offer_name_again" | "set_name_aside":
                from vedette.commands import naming_actors as home
            case "object_to_claim":
                from vedette.commands import reviewing as home
            case "ClaimChoices" | "claim_choices":
                from vedette.commands import claim_columns as home
            case "ClaimContext" | "claim_context":
                from vedette.commands import report_review as home
            case "FileWords" | "LogInWords" | "LogWords" | "log_in_words":
                from vedette.commands import log_words as home
            case "IncomingFile" | "incoming_file" | "incoming_with" | "keep_incoming" | "remove_incoming":
                from vedette.commands import import_files as home
            case "ImportPlan" | "KINDS" | "plan_import" | "take_import":
                from vedette.commands import importing as home
            case "MOST_NOTE_LETTERS" | "NOTE_HEADINGS" | "NOTE_MARKS" | "NoteText" | "notes" | "write_note":
                from vedette.commands import noting as home
            case "holds_everything":
                from vedette.commands import holding as home
            case "ArmsResult" | "SupportCoverage" | "arms_on" | "support_coverage":
                from vedette.commands import arms_and_dependence as home
            case "StatusSpell" | "status_spells" | "strength_by_year" | "posture_of":
                from vedette.commands import actor_over_time as home
            case "By":
                from vedette.commands import forecasting as home
            case "CountedViolence" | "counted_violence":
                from vedette.commands import counting_violence as home
            case (
                "AreasByPeriod"
                | "ViolenceQuery"
                | "ViolenceResult"
                | "areas_by_period"
                | "count_words"
                | "deaths_words"
                | "violence"
            ):
                from vedette.commands import violence_answer as home
            case "EventResult" | "EventRows" | "event_rows" | "one_event":
                from vedette.commands import event_listing as home
            case "OutlookResult" | "outlook":
                from vedette.commands import outlooks as home
            case "RegisteredForecast" | "registered_forecast":
                from vedette.commands import registered_cells as home
            case "RegisteredDeaths" | "register_deaths":
                from vedette.commands import registering as home
            case "last_issued":
                from vedette.commands import issuing as home
            case "Measure":
                from vedette import model as home
            case "hindcasts_kept":
                from vedette.commands import hindcasting as home
            case "OWN":
                from vedette.commands import eliciting as home
            case "AssumptionResult" | "DrawnShape" | "HeldAnswer" | "MechanismChange" | "RivalReading":
                from vedette.commands import assumption_result as home
            case "assumed" | "assumption_rows" | "mechanism_history" | "shape_of":
                from vedette.commands import assumption_result as home
            case "account_name":
                from vedette.commands import account_names as home
            case "checks_waiting":
                from vedette.commands import reviewing as home
            case "moves_by_credibility":
                from vedette.commands import moving as home
            case _:
                raise AttributeError(f"vedette.commands has no {name}")
        return getattr(home, name)
