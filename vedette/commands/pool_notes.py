"""What to know of the members of a pool that cannot speak of a history."""

from collections.abc import Iterable

from vedette.model import History, Model, Pool


def absent_members(work: Iterable[tuple[Model, History]]) -> tuple[str, ...]:
    """Returns a sentence for each member that some pool is without, and why; each sentence once."""
    sentences = (
        f"The pool is without {name}: {reason}."
        for model, past in work
        if isinstance(model, Pool)
        for name, reason in model.absent(past).items()
    )
    return tuple(dict.fromkeys(sentences))
