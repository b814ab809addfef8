"""How well reports are read: precision and recall on the sentences coded by hand, for each half."""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from vedette.case import read_case
from vedette.evidence.reading.grammar import SentenceClaim, claims_in, parse
from vedette.evidence.reading.vocabulary import Vocabulary, make_vocabulary
from vedette.evidence.words import clean

FOLDER = Path(__file__).parents[1] / "tests" / "evidence" / "reading"
MEASURES = ("actors", "relations", "hedge", "polarity", "speaker", "figure", "date")
Item = tuple[str, ...]


def vocabulary() -> Vocabulary:
    """The actors of the test with the places and sites of the Iraq case."""
    case = read_case("iraq")
    actors = pl.read_csv(FOLDER / "actors.csv", infer_schema=False).fill_null("")
    places = [
        *case.places.names.items(),
        *case.places.spellings.said,
        *((place, name) for name, place in case.places.spellings.bare.items()),
    ]
    return make_vocabulary(actors, case.sites, places)


def gold(half: str) -> list[dict[str, str]]:
    """The sentences of one half (dev or held-out)."""
    with (FOLDER / "gold.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["half"] == half]


def wanted(row: dict[str, str]) -> dict[str, set[Item]]:
    """What was coded by hand, as sets that can be compared."""
    claims = [tuple(claim.split(" ")) for claim in row["claims"].split(";") if claim]
    if not claims:
        return {
            **{measure: set() for measure in MEASURES},
            "actors": {(a,) for a in row["actors"].split(";") if a},
        }
    speaker = (row["speaker_kind"], row["speaker_of"], _words(row["speaker"]))
    return {
        "actors": {(actor,) for actor in row["actors"].split(";") if actor},
        "relations": {(*claim, "")[:3] for claim in claims},
        "hedge": {(row["hedge"],)},
        "polarity": {(row["polarity"],)},
        "speaker": {speaker if row["speaker_kind"] != "document" else ("document", "", "")},
        "figure": {(row["figure"],)} if row["figure"] else set(),
        "date": {(row["from"],)} if row["from"] else set(),
    }


def got(sentence: str, known: Vocabulary) -> dict[str, set[Item]]:
    """What the rules found, as sets that can be compared; names that are ambiguous propose nothing sure."""
    found = [claim for claim in claims_in(sentence, known) if claim.sure]
    mentions = parse(sentence, known).mentions
    return {
        "actors": {(key,) for mention in mentions if mention.actor for key in mention.ids},
        "relations": {(claim.subject[0], claim.relation, (*claim.object, "")[0]) for claim in found},
        "hedge": {(claim.hedge,) for claim in found},
        "polarity": {(claim.polarity,) for claim in found},
        "speaker": {_speaker(claim) for claim in found},
        "figure": {(_figure(claim),) for claim in found if claim.unit},
        "date": {(claim.start,) for claim in found if claim.start},
    }


def scores(half: str, known: Vocabulary) -> dict[str, tuple[int, int, int]]:
    """Hits, proposals and gold items of each measure, summed over the sentences of a half."""
    sums = dict.fromkeys(MEASURES, (0, 0, 0))
    for row in gold(half):
        right, found = wanted(row), got(row["sentence"], known)
        for measure in MEASURES:
            hits, proposed, true = sums[measure]
            both = right[measure] & found[measure]
            sums[measure] = (hits + len(both), proposed + len(found[measure]), true + len(right[measure]))
    return sums


def misses(half: str, known: Vocabulary) -> Iterator[str]:
    """What went wrong, sentence by sentence."""
    for row in gold(half):
        right, found = wanted(row), got(row["sentence"], known)
        wrong = [m for m in MEASURES if right[m] != found[m]]
        if wrong:
            yield f"{row['id']}: {row['sentence']}"
            yield from (f"    {m}: wanted {sorted(right[m])}, found {sorted(found[m])}" for m in wrong)


def lines(half: str, known: Vocabulary) -> Iterator[str]:
    """The rows of the table of one half."""
    for measure, (hits, proposed, true) in scores(half, known).items():
        precision, recall = hits / max(proposed, 1), hits / max(true, 1)
        yield f"| {half} | {measure} | {precision:.2f} | {recall:.2f} | {hits} | {proposed} | {true} |"


def _speaker(claim: SentenceClaim) -> Item:
    if claim.speaker_kind == "document":
        return ("document", "", "")
    return (claim.speaker_kind, claim.speaker_of, _words(claim.speaker))


def _words(text: str) -> str:
    return clean(text).casefold().removeprefix("the ")


def _figure(claim: SentenceClaim) -> str:
    ends = f"{claim.low:g}" if claim.low == claim.high else f"{claim.low:g}-{claim.high:g}"
    return f"{ends} {claim.unit}"


def main() -> None:
    """Prints the table of each half asked for, and with --misses what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", action="append", choices=["dev", "held-out"])
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    asked = parser.parse_args()
    known = vocabulary()
    print("| half | what | precision | recall | right | proposed | coded |\n|---|---|---|---|---|---|---|")
    for half in asked.half or ["dev", "held-out"]:
        print("\n".join(lines(half, known)))
        if asked.misses:
            print("\n".join(misses(half, known)))


if __name__ == "__main__":
    main()
