"""Writing a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from vedette.errors import StorageError


def replace_file(path: Path, content: bytes, cure: str = "Free some space or choose another folder.") -> Path:
    """Writes beside the target and moves into place, so that readers see the old file or the new one.

    Raises:
        StorageError: the folder or the file cannot be written; what stood there before is untouched.
    """
    beside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(f"{path}: cannot be written: {reason}. {cure} Nothing was changed.") from error
    finally:
        if beside:
            beside.unlink(missing_ok=True)
    return path
