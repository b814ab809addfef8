"""The cache: answers that take long, kept by the hash of everything they depend on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.cache.cache import Cache
    from vedette.cache.digest import UnreadableError, digest_of
    from vedette.cache.folder import FOLDER, MOST, clear, entries
    from vedette.cache.program import program_digest

__all__ = ["FOLDER", "MOST", "Cache", "UnreadableError", "clear", "digest_of", "entries", "program_digest"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Cache":
                from vedette.cache import cache as home
            case "UnreadableError" | "digest_of":
                from vedette.cache import digest as home
            case "FOLDER" | "MOST" | "clear" | "entries":
                from vedette.cache import folder as home
            case "program_digest":
                from vedette.cache import program as home
            case _:
                raise AttributeError(f"vedette.cache has no {name}")
        return getattr(home, name)
