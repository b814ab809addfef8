"""Sentences whose plain words would be read the wrong way round: from these no positive claim is proposed.

Questions, conditions, what failed, was refused, threatened, ended or is called false. A sentence that such a
word stands in says less than its verbs do; a person who reads it may still add a claim.
"""

import re

_WORDS = (
    *(r"if", r"unless", r"would", r"had @[\d+]+@", r"were @[\d+]+@ to"),
    *(r"fail(?:ed|s|ing)? to", r"failure to", r"refus(?:ed|es|ing|al) to", r"declin(?:ed|es|ing) to"),
    *(r"threaten(?:ed|s|ing)? to", r"unable to", r"unwilling to", r"reluctant to"),
    *(r"no longer", r"(?:stop|end|halt|suspend|ceas|terminat|discontinu|froz|freez)\w*", r"cut off"),
    *(r"few (?:believe|think|doubt|accept)\w*", r"nobody", r"no one", r"not (?:believed|thought|known)"),
    *(r"myths?", r"hoax\w*", r"conspiracy theor\w*", r"falsely", r"wrongly", r"rumou?rs?"),
    r"(?:is|are|was|were|be|proved|as) (?:\w+ )?(?:false|untrue|baseless|unfounded|fabricated|wrong)",
)
_TRAP = re.compile(rf"(?<![^ ])(?:{'|'.join(_WORDS)})(?![^ ])")
_COUNTER = re.compile(r"(?<![^ ])(?:had @[\d+]+@|would have)(?![^ ])")
_ASIDE = re.compile(r" , (?:[^ ,@#]+ ){1,4}by (?:the )?@[\d+]+@ ,")
_RELATIVE = re.compile(r" , (?:which|whom|who|that) (?:the )?@[\d+]+@ [^,@#]*,(?= )")
_NOTE = re.compile(
    r"(?<=[a-z]{4})\d{1,3}(?=[\s.,;:)]|$)|(?<=(?:19|20)\d\d\.)\d{1,3}(?=\s|$)"
    r"|(?<=[a-z]{4}\.)\d{1,3}(?=\s|$)"
)


def misleads(text: str) -> bool:
    """Whether a sentence, in small letters with names as slots, must give no positive claim.

    >>> misleads("does @0@ fund @1@ ?"), misleads("@0@ stopped funding @1@ ."), misleads("@0@ funds @1@ .")
    (True, True, False)
    """
    return text.rstrip(" \"”’'").endswith("?") or _TRAP.search(text) is not None


def counterfactual(text: str) -> bool:
    """Whether a sentence asks, or says what would have been."""
    return text.rstrip(" \"”'’").endswith("?") or _COUNTER.search(text) is not None


def crosses_aside(text: str, start: int, end: int) -> bool:
    """Whether characters ``start`` to ``end`` run out of an aside such as ``, backed by @1@ ,``."""
    return any(aside.start() <= start < aside.end() - 1 < end for aside in _ASIDE.finditer(text))


def without_relative(text: str) -> str:
    """A sentence without clauses such as ``, which @1@ fights,``: its actor is not that of the main clause.

    >>> without_relative("the @0@ , which @1@ fights , trained the @2@ .")
    'the @0@ trained the @2@ .'
    """
    return _RELATIVE.sub("", text)


def without_note_marks(text: str) -> str:
    """A text with the numbers of footnotes that stick to words blanked, of equal length.

    >>> without_note_marks("Canada trained the Peshmerga12 in 2018.4")
    'Canada trained the Peshmerga   in 2018. '
    """
    return _NOTE.sub(lambda found: " " * len(found[0]), text)
