"""The parts of what changed in their order, each with a heading and its sentences."""

from vedette.changes.between import Changes
from vedette.changes.count_lines import ahead_lines, came_lines, revised_lines
from vedette.changes.ledger_lines import claims_lines, network_lines, reading_lines, signs_lines
from vedette.changes.wording import Line


def lines_of(changes: Changes) -> tuple[tuple[str, str, list[Line]], ...]:
    """The parts in their order: a name for machines, a heading, and their sentences."""
    return (
        ("came", "What came against what was forecast", list(came_lines(changes))),
        ("revised", "What the data changed in the past", list(revised_lines(changes))),
        ("claims", "Claims and beliefs", list(claims_lines(changes))),
        ("network", "The network, arms, dependence", list(network_lines(changes))),
        ("ahead", "The forecast, then and now", list(ahead_lines(changes))),
        ("signs", "Signs and scenarios", list(signs_lines(changes))),
        ("reading", "What to read", list(reading_lines(changes))),
    )
