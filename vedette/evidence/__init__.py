"""Evidence: what sources say, how far it can be believed, and what of it may leave.

`read_ledger` turns the claims of a case into a `Ledger` as it could have been known on a day;
`Ledger.holding` says which ties hold on a day and how far that is believed, `belief_in` shows the claims
behind one of them, and `edition_of` gives the case as one audience may see it.
"""

from vedette.evidence.actor_profile import Profile, present_of, profile
from vedette.evidence.actors import Actors
from vedette.evidence.belief import Belief, Report, belief_in, sensitivity
from vedette.evidence.belief_over_time import Stretch, stretches
from vedette.evidence.identity import fronts, lineage
from vedette.evidence.ledger import Ledger, read_ledger
from vedette.evidence.protection import edition_of
from vedette.evidence.rival_answers import Rivals, rivals
from vedette.evidence.weighing import prior

__all__ = [
    "Actors",
    "Belief",
    "Ledger",
    "Profile",
    "Report",
    "Rivals",
    "Stretch",
    "belief_in",
    "edition_of",
    "fronts",
    "lineage",
    "present_of",
    "prior",
    "profile",
    "read_ledger",
    "rivals",
    "sensitivity",
    "stretches",
]
