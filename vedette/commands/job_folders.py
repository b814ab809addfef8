"""Where the long work of a running workbench is kept."""

from pathlib import Path

from vedette.case import find_case, workspace_of
from vedette.files import disk_errors

_FOLDER = 0o700


def job_folder(case: str, edition: str) -> Path:
    """Returns the folder of the jobs of an edition of a case, made if it is missing, for its owner alone.

    Raises:
        StorageError: it cannot be made.
    """
    folder = workspace_of(find_case(case)) / ".vedette" / "jobs" / edition
    with disk_errors(folder):
        folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    return folder
