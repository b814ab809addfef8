"""Who is at the other end of a request, and what they may do."""

import getpass
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Request
from starlette.exceptions import HTTPException

from vedette.app.access import must_match
from vedette.commands import act_as


class Role(StrEnum):
    """What somebody may do: read; change the case; issue briefs and decide who else comes in."""

    READER = "reader"
    ANALYST = "analyst"
    LEAD = "lead"

    def may(self, needed: "Role") -> bool:
        """Whether this role holds all that another may do.

        >>> Role.LEAD.may(Role.ANALYST), Role.READER.may(Role.ANALYST)
        (True, False)
        """
        order = [*Role]
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class Visitor:
    """Somebody whose session is open: under which name changes are logged, and in which role."""

    name: str
    role: Role


def visitor(request: Request) -> Visitor:
    """Returns who asks. On this machine alone it is its user, who may do everything."""
    return Visitor(getpass.getuser(), Role.LEAD)


def posting(request: Request, form_token: str, needed: Role) -> Visitor:
    """Returns who posts a form, if the form is of their session and they may do what it asks.

    What the request changes from here on is logged under their name. Call it in the body of the function that
    answers the request: what a dependency sets does not reach it. A job runs in another process: hand it the
    name among its options, and let its verb begin with ``commands.act_as(options["by"])``.

    Raises:
        HTTPException: the form is of another session, or their role may not do it.
    """
    must_match(request, form_token)
    found = visitor(request)
    if not found.role.may(needed):
        raise HTTPException(403, f"This takes the role {needed.value}; yours is {found.role.value}.")
    act_as(found.name)
    return found
