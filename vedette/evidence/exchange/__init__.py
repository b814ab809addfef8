"""The ledger in the forms that other programs read, and what they wrote as rows of a case."""

from vedette.evidence.exchange.drawn import as_geojson, as_graphml, untied
from vedette.evidence.exchange.followthemoney import as_followthemoney
from vedette.evidence.exchange.left_out import LeftOut
from vedette.evidence.exchange.packages import described, from_frictionless
from vedette.evidence.exchange.proposed import Proposed
from vedette.evidence.exchange.received import from_followthemoney
from vedette.evidence.exchange.tied import tied_rows

__all__ = [
    "LeftOut",
    "Proposed",
    "as_followthemoney",
    "as_geojson",
    "as_graphml",
    "described",
    "from_followthemoney",
    "from_frictionless",
    "tied_rows",
    "untied",
]
