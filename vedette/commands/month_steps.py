"""The steps of a monthly round, each told in a sentence or two."""

from collections.abc import Iterator, Mapping, Sequence

from vedette.case import last_issue
from vedette.changes import last_known
from vedette.commands.briefing import brief
from vedette.commands.changes_since import changes
from vedette.commands.checking import check
from vedette.commands.events import load
from vedette.commands.known import age_of
from vedette.commands.month_due import score_due
from vedette.commands.month_round import NOTHING, MonthRound, Told, Work
from vedette.commands.month_signs import read_signs
from vedette.commands.registering import register_deaths
from vedette.errors import CaseError
from vedette.events import LoweredMonth
from vedette.model import Forecast
from vedette.periods import Ahead, Step, first_day, label, last_day, period_of
from vedette.plurals import counted
from vedette.rounding import estimate, interval

_YEAR = 12


def load_files(asked: MonthRound) -> Told:
    """Loads the event files that were given, and says how far the data reach."""
    lines = tuple(_loaded(asked)) if asked.files else ()
    age = age_of(asked.case, asked.as_of).sentence()
    if not lines:
        return Told(
            (f"No event files were given. {age}",), f"vedette events summary {asked.case.typed}", NOTHING
        )
    return Told((*lines, age), f"vedette events summary {asked.case.typed}")


def _loaded(asked: MonthRound) -> Iterator[str]:
    result = load(asked.name, asked.files, agree=_never, report=asked.report)
    for file in result.loaded.files:
        known = " (loaded before)" if file.known else ""
        days = f"{file.first} to {file.last}{known}"
        yield f"{file.name}: {counted(file.events, 'event')} of {file.dataset}, {days}."
    for change in result.loaded.changes:
        yield (
            f"{change.dataset}: {change.new:,} new, {change.revised:,} revised, "
            f"{change.withdrawn:,} withdrawn, {change.unchanged:,} as before."
        )
    yield from result.remarks(asked.case.typed)


def _never(months: Sequence[LoweredMonth]) -> bool:
    """Agrees to no load that lowers the deaths of a month: that is for `vedette events load` to ask."""
    return False


def check_case(asked: MonthRound) -> Told:
    """Checks the case as a whole.

    Raises:
        CaseError: it holds mistakes; the round stops here.
    """
    command = f"vedette check {asked.case.typed}"
    try:
        warnings = len(check(asked.name).warnings)
    except CaseError as error:
        cure = (
            "The round stops here: correct them, then type the same command again; it goes on at this step."
        )
        raise CaseError(f"{error.args[0]} {cure}", error.problems) from error
    look = f" {counted(warnings, 'remark is', 'remarks are')} worth a look." if warnings else ""
    return Told((f"No mistakes.{look}",), command)


def register_forecasts(asked: MonthRound) -> Told:
    """Forecasts deaths of the country and its places, and freezes both forecasts in the register."""
    made = register_deaths(asked.name, as_of=asked.as_of, seed=asked.seed, report=asked.report)
    lines = [_ahead(made[0].forecast)]
    lines += [f"{'Registered' if each.added else 'Registered before'}: {each.issued.id}." for each in made]
    return Told(tuple(lines), f"vedette register {asked.case.typed}")


def _ahead(country: Forecast) -> str:
    """The next period and the next twelve, as far as the forecast reaches."""
    months = min(_YEAR, len(country.horizons))
    first, end = (_named(country.periods[place], country.step) for place in (0, months - 1))
    alone = f"{first}: {_said(country)} deaths by the middle forecast"
    if months == 1:
        return f"{alone}, in brackets the 90 % interval."
    year = _said(country.summed(Ahead(1, months)))
    return f"{alone}; {first} to {end}: {year} in all; in brackets the 90 % interval."


def _named(period: int, step: Step) -> str:
    return f"{first_day(period, step):%B %Y}" if step is Step.MONTH else label(period, step)


def _said(one: Forecast) -> str:
    low, median, high = one.quantiles([0.05, 0.5, 0.95])[:, 0, 0]
    return f"{estimate(median)} ({interval(low, high)})"


def say_changes(asked: MonthRound) -> Told:
    """Says what changed since the last issued brief."""
    end = last_known(asked.case, asked.as_of)
    command = f"vedette changes {asked.case.typed}{asked.edition}"
    if last_issue(asked.case, end) is None:
        before = last_day(period_of(end, Step.MONTH) - 1, Step.MONTH)
        words = (
            f"No brief of the {asked.case.edition} edition was issued before {end}: there is nothing to hold "
            "this round against."
        )
        return Told((words,), f"{command} --from {before} --to {end}", NOTHING)
    result = changes(
        asked.name, last=asked.as_of, edition=asked.case.edition, seed=asked.seed, report=asked.report
    )
    return Told(result.lead, f"{command} --to {end}")


def draft_brief(asked: MonthRound) -> Told:
    """Writes a draft of the brief; nothing is issued."""
    written = brief(
        asked.name,
        asked.out,
        as_of=asked.as_of,
        seed=asked.seed,
        edition=asked.case.edition,
        report=asked.report,
    )
    command = f"vedette brief {asked.typed}{asked.edition} --issue"
    return Told((f"A draft, not issued. Read it, then issue it with: {command}",), str(written.files["html"]))


WORKS: Mapping[str, Work] = {
    "load": Work("Load what is new", load_files),
    "check": Work("Check the case", check_case),
    "forecast": Work("Forecast and register", register_forecasts),
    "score": Work("Score what came due", score_due),
    "changes": Work("Say what changed", say_changes),
    "signs": Work("Read the signs", read_signs),
    "draft": Work("Draft the brief", draft_brief),
}
"""The steps of a round, in their order."""
