"""Prints the front of a search: a line for each outcome with the options on it, then the options in words."""

from textwrap import fill

from vedette import commands
from vedette.cli.text import screen

WIDTH = 56
SHOWN = 8
"""Options of a front that are shown; the document has all."""


def print_front(result: commands.SearchResult) -> None:
    """Prints the front of a search, each outcome from its best to its worst value."""
    front = result.front
    name = front.choices.names[front.choices.who]
    screen.say(
        f"Robust choices of {name}: no other option tried is as good in all of these and better in one"
    )
    _line(f"Each outcome is {result.criterion}.")
    rows = _shown(result)
    for outcome in front.outcomes:
        _chart(result, outcome, rows)
    screen.say("")
    for row in rows:
        known = f" (scenario {row.scenario})" if row.scenario else ""
        _line(f"{row.name}{known}: {row.words}")
    if len(rows) < len(result.rows):
        screen.say(f"{len(result.rows) - len(rows)} more lie between them; --json has all")
    for row in result.beaten:
        values = ", ".join(
            f"{outcome} {commands.number_text(value)}" for outcome, value in row.values.items()
        )
        _line(f"Beaten: scenario {row.scenario} ({values})")
    screen.say("")
    _line(result.method)
    _line("Every number rests on the assumptions of the mechanism; a search uses all that they allow.")


def _line(text: str) -> None:
    screen.say(fill(text, 110, subsequent_indent="  ", break_on_hyphens=False))


def _shown(result: commands.SearchResult) -> list[commands.FrontRow]:
    """The options shown: those of scenarios, the best in each outcome, then those between them."""
    good = {outcome.id: outcome.good for outcome in result.front.choices.mechanism.file.outcomes}
    order: dict[str, commands.FrontRow] = {row.name: row for row in result.rows if row.scenario}
    for outcome in result.front.outcomes:
        sign = 1.0 if good[outcome] == "down" else -1.0
        best = min(result.rows, key=lambda row: sign * row.values[outcome])
        order.setdefault(best.name, best)
    step = max(1, len(result.rows) // SHOWN)
    for row in result.rows[::step]:
        if len(order) < SHOWN:
            order.setdefault(row.name, row)
    return [row for row in result.rows if row.name in order]


def _chart(result: commands.SearchResult, outcome: str, rows: list[commands.FrontRow]) -> None:
    """One line: the best value at the left, the worst at the right, a letter for each option."""
    defined = next(each for each in result.front.choices.mechanism.file.outcomes if each.id == outcome)
    values = [row.values[outcome] for row in rows]
    best, worst = (min(values), max(values)) if defined.good == "down" else (max(values), min(values))
    places: dict[int, str] = {}
    for row in rows:
        share = 0.0 if best == worst else (row.values[outcome] - best) / (worst - best)
        place = round(share * (WIDTH - 1))
        places[place] = places.get(place, "") + row.name
    drawn, at = "", 0
    for place, letters in sorted(places.items()):
        drawn += "-" * max(0, place - at) + letters
        at = max(place, at) + len(letters)
    screen.say(f"\n{outcome}: {defined.name} ({defined.unit}; better to the left)")
    low, high = commands.number_text(best), commands.number_text(worst)
    screen.say(f"  {low:>10} |{drawn}{'-' * max(0, WIDTH - at)}| {high}")
