"""Random number streams: the same seed and names give the same draws, whatever else ran before."""

import hashlib
from collections.abc import Sequence

import numpy as np

_LONG = 4


def rng_stream(seed: int, *names: str | int) -> np.random.Generator:
    """A random number generator for one purpose, such as one model at one origin.

    The names are hashed (BLAKE2b, 128 bits) into the spawn key of `numpy.random.SeedSequence`, so that
    streams of different names are independent and none depends on the order in which others are made.

    >>> draws = rng_stream(7, "conflictology-12", 24161).integers(0, 100, 3).tolist()
    >>> draws == rng_stream(7, "conflictology-12", 24161).integers(0, 100, 3).tolist()
    True
    >>> draws == rng_stream(7, "conflictology-6", 24161).integers(0, 100, 3).tolist()
    False
    """
    return _stream(seed, _words(*names))


def block_stream(seed: int, *names: str | int, block: int) -> np.random.Generator:
    """A stream for one of several blocks of units; that of block 0 is that of no block, `rng_stream`."""
    return _stream(seed, (*_words(*names), block) if block else _words(*names))


def shared_stream(rng: np.random.Generator, purpose: str) -> np.random.Generator:
    """The stream for what all blocks of units have in common, such as a shock to a whole country.

    It depends on the seed and the names of the stream ``rng`` and on the purpose alone: not on the block, and
    not on what was drawn from ``rng`` before. Two calls with one purpose give the same numbers.

    >>> whole, block = rng_stream(7, "level"), block_stream(7, "level", block=3)
    >>> whole.random() == block.random()
    False
    >>> shared_stream(whole, "shocks").random() == shared_stream(block, "shocks").random()
    True
    """
    seeds = rng.bit_generator.seed_seq
    assert isinstance(seeds, np.random.SeedSequence)
    return _stream(seeds.entropy, (*seeds.spawn_key[:_LONG], *_words(purpose)))


def _stream(seed: int | Sequence[int] | None, words: Sequence[int]) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=words)))


def _words(*names: str | int) -> tuple[int, ...]:
    """Four words of 32 bits for some names."""
    plain = [str(name) if isinstance(name, str) else int(name) for name in names]
    digest = hashlib.blake2b(repr(plain).encode(), digest_size=4 * _LONG).digest()
    return tuple(np.frombuffer(digest, dtype="<u4").tolist())
