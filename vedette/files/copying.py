"""Copies of files and folders with their access, and second names for them."""

import os
import shutil
from pathlib import Path

from vedette.files.access import keep_access
from vedette.files.disk import sync, sync_tree


def link_or_copy(path: Path, to: Path) -> None:
    """Gives a file a second name; a copy where the disk has none (a folder, another disk, no hard links)."""
    try:
        os.link(path, to)
    except OSError:
        copy(path, to)


def copy(path: Path, to: Path) -> None:
    """Copies a file or folder with its access, and flushes it."""
    if path.is_dir():
        shutil.copytree(path, to)
        sync_tree(to)
    else:
        shutil.copyfile(path, to)
        sync(to)
    keep_access(to, path)
