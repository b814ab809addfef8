"""Which release of a data set counts for which days of a country, in data and in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from vedette.events.covers import Cover, known_covers
from vedette.events.formats.acled import ACLED
from vedette.events.formats.release_names import months_of
from vedette.events.formats.ucdp import PRECISE, UCDP
from vedette.events.releases import release_order
from vedette.periods import Days

_DAY = timedelta(days=1)
_PUBLISHERS = {
    UCDP: "UCDP GED",
    PRECISE: "UCDP GED (exactly placed events)",
    ACLED: "ACLED",
    "gdelt": "GDELT",
}


@dataclass(frozen=True)
class CountingRelease:
    """A release that counts for a run of days.

    Attributes:
        dataset: the data set.
        release: the release; empty if not known.
        days: the days for which its files count.
        guessed: whether nothing but the last event of a file says which release it is of.
        gap: days before these that no file covers, for which a Candidate waits; None where it counts.
    """

    dataset: str
    release: str
    days: Days
    guessed: bool = False
    gap: Days | None = None

    @property
    def preliminary(self) -> bool:
        """Whether the publisher has still to check its events: a Candidate of UCDP."""
        return self.dataset == UCDP and months_of(self.release) is not None

    @property
    def title(self) -> str:
        """The release as one writes it.

        >>> CountingRelease("ucdp", "25.0.9", Days(date(2025, 9, 1), date(2025, 9, 30))).title
        'UCDP Candidate 25.0.9'
        """
        publisher = "UCDP Candidate" if self.preliminary else _PUBLISHERS[self.dataset]
        return f"{publisher} {self.release}".strip() + (" (release guessed)" if self.guessed else "")


def counting_releases(
    covers: Sequence[Cover], dataset: str, known_on: date | None = None
) -> tuple[CountingRelease, ...]:
    """Which release counts for which days, from what the files of a data set cover.

    Of the files that cover a day that with the first release in the order of `release_order` counts. With
    ``known_on`` of those that were known then; see `vedette.events.Store.table`. Candidates go on with the
    yearly releases: those that a gap parts from them wait for the file of the gap and do not count.
    """
    at_hand = known_covers(covers, known_on)
    cuts = sorted({day for cover in at_hand for day in (cover.days.first, cover.days.last + _DAY)})
    counting: list[CountingRelease] = []
    for first, after in pairwise(cuts):
        days = Days(first, after - _DAY)
        over = [cover for cover in at_hand if cover.days.first <= days.first and days.last <= cover.days.last]
        if over:
            top = max(_known_then(over, covers, known_on), key=lambda cover: release_order(cover.release))
            _append(counting, CountingRelease(dataset, top.release, days, top.guessed))
    return tuple(_waiting(counting))


def _waiting(counting: Iterable[CountingRelease]) -> Iterator[CountingRelease]:
    """The releases, Candidates marked with the gap that parts them from the yearly ones before."""
    gap, end, yearly = None, date.max, False
    for each in counting:
        yearly = yearly or not each.preliminary
        if not each.preliminary:
            gap = None
        elif yearly and gap is None and each.days.first - _DAY > end:
            gap = Days(end + _DAY, each.days.first - _DAY)
        end = each.days.last
        yield replace(each, gap=gap)


def _known_then(over: Sequence[Cover], covers: Sequence[Cover], known_on: date | None) -> list[Cover]:
    """Those that were known on a day; if none was, those known when a file of them was first loaded."""
    if known_on is None:
        return list(over)
    day = max(known_on, min(cover.known for cover in covers))
    known = [cover for cover in over if cover.known <= day]
    first = min((cover.known for cover in over if not cover.published), default=day)
    return known or [cover for cover in over if cover.known <= first]


def _append(counting: list[CountingRelease], new: CountingRelease) -> None:
    """Adds a run of days, to the last one if it goes on with the same release."""
    last = counting[-1] if counting else None
    if last and replace(last, days=new.days) == new and last.days.last + _DAY == new.days.first:
        counting[-1] = replace(last, days=Days(last.days.first, new.days.last))
    else:
        counting.append(new)


def counting_text(counting: Iterable[CountingRelease]) -> str:
    """Which release counts for which days, in words; months of Candidates that follow each other as one.

    >>> month, year = Days(date(2025, 1, 1), date(2025, 1, 31)), Days(date(2024, 1, 1), date(2024, 12, 31))
    >>> counting_text([CountingRelease("ucdp", "25.1", year), CountingRelease("ucdp", "25.0.1", month)])
    'UCDP GED 25.1 from 2024-01 to 2024-12; UCDP Candidate 25.0.1 for 2025-01, preliminary'
    """
    return "; ".join(
        f"{_titles(run)} {_span(Days(run[0].days.first, run[-1].days.last))}{_remark(run[0])}"
        for run in _runs(counting)
    )


def newest_text(counting: Iterable[CountingRelease]) -> str:
    """The releases that count, each with the day to which it does but for the last, in words.

    >>> month, year = Days(date(2025, 1, 1), date(2025, 1, 31)), Days(date(2024, 1, 1), date(2024, 12, 31))
    >>> newest_text([CountingRelease("ucdp", "25.1", year), CountingRelease("ucdp", "25.0.1", month)])
    'UCDP GED 25.1 to 2024-12, then UCDP Candidate 25.0.1, preliminary'
    """
    every = list(_runs(counting))
    runs, waiting = [run for run in every if not run[0].gap], [run for run in every if run[0].gap]
    ends = [f"{_titles(run)} to {str(run[-1].days).split('..')[1]}" for run in runs[:-1]]
    last = [_titles(run) + _remark(run[0]) for run in runs[-1:]]
    return "; ".join([", then ".join([*ends, *last]), *(_titles(run) + _remark(run[0]) for run in waiting)])


def _runs(counting: Iterable[CountingRelease]) -> Iterator[list[CountingRelease]]:
    """The releases in order, Candidates that follow each other without a gap together."""
    run: list[CountingRelease] = []
    for each in counting:
        follows = run and run[-1].days.last + _DAY == each.days.first
        alike = run and run[-1].gap == each.gap and run[-1].preliminary and each.preliminary
        if run and not (follows and alike):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _titles(run: Sequence[CountingRelease]) -> str:
    return run[0].title if len(run) == 1 else f"{run[0].title}-{run[-1].release}"


def _remark(release: CountingRelease) -> str:
    if release.gap:
        months = " to ".join(dict.fromkeys(str(release.gap).split("..")))
        return f" is not counted, since no file covers {months}"
    return ", preliminary" if release.preliminary else ""


def _span(days: Days) -> str:
    first, last = str(days).split("..")
    return f"for {first}" if first == last else f"from {first} to {last}"
