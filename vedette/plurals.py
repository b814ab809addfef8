"""Numbers with the nouns and verbs that agree with them: 1 tie has, 2 ties have."""


def plural(number: float, one: str, many: str = "") -> str:
    """The words that agree with a number; ``many`` is ``one`` with an s if not given.

    >>> plural(1, "person", "people"), plural(0, "death"), plural(1.5, "month")
    ('person', 'deaths', 'months')
    """
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """A whole number and the words that agree with it, thousands apart; ``many`` as in `plural`.

    >>> counted(1, "tie has", "ties have"), counted(0, "tie has", "ties have"), counted(2143, "claim")
    ('1 tie has', '0 ties have', '2,143 claims')
    """
    return f"{number:,} {plural(number, one, many)}"
