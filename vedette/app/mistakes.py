"""What a visitor is told of a mistake: the message of the command, without a path of this machine."""

import errno
import re

from vedette import commands
from vedette.app.served import Held
from vedette.errors import StorageError, UsageError, VedetteError

_UNFIT, _CONFLICT, _FULL = 400, 409, 507


def status_of(error: VedetteError) -> int:
    """Returns the HTTP status of an error that a user can mend."""
    match error:
        case UsageError():
            return _UNFIT
        case StorageError(__cause__=OSError(errno=errno.ENOSPC | errno.EDQUOT)):
            return _FULL
        case _:
            return _CONFLICT


def lines_of(error: VedetteError, held: Held) -> list[str]:
    """Returns the lines of an error as a visitor reads them."""
    return [read_by(line, held) for line in str(error).split("\n")]


def read_by(text: str, held: Held) -> str:
    """Returns a text in which files stand by their path in the case, and no folder of this machine does."""
    for folder in held.folders():
        text = text.replace(f"{folder}/", "").replace(str(folder), folder.name)
    private = re.escape(str(commands.private_folder()))
    return re.sub(rf"{private}(/uploads/\w+/file)?/", "", text)
