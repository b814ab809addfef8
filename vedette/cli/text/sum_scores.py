"""Prints the scores of sums of periods."""

from vedette.cli.options import TablePrinting
from vedette.cli.text import screen
from vedette.commands import SumScoreResult
from vedette.plurals import counted


def print_sum_scores(result: SumScoreResult, *, printing: TablePrinting) -> None:
    """Prints a table for people, or everything for machines."""
    screen.warn(result.notes, quiet=printing.quiet)
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
    else:
        origins = counted(result.scores["origin"].n_unique(), "origin")
        screen.table(result.table(), f"sums of {result.measure} by {result.by}, {origins}")
        screen.say(_terms(result))
        screen.age(result.age, quiet=printing.quiet)


def _terms(result: SumScoreResult) -> str:
    apart = "; ".join(
        f"sums of {counted(periods, result.step.value)} of a unit that do not overlap: {count}"
        for periods, count in result.apart().items()
    )
    return (
        "over_best is crps_fair over that of the best baseline of sums, below 1 is better; inside_90 should "
        f"be .90; {apart}; {counted(result.draws, 'draw')}, seed {result.seed}"
    )
