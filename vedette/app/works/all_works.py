"""The verbs of jobs: one function each, its answer as JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from vedette.app.served import Served
from vedette.app.works.answering import answer
from vedette.app.works.changed import changes
from vedette.app.works.checking import check
from vedette.app.works.documents import documents
from vedette.app.works.elsewhere import effect, precedents
from vedette.app.works.forecasts import outlook, register, register_scores, registered
from vedette.app.works.importing import plan_import, take_import
from vedette.app.works.issuing import issue
from vedette.app.works.reading import read, read_again
from vedette.app.works.scenarios import compare, hindcast, levers, signs, track
from vedette.app.works.sections import sections
from vedette.progress import Report

Work = Callable[[Served, Mapping[str, Any], Report], dict[str, Any]]

WORKS: Mapping[str, Work] = {
    "answer": answer,
    "changes": changes,
    "check": check,
    "compare": compare,
    "documents": documents,
    "effect": effect,
    "hindcast": hindcast,
    "issue": issue,
    "levers": levers,
    "outlook": outlook,
    "plan_import": plan_import,
    "precedents": precedents,
    "read": read,
    "read_again": read_again,
    "register": register,
    "register-scores": register_scores,
    "registered": registered,
    "sections": sections,
    "signs": signs,
    "take_import": take_import,
    "track": track,
}
"""The verbs, by name."""
