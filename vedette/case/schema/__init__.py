"""The schema of a case: case.yaml, the rows of its tables, and the types of their values."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.case.schema.claims import UNTIED, Hedge
    from vedette.case.schema.judgement import TLP, Edition, Question, Weights
    from vedette.case.schema.kinds import Code, Month, Number, Slug, Text
    from vedette.case.schema.relations import ALONE, RELATIONS, SPOKEN, TIES, RelationKind
    from vedette.case.schema.row import Handling
    from vedette.case.schema.rows import (
        Actor,
        Claim,
        Force,
        InterventionRow,
        Moment,
        Posture,
        Retraction,
        Row,
        Site,
        Source,
    )

__all__ = [
    "ALONE",
    "RELATIONS",
    "SPOKEN",
    "TIES",
    "TLP",
    "UNTIED",
    "Actor",
    "Claim",
    "Code",
    "Edition",
    "Force",
    "Handling",
    "Hedge",
    "InterventionRow",
    "Moment",
    "Month",
    "Number",
    "Posture",
    "Question",
    "RelationKind",
    "Retraction",
    "Row",
    "Site",
    "Slug",
    "Source",
    "Text",
    "Weights",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "UNTIED" | "Hedge":
                from vedette.case.schema import claims as home
            case "TLP" | "Edition" | "Question" | "Weights":
                from vedette.case.schema import judgement as home
            case "Code" | "Month" | "Number" | "Slug" | "Text":
                from vedette.case.schema import kinds as home
            case "ALONE" | "RELATIONS" | "SPOKEN" | "TIES" | "RelationKind":
                from vedette.case.schema import relations as home
            case "Handling":
                from vedette.case.schema import row as home
            case (
                "Actor"
                | "Claim"
                | "Force"
                | "InterventionRow"
                | "Moment"
                | "Posture"
                | "Retraction"
                | "Row"
                | "Site"
                | "Source"
            ):
                from vedette.case.schema import rows as home
            case _:
                raise AttributeError(f"vedette.case.schema has no {name}")
        return getattr(home, name)
