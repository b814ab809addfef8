"""The answer to the question in three sentences: how much, between whom and where, and what would change it."""

import re

from vedette.brief.blocks import Block, Section, asked_in
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.foremost import who_and_where
from vedette.brief.pages.known import last_months, when_words
from vedette.brief.pages.scenarios_now import what_would_change
from vedette.brief.pages.year_ahead import chance_of_more, clause, lately, months_ahead
from vedette.brief.prose import Paragraph, Points, text
from vedette.brief.sections.ahead import chance_above, months_added, threshold, total_of
from vedette.brief.sections.happening import last_month
from vedette.brief.sections.holding import ahead_words, covered
from vedette.brief.words import data_end_words
from vedette.message import say, say_many
from vedette.rounding import estimate

_OF_VIOLENCE = re.compile(
    r"violen|death|dead|\b(die|dies|died|dying)\b|kill|fight|fought|\bwars?\b|conflict|attack|battle|casualt|clash|fatal"
    r"|\bmort|\btués?\b|guerre|combat|attaque|conflit|affrontement|قتل|قتال|عنف|حرب|هجوم|هجمات|صراع|نزاع|معارك|اشتباك",
    re.IGNORECASE,
)
"""Words by which a question is known to ask for violence, in the languages of briefs."""
_FAR = 7
"""Months ahead from which intervals are far ahead."""


def answer(findings: Findings) -> Section:
    """The three sentences, how sure they are, and before them the end of the data where that is old."""
    sentences = (_how_much(findings), who_and_where(findings), what_would_change(findings.what_if))
    before = (*_old(findings), *_other_question(findings.case.question))
    blocks: tuple[Block, ...] = (*before, Points(sentences, numbered=True), _how_sure(findings))
    return Section(
        "answer",
        _headline(findings),
        blocks,
        say("The answer: how much violence, between whom, where, and what would change it"),
    )


def _old(findings: Findings) -> list[Block]:
    """That the data end long before the day of the brief; nothing where they do not."""
    words = data_end_words(findings.span, findings.day or findings.as_of)
    return [text(words, end=last_month(findings))] if words else []


def _other_question(question: str) -> list[Block]:
    """That the question of the case asks for something else than what is told; nothing where it does not."""
    if _OF_VIOLENCE.search(asked_in(question)):
        return []
    return [
        text(
            say(
                "The question of the case names no violence: what is told here is how many die, between whom and where, and "
                "what would change that."
            )
        )
    ]


def _headline(findings: Findings) -> str:
    total = total_of(findings)
    middle, low, high = (float(str(end)) for end in (total.value, total.low, total.high))
    return say_many(
        middle,
        "About {middle} death {when}; nine times in ten {low} to {high}",
        "About {middle} deaths {when}; nine times in ten {low} to {high}",
        middle=estimate(middle),
        when=when_words(months_ahead(findings)),
        low=estimate(low),
        high=estimate(high),
    )


def _how_much(findings: Findings) -> Paragraph:
    """The total ahead, and the odds of more than in as many months before."""
    total, before = total_of(findings), lately(findings)
    middle = say_many(
        float(str(total.value)),
        "How much: the middle forecast is {total:band} death, in brackets the 90 % interval",
        "How much: the middle forecast is {total:band} deaths, in brackets the 90 % interval",
    )
    if before is None:
        chance = chance_above(findings, 1)
        words = say(
            "{middle}; {it_is} {chance}{that} more than {least} die in the first month.",
            middle=middle,
            least=threshold(findings),
            **clause(findings, chance),
        )
        return text(words, total=total, chance=chance)
    chance = chance_of_more(findings, before)
    words = say(
        "{middle}; {it_is} {chance}{that} more die than the {before} {when}.",
        middle=middle,
        before=before,
        when=when_words(last_months(findings, months_added(findings))),
        **clause(findings, chance),
    )
    return text(words, total=total, chance=chance)


def _how_sure(findings: Findings) -> Paragraph:
    """How often such intervals held."""
    horizon, near = findings.case.horizon, covered(findings, 1, 1)
    if horizon == 1:
        words = say(
            "How sure: the 90 % interval of such forecasts held what came in {near} of past months (90 % is right)."
        )
        return text(words, near=near)
    late = min(_FAR, horizon)
    words = say(
        "How sure: the 90 % interval of single months held what came in {near} of past forecasts one month ahead (90 % is right), "
        "in {far} {ahead}; how often that of the total held is not measured here.",
        ahead=ahead_words(late, horizon),
    )
    return text(words, near=near, far=covered(findings, late, horizon))
