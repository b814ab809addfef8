"""The pool of forecasting families."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.model.pool.content import content_of
    from vedette.model.pool.member import SHARES, Pool, Share

__all__ = ["SHARES", "Pool", "Share", "content_of"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "SHARES" | "Pool" | "Share":
                from vedette.model.pool import member as home
            case "content_of":
                from vedette.model.pool import content as home
            case _:
                raise AttributeError(f"vedette.model.pool has no {name}")
        return getattr(home, name)
