"""Words that programs write where a value is missing: R, pandas, SQL and spreadsheets each have their own."""

WORDS = ("-", "--", "na", "n/a", "n.a.", "#n/a", "<na>", "nan", "nat", "null", "none")
"""The words in lower case; a cell that holds one of them alone is empty."""


def is_missing(text: str) -> bool:
    """Whether a cell is empty or holds nothing but a word for a missing value.

    >>> is_missing("NaN"), is_missing(" "), is_missing("Nan province")
    (True, True, False)
    """
    word = text.strip().lower()
    return not word or word in WORDS
