"""Prints the views of the network, the ties that faded, and the forces of which nobody claims anything."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl
from rich.markup import escape

from vedette.cli.text import screen
from vedette.commands import NetworkResult, figure, sentence
from vedette.commands.claim_words import said_when, span
from vedette.evidence import Ledger
from vedette.plurals import counted

_SHOWN = 12
"""Faded ties and names that a terminal shows; --json gives all."""
_SHARES = ("belief",)
"""Columns of probabilities."""
_KINDS = {"other-support": "other", "unknown-support": "not said"}


def print_network(result: NetworkResult) -> None:
    """Prints one view, the ties that it leaves out because they faded, and forces without a claim."""
    names = short_names(result.ledger)
    title = f"{result.view.capitalize()}, {result.at} ({result.ledger.case.edition} edition)"
    if result.table.is_empty():
        screen.say(f"No claim found for this view on {result.at}. Not found is not none.")
    elif result.view == "dependence":
        _print_dependence(result.table, result.through, title, names, result.at)
    elif result.view == "backing":
        _print_backing(result, title, names)
    else:
        shape = _SHAPES.get(result.view)
        screen.table(_named(shape(result.table, names) if shape else result.table, names), title)
    screen.say(bodies_in_words(result.bodies, names), quiet=not result.bodies)
    _print_faded(result, names)
    if result.unclaimed:
        forces = _listed([names.get(one, one) for one in result.unclaimed])
        closing = "Not found is not none: press attention decides which ties are claimed."
        screen.say(f"No claim of foreign support found: {forces}. {closing}")


def bodies_in_words(bodies: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> str:
    """Which bodies count as their backer: their beliefs differ from those of `vedette who`."""
    counted_as = (
        f"{_listed([names.get(body, body) for body in of_one])} as {names.get(backer, backer)}"
        for backer, of_one in bodies.items()
    )
    return f"Counted as the one they belong to: {'; '.join(counted_as)}."


def short_names(ledger: Ledger) -> Mapping[str, str]:
    """The names of actors and sites by id, states by their country."""
    return {key: name.removeprefix("Government of ") for key, name in ledger.names.items()}


def _print_dependence(
    table: pl.DataFrame, through: pl.DataFrame | None, title: str, names: Mapping[str, str], at: date
) -> None:
    screen.say(title)
    above = through_in_words(through, names)
    for (force, status), rows in table.group_by("force", "status", maintain_order=True):
        screen.out.print(f"\n[bold]{escape(names.get(str(force), str(force)))}[/], {status}", highlight=False)
        shown = [
            {
                "from": names.get(row["backer"], row["backer"]),
                "kind": _kind(row["relation"]),
                "since": _begun(row, at),
                "believed": f"{row['belief']:.0%}" + (", contested" if row["contested"] else ""),
                "last said": str(row["said"]),
                "how much": _amount(row),
                "from it alone": "yes" if row["alone"] else "no",
            }
            for row in rows.iter_rows(named=True)
        ]
        screen.table(pl.DataFrame(shown))
        for line in above.pop(str(force), ()):
            screen.say(line)
    for force, lines in above.items():
        screen.out.print(f"\n[bold]{escape(names.get(force, force))}[/], state", highlight=False)
        for line in lines:
            screen.say(line)
    if not table["widest"].all():
        screen.say("")
        screen.say("Parts of a force that one report names with it count once: see --show reports.")


def through_in_words(through: pl.DataFrame | None, names: Mapping[str, str]) -> dict[str, list[str]]:
    """By force, what reaches it through each force above it, in a line: backers with their kinds."""
    lines: dict[str, list[str]] = {}
    if through is None:
        return lines
    for (force, above), rows in through.sort("force", "through", "backer", "relation").group_by(
        "force", "through", maintain_order=True
    ):
        kinds: dict[str, dict[str, None]] = {}
        for backer, relation in rows.select("backer", "relation").iter_rows():
            kinds.setdefault(names.get(backer, backer), {})[_kind(relation)] = None
        given = "; ".join(f"{backer} ({', '.join(words)})" for backer, words in kinds.items())
        whole = names.get(str(above), str(above))
        lines.setdefault(str(force), []).append(f"Through {whole}, counted there: {given}.")
    return lines


def _amount(row: Mapping[str, object]) -> str:
    """The newest figure of a tie with its time."""
    if row["low"] is None:
        return "no figure"
    first, last = row["first"], row["last"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    when = _month(first) if _month(first) == _month(last) else f"{_month(first)} to {_month(last)}"
    return f"{figure(row)}, {when}"


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _print_backing(result: NetworkResult, title: str, names: Mapping[str, str]) -> None:
    today = result.table.filter(pl.col("at") == result.at).sort(
        "recipients", "backer", "status", descending=[True, False, False]
    )
    shown = today.select(
        pl.col("backer").replace(names),
        "status",
        "recipients",
        "reports",
        _kinds("kinds"),
        _names("names", names).alias("who"),
        pl.col("said").alias("last said"),
    )
    if shown.is_empty():
        screen.say(f"{title}: no recipient is believed far enough to be counted.")
    else:
        screen.table(shown, title)
    screen.say("")
    years = result.table.with_columns(year=pl.col("at").dt.year()).group_by(
        "backer", "status", maintain_order=True
    )
    rows = [
        {"backer": names.get(str(backer), str(backer)), "status": status, "recipients": _runs(of_one)}
        for (backer, status), of_one in years
    ]
    table = pl.DataFrame(rows).sort("backer", "status")
    screen.table(table, f"Recipients by year, at its end (in {result.at.year} on {result.at})")


def _runs(counts: pl.DataFrame) -> str:
    """Numbers by year, equal years in a row joined: 2004-2008: 2, 2014: 1."""
    runs: list[list[int]] = []
    for year, number in counts.select("year", "recipients").iter_rows():
        if runs and runs[-1][1] == year - 1 and runs[-1][2] == number:
            runs[-1][1] = year
        else:
            runs.append([year, year, number])
    return ", ".join(f"{a if a == b else f'{a}-{b}'}: {number}" for a, b, number in runs)


def _print_faded(result: NetworkResult, names: Mapping[str, str]) -> None:
    if result.faded.is_empty():
        return
    shown = [
        {
            "tie": sentence(names, row["subject"], row["relation"], row["object"]),
            "belief": _below(row["belief"], result.least),
            "said": said_when(row["said"], result.at),
        }
        for row in result.faded.head(_SHOWN).iter_rows(named=True)
    ]
    more = result.faded.height - len(shown)
    screen.say("")
    ties = counted(result.faded.height, "tie is", "ties are")
    screen.table(pl.DataFrame(shown), f"{ties} believed less than {result.least:.0%} and counted nowhere")
    if more:
        screen.say(f"and {more:,} said earlier; --json lists them.")


def _below(belief: float, least: float) -> str:
    """A belief below the least, with as many digits as show that it is."""
    whole = f"{belief:.0%}"
    return f"{belief:.1%}" if whole == f"{least:.0%}" else whole


def _ties(table: pl.DataFrame, _: Mapping[str, str]) -> pl.DataFrame:
    return table.select(
        "subject",
        pl.col("relation").replace(_KINDS),
        "object",
        "belief",
        pl.col("claims_for").alias("for"),
        pl.col("claims_against").alias("against"),
        pl.col("said").alias("last said"),
    )


def _flows(table: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    low, high = (
        pl.col("low").map_elements(screen.cell_text, return_dtype=pl.String),
        pl.col("high").map_elements(screen.cell_text, return_dtype=pl.String),
    )
    total = pl.col("total").map_elements(screen.cell_text, return_dtype=pl.String, skip_nulls=True)
    return table.select(
        pl.col("backer").replace(names),
        pl.col("status").alias("to"),
        "unit",
        "figures",
        pl.when(low == high).then(low).otherwise(pl.format("{} to {}", low, high)).alias("single_figures"),
        pl.format(
            "{} to {}", pl.col("first").dt.strftime("%Y-%m"), pl.col("last").dt.strftime("%Y-%m")
        ).alias("time"),
        pl.coalesce(total, pl.format("not added: {}", "why_no_total")).alias("sum"),
    )


def _positions(table: pl.DataFrame, _: Mapping[str, str]) -> pl.DataFrame:
    by = pl.concat_str(
        pl.when(pl.col("friendly") != "").then("friendly"),
        pl.when(pl.col("hostile") != "").then("hostile"),
        separator=";",
        ignore_nulls=True,
    )
    return table.select(
        "actor",
        "towards",
        "position",
        by.str.replace_all(";", ", ").alias("by"),
        "belief",
        "contested",
        pl.col("said").alias("last said"),
    )


def _alignment(table: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    return table.with_columns(_names("alike", names), _names("opposed", names))


def _reports(table: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    said = pl.format(
        "{} recipients, 1 report{}",
        "recipients",
        pl.when(pl.col("counted") < pl.col("recipients"))
        .then(pl.format("; {} without parts", "counted"))
        .otherwise(pl.lit("")),
    )
    return table.select(
        "backer",
        said.alias("rests on"),
        _names("names", names).alias("recipients"),
        _kinds("kinds"),
        "origin",
        pl.col("said").alias("last said"),
    )


def _substitution(table: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    return table.select(
        "force",
        pl.format("{}, {} ({})", pl.col("lost").replace(names), "what", "loss").alias("lost"),
        "lost_on",
        pl.format("{}, {} ({})", pl.col("turned_to").replace(names), "how", "gain").alias("turned_to"),
        "gained_on",
        "months",
    )


_SHAPES: Mapping[str, Callable[[pl.DataFrame, Mapping[str, str]], pl.DataFrame]] = {
    "ties": _ties,
    "flows": _flows,
    "positions": _positions,
    "alignment": _alignment,
    "reports": _reports,
    "substitution": _substitution,
}


def _kinds(column: str) -> pl.Expr:
    """Relations joined by ; as words."""
    parts = pl.col(column).str.split(";").list.eval(pl.element().replace(_KINDS))
    return parts.list.join(", ").alias(column)


def _kind(relation: str) -> str:
    return _KINDS.get(relation, relation)


def _names(column: str, names: Mapping[str, str]) -> pl.Expr:
    """Ids joined by ; as names."""
    return pl.col(column).map_elements(
        lambda ids: _listed([names.get(one, one) for one in ids.split(";") if one]), return_dtype=pl.String
    )


def _listed(words: Sequence[str]) -> str:
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _begun(row: Mapping[str, object], at: date) -> str:
    """The beginning of a spell as text.

    A day by which it held has "by" before it; a month or year that lasts beyond the day may be later than it.
    """
    day, begun = row["since"], row["begun"]
    if not isinstance(day, date):
        return "not known"
    text = span(day, None).removeprefix("since ")
    if not row["stated"]:
        return f"by {text}"
    return f"{text}, perhaps after this day" if isinstance(begun, date) and begun > at else text


def _named(table: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """The table with names in place of ids, lists as their length, decimals as many as matter."""
    ids = (
        *("subject", "object", "backer", "recipient", "force", "actor", "towards", "other"),
        *("by", "host", "mission", "lead"),
    )
    return table.with_columns(
        *(pl.col(c).replace(names) for c in ids if c in table.columns),
        *(pl.col(c).list.len() for c, kind in table.schema.items() if isinstance(kind, pl.List)),
        *(pl.col(c).round(2) for c, kind in table.schema.items() if kind.is_float() and c not in _SHARES),
        *(_percent(c) for c in _SHARES if c in table.columns),
        *(
            pl.when(pl.col(c)).then(pl.lit("yes")).otherwise(pl.lit("no")).alias(c)
            for c, kind in table.schema.items()
            if kind == pl.Boolean
        ),
    )


def _percent(column: str) -> pl.Expr:
    """A probability as text: 53%."""
    return pl.format("{}%", (100 * pl.col(column)).round(0).cast(pl.Int64)).alias(column)
