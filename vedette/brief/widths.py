"""How wide the columns of a table are, so that no cell takes many more lines than the others of its row."""

from collections.abc import Sequence

EDGE = 3
"""Letters that the edges of a column take."""
_WHOLE = 13
"""Texts of so many letters are not broken, where there is room."""
_SHORT = 20
"""A title of so many letters takes two lines at most."""
_STEP = 0.25


def letters_across(titles: Sequence[str], rows: Sequence[Sequence[str]], line: int) -> list[int]:
    """Letters of each column with its edges, in all ``line`` at most; fewer where every text fits one line.

    Every column gets what its longer cells need to stand on L lines, with its words and short texts unbroken;
    L is the smallest number, 1 or more, at which they all fit the line.

    >>> letters_across(["who", "says"], [["A", "nothing"], ["B", "little"]], 60)
    [7, 10]
    >>> letters_across(["who", "says"], [["A", "nothing at all " * 6], ["B", "little " * 3]], 50)
    [7, 43]
    >>> letters_across(["one", "two"], [["a word " * 8, "a word " * 8]], 50)
    [25, 25]
    """
    columns = [[title, *(row[place] for row in rows)] for place, title in enumerate(titles)]
    bold = [int(place == 0) for place in range(len(columns))]
    usual = [_usual(texts[1:]) + more for texts, more in zip(columns, bold, strict=True)]
    least = [_least(texts) + more + EDGE for texts, more in zip(columns, bold, strict=True)]
    if sum(least) > line:
        least = [_word(texts) + more + EDGE for texts, more in zip(columns, bold, strict=True)]
    lines = 1.0
    while True:
        needed = [
            max(floor, int(-(-length // lines)) + EDGE) for floor, length in zip(least, usual, strict=True)
        ]
        if sum(needed) <= line:
            return needed if lines == 1 else _filled(needed, least, line)
        if needed == least:
            return [max(width * line // sum(least), 1) for width in least]
        lines += _STEP


def _usual(texts: Sequence[str]) -> int:
    """The letters of the longer cells: three in four are shorter, or half of the longest."""
    lengths = sorted(map(len, texts)) or [0]
    return max(lengths[len(lengths) * 3 // 4], lengths[-1] // 2)


def _least(texts: Sequence[str]) -> int:
    """Letters that keep words and short texts whole, and a title on two lines, a long one on three."""
    longest = max(map(len, texts[1:]), default=0)
    return max(_word(texts), longest if longest <= _WHOLE else 0, _title(len(texts[0])))


def _title(letters: int) -> int:
    return letters // (2 if letters <= _SHORT else 3) + 1


def _word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def _filled(needed: list[int], least: list[int], line: int) -> list[int]:
    """The rest of the line for the columns that are broken, by how wide they are."""
    loose = [width if width > floor else 0 for width, floor in zip(needed, least, strict=True)]
    rest = line - sum(needed)
    return [width + rest * own // (sum(loose) or 1) for width, own in zip(needed, loose, strict=True)]
