"""submission_details.yml of a submission to the VIEWS prediction challenge."""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from vedette.errors import DataError, Problem, StorageError

FILE = "submission_details.yml"
_KEYS = ("team", "short_title", "even_shorter_identifier", "authors", "contact")
_PLACEHOLDER = re.compile(
    r"(?i)^\W*$|\b(todo|tbd|tba|xxx+|fixme|placeholder|lorem|your|my team|jane doe|john doe)\b|example\.|<.*>"
)
_CURES = {
    "authors": "List their names: authors: [Ada Lovelace, Alan Turing].",
    "contact": "Give an address that is read: contact: name@university.org.",
    "even_shorter_identifier": "Use up to 32 letters, digits, hyphens and underscores: it names the files.",
}


@dataclass(frozen=True)
class Details:
    """The five entries of submission_details.yml."""

    team: str
    short_title: str
    even_shorter_identifier: str
    authors: tuple[str, ...]
    contact: str

    def to_yaml(self) -> bytes:
        """The file that goes with a submission."""
        entries = {**asdict(self), "authors": list(self.authors)}
        return str(yaml.safe_dump(entries, sort_keys=False, allow_unicode=True)).encode()


def read_details(path: Path) -> Details:
    """Reads the details of a submission; every word must be filled in, and by more than a placeholder.

    Raises:
        StorageError: the file cannot be opened.
        DataError: it is no YAML, or lacks something; ``problems`` lists all of it.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "details.yml"
    >>> lines = ["team: Lookout", "short_title: A pool", "even_shorter_identifier: pool", "contact: a@b.org"]
    >>> _ = path.write_text("\\n".join([*lines, "authors: [Ada Lovelace]"]))
    >>> read_details(path).authors
    ('Ada Lovelace',)
    """
    entries = _yaml(path)
    problems = [problem for key in _KEYS for problem in _wrong(path.name, key, entries.get(key))]
    if problems:
        raise DataError(f"{path.name} does not say who submits", problems)
    plain = {key: str(entries[key]).strip() for key in _KEYS if key != "authors"}
    return Details(authors=tuple(_authors(entries["authors"])), **plain)


def _yaml(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be read: {error.strerror}. Write it with the keys {', '.join(_KEYS)}."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        found = " ".join(str(error).split())
        raise DataError(
            f"{path.name} cannot be read", [Problem(path.name, 0, "", "YAML in UTF-8", found, "Correct it.")]
        ) from error
    return document if isinstance(document, dict) else {}


def _wrong(file: str, key: str, value: object) -> list[Problem]:
    texts = _authors(value) if key == "authors" else [str(value).strip()] if value is not None else []
    bad = [text for text in texts if _PLACEHOLDER.search(text)]
    if key == "contact":
        bad += [text for text in texts if not re.fullmatch(r".*\S+@\S+\.\S+.*", text)]
    if key == "even_shorter_identifier":
        bad += [text for text in texts if not re.fullmatch(r"[\w-]{1,32}", text, re.ASCII)]
    if texts and not bad:
        return []
    found = repr(bad[0]) if bad else "nothing"
    wanted = "real words, not a placeholder" if texts else "this key"
    return [Problem(file, 0, key, wanted, found, _CURES.get(key, f"Write {key}: and what it is."))]


def _authors(value: object) -> list[str]:
    """Names, given as one text, as a list of texts, or as a list of mappings with a name."""
    if isinstance(value, list):
        return [str(one.get("name", "") if isinstance(one, dict) else one).strip() for one in value]
    return [str(value).strip()] if value is not None else []
