"""Who is at the other end of a request, and what they may do."""

from fastapi import Request
from starlette.exceptions import HTTPException

from vedette.app.access import must_match
from vedette.app.sessions import Role as Role
from vedette.app.sessions import Visitor as Visitor
from vedette.commands import act_as


def visitor(request: Request) -> Visitor:
    """Returns who asks: on this machine alone its user, in the role that may do everything."""
    found: Visitor = request.state.visitor
    return found


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
