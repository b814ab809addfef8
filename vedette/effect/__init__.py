"""Effects: what an intervention changed, and what happened elsewhere when the same was done.

`vedette.effect.precedents` is the record of foreign troops that fought beside governments and left.
"""

from vedette.effect.precedents import Answer, Factor, Like, Record, answer, factor_of, read_like, read_record

__all__ = ["Answer", "Factor", "Like", "Record", "answer", "factor_of", "read_like", "read_record"]
