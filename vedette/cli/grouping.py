"""Options gathered into dataclasses: a command takes the group, Typer sees each option of it."""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from copy import copy
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from typer.models import OptionInfo

Command = Callable[..., None]


def grouped(command: Command) -> Command:
    """Returns the command with one parameter for each field of its dataclass parameters.

    A field is declared like a parameter of a Typer command, ``Annotated`` with a ``typer.Option``. In the
    help text the options of a group stand together under the first line of its docstring.

    >>> import typer
    >>> @dataclasses.dataclass(frozen=True)
    ... class Size:
    ...     '''How large it is.'''
    ...     width: Annotated[int, typer.Option(help="In metres.")] = 1
    >>> @grouped
    ... def show(name: str, size: Size) -> None:
    ...     print(name, size.width)
    >>> list(inspect.signature(show).parameters)
    ['name', 'width']
    >>> show(name="bridge", width=3)
    bridge 3
    """
    hints = get_type_hints(command, include_extras=True)
    names = list(inspect.signature(command).parameters)
    groups = {name: hints[name] for name in names if dataclasses.is_dataclass(hints[name])}

    def flat(**values: Any) -> None:
        made = {name: group(**_taken(values, group)) for name, group in groups.items()}
        command(**values, **made)

    flat.__name__, flat.__doc__, flat.__module__ = command.__name__, command.__doc__, command.__module__
    parameters = list(_parameters(command, hints))
    flat.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {each.name: each.annotation for each in parameters}
    return flat


def _parameters(command: Command, hints: dict[str, Any]) -> Iterator[inspect.Parameter]:
    for name, parameter in inspect.signature(command).parameters.items():
        if dataclasses.is_dataclass(hints[name]):
            yield from _fields(hints[name])
        else:
            yield parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)


def _fields(group: Any) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    panel = str(group.__doc__).partition("\n")[0].removesuffix(".")
    for field in dataclasses.fields(group):
        default = inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default
        yield inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=_under(panel, hints[field.name]),
        )


def _under(panel: str, hint: Any) -> Any:
    """The annotation with its option shown in a panel of the help text."""
    if get_origin(hint) is not Annotated:
        return hint
    kind, option = get_args(hint)
    if not isinstance(option, OptionInfo):
        return hint
    shown = copy(option)
    shown.rich_help_panel = panel
    return Annotated[kind, shown]


def _taken(values: dict[str, Any], group: Any) -> dict[str, Any]:
    """Takes the values of a group out of those of a call; a field without a value has its default."""
    return {field.name: values.pop(field.name) for field in dataclasses.fields(group) if field.name in values}
