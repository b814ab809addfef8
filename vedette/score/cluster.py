"""Distributed maps over a Dask cluster, with the same bytes as on one core.

Nothing of Dask is imported until a cluster is asked for.
"""

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from vedette import __version__
from vedette.errors import ClusterError
from vedette.score.trial import DistributedMap

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
PATIENCE = 10.0
_ADDRESS = re.compile(r"((tcp|tls|ws|wss|ucx)://)?[^\s/:]+:\d+|(tcp|tls)://\[[0-9a-f:]+\]:\d+")
_SAME = ("numpy", "scipy", "polars", "scoringrules", "jax")


@contextmanager
def distributed_map(cluster: str | None, timeout: float = PATIENCE) -> Iterator[DistributedMap]:
    """A map over pieces of work: in this process, on this machine's cores, or on a cluster.

    Each piece carries its own random key, so that the results do not depend on who does it, in what order,
    or how often: a piece whose worker dies is done again by another.

    Args:
        cluster: None for this process alone; ``local`` for one process a core of this machine, open to
            nobody else; else the address of a Dask scheduler, like ``tcp://10.0.0.5:8786``.
        timeout: seconds to wait for the scheduler to answer.

    Yields:
        A function like ``map``: results in the order of the items, each as soon as it and all before it
        are done.

    Raises:
        ClusterError: no answer, no workers, workers with other versions of the software that draws and
            scores, or a piece that killed several workers in a row.

    >>> with distributed_map(None) as mapper:
    ...     list(mapper(str, [1, 2]))
    ['1', '2']
    """
    if cluster is None:
        yield map
        return
    with ExitStack() as stack:
        client = _local(stack) if cluster == LOCAL else _remote(stack, cluster, timeout)
        _must_be_alike(client, cluster, timeout)

        def mapper(work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            return _results(client, work, items)

        yield mapper


def _local(stack: ExitStack) -> "Client":
    from distributed import Client, LocalCluster

    with warnings.catch_warnings():  # of a second run beside this one, whose port is another
        warnings.simplefilter("ignore")
        workers = LocalCluster(
            n_workers=os.cpu_count() or 1,
            threads_per_worker=1,
            memory_limit=0,  # with a limit, what exceeds it goes to the system's temporary directory
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    stack.enter_context(workers)
    client: Client = stack.enter_context(Client(workers, set_as_default=False))
    return client


def _remote(stack: ExitStack, address: str, timeout: float) -> "Client":
    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if not _ADDRESS.fullmatch(address):
        raise _silent(address, "this is no address of a Dask scheduler")
    try:
        client: Client = Client(address, timeout=timeout, set_as_default=False)
    except OSError as error:
        raise _silent(address, f"no Dask scheduler answered within {timeout:g} seconds") from error
    stack.enter_context(client)
    return client


def _silent(address: str, why: str) -> ClusterError:
    return ClusterError(
        f"--cluster {address}: {why}. Start one with `dask scheduler` and workers with `dask worker "
        "ADDRESS`, give its address like tcp://10.0.0.5:8786, or use --cluster local."
    )


def _must_be_alike(client: "Client", cluster: str, timeout: float) -> None:
    """Raises `ClusterError` where a worker runs other software, since same bytes need the same software."""
    here = software()
    for worker, there in _asked(client, cluster, timeout).items():
        other = {name: there.get(name) for name in here if there.get(name) != here[name]}
        if other:
            differences = ", ".join(
                f"{name} {has or 'none'} (here {here[name]})" for name, has in other.items()
            )
            raise ClusterError(
                f"--cluster {cluster}: {worker} has {differences}. "
                "Install on the workers what is installed here."
            )


def _asked(client: "Client", cluster: str, timeout: float) -> dict[str, dict[str, str]]:
    try:
        client.wait_for_workers(1, timeout=timeout)
        versions: dict[str, dict[str, str]] = client.run(software)
    except TimeoutError as error:
        raise ClusterError(
            f"--cluster {cluster}: the scheduler has no workers. Start some with `dask worker {cluster}`."
        ) from error
    except ImportError as error:
        raise ClusterError(
            f"--cluster {cluster}: the workers have no vedette. Install it there as it is installed here."
        ) from error
    return versions


def software() -> dict[str, str]:
    """Versions of vedette and of what its numbers rest on, by name; those not installed are left out.

    >>> software()["vedette"] == __version__
    True
    """
    versions = {"vedette": __version__}
    for name in _SAME:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions


def _results(client: "Client", work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    """Results in the order of the items.

    The work itself is a task of the cluster and not scattered data, so that it can be had again after the
    worker that held it is gone.
    """
    from distributed import KilledWorker

    future = client.submit(_itself, work, pure=False)
    waiting = client.map(_done, [future] * len(items), items, pure=False)
    try:
        while waiting:
            first = waiting.pop(0)
            yield first.result()
    except KilledWorker as error:
        raise ClusterError(
            f"the cluster gave up: {error.allowed_failures + 1} workers died one after the other on the same "
            "piece of work. Give the workers more memory, or ask for fewer draws."
        ) from error
    finally:
        client.cancel(waiting)


def _itself(work: Any) -> Any:
    return work


def _done(work: Callable[[Any], Any], item: Any) -> Any:
    return work(item)
