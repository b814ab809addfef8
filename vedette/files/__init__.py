"""Every write: whole or not at all, locked, private, durable, logged."""

from vedette.files.change import CaseChange, changing
from vedette.files.log import Edit, Line, Log, read_log
from vedette.files.names import LOG, is_own, is_private
from vedette.files.reading import current, current_files, settle, steady
from vedette.files.replace import new_folder, replace_file, replacing
from vedette.files.temporary import scratch
from vedette.files.undoing import forget, undo

__all__ = [
    "LOG",
    "CaseChange",
    "Edit",
    "Line",
    "Log",
    "changing",
    "current",
    "current_files",
    "forget",
    "is_own",
    "is_private",
    "new_folder",
    "read_log",
    "replace_file",
    "replacing",
    "scratch",
    "settle",
    "steady",
    "undo",
]
