"""What stands on every page of a document, and at its head."""

from vedette.brief.blocks import Brief
from vedette.brief.documents.labels import ENGLISH, labels_of
from vedette.brief.documents.tree import Record
from vedette.brief.languages import frame
from vedette.brief.languages.telling import Tongue
from vedette.brief.words import SCALES
from vedette.message import Day, say


def frame_of(brief: Brief) -> Record:
    """What stands on every page, and the head of the first."""
    tongue = Tongue(brief.language)
    standing = tongue.words(frame.standing_words(brief))
    day = tongue.words(say("As of {day}", day=Day.at(brief.as_of, "day")))
    made = say("Made by vedette {version}, seed {seed}", version=brief.version, seed=str(brief.seed))
    return {
        "title": brief.title,
        "background": tongue.words(brief.background),
        "question": tongue.words(brief.asked),
        "correction": tongue.words(frame.correction_words(brief)),
        "mark": f"{tongue.words(frame.edition_words(brief))} · {standing}",
        "running": f"{brief.title}  ·  {day}",
        "made": tongue.words(made),
        "facts": [
            tongue.words(frame.KIND),
            standing,
            day,
            tongue.words(brief.data_age),
            tongue.words(say("Likelihood words: {scale}", scale=SCALES[brief.scale].name)),
        ],
        "day": {"year": brief.as_of.year, "month": brief.as_of.month, "day": brief.as_of.day},
        "labels": labels_of(tongue).words(),
        "annex_labels": {**ENGLISH.words(), "annex": tongue.words(frame.ANNEX)},
        "annex_note": "" if tongue.english else tongue.words(frame.IN_ENGLISH),
    }
