"""The answer to the question in three sentences: how much, between whom and where, and what would change it."""

from vedette.brief.blocks import Block, Section
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.foremost import who_and_where
from vedette.brief.pages.known import last_months, span_words
from vedette.brief.pages.scenarios_now import what_would_change
from vedette.brief.pages.year_ahead import chance_of_more, clause, lately, months_ahead
from vedette.brief.prose import Paragraph, Points, text
from vedette.brief.sections.ahead import chance_above, months_added, threshold, total_of
from vedette.brief.sections.happening import last_month
from vedette.brief.sections.holding import ahead_words, covered
from vedette.brief.words import data_end_words, estimate
from vedette.plurals import plural

_FAR = 7
"""Months ahead from which intervals are far ahead."""


def answer(findings: Findings) -> Section:
    """The three sentences, how sure they are, and before them the end of the data where that is old."""
    sentences = (_how_much(findings), who_and_where(findings), what_would_change(findings.what_if))
    blocks: tuple[Block, ...] = (*_old(findings), Points(sentences, numbered=True), _how_sure(findings))
    return Section("answer", _headline(findings), blocks, "The answer")


def _old(findings: Findings) -> list[Block]:
    """That the data end long before the day of the brief; nothing where they do not."""
    words = data_end_words(findings.span, findings.day or findings.as_of).strip()
    return [text(words, end=last_month(findings))] if words else []


def _headline(findings: Findings) -> str:
    total = total_of(findings)
    middle, low, high = (float(str(end)) for end in (total.value, total.low, total.high))
    return (
        f"About {estimate(middle)} {plural(middle, 'death')} from {span_words(months_ahead(findings))}; "
        f"nine times in ten {estimate(low)} to {estimate(high)}"
    )


def _how_much(findings: Findings) -> Paragraph:
    """The total ahead, and the odds of more than in as many months before."""
    total, before = total_of(findings), lately(findings)
    middle = plural(float(str(total.value)), "death")
    words = f"How much: the middle forecast is {{total:band}} {middle}, in brackets the 90 % interval; "
    if before is None:
        chance = chance_above(findings, 1)
        words += (
            f"{clause(findings, chance, 'chance')} more than {threshold(findings)} die in the first month."
        )
        return text(words, total=total, chance=chance)
    chance = chance_of_more(findings, before)
    span = span_words(last_months(findings, months_added(findings)))
    words += f"{clause(findings, chance, 'chance')} more die than the {before:,} from {span}."
    return text(words, total=total, chance=chance)


def _how_sure(findings: Findings) -> Paragraph:
    """How often such intervals held."""
    horizon, near = findings.case.horizon, covered(findings, 1, 1)
    words = "How sure: the 90 % interval of such forecasts held what came in {near} of past cases one month ahead (90 % is right)"
    if horizon == 1:
        return text(f"{words}.", near=near)
    late = min(_FAR, horizon)
    words += f", in {{far}} {ahead_words(late, horizon)}."
    return text(words, near=near, far=covered(findings, late, horizon))
