"""Starting: `vedette --help` does not wait for libraries that only some questions need."""

import subprocess
import sys

LATER = (
    "altair",
    "arviz_stats",
    "h5py",
    "bs4",
    "distributed",
    "jax",
    "numpyro",
    "pypdf",
    "scipy.stats",
    "vl_convert",
    "xarray",
)


def test_no_library_is_read_before_it_is_needed() -> None:
    program = "import sys, vedette.cli.verbs; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    read = set(done.stdout.split())
    assert "vedette.cli.verbs" in read
    assert read.isdisjoint(LATER)
