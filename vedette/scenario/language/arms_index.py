"""The index of arms inside a mechanism: one definition with that of the network, and withheld with it."""

from collections.abc import Iterator

from vedette.errors import Problem
from vedette.network import Monopoly
from vedette.scenario.language.entries import MechanismFile, Rate
from vedette.scenario.language.located import Lines


def withheld_nodes(file: MechanismFile, arms: Monopoly | None) -> dict[str, str]:
    """Rates that are the index of arms, each with the reason for which its level is not printed on the day.

    A rate is the index where it is a ratio of the strengths of the state's main forces over those of all.
    """
    if arms is None or not arms.withheld:
        return {}
    return {
        rate.id: arms.withheld for rate in file.rates if _forces(file, rate) == (_state(arms), _all(arms))
    }


def other_definitions(file: MechanismFile, lines: Lines, arms: Monopoly | None) -> Iterator[Problem]:
    """Ratios of the state's strength over others than all main forces: a second index of arms."""
    for index, rate in enumerate(file.rates):
        forces = _forces(file, rate)
        if arms is None or forces is None or not forces[0]:
            continue
        if forces[0] == _state(arms) and forces[1] != _all(arms):
            expected = f"all main forces of {arms.at} below the state's: {', '.join(sorted(_all(arms)))}"
            cure = (
                "Name the same, so that the share of arms has one definition, or mark them so in forces.csv."
            )
            yield lines.problem(
                ("rates", index, "ratio", "over"), expected, ", ".join(sorted(forces[1])), cure
            )


def _forces(file: MechanismFile, rate: Rate) -> tuple[frozenset[str], frozenset[str]] | None:
    """The forces whose strengths stand above and below in a ratio; None where anything else stands there."""
    strengths = {estimate.id: estimate.strength for estimate in file.estimates if estimate.strength}
    based = {each.id: strengths[each.base] for each in file.rates if each.base in strengths}
    ratio = rate.ratio
    if ratio is None or not {*ratio.of, *ratio.over} <= based.keys():
        return None
    above, below = (
        frozenset(force for part in parts for force in based[part]) for parts in (ratio.of, ratio.over)
    )
    return above, below


def _state(arms: Monopoly) -> frozenset[str]:
    return frozenset(part.force for part in arms.parts if part.status == "state")


def _all(arms: Monopoly) -> frozenset[str]:
    return frozenset(part.force for part in arms.parts)
