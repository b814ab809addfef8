"""Which publishers let single rows of their data go on."""

from vedette.case.schema.judgement import TLP, Edition

AGGREGATES_ONLY = ("acled",)
"""Data sets whose terms let totals go on, and never rows."""


def may_show_rows(dataset: str, edition: Edition | None) -> bool:
    """Whether single rows of a data set may be shown to the readers of an edition.

    Rows that may not go on are shown to who has the files: in the edition that may hold everything, and in
    the full case (None).

    >>> public = Edition(id="public", handling="clear")
    >>> own = Edition(id="own", handling="red", protected=True)
    >>> may_show_rows("acled", public), may_show_rows("acled", own), may_show_rows("ucdp", public)
    (False, True, True)
    """
    everything = edition is None or (edition.protected and edition.allows(TLP[-1]))
    return everything or dataset not in AGGREGATES_ONLY
