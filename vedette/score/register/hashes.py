"""Hashes of counts, draws and records, which show whether they were changed."""

import hashlib
import json

import numpy as np

from vedette.model import History, IntArray


def panel_hash(past: History) -> str:
    """SHA-256 of a history: counts in all panel draws, units, periods, which were observed, measure.

    >>> from vedette.periods import Step
    >>> one, other = (History.of([[count]], ["IQ-NI"], 24161, Step.MONTH) for count in (3, 4))
    >>> panel_hash(one) == panel_hash(one), panel_hash(one) == panel_hash(other)
    (True, False)
    """
    span = past.span
    about = [past.measure, list(past.units), span.first, span.last, span.step.value]
    return digest(canonical(about) + plain_bytes(past.values) + plain_bytes(past.observed.astype(np.int64)))


def canonical(value: object) -> bytes:
    """A value as JSON that is the same whatever the order of its keys.

    >>> canonical({"b": 1, "a": [2]})
    b'{"a":[2],"b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def plain_bytes(array: IntArray) -> bytes:
    """Shape and whole numbers of an array, the same on every machine."""
    return repr(array.shape).encode() + np.ascontiguousarray(array, dtype="<i8").tobytes()


def digest(content: bytes) -> str:
    """SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
