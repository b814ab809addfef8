"""The schema of a case: settings, the rows of its tables, the kinds of values they hold."""

from vedette.case.schema.claims import UNTIED, Hedge
from vedette.case.schema.judgement import TLP, Edition, Question, Weights
from vedette.case.schema.kinds import Code, Month, Slug, Text
from vedette.case.schema.relations import ALONE, RELATIONS, SPOKEN, TIES, RelationKind
from vedette.case.schema.row import Handling
from vedette.case.schema.rows import Actor, Claim, Source

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
    "Handling",
    "Hedge",
    "Month",
    "Question",
    "RelationKind",
    "Slug",
    "Source",
    "Text",
    "Weights",
]
