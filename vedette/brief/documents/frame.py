"""What stands on every page of a document, and at its head."""

from vedette.brief.blocks import Brief
from vedette.brief.documents.labels import Labels, day_words
from vedette.brief.documents.tree import Record
from vedette.brief.words import SCALES


def frame_of(brief: Brief, labels: Labels) -> Record:
    """What stands on every page, and the head of the first."""
    mark = f"{labels.edition.format(edition=brief.edition)} · {brief.standing}"
    day = labels.as_of.format(day=day_words(brief))
    made = labels.made_by.format(version=brief.version, seed=brief.seed)
    return {
        "title": brief.title,
        "background": brief.background,
        "question": brief.asked,
        "correction": brief.correction,
        "mark": mark,
        "running": f"{brief.title}  ·  {day}",
        "made": f"{labels.made} {made}",
        "facts": [
            labels.kind,
            brief.standing,
            day,
            brief.data_age,
            f"{labels.scale}: {SCALES[brief.scale].name}",
        ],
        "day": {"year": brief.as_of.year, "month": brief.as_of.month, "day": brief.as_of.day},
        "labels": labels.words(),
    }
