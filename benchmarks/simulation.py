"""Futures of many units by the endemic-epidemic model, against the rate at which numpy alone can draw.

The limit is numpy drawing a negative binomial of the same mean and dispersion for every cell, nothing else:
no neighbours, no lags, nothing kept. JAX draws a sample of the same cells for comparison.

    python benchmarks/simulation.py [--units 13000] [--draws 1000] [--months 12]
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array, eye_array, kron

from vedette.model import FloatArray, IntArray
from vedette.model.endemic.forward import Process, futures
from vedette.model.endemic.growth import growth

T = TypeVar("T")
SEED, SAMPLE, PILOT = 1, 300_000, 50


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=13_000)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--jax", action=argparse.BooleanOptionalAction, default=True)
    asked = parser.parse_args()
    process, recent = made(asked.units)
    means = expected(process, simulated(process, recent, PILOT, asked.months)[2])
    seconds, limit, ours = simulated(process, recent, asked.draws, asked.months, means)
    memory = peak()
    cells, share = ours.size, float((ours > 0).mean())
    print(
        f"{asked.draws} draws x {asked.months} months x {asked.units} units = {cells / 1e6:.1f} million cells"
    )
    print(f"mean {ours.mean():.2f} events a cell, {share:.0%} not 0, growth {growth(process)[0]:.2f}")
    print(f"{'':<44} {'seconds':>8} {'million/s':>10} {'to limit':>9}")
    line("numpy alone, negative_binomial", limit, cells, limit)
    line("vedette: lags, neighbours, draws, all kept", seconds, cells, limit)
    if asked.jax:
        line("JAX alone, gamma and Poisson (from a sample)", jax_alone(means, process, cells), cells, limit)
    print(f"peak memory {memory:.2f} GB, of which the draws are {ours.nbytes / 2**30:.2f}")


def made(units: int) -> tuple[Process, IntArray]:
    """Cells of a map, eight neighbours each, a few violent, three lags; and three months of counts."""
    rng = np.random.default_rng(SEED)
    level = np.exp(rng.normal(-2.5, 1.5, units))
    spread = np.exp(rng.normal(0.0, 0.5, units))
    process = Process(level, 0.5, 0.3, spread, np.array([0.6, 0.3, 0.1]), grid(units))
    return process, rng.poisson(level / 0.2, (1, 3, units))


def grid(units: int) -> csr_array:
    """Weights of a grid in rows as long as it is wide; each cell shares itself among its neighbours."""
    wide = int(np.ceil(np.sqrt(units)))
    line = diags_array([1.0, 1.0, 1.0], offsets=[-1, 0, 1], shape=(wide, wide))
    touching = csr_array(kron(line, line) - eye_array(wide * wide))[:units, :units]
    touching.eliminate_zeros()
    return csr_array(diags_array(1.0 / touching.sum(axis=1)) @ touching)


def simulated(
    process: Process, recent: IntArray, draws: int, months: int, means: FloatArray | None = None
) -> tuple[float, float, npt.NDArray[np.int32]]:
    """Seconds of vedette, seconds of numpy alone, and all draws, kept as 32-bit numbers.

    The two take turns block by block, so that whatever else the machine does slows both.
    """
    out = np.empty((draws, months, recent.shape[2]), dtype=np.int32)
    blocks = futures(process, recent, months, draws, np.random.default_rng(SEED))
    ours = alone = 0.0
    start = 0
    while start < draws:
        begun = time.perf_counter()
        block = next(blocks)
        out[start : start + len(block)] = block
        ours += time.perf_counter() - begun
        start += len(block)
        if means is not None:
            alone += numpy_alone(means, process, block.size)
    return ours, alone, out


def expected(process: Process, draws: npt.NDArray[np.int32]) -> FloatArray:
    """What was expected in the last month from those before it: (draws, units)."""
    assert process.weights is not None
    felt = sum(lag * draws[:, -2 - age] for age, lag in enumerate(process.lags))
    return np.asarray(process.endemic + process.own * felt + process.spill * (felt @ process.weights))


def numpy_alone(means: FloatArray, process: Process, cells: int) -> float:
    """Seconds to draw as many cells: negative binomials of these means, over and over."""
    size = np.broadcast_to(1 / np.asarray(process.dispersion), means.shape)
    share = size / (size + means)
    rng = np.random.default_rng(SEED)
    rounds = max(1, cells // means.size)
    seconds, _ = timed(lambda: [rng.negative_binomial(size, share).sum() for _ in range(rounds)])
    return seconds * cells / (rounds * means.size)


def jax_alone(means: FloatArray, process: Process, cells: int) -> float:
    """Seconds JAX would take, compiled, for as many cells."""
    import jax

    size = np.broadcast_to(1 / np.asarray(process.dispersion), means.shape).ravel()[:SAMPLE]
    mean = means.ravel()[:SAMPLE]

    @jax.jit
    def draw(key: jax.Array, size: jax.Array, mean: jax.Array) -> jax.Array:
        first, second = jax.random.split(key)
        return jax.random.poisson(second, jax.random.gamma(first, size) * mean / size)

    key = jax.random.key(SEED)
    draw(key, size, mean).block_until_ready()
    seconds, _ = timed(lambda: draw(key, size, mean).block_until_ready())
    return seconds * cells / len(mean)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that a piece of work takes, and what it gives."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def line(name: str, seconds: float, cells: int, limit: float) -> None:
    """One row."""
    print(f"{name:<44} {seconds:>8.2f} {cells / seconds / 1e6:>10.2f} {seconds / limit:>9.2f}")


def peak() -> float:
    """Most memory this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform != "darwin" else 2**30)


if __name__ == "__main__":
    main()
