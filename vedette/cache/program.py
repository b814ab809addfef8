"""What decides the bits of an answer besides its inputs: the program, its libraries, the machine."""

import os
import platform
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from vedette.cache.digest import digest_of

PACKAGE = Path(__file__).parents[1]
LIBRARIES = (
    *("numpy", "scipy", "polars", "polars-runtime-32", "jax", "jaxlib", "ml-dtypes", "numpyro"),
    *("scoringrules", "networkx", "shapely", "pydantic", "optuna", "duckdb"),
    *("vl-convert-python", "altair", "jinja2", "markupsafe", "markdown-it-py", "babel"),
)
"""The libraries whose version can change a number, or a page."""
XLA_SWITCH = "--xla_cpu_use_fusion_emitters=false"
"""What `vedette.model.jax_config` adds to the switches of the user: it belongs to the program."""
_SWITCHES = ("OPENBLAS_", "OMP_", "MKL_", "NPY_", "XLA_", "JAX_ENABLE", "JAX_PLATFORM", "POLARS_")
"""How the names of environment variables begin that change how these libraries compute."""


@cache
def program_digest() -> bytes:
    """A digest of the bytes of the package, without the cases that ship."""
    digest = blake2b(digest_size=32)
    for file in sorted(PACKAGE.rglob("*")):
        name = file.relative_to(PACKAGE).as_posix()
        if file.is_file() and file.suffix != ".pyc" and not name.startswith("cases/"):
            content = file.read_bytes()
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.digest()


@cache
def machine_digest() -> bytes:
    """A digest of the versions of Python and of libraries, and of the processor and its use."""
    return digest_of(platform.python_version(), _versions(), _processor(), _switches())


def _versions() -> dict[str, str]:
    return {name: _version(name) for name in LIBRARIES}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _processor() -> tuple[str, tuple[str, ...], int]:
    """The kind of processor, the instructions that numpy may use, and how many processors there are."""
    features: dict[str, bool] = np._core._multiarray_umath.__cpu_features__  # type: ignore[attr-defined]
    usable = tuple(sorted(name for name, there in features.items() if there))
    return platform.machine(), usable, _processors()


def _processors() -> int:
    """How many processors this process may use, over which libraries divide their sums."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _switches() -> dict[str, str]:
    """The switches of the user, the same before JAX is imported and after."""
    switches = {name: value for name, value in sorted(os.environ.items()) if name.startswith(_SWITCHES)}
    own = {name: value.replace(XLA_SWITCH, "").strip() for name, value in switches.items()}
    return {name: value for name, value in own.items() if value}
