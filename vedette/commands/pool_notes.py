"""What to know of the members of a pool that cannot speak of a history."""

from collections.abc import Iterable

from vedette.model import History, Model, Pool
from vedette.model.pool.past_draws import past_origins
from vedette.plurals import counted


def absent_members(work: Iterable[tuple[Model, History]]) -> tuple[str, ...]:
    """Returns a sentence for each member that some pool is without, and why; each sentence once."""
    sentences = (
        f"The pool is without {name}: {reason}."
        for model, past in work
        if isinstance(model, Pool)
        for name, reason in model.absent(past).items()
    )
    return tuple(dict.fromkeys(sentences))


def short_record(model: Model, past: History) -> tuple[str, ...]:
    """Returns that the pool learned nothing from a record of less than two years, where it is that short."""
    if not isinstance(model, Pool) or past_origins(past):
        return ()
    known = counted(len(past.observed), past.span.step.value)
    return (
        f"{known} known: too few for the pool to learn from this record. It says what other countries teach.",
    )
