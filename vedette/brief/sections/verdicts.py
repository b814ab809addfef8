"""The forecast against simple ones in words: what it beats, and where it is not shown to be better."""

from vedette.brief.blocks import Block
from vedette.brief.figures import Figure, Mark
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.forecast import UNITS
from vedette.brief.prose import Note, Paragraph, text
from vedette.brief.sections.making import OF, TITLES
from vedette.brief.sections.simple import simple_words
from vedette.brief.words import percent
from vedette.model import By
from vedette.plurals import counted
from vedette.rounding import decimal


def verdict(findings: Findings, by: By) -> Paragraph:
    """One target in words, with the skill over the baseline that comes closest."""
    record = findings.records[by]
    closest = min(record.skills, key=lambda skill: skill.skill)
    known = closest.low is not None
    beaten = ("better",) if known else ("better", "ahead")
    count = Figure(
        f"beaten-{by.value}",
        f"Simple forecasts beaten{' beyond chance' if known else ''}, {OF[by]}",
        Mark.ESTIMATED,
        findings.past_chain(by),
        "simple forecasts",
        value=sum(skill.verdict in beaten for skill in record.skills),
    )
    sure = "beyond chance" if known else "(past months are too few to say whether by chance)"
    return text(
        f"{TITLES[by]}: better than {{count}} of {counted(len(record.skills), 'simple forecast')} {sure}. The closest is "
        f"{simple_words(closest.baseline)}: the skill over it is {{skill}}{', in brackets the 90 % interval' * (known and by is By.COUNTRY)}.",
        count=count,
        skill=skill_figure(findings, by, closest.baseline),
    )


def skill_figure(findings: Findings, by: By, baseline: str) -> Figure:
    """Skill of the pool over one baseline, with its interval."""
    record = findings.records[by]
    skill = next(one for one in record.skills if one.baseline == baseline)
    around = (
        ""
        if skill.low is None or skill.high is None
        else f" ({decimal(100 * skill.low)} to {percent(skill.high)})"
    )
    return Figure(
        f"skill-{by.value}-{baseline}",
        f"Skill over {simple_words(baseline)}, {OF[by]}",
        Mark.ESTIMATED,
        findings.past_chain(by),
        "share of the error of the simple forecast",
        value=skill.skill,
        low=skill.low,
        high=skill.high,
        band="90 % interval, block bootstrap over origins",
        digits=2,
        show=percent(skill.skill) + around,
    )


def shortfalls(findings: Findings) -> list[Block]:
    """Plain words where the pool is not better than a baseline."""
    phrases = {
        "worse": "is worse than",
        "behind": "scores no better than",
        "ahead": "is ahead of, but only within chance,",
    }
    parts: list[str] = []
    figures: dict[str, Figure] = {}
    for by in UNITS:
        for skill in findings.records[by].skills:
            if skill.verdict in phrases and (skill.low is not None or skill.verdict == "behind"):
                key = f"s{len(figures)}"
                figures[key] = skill_figure(findings, by, skill.baseline)
                parts.append(
                    f"{OF[by]}, it {phrases[skill.verdict]} {simple_words(skill.baseline)} (skill {{{key}}})"
                )
    if not parts:
        return []
    return [
        Note(
            "Where the forecast is not shown to be better", text("On " + "; on ".join(parts) + ".", **figures)
        )
    ]
