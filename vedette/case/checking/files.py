"""Reads the files of a case folder as text, or returns the problem."""

from pathlib import Path

from vedette.errors import Problem
from vedette.files import current, obstacle

LARGEST = 200_000_000
"""The largest file that is read, in bytes; a table that a person can review is far smaller."""


def read_text(path: Path) -> str | Problem:
    """The text of a UTF-8 file (a byte order mark is dropped), or what is wrong with it."""
    place = current(path.parent, path.name)
    if way := obstacle(place):
        return Problem(path.name, 0, "", "a file", way.found, way.cure)
    try:
        if place.stat().st_size > LARGEST:
            size = f"{place.stat().st_size / 1e6:,.0f} MB"
            return Problem(path.name, 0, "", f"at most {LARGEST / 1e6:.0f} MB", size, "Cut the file down.")
        text = place.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Problem(path.name, 0, "", "a file", "nothing", "Put the file in the case folder.")
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02X} in line {error.object[: error.start].count(10) + 1}"
        return Problem(path.name, 0, "", "text in UTF-8", found, "Save it as 'CSV UTF-8' or 'UTF-8'.")
    except OSError as error:
        return Problem(path.name, 0, "", "a readable file", str(error.strerror), "Check its permissions.")
    if not text.strip():
        found = "an empty file" if not text else "only blanks"
        return Problem(path.name, 0, "", "some content", found, "Fill the file or delete it.")
    return text
