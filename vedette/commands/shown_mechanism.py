"""The mechanism of a case as one of its editions may show it."""

from datetime import date

from vedette.case import Case, read_case
from vedette.errors import CaseError, UsageError
from vedette.evidence import edition_of
from vedette.scenario import Mechanism, has_mechanism, read_head, read_mechanism


def shown_case(case: str, edition: str | None) -> Case:
    """Returns a case as an edition may show it; the whole case without an edition.

    Raises:
        CaseError: the case holds mistakes.
        UsageError: it has no such edition.
    """
    read = read_case(case)
    return read if edition is None else edition_of(read, edition)


def shown_mechanism(case: Case, as_of: date | None) -> Mechanism:
    """Returns the mechanism of a case that an edition may hold.

    A mechanism is free text of its author, in which nothing can be withheld: an edition shows all of it or
    nothing, by its ``handling``; see `vedette.case.Case.shows`. Where something is withheld, a mistake is not
    told in words of the file, which may name it.

    Raises:
        UsageError: the edition may not show the mechanism, or not as it is written.
        CaseError: it holds mistakes, and nothing is withheld.
        DataError: the case has no mechanism.
    """
    if not case.withheld or not has_mechanism(case):
        return read_mechanism(case, as_of)
    try:
        if case.shows(read_head(case).handling):
            return read_mechanism(case, as_of)
    except CaseError:
        raise UsageError(
            f"The {case.edition} edition cannot show the scenarios: mechanisms.yaml or a scenario has a "
            "mistake, or names what this edition withholds. See: vedette check"
        ) from None
    raise UsageError(
        f"The {case.edition} edition does not show the scenarios: mechanisms.yaml is marked more closely, or "
        "not at all in a case of which something is withheld. Write `handling: clear` into it if nothing "
        "there is secret, or choose another --edition."
    )
