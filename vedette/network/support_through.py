"""Support that reaches state forces through the forces and ministries that they lie within."""

from datetime import date

import polars as pl

from vedette.case.forces import above
from vedette.evidence import Ledger
from vedette.network.backers import support
from vedette.network.standing import Standing

_NO_FORCE = ("state", "class")
_NO_RECIPIENT = (*_NO_FORCE, "institution")


def inherited_support(ledger: Ledger, at: date, force: str = "") -> pl.DataFrame:
    """Foreign support on a day that is claimed of a force or ministry, beside each state force within it.

    It runs down the tree of forces.csv from a force or ministry of status `state` to forces of that status,
    by way of such ones alone: never from the state as such or from a class, never to or through a hybrid. It
    is to be shown as "through" and enters no sum, since its claims count where they name the recipient.

    Columns: those of `vedette.network.support`, with ``force`` (that it reaches) and ``through`` (the
    recipient of the claims) in place of ``recipient`` and ``status``. With ``force`` only what reaches that
    one is listed.
    """
    pairs = [pair for pair in _reached(Standing(ledger.case, at)) if force in ("", pair[0])]
    reached = pl.DataFrame(pairs, schema={"force": pl.String, "through": pl.String}, orient="row")
    if force and not pairs:
        return reached
    given = support(ledger, at)
    return (
        given.rename({"recipient": "through"})
        .drop("status")
        .join(reached, on="through", maintain_order="left")
        .select("force", "through", pl.exclude("force", "through"))
    )


def _reached(standing: Standing) -> list[tuple[str, str]]:
    """Each state force with each of the forces and ministries from which support reaches it."""
    pairs = []
    for force, row in sorted(standing.coded.items()):
        if row.status != "state" or standing.kind(force) in _NO_RECIPIENT:
            continue
        for whole in above(standing.coded, force):
            if whole.status != "state" or standing.kind(whole.force) in _NO_FORCE:
                break
            pairs.append((force, whole.force))
    return pairs
