"""Recognises the notation of the periods of a table."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import polars as pl

from vedette.counts.notation import Form, Notation
from vedette.counts.plain import ROW
from vedette.errors import Problem, UsageError
from vedette.periods import Step

_PATTERNS: tuple[tuple[str, Form, Step | None], ...] = (
    (r"\d{4}-\d{2}", Form.LABEL, Step.MONTH),
    (r"\d{4}-W\d{2}", Form.LABEL, Step.WEEK),
    (r"\d{4}-\d{2}-\d{2}", Form.DATE, None),
    (r"(1[89]|2[01])\d{2}(0[1-9]|1[0-2])", Form.COMPACT, Step.MONTH),
    (r"-?\d+(\.0+)?", Form.NUMBER, None),
)
_QUARTER = r"(1[89]|2[01])\d{2}[-_ ]?[Qq][1-4]|[Qq][1-4][-_ /]?(1[89]|2[01])\d{2}"
_YEAR_WEEK = r"(1[89]|2[01])\d{2}(0[1-9]|[1-4]\d|5[0-3])"
_YEAR = r"(19|20)\d{2}(\.0+)?"
_SERIAL = r"[2-5]\d{4}(\.0+)?"
_EXCEL = date(1899, 12, 30)
_WEEK = 7
_MONTHS = 12
_FORMS = "months (2014-05, 201405), weeks (2014-W20), days (2014-05-12) or whole numbers"


def read_periods(
    file: str, rows: pl.DataFrame, step: Step | None
) -> tuple[Notation | None, dict[str, int], list[Problem]]:
    """The notation of the periods of rows, the period of each text, and problems of the others.

    ``rows`` has the columns ``period`` (text) and ``ROW``. If no notation is recognised, no period is read.
    """
    first = rows.drop_nulls("period").group_by("period", maintain_order=True).agg(pl.col(ROW).min())
    texts = first["period"].to_list()
    if not texts:
        return None, {}, []
    notation = recognise(file, "period", texts, step)
    if isinstance(notation, Problem):
        return None, {}, [notation]
    meant, wrong = {}, []
    for text, row in first.iter_rows():
        try:
            meant[text] = notation.read(text)
        except UsageError as error:
            found = str(error).partition(":")[0]
            wanted = f"a {notation.step} like {notation.example}"
            wrong.append(Problem(file, row, "period", wanted, found, "Correct the period."))
    return notation, meant, wrong


def recognise(file: str, column: str, texts: Sequence[str], step: Step | None) -> Notation | Problem:
    """The notation that all periods of a table share, or the problem if there is none.

    Args:
        file: the file name for messages.
        column: the column name for messages.
        texts: the distinct periods of the table.
        step: the length of a period; None to infer it.
    """
    if other := _other_periods(texts, step):
        return Problem(file, 0, column, _FORMS, *other)
    forms = [(form, of) for pattern, form, of in _PATTERNS if all(re.fullmatch(pattern, t) for t in texts)]
    if not forms:
        wrong = next((t for t in texts if not any(re.fullmatch(p, t) for p, _, _ in _PATTERNS)), None)
        found = repr(wrong) if wrong else f"several ways mixed, like {_two_ways(texts)}"
        return Problem(file, 0, column, _FORMS, found, "Write every period the same way.")
    form, of = forms[0]
    if form is Form.COMPACT and step not in (None, Step.MONTH):
        form, of = Form.NUMBER, None
    if of is not None and step not in (None, of):
        cure = f"Leave --step out, or write each {step} as its first day."
        return Problem(file, 0, column, f"a {step}", f"a {of}: {texts[0]}", cure)
    if form is Form.DATE:
        return _dated(file, column, texts, step)
    return Notation(form, of or step or Step.MONTH)


def _other_periods(texts: Sequence[str], step: Step | None) -> tuple[str, str] | None:
    """What periods are and the cure, if all of a table are quarters, weeks in six digits, or years."""
    if all(re.fullmatch(_QUARTER, text) for text in texts):
        return f"quarters such as {texts[0]!r}", "Give the counts by month, or by day or week."
    weeks = all(re.fullmatch(_YEAR_WEEK, text) for text in texts) and step is not Step.DAY
    if weeks and any(int(text[4:]) > _MONTHS for text in texts):
        late = max(texts, key=lambda text: int(text[4:]))
        cure = (
            f"Write ISO weeks as {texts[0][:4]}-W{texts[0][4:]}. If they are no ISO weeks (epiweeks begin on "
            "Sunday), write the first day of each and give --step week."
        )
        return f"weeks in six digits, such as {late!r}", cure
    if step is not Step.DAY and _serial_dates(texts):
        found = f"numbers such as {texts[0]!r}, as Excel keeps the day {_excel_day(texts[0])}"
        return found, "Format the column as text like 2014-05 or as a date like 2014-05-12, and save again."
    if all(re.fullmatch(_YEAR, text) for text in texts) and step in (None, Step.MONTH):
        found = f"years such as {texts[0]!r}"
        cure = "Give the counts by month: whole numbers are read as running months (VIEWS: 400 is 2013-04)."
        return found, cure
    return None


def _serial_dates(texts: Sequence[str]) -> bool:
    """Whether whole numbers are days as Excel counts them: from 1954 to 2063, a week or more apart."""
    if not all(re.fullmatch(_SERIAL, text) for text in texts):
        return False
    numbers = sorted({int(float(text)) for text in texts})
    return all(after - before >= _WEEK for before, after in pairwise(numbers))


def _excel_day(text: str) -> date:
    return _EXCEL + timedelta(days=int(float(text)))


def _two_ways(texts: Sequence[str]) -> str:
    first = next(p for p, _, _ in _PATTERNS if re.fullmatch(p, texts[0]))
    return f"{texts[0]} and {next(t for t in texts if not re.fullmatch(first, t))}"


def _dated(file: str, column: str, texts: Sequence[str], step: Step | None) -> Notation | Problem:
    try:
        days = sorted({date.fromisoformat(text) for text in texts})
    except ValueError:
        wrong = next(text for text in texts if not _is_day(text))
        return Problem(file, 0, column, "a day of the calendar", wrong, "Correct the date.")
    match step or _step_of(days):
        case Step.DAY:
            return Notation(Form.DATE, Step.DAY)
        case Step.WEEK:
            return Notation(Form.DATE, Step.WEEK, days[0].weekday())
        case Step.MONTH:
            ends = all((day + timedelta(days=1)).day == 1 for day in days)
            return Notation(Form.DATE, Step.MONTH, -1 if ends else days[0].day - 1)
    cure = "Say what a row stands for: --step day, --step week or --step month."
    return Problem(file, 0, column, "days, weeks or months one after the other", _shown(days), cure)


def _step_of(days: Sequence[date]) -> Step | None:
    """The step between sorted dates: day, week or month; None if it cannot be inferred."""
    apart = [(after - before).days for before, after in pairwise(days)]
    firsts = all(day.day == 1 for day in days) or all((day + timedelta(days=1)).day == 1 for day in days)
    match min(apart, default=0):
        case 1:
            return Step.DAY
        case 7 if all(gap % 7 == 0 for gap in apart):
            return Step.WEEK
        case gap if gap >= 28 and firsts:
            return Step.MONTH
        case _:
            return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(days: Sequence[date]) -> str:
    return ", ".join(day.isoformat() for day in days[:3]) + (", ..." if len(days) > 3 else "")
