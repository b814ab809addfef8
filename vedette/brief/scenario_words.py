"""The answer of a comparison in sentences: one for each scenario, and what all of it rests on.

The same sentences stand on the screen, in ``--json`` and in the brief. Every number in them is a named part,
so that the brief can put a figure with its chain in its place.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from vedette.brief.odds import assumed_by, odds_in_words, share_range
from vedette.brief.words import error_number, outcome_range
from vedette.message import Day, say
from vedette.periods import Span, first_day
from vedette.plurals import counted
from vedette.scenario import Ensemble
from vedette.scenario.answers import rests_on
from vedette.scenario.answers.on_record import most_on_record
from vedette.scenario.language.entries import Outcome

UNITS = {
    "deaths": say("deaths"),
    "attacks": say("attacks"),
    "people": say("people"),
    "deaths/month": say("deaths a month"),
    "attacks/month": say("attacks a month"),
    "people/month": say("people a month"),
    "USD/month": say("USD a month"),
    "share": say("(a share from 0 to 1)"),
    "index": say("(an index from 0 to 1)"),
}
"""Units as words after a number; those left out are words already."""
_FIGURES = ("median", "mean", "worst_5")
TITLES = {
    "median": "median",
    "median_error": "standard error of the median",
    "mean": "mean",
    "mean_error": "standard error of the mean",
    "worst_5": "mean of the worst twentieth",
    "worst_5_error": "standard error of the mean of the worst twentieth",
    "chance": "chance of passing its threshold",
    "matters": "the smallest difference that matters",
    "much_worse": "chance of being worse by more than that",
    "much_better": "chance of being better by more than that",
    "worse": "chance of being worse",
    "better": "chance of being better",
    "same": "share of draws without a difference",
    "worst_level": "mean of the worst twentieth of its level",
    "on_record": "the most on record over as many months",
}
"""What each number of a sentence is."""


@dataclass(frozen=True)
class Sentence:
    """One scenario in a sentence: ``template`` has a name in braces for each of the ``numbers``."""

    scenario: str
    template: str
    numbers: Mapping[str, str]

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return self.template.format(**self.numbers)


def sentences(
    ensemble: Ensemble, outcome: Outcome, months: Span, levels: pl.DataFrame, differences: pl.DataFrame
) -> tuple[Sentence, ...]:
    """A sentence for each scenario: the level under the first, and how each other differs from it.

    ``levels`` and ``differences``: the tables of `vedette.scenario.answers.tables` over these months.
    """
    first, *others = ensemble.scenarios
    changes = differences if differences.is_empty() else differences.filter(outcome=outcome.id)
    record = most_on_record(ensemble, outcome.id, months)
    own = [
        levels if levels.is_empty() else levels.filter(outcome=outcome.id, scenario=each)
        for each in ensemble.names
    ]
    return (
        _level(ensemble, outcome, months, own[0], record),
        *(
            _difference(
                ensemble,
                outcome,
                other.id,
                changes.filter(scenario=other.id, against=first.id),
                rows,
                None if _as_bad(outcome, own[0], rows) else record,
            )
            for other, rows in zip(others, own[1:], strict=True)
        ),
    )


def unit_words(unit: str) -> str:
    """A unit after a number, as it is read.

    >>> unit_words("deaths/month"), unit_words("people")
    ('deaths a month', 'people')
    """
    return UNITS.get(unit, unit)


def bare_unit(unit: str) -> str:
    """A unit by itself, without brackets.

    >>> bare_unit("share"), bare_unit("people")
    ('a share from 0 to 1', 'people')
    """
    alone = {"share": say("a share from 0 to 1"), "index": say("an index from 0 to 1")}
    return alone.get(unit, unit_words(unit))


def in_sentence(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it begins an abbreviation or a proper name.

    >>> in_sentence("Deaths in organised violence"), in_sentence("US troops"), in_sentence("Iran-linked men")
    ('deaths in organised violence', 'US troops', 'Iran-linked men')
    """
    first = name.split(" ", 1)[0]
    plain = first.isalpha() and first[:1].isupper() and first[1:].islower() and first not in _PROPER
    return name[:1].lower() + name[1:] if plain else name


_PROPER = ("Iran", "Iraq", "Islamic", "Kurdish", "Peshmerga")


def readings(ensemble: Ensemble) -> str:
    """What ranges run over, in a sentence; empty where there are no unweighted branches."""
    free = [each for each in ensemble.mechanism.file.alternatives if each.unweighted]
    if not free:
        return ""
    named = "; ".join(
        f"{each.name.rstrip('?')}? {_listed([f'“{short_name(branch.name)}”' for branch in each.branches])}"
        for each in free
    )
    many = counted(ensemble.groups, "reading")
    return f"Ranges run over {many} that nobody weighed, on the same draws. {named}."


def grounds(ensemble: Ensemble, history: str) -> list[str]:
    """What the answer rests on: how much is assumed, whether history covers it, what ranges run over.

    ``history``: the sentence of `vedette.scenario.history_covers`.
    """
    return [
        line
        for line in (ensemble.mechanism.moved, f"{_counts(ensemble)} {history}", readings(ensemble))
        if line
    ]


def cautions(
    ensemble: Ensemble, headline: Outcome, outcomes: Sequence[str], deciding: pl.DataFrame
) -> list[str]:
    """Sentences below the table: numbers that alone decide the headline, and levels that are withheld.

    ``deciding``: the table of `vedette.scenario.drivers.deciding_quantities`.
    """
    return [*repeated(ensemble, headline, deciding), *withheld_levels(ensemble, outcomes)]


def _counts(ensemble: Ensemble) -> str:
    """How many numbers the answer rests on, how many of them assumed, and by whom.

    What can move no outcome carries no answer, and is not counted.
    """
    rows = [row for row in rests_on(ensemble.mechanism) if row["moves"]]
    marks = Counter(str(row["mark"]) for row in rows)
    assumed = [str(row["by"]).split("; ") for row in rows if row["mark"] == "assumed"]
    authors = list(dict.fromkeys(author for each in assumed for author in each if author))
    by = f" by {authors[0]}" if len(authors) == 1 else f" (by {'; '.join(authors)})" if authors else ""
    return (
        f"This rests on {counted(len(rows), 'number or branch', 'numbers and branches')}: "
        f"{marks['assumed']} assumed{by}, {marks['estimated']} estimated, {marks['observed']} observed."
    )


def how_sure(ensemble: Ensemble) -> str:
    """How many draws were made, and what the signs of their error mean."""
    return (
        f"{counted(ensemble.draws, 'draw')}, seed {ensemble.seed}. ± is the standard error of simulation; "
        "~ stands before a number of which no digit holds at that many draws."
    )


def withheld_levels(ensemble: Ensemble, outcomes: Sequence[str]) -> list[str]:
    """A sentence for each outcome whose level is withheld, with the reason."""
    withheld = ensemble.mechanism.withheld
    return [
        f"{ensemble.outcomes[name].name}: the level is withheld, since {withheld[name]}; only changes are "
        "given."
        for name in outcomes
        if name in withheld
    ]


def repeated(ensemble: Ensemble, outcome: Outcome, deciding: pl.DataFrame) -> list[str]:
    """Sentences on numbers that alone decide whether an outcome gets better or worse under a scenario.

    ``deciding``: the table of `vedette.scenario.drivers.deciding_quantities`.
    """
    own = deciding.filter(pl.col("outcome") == outcome.id, pl.col("against") == ensemble.names[0])
    told = []
    for scenario in ensemble.scenarios[1:]:
        parts = []
        for (name, mark, author, one_sign), rows in own.filter(scenario=scenario.id).group_by(
            ["name", "mark", "author", "one_sign"], maintain_order=True
        ):
            branches = [short_name(branch_name(ensemble, each)) for each in rows["branch"] if each]
            some = 0 < len(branches) < ensemble.groups
            where = f" (where {_listed([f'“{each}”' for each in branches])})" if some else ""
            by = f" by {author}" if author else ""
            sign = f"the sign of “{name}”, as {mark}{by}"
            odds = f"“{name}” ({mark}{by}), whose own odds it repeats"
            parts.append(f"{sign if one_sign else odds}{where}")
        if parts:
            told.append(f"Better or worse under “{scenario.name}” is decided by {'; by '.join(parts)}.")
    return told


def branch_name(ensemble: Ensemble, branch: str) -> str:
    """The names of the unweighted branches of a row, from their ids."""
    names = {
        f"{each.id}: {option.id}": option.name
        for each in ensemble.mechanism.file.alternatives
        for option in each.branches
    }
    return "; ".join(names.get(part, part) for part in branch.split("; ") if part)


def short_name(name: str) -> str:
    """A name up to its colon.

    >>> short_name("They can: Washington's reading")
    'They can'
    """
    return name.partition(": ")[0].rstrip(".")


def plain_number(number: float) -> str:
    """A number that somebody wrote, as it was written, thousands apart.

    >>> plain_number(780.0), plain_number(10_000_000.0), plain_number(0.05)
    ('780', '10,000,000', '0.05')
    """
    return f"{number:,.0f}" if number.is_integer() else f"{number:,}"


def period_words(months: Span) -> str:
    """The first and the last month, as they are read."""
    first, last = (Day.at(first_day(month, months.step), "year") for month in (months.first, months.last))
    return (
        say("in {month}", month=first)
        if first == last
        else say("from {first} to {last}", first=first, last=last)
    )


def _level(
    ensemble: Ensemble, outcome: Outcome, months: Span, rows: pl.DataFrame, record: float | None
) -> Sentence:
    scenario = ensemble.scenarios[0]
    head = f"{scenario.name}: "
    if outcome.id in ensemble.mechanism.withheld:
        reason = ensemble.mechanism.withheld[outcome.id]
        words = f"the level of {in_sentence(outcome.name)} is withheld, since {reason}"
        return Sentence(scenario.id, _literal(f"{head}{words}."), {})
    numbers = _numbers(rows, signed=False)
    passed = ""
    if outcome.threshold:
        numbers["chance"] = odds_in_words(ensemble, rows["chance"].to_list())
        side = "above" if outcome.threshold.above is not None else "below"
        line = outcome.threshold.above if side == "above" else outcome.threshold.below
        passed = f"; chance of {outcome.threshold.name} ({side} {line:g}): {{chance}}"
    head = _literal(f"{head}{in_sentence(outcome.name)} {period_words(months)}: ")
    beyond = ""
    if _beyond(rows, record):
        numbers["on_record"] = _record(record)
        beyond = "; that worst twentieth is beyond the most on record, {on_record} in as many months"
    template = f"{head}{_three(outcome)}{passed}{beyond}."
    return Sentence(scenario.id, template, numbers)


def _difference(
    ensemble: Ensemble,
    outcome: Outcome,
    scenario: str,
    rows: pl.DataFrame,
    levels: pl.DataFrame,
    record: float | None,
) -> Sentence:
    name = ensemble.scenarios[ensemble.index(scenario)].name
    if rows["same"].min() == 1:
        words = f"{name}: no difference in {in_sentence(outcome.name)} in any draw."
        return Sentence(scenario, _literal(words), {})
    numbers = _numbers(rows, signed=True)
    base = ensemble.scenarios[0].name
    head = _literal(f"{name}: {in_sentence(outcome.name)} against “{base}”: ")
    template = head + _three(outcome)
    draws = ensemble.draws // ensemble.groups
    if outcome.matters:
        numbers["matters"] = plain_number(outcome.matters.least)
        numbers["much_worse"] = odds_in_words(ensemble, rows["much_worse"].to_list())
        numbers["much_better"] = odds_in_words(ensemble, rows["much_better"].to_list())
        unit = unit_words(outcome.unit)
        unit = unit.replace("s ", " ", 1) if outcome.matters.least == 1 else unit
        template += (
            f"; chance that it is worse by more than {{matters}} {unit}: {{much_worse}}, better by as much: "
            "{much_better}"
        )
    else:
        for side in ("worse", "better"):
            numbers[side] = odds_in_words(ensemble, rows[side].to_list())
        template += "; chance that it is worse: {worse}, better: {better}"
    same = share_range(rows["same"].to_list(), draws)
    if same not in ("0 %", "less than 1 %"):
        numbers["same"] = same
        template += "; no difference at all in {same} of draws"
    if _beyond(levels, record):
        numbers |= {"worst_level": _worst_level(levels), "on_record": _record(record)}
        template += (
            f"; the worst twentieth of {in_sentence(outcome.name)} is then {{worst_level}}, beyond the most "
            "on record, {on_record} in as many months"
        )
    by = assumed_by(rows)
    assumed = _literal(f" (the direction is {by.removeprefix(', ')})") if by else ""
    return Sentence(scenario, f"{template}{assumed}.", numbers)


def _three(outcome: Outcome) -> str:
    """Median, mean and tail, each with its error."""
    unit = "" if outcome.name.casefold().startswith(outcome.unit) else f" {unit_words(outcome.unit)}"
    return (
        f"{{median}}{unit} (median, ±{{median_error}}), {{mean}} on average "
        "(±{mean_error}), {worst_5} in the worst twentieth of futures (±{worst_5_error})"
    )


def _numbers(rows: pl.DataFrame, *, signed: bool) -> dict[str, str]:
    numbers = {}
    for name in _FIGURES:
        errors = rows[f"{name}_error"].to_list()
        numbers[name] = outcome_range(rows[name].to_list(), errors, signed=signed)
        numbers[f"{name}_error"] = error_number(max(errors))
    return numbers


def _beyond(levels: pl.DataFrame, record: float | None) -> bool:
    """Whether the worst twentieth in some branch is beyond the most on record."""
    return record is not None and not levels.is_empty() and max(levels["worst_5"].to_list()) > record


def _as_bad(outcome: Outcome, first: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether the worst twentieth of a level is that of the first scenario, within what matters."""
    if not outcome.matters or first.is_empty() or other.is_empty():
        return False
    apart = max(other["worst_5"].to_list()) - max(first["worst_5"].to_list())
    return bool(abs(apart) < outcome.matters.least)


def _worst_level(levels: pl.DataFrame) -> str:
    """The worst twentieth of a level, in the branch where it is worst."""
    worst = levels.row(int(levels["worst_5"].arg_max() or 0), named=True)
    return outcome_range([worst["worst_5"]], [worst["worst_5_error"]], signed=False)


def _record(record: float | None) -> str:
    """The most on record, as a number of an outcome is written."""
    return outcome_range([float(record or 0.0)], [0.0], signed=False)


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _literal(text: str) -> str:
    """Text in which braces stand for themselves."""
    return text.replace("{", "{{").replace("}", "}}")
