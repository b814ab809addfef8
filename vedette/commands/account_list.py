"""Accounts of those who may come in from other machines: names, roles, hashed passwords."""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vedette.commands.account_names import account_name, name_key
from vedette.commands.kept_privately import Entries, changing_entries, entries_of, private_list
from vedette.commands.roles import Role
from vedette.errors import UsageError
from vedette.problems import did_you_mean

FEWEST, LONGEST_PASSWORD = 12, 1024
"""Characters of a password."""


@dataclass(frozen=True)
class Account:
    """An account: who it is of, what they may do, since when.

    ``hash`` is the argon2 hash of its password. ``stamp`` changes with the password: sessions that were
    opened under another have ended.
    """

    name: str
    role: Role
    since: date
    hash: str = field(repr=False)
    stamp: str = field(repr=False)

    def document(self) -> Mapping[str, Any]:
        """Returns name, role and the day since when; nothing of the password."""
        return {"name": self.name, "role": self.role.value, "since": str(self.since)}


@dataclass(frozen=True)
class AccountList:
    """The accounts that there are, and their file."""

    file: Path
    accounts: tuple[Account, ...]

    def document(self) -> list[Mapping[str, Any]]:
        """Returns a row for each account; nothing of the passwords."""
        return [each.document() for each in self.accounts]

    def find(self, name: str) -> Account | None:
        """Returns the account of a name, in any case and with any accents; None if there is none."""
        key = name_key(name)
        return next((each for each in self.accounts if name_key(each.name) == key), None)


def accounts_file() -> Path:
    """Returns the file of the accounts: ``$VEDETTE_HOME/accounts.json``, which its owner alone may read."""
    return private_list("accounts.json")


def accounts() -> AccountList:
    """Returns the accounts of the workbenches that this user serves.

    Raises:
        StorageError: their file can be read by others, or cannot be read.
    """
    return AccountList(accounts_file(), tuple(map(_account, entries_of(accounts_file()))))


def add_account(name: str, role: Role, *, password: str) -> Account:
    """Adds an account.

    Raises:
        UsageError: there is one of that name, or of one that looks like it; or name or password are refused.
        StorageError: the file cannot be written; it stays as it was.
    """
    kept = account_name(name)
    made = Account(kept, role, date.today(), _hash(kept, password), _new_stamp())
    with changing_entries(accounts_file()) as entries:
        for each in entries:
            if name_key(each["name"]) == name_key(kept):
                raise UsageError(
                    f"There is an account {each['name']!r}, which {kept!r} would be mistaken for. "
                    f"Choose another name, or change that one: vedette accounts password {each['name']!r}"
                )
        entries.append(_entry(made))
    return made


def remove_account(name: str) -> Account:
    """Removes an account; its sessions end.

    Raises:
        UsageError: there is none of that name.
    """
    with changing_entries(accounts_file()) as entries:
        found = _place(entries, name)
        return _account(entries.pop(found))


def set_password(name: str, password: str) -> Account:
    """Gives an account another password; all its sessions end.

    Raises:
        UsageError: there is no account of that name, or the password is refused.
    """
    with changing_entries(accounts_file()) as entries:
        place = _place(entries, name)
        entries[place] |= {"hash": _hash(entries[place]["name"], password), "stamp": _new_stamp()}
        return _account(entries[place])


def set_role(name: str, role: Role) -> Account:
    """Gives an account another role, at once also in the sessions that are open.

    Raises:
        UsageError: there is no account of that name.
    """
    with changing_entries(accounts_file()) as entries:
        place = _place(entries, name)
        entries[place]["role"] = role.value
        return _account(entries[place])


def is_password(account: Account | None, password: str) -> bool:
    """Whether a password is that of an account. Takes as long where there is no account."""
    import argon2

    hasher = argon2.PasswordHasher()
    try:
        hasher.verify(account.hash if account else _nobody(), _spelt(password))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return account is not None


def _nobody() -> str:
    """A hash that no password has."""
    return "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def _hash(name: str, password: str) -> str:
    import argon2

    spelt = _spelt(password)
    if not FEWEST <= len(spelt) <= LONGEST_PASSWORD:
        raise UsageError(
            f"Password: expected {FEWEST} to {LONGEST_PASSWORD} characters; found {len(spelt)}. "
            "Several words make a good one."
        )
    if name_key(name) in name_key(spelt) and len(name_key(spelt)) < len(name_key(name)) + FEWEST // 2:
        raise UsageError("Password: expected one that is not the name of the account. Choose several words.")
    return argon2.PasswordHasher().hash(spelt)


def _spelt(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _new_stamp() -> str:
    return secrets.token_hex(8)


def _entry(account: Account) -> dict[str, Any]:
    return {**asdict(account), "role": account.role.value, "since": str(account.since)}


def _account(entry: Mapping[str, Any]) -> Account:
    return Account(
        entry["name"], Role(entry["role"]), date.fromisoformat(entry["since"]), entry["hash"], entry["stamp"]
    )


def _place(entries: Entries, name: str) -> int:
    keys = [name_key(each["name"]) for each in entries]
    if name_key(name) not in keys:
        raise UsageError(
            f"There is no account {name!r}. {did_you_mean(name, [each['name'] for each in entries])} "
            "To list them: vedette accounts list"
        )
    return keys.index(name_key(name))
