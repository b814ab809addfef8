"""Who may come in from other machines: those with an account, by their password."""

from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, ClassVar

from vedette import commands
from vedette.app.kept_now import KeptNow
from vedette.app.sessions import FROM_AFAR, Session, Sessions, Visitor
from vedette.app.tokens import Doorkeeper
from vedette.app.tries import Tries
from vedette.errors import VedetteError

if TYPE_CHECKING:
    from vedette.app.sign_on import SignOn

_AT_ONCE = BoundedSemaphore(2)
"""Passwords that are hashed at once: each takes 64 MB for half a second."""


class WaitFirst(VedetteError):
    """Too many tries failed: the next one must wait for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = int(seconds) + 1
        super().__init__(f"Too many tries failed. Wait {self.seconds} seconds, then try again.")


def _accounts() -> KeptNow[commands.AccountList]:
    return KeptNow(commands.accounts_file(), commands.accounts)


@dataclass
class Reception(Doorkeeper):
    """A doorkeeper that knows accounts and takes no tokens of this machine.

    A session ends when its account is removed or has another password; another role counts at once.
    """

    from_afar: ClassVar[bool] = True
    sessions: Sessions = field(default_factory=lambda: Sessions(FROM_AFAR), repr=False)
    accounts: KeptNow[commands.AccountList] = field(default_factory=_accounts, repr=False)
    sign_on: "SignOn | None" = None
    tries: Tries = field(default_factory=Tries, repr=False)

    def enter(self, token: str) -> str | None:
        """Returns None: a token of this machine opens nothing here."""
        return None

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """Returns the key of a session opened with a password; None if name or password are wrong.

        The session of somebody who came by `sign_on` rests on no account here, and ends by its time alone.

        Raises:
            WaitFirst: too many tries of this name, or from this address, failed of late.
        """
        account = self.accounts.now().find(name)
        tried = account.name if account else name[: commands.LONGEST_PASSWORD]
        if wait := self.tries.ask(tried, address):
            raise WaitFirst(wait)
        with _AT_ONCE:
            right = commands.is_password(account, password)
        if not right or account is None:
            return None
        self.tries.succeeded(tried, address)
        return self.sessions.open(Visitor(account.name, account.role), account.stamp)

    def known(self, name: str) -> str:
        """Returns the name of an account as it is kept; empty if there is none, whatever was typed."""
        account = self.accounts.now().find(name)
        return account.name if account else ""

    def session(self, key: str) -> Session | None:
        """Returns the session of a key, in the role that its account has now; None if it opens none."""
        found = self.sessions.find(key)
        if found is None or not found.stamp:
            return found
        account = self.accounts.now().find(found.visitor.name)
        if account is None or account.stamp != found.stamp:
            self.leave(key)
            return None
        found.visitor = Visitor(account.name, account.role)
        return found
