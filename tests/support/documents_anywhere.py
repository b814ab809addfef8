"""Writes a small brief in every form and language, at a given time, for runs in other surroundings."""

import sys
import time
from pathlib import Path

from support.sample_brief import CHARTS, fourland_brief
from vedette.brief.formats import FORMATS
from vedette.brief.languages.pages import in_language
from vedette.brief.writing import write_brief

LANGUAGES = ("en", "fr", "ar")


def main(folder: Path, now: float) -> None:
    """Writes the brief as if the clock stood at ``now``, in seconds since 1970, into a folder a language."""
    time.time = lambda: now
    brief = fourland_brief({name: CHARTS[name] for name in ("violence", "map", "fan")})
    for language in LANGUAGES:
        write_brief(in_language(brief, language), folder / language, FORMATS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
