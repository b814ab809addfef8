"""What stands around the text of the two pages: headings, marks, and who checked the translation."""

from vedette.brief.blocks import Brief
from vedette.brief.figures import Mark
from vedette.message import Day, Message, say, say_many

UNCHECKED = say(
    "Nobody who speaks this language as their own has checked this translation; where it differs, the "
    "English brief holds."
)
MARKS = {
    Mark.OBSERVED: say("observed"),
    Mark.ESTIMATED: say("estimated"),
    Mark.ASSUMED: say("assumed"),
}
LETTERS = {Mark.OBSERVED: say("o"), Mark.ESTIMATED: say("e"), Mark.ASSUMED: say("a")}
"""The letter that stands, raised, behind a figure in running text."""
MEANINGS = {
    Mark.OBSERVED: say("read from data rows"),
    Mark.ESTIMATED: say("computed by a model or a rule that fills gaps"),
    Mark.ASSUMED: say("held to be so by a named author"),
}
ABOUT_MARKS = say("Every figure carries a mark that leads to where it comes from:")
HOW_TO_READ = say("How to read the figures")
KIND = say("Conflict brief")
AS_OF, AGE, WORDS = say("As of"), say("Age of the data"), say("Likelihood words")
CONTENTS, ANNEX, IN_ENGLISH = say("Contents"), say("Annex"), say("The annex is in English.")
SKIP = say("Skip to the brief")
REGISTER, CLAIMS = say("Where every figure comes from"), say("Claims")
SOURCES = say("Sources and licences")
_EDITIONS = {"whole": say("whole"), "public": say("public"), "internal": say("internal")}


def edition_words(brief: Brief) -> Message:
    """Of which edition the brief is; editions that a case defines keep their names."""
    return say("{edition} edition", edition=_EDITIONS.get(brief.edition, brief.edition))


def standing_words(brief: Brief) -> Message:
    """Which issue it is, or that it is a draft."""
    return say("Issue {number}", number=brief.issue.number) if brief.issue else say("Draft, not issued")


def title_words(brief: Brief) -> Message:
    """The title of the window."""
    return say("{title}: brief as of {day}", title=brief.title, day=Day.at(brief.as_of, "iso"))


def scale_words(scale: str) -> Message:
    """Which scale the words of likelihood follow."""
    return say("Likelihood words follow the {scale} scale, with the number beside them.", scale=scale)


def rows_words(many: int) -> Message:
    """How many rows a table has."""
    return say_many(many, "{count} row", "{count} rows")


def correction_words(brief: Brief) -> Message | str:
    """Which issue it corrects, and why, in the words of who issued it; empty where it corrects none."""
    if brief.issue is None or brief.issue.corrects is None:
        return ""
    return say("Corrects issue {number}: {why}", number=brief.issue.corrects, why=brief.issue.why)


def rests_words(many: int) -> Message:
    """On how many claims figures rest."""
    return say_many(many, "Rests on {count} claim:", "Rests on {count} claims:")


def data_words(title: str) -> Message:
    """The line that opens the data of a chart."""
    return say("Data: {title}", title=title)
