"""Evidence: claims of sources, the beliefs computed from them, and editions that protect sources.

`read_ledger` returns the claims of a case that could have been known on a day as a `Ledger`.
`Ledger.holding` lists the ties of a day with the belief in each, `belief_in` computes the belief in one tie
with its claims, and `edition_of` returns the case as one audience may see it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.evidence.actor_profile import Profile, present_of, profile
    from vedette.evidence.actors import Actors
    from vedette.evidence.belief import Belief, Report, belief_in, sensitivity
    from vedette.evidence.belief_over_time import Spell, spells
    from vedette.evidence.examining import evidence_problems
    from vedette.evidence.identity import fronts, lineage
    from vedette.evidence.ledger import Ledger, names_of, read_ledger
    from vedette.evidence.protection import edition_of
    from vedette.evidence.rival_answers import Rivals, rivals
    from vedette.evidence.saying import claimed, figure, sentence
    from vedette.evidence.spelling_search import Wanted
    from vedette.evidence.unspoken import withheld_words
    from vedette.evidence.weighing import prior

__all__ = [
    "Actors",
    "Belief",
    "Ledger",
    "Profile",
    "Report",
    "Rivals",
    "Spell",
    "Wanted",
    "belief_in",
    "claimed",
    "edition_of",
    "evidence_problems",
    "figure",
    "fronts",
    "lineage",
    "names_of",
    "present_of",
    "prior",
    "profile",
    "read_ledger",
    "rivals",
    "sensitivity",
    "sentence",
    "spells",
    "withheld_words",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Wanted":
                from vedette.evidence import spelling_search as home
            case "withheld_words":
                from vedette.evidence import unspoken as home
            case "Profile" | "present_of" | "profile":
                from vedette.evidence import actor_profile as home
            case "Actors":
                from vedette.evidence import actors as home
            case "Belief" | "Report" | "belief_in" | "sensitivity":
                from vedette.evidence import belief as home
            case "Spell" | "spells":
                from vedette.evidence import belief_over_time as home
            case "fronts" | "lineage":
                from vedette.evidence import identity as home
            case "Ledger" | "read_ledger":
                from vedette.evidence import ledger as home
            case "edition_of":
                from vedette.evidence import protection as home
            case "Rivals" | "rivals":
                from vedette.evidence import rival_answers as home
            case "claimed" | "figure" | "sentence":
                from vedette.evidence import saying as home
            case "prior":
                from vedette.evidence import weighing as home
            case "evidence_problems":
                from vedette.evidence import examining as home
            case "names_of":
                from vedette.evidence import ledger as home
            case _:
                raise AttributeError(f"vedette.evidence has no {name}")
        return getattr(home, name)
