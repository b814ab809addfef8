"""The pool of forecasting families."""

from vedette.model.pool.member import SHARES, Pool, Share
from vedette.model.pool.twofold import Twofold

__all__ = ["SHARES", "Pool", "Share", "Twofold"]
