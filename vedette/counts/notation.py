"""The notation of periods in a table, so that results are written the same way."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vedette.errors import UsageError
from vedette.periods import Step, first_day, from_views_month, label, last_day, parse, period_of, views_month

_UNIX = date(1970, 1, 1).toordinal()


class Form(StrEnum):
    """The ways to write a period."""

    LABEL = "label"
    DATE = "date"
    COMPACT = "compact"
    NUMBER = "number"


@dataclass(frozen=True)
class Notation:
    """The notation of the periods of one table.

    ``shift`` applies to dates that denote a week or month: the days from its first day, or -1 for the last
    day of a month. Running numbers of months are those of VIEWS (month 1 is January 1980); week 0 began on
    1970-01-05, and day 0 is 1970-01-01.

    >>> Notation(Form.LABEL, Step.WEEK).write(Notation(Form.LABEL, Step.WEEK).read("2014-W20"))
    '2014-W20'
    >>> Notation(Form.NUMBER, Step.MONTH).read("478") == Notation(Form.COMPACT, Step.MONTH).read("201910")
    True
    """

    form: Form
    step: Step
    shift: int = 0

    def read(self, text: str) -> int:
        """The period that a text denotes.

        Raises:
            UsageError: the text is not in this notation.
        """
        try:
            period = self._read(text)
            label(period, self.step)
        except (ValueError, OverflowError):
            raise UsageError(f"{text!r} is no {self.step}: write it like {self.example}") from None
        if self.form is Form.DATE and self.write(period) != text:
            raise UsageError(
                f"{text!r} does not start a {self.step} as the others do: expected {self.write(period)}"
            )
        return period

    def write(self, period: int) -> str | int:
        """A period in this notation."""
        match self.form:
            case Form.LABEL:
                return label(period, self.step)
            case Form.DATE:
                return self._day(period).isoformat()
            case Form.COMPACT:
                return int(label(period, self.step).replace("-", ""))
            case Form.NUMBER:
                return _number(period, self.step)

    @property
    def example(self) -> str:
        """An example of a period in this notation."""
        return str(self.write(period_of(date(2014, 5, 12), self.step)))

    def _read(self, text: str) -> int:
        match self.form:
            case Form.LABEL:
                return parse(text, self.step)
            case Form.DATE:
                return period_of(date.fromisoformat(text), self.step)
            case Form.COMPACT:
                return parse(f"{text[:4]}-{text[4:]}", self.step)
            case Form.NUMBER:
                return _period(int(float(text)), self.step)

    def _day(self, period: int) -> date:
        if self.shift < 0:
            return last_day(period, self.step)
        return first_day(period, self.step) + timedelta(days=self.shift)


def _number(period: int, step: Step) -> int:
    match step:
        case Step.MONTH:
            return views_month(period)
        case Step.WEEK:
            return period
        case Step.DAY:
            return period - _UNIX


def _period(number: int, step: Step) -> int:
    match step:
        case Step.MONTH:
            return from_views_month(number)
        case Step.WEEK:
            return number
        case Step.DAY:
            return number + _UNIX
