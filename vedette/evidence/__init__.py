"""Evidence: what sources say, how far it can be believed, and what of it may leave.

`read_ledger` turns the claims of a case into a `Ledger` as it could have been known on a day;
`Ledger.holding` says which ties hold on a day and how far that is believed, `belief_in` shows the claims
behind one of them, and `edition_of` gives the case as one audience may see it.
"""

from vedette.evidence.actors import Actors
from vedette.evidence.belief import Belief, Report, belief_in, sensitivity
from vedette.evidence.identity import fronts, lineage
from vedette.evidence.ledger import Ledger, read_ledger
from vedette.evidence.protection import edition_of
from vedette.evidence.rivals import Rivals, rivals

__all__ = [
    "Actors",
    "Belief",
    "Ledger",
    "Report",
    "Rivals",
    "belief_in",
    "edition_of",
    "fronts",
    "lineage",
    "read_ledger",
    "rivals",
    "sensitivity",
]
