"""Tables of counts that anybody brings: read, checked and described."""

from vedette.counts.adjacency import read_neighbours
from vedette.counts.counts import CountTable, read_counts
from vedette.counts.notation import Form, Notation

__all__ = [
    "CountTable",
    "Form",
    "Notation",
    "read_counts",
    "read_neighbours",
]
