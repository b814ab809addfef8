"""Effects: what an intervention changed, and what happened elsewhere when the same was done.

`vedette.effect.precedents` is the record of foreign troops that fought beside governments and left.
"""
