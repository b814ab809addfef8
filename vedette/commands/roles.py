"""What somebody who has come in may do."""

from enum import StrEnum


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
