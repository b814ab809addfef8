"""What a brief calls actors: short in tables and charts, with an article in sentences where one is due."""

import re

_WITH_ARTICLE = re.compile(
    r"(Kingdom|States|Republic|Union|Emirates|Federation|Islands|Netherlands|Philippines|Gambia|Bahamas|Maldives|"
    r"Army|Force|Forces|Police|Guard|Guards|Corps|Brigade|Brigades|Battalion|Division|Unit|Units|Ministry|Government|"
    r"Parliament|Council|Organization|Organisation|Movement|Party|Front|Service|Mobilization|Mission|coalition|"
    r"State|Peshmerga|Sons|Groups|groups|forces)"
)


def short_name(name: str) -> str:
    """The name of an actor in a table: a state by its country.

    >>> short_name("Government of United States of America"), short_name("Badr Organization")
    ('United States', 'Badr Organization')
    """
    return name.removeprefix("Government of ").replace("United States of America", "United States")


def spoken_name(name: str) -> str:
    """A short name as it stands within a sentence: with an article where its head is a common noun.

    >>> spoken_name("United States"), spoken_name("Iraq"), spoken_name("Ministry of Defence")
    ('the United States', 'Iraq', 'the Ministry of Defence')
    >>> spoken_name("Kataib Hezbollah"), spoken_name("US-led coalition"), spoken_name("members of parliament")
    ('Kataib Hezbollah', 'the US-led coalition', 'members of parliament')
    """
    if not name or name[0].islower() or name.lower().startswith(("the ", "al-")):
        return name
    head = re.split(r" of | in |,", name)[0].split()[-1]
    return f"the {name}" if _WITH_ARTICLE.fullmatch(head) else name


def capitalised(sentence: str) -> str:
    """A sentence with a capital at its start.

    >>> capitalised("the United States funds Iraq")
    'The United States funds Iraq'
    """
    return sentence[:1].upper() + sentence[1:]
