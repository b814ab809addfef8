"""Prints the scores of forecasts in files."""

from vedette.cli.options import TablePrinting
from vedette.cli.text import screen
from vedette.commands import FileScoreResult, Rules
from vedette.plurals import counted


def print_file_scores(result: FileScoreResult, *, printing: TablePrinting) -> None:
    """Prints a table for people, or everything for machines."""
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    elif not printing.quiet:
        screen.table(result.table(), _title(result))
        screen.say(_terms(result))


def _title(result: FileScoreResult) -> str:
    cells = result.card.table.filter(model=result.card.models[0])
    return (
        f"{counted(cells.height, 'cell')}: {counted(cells['unit'].n_unique(), 'unit')}, "
        f"{counted(cells['period'].n_unique(), 'period')}, {counted(cells['origin'].n_unique(), 'origin')}"
    )


def _terms(result: FileScoreResult) -> str:
    terms = result.card.terms
    views = result.rules is Rules.VIEWS
    form = "crps of the draws as they are" if views else "crps_fair is the S(S-1) form"
    against = f"; skill against {result.against}" if result.against else ""
    return (
        f"{form}, low and high its 90 % interval over units; ign after {terms.resample} draws; mis at "
        f"level {terms.mis_level:.2f}; {counted(terms.draws, 'draw')}{against}; lower is better"
    )
