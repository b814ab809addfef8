"""Evidence: claims of sources, the beliefs computed from them, and editions that protect sources.

`read_ledger` turns the claims of a case into a `Ledger` as it could have been known on a day;
`Ledger.holding` says which ties hold on a day and how far that is believed, `belief_in` shows the claims
behind one of them, and `edition_of` gives the case as one audience may see it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Profile" | "present_of" | "profile":
                from vedette.evidence import actor_profile as home
            case "Actors":
                from vedette.evidence import actors as home
            case "Belief" | "Report" | "belief_in" | "sensitivity":
                from vedette.evidence import belief as home
            case "Stretch" | "stretches":
                from vedette.evidence import belief_over_time as home
            case "fronts" | "lineage":
                from vedette.evidence import identity as home
            case "Ledger" | "read_ledger":
                from vedette.evidence import ledger as home
            case "edition_of":
                from vedette.evidence import protection as home
            case "Rivals" | "rivals":
                from vedette.evidence import rival_answers as home
            case "prior":
                from vedette.evidence import weighing as home
            case _:
                raise AttributeError(f"vedette.evidence has no {name}")
        return getattr(home, name)
