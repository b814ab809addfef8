"""Chance is passed by a key: the same seed and the same names give the same draws, whatever else ran."""

import hashlib

import numpy as np


def key(seed: int, *names: str | int) -> np.random.Generator:
    """A generator of its own for one use of chance, such as one model at one origin.

    The names are hashed (BLAKE2b, 128 bits) into the spawn key of `numpy.random.SeedSequence`, so that
    keys with different names are independent and no key depends on the order in which others are made.

    >>> draws = key(7, "conflictology-12", 24161).integers(0, 100, 3).tolist()
    >>> draws == key(7, "conflictology-12", 24161).integers(0, 100, 3).tolist()
    True
    >>> draws == key(7, "conflictology-6", 24161).integers(0, 100, 3).tolist()
    False
    """
    plain = [str(name) if isinstance(name, str) else int(name) for name in names]
    digest = hashlib.blake2b(repr(plain).encode(), digest_size=16).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=words)))
