"""Settings of JAX. Imported before JAX is used, by every module that uses it.

JAX uses double precision. XLA's new CPU fusion emitter is switched off: compiling our models then takes
half to two thirds of the time, and the code runs as fast (``benchmarks/scenarios.py``,
``benchmarks/likelihood.py``).
"""

import os

import jax
from jaxlib import version

from vedette.cache.program import XLA_SWITCH

KNOWN = (0, 10)
"""The releases of XLA that know the flag; it ends the process on a flag that it does not know."""

if version.__version_info__[:2] == KNOWN:
    os.environ["XLA_FLAGS"] = f"{XLA_SWITCH} {os.environ.get('XLA_FLAGS', '')}"
jax.config.update("jax_enable_x64", True)
