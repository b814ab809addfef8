"""Every write: whole or not at all, locked, private, durable, logged."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.files.change import CaseChange, changing
    from vedette.files.disk import cure_for, disk_errors, hash_bytes, hash_of
    from vedette.files.lock import locked
    from vedette.files.log import Edit, Line, Log, act_as, read_log, user_name
    from vedette.files.names import HINDCASTS, KEY, LOG, is_own, is_private, own_files
    from vedette.files.partial import PartialFile
    from vedette.files.reading import current, current_files, settle, steady
    from vedette.files.received import Obstacle, leads_out, obstacle
    from vedette.files.replace import new_folder, remove_file, replace_file, replace_files, replacing
    from vedette.files.temporary import scratch
    from vedette.files.turns import alone, made_once, used_now
    from vedette.files.undoing import forget, undo

__all__ = [
    "HINDCASTS",
    "KEY",
    "LOG",
    "CaseChange",
    "Edit",
    "Line",
    "Log",
    "Obstacle",
    "PartialFile",
    "act_as",
    "alone",
    "changing",
    "cure_for",
    "current",
    "current_files",
    "disk_errors",
    "forget",
    "hash_bytes",
    "hash_of",
    "is_own",
    "is_private",
    "leads_out",
    "locked",
    "made_once",
    "new_folder",
    "obstacle",
    "own_files",
    "read_log",
    "remove_file",
    "replace_file",
    "replace_files",
    "replacing",
    "scratch",
    "settle",
    "steady",
    "undo",
    "used_now",
    "user_name",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "CaseChange" | "changing":
                from vedette.files import change as home
            case "cure_for" | "disk_errors" | "hash_bytes" | "hash_of":
                from vedette.files import disk as home
            case "Edit" | "Line" | "Log" | "act_as" | "read_log" | "user_name":
                from vedette.files import log as home
            case "locked":
                from vedette.files import lock as home
            case "HINDCASTS" | "KEY" | "LOG" | "is_own" | "is_private" | "own_files":
                from vedette.files import names as home
            case "PartialFile":
                from vedette.files import partial as home
            case "current" | "current_files" | "settle" | "steady":
                from vedette.files import reading as home
            case "Obstacle" | "leads_out" | "obstacle":
                from vedette.files import received as home
            case "new_folder" | "remove_file" | "replace_file" | "replace_files" | "replacing":
                from vedette.files import replace as home
            case "scratch":
                from vedette.files import temporary as home
            case "alone" | "made_once" | "used_now":
                from vedette.files import turns as home
            case "forget" | "undo":
                from vedette.files import undoing as home
            case _:
                raise AttributeError(f"vedette.files has no {name}")
        return getattr(home, name)
