"""Signs in words, as the terminal and the brief print them."""

from vedette.scenario.tracking.alarms import FIRED, PERHAPS, UNKNOWN
from vedette.scenario.tracking.sign_table import SignRow


def state_in_words(row: SignRow) -> str:
    """Whether an alarm has fired, and since when: ``fired in 2014-03``."""
    match row.state.state:
        case state if state == FIRED:
            return f"fired in {row.state.since}"
        case state if state == PERHAPS:
            return "fired if the high figures hold, not if the low ones do"
        case state if state == UNKNOWN:
            return "cannot be told: nothing measured in the last twelve months"
        case _:
            return "not fired"


def false_in_words(row: SignRow) -> str:
    """What a sign warns of, and how often its alarm is false in simulated futures."""
    if row.reading.sign.alarm_only:
        return f"{row.warns}; how often falsely cannot be simulated, since less or more is recorded"
    if row.simulated is None:
        return row.warns
    if row.simulated.lever:
        return (
            f"{row.simulated.bad}; how often falsely is not simulated, since a scenario sets it: it is the "
            "same in every future"
        )
    false, caught = (_range(part) for part in (row.simulated.false, row.simulated.caught))
    return (
        f"{row.simulated.bad}; under “{row.simulated.name}” it fires in {false} of simulated futures "
        f"without that, in {caught} of those with it"
    )


def _range(ends: tuple[float, float] | None) -> str:
    if ends is None:
        return "a share that cannot be told (fewer than 20 futures)"
    low, high = (f"{100 * end:.0f}" for end in ends)
    return f"{low} %" if low == high else f"{low} to {high} %"
