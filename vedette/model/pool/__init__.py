"""The pool of forecasting families."""

from vedette.model.pool.member import SHARES, Pool, Share

__all__ = ["SHARES", "Pool", "Share"]
