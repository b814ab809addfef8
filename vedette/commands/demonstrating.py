"""A copy of a shipped case to try things on."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from vedette.case import find_case, read_case
from vedette.case.case import SHIPPED, folder_of_user
from vedette.errors import UsageError
from vedette.files import alone, new_folder

_PATIENCE = 30.0
_LEFT = ("events", ".vedette", "__pycache__")


@dataclass(frozen=True)
class DemoCase:
    """A copy of a shipped case: its folder, and whether it was just made."""

    folder: Path
    made: bool


def demo_case(name: str = "iraq", *, folder: Path | None = None) -> DemoCase:
    """Returns the user's copy of a shipped case, made if it is missing; one that is there stays as it is.

    ``folder`` is where it stands, by default ``$VEDETTE_HOME/demo/NAME`` (``~/.vedette/demo/NAME``).

    Raises:
        UsageError: no case of that name is shipped, or the folder holds something else.
        CaseError: the copy holds mistakes.
        StorageError: it cannot be written; nothing is left.

    Example:
        ``demo_case().folder`` is the folder of a copy of Iraq.
    """
    shipped = find_case(name)
    if shipped.parent != SHIPPED:
        raise UsageError(f"{name} does not come with vedette. Open it itself: vedette serve {name}")
    home = (folder or folder_of_user() / "demo" / name).absolute()
    with alone(home.parent / f".{home.name}.lock", _PATIENCE):
        made = not (home / "case.yaml").is_file()
        if made:
            _copy(shipped, home)
    read_case(home)
    return DemoCase(home, made)


def _copy(shipped: Path, home: Path) -> None:
    """Copies a case with the modes that the user's files have, however those of the package are."""
    with new_folder(home) as made:
        for file in sorted(path for path in shipped.rglob("*") if path.is_file()):
            name = file.relative_to(shipped)
            if not set(_LEFT) & set(name.parts):
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, made / name)
