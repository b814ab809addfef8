"""The commands that write the brief, and list the briefs that were issued."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, CaseName, Csv, EditionName, Json, Quiet, Seed
from vedette.cli.text import screen
from vedette.errors import UsageError

NONE = "No brief of this edition was issued yet. Issue one with vedette brief CASE --issue."


class Language(StrEnum):
    """The languages of the two pages of a brief."""

    EN = "en"
    FR = "fr"
    AR = "ar"


@dataclass(frozen=True)
class Issuing:
    """Issuing the brief."""

    issue: Annotated[
        bool, typer.Option("--issue", help="Keep it under issues/ of the case, numbered, frozen and hashed.")
    ] = False
    corrects: Annotated[
        int | None,
        typer.Option("--corrects", metavar="N", min=1, help="The number of the issue that it corrects."),
    ] = None
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="TEXT", help="Why it is corrected, in a line that readers see."),
    ] = None

    def correction(self) -> commands.Correction | None:
        """Returns what is corrected, and why; None where nothing is.

        Raises:
            UsageError: one of the three options is given without another that it needs.
        """
        if (self.corrects or self.why) and not self.issue:
            raise UsageError("--corrects and --why are about an issue. Add --issue, or leave them out.")
        if self.corrects is None and self.why is None:
            return None
        if self.corrects is None:
            raise UsageError(
                "--why: expected the issue that is corrected beside it; found none. Add --corrects N."
            )
        return commands.Correction(self.corrects, self.why or "")


@dataclass(frozen=True)
class Forms:
    """Form of the brief."""

    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="LIST", help=f"Which files, with commas: {', '.join(commands.FORMATS)}."
        ),
    ] = ",".join(commands.USUAL_FORMATS)
    short: Annotated[bool, typer.Option("--short", help="The two pages alone, without the annex.")] = False
    language: Annotated[
        Language, typer.Option("--language", help="Language of the two pages; the annex stays English.")
    ] = Language.EN
    milestones: Annotated[
        int | None,
        typer.Option(
            "--milestones",
            metavar="N",
            min=0,
            help="Number N events of the timeline on charts, the heaviest first; else all with a weight.",
        ),
    ] = None


@grouped
def brief(
    case: CaseName,
    issuing: Issuing,
    forms: Forms,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the files.")] = None,
    seed: Seed = commands.SEED,
    second_opinion: Annotated[
        str | None,
        typer.Option(
            "--second-opinion",
            metavar="MODEL",
            help="Let level-bayes or endemic-bayes, which sample, forecast the country too: about a minute.",
        ),
    ] = None,
    edition: EditionName = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the brief: one page that works without a network, and the same for machines.

    Example: [bold]vedette brief iraq --as-of 2020-09-30 --out build/iraq[/]
    """
    correction, formats = issuing.correction(), commands.formats_of(forms.format)
    with screen.remarks(quiet=quiet or json), screen.progress(quiet=quiet or json) as report:
        result = commands.brief(
            case,
            out,
            as_of=as_of,
            seed=seed,
            second_opinion=second_opinion,
            milestones=forms.milestones,
            edition=edition,
            issue=issuing.issue,
            correction=correction,
            formats=formats,
            short=forms.short,
            language=forms.language.value,
            report=report,
        )
    if json:
        screen.as_text(result.text())
        return
    screen.say(f"Wrote {' and '.join(map(str, result.files.values()))}", quiet=quiet)
    if result.issue:
        screen.say(commands.issued_words(result.issue), quiet=quiet)


def issues(
    case: CaseName, edition: EditionName = None, json: Json = False, csv: Csv = None, quiet: Quiet = False
) -> None:
    """List the briefs that were issued, after checking every file of them against its hash.

    Example: [bold]vedette issues my-iraq --edition internal[/]
    """
    result = commands.issues(case, edition)
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    screen.say(NONE) if result.table().is_empty() else screen.table(result.table())
    screen.warn(result.remarks(), quiet=quiet)
