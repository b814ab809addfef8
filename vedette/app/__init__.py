"""The workbench: what the commands do, in a browser on this machine."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.app.application import workbench
    from vedette.app.served import Served
    from vedette.app.serving import serve

__all__ = ["Served", "serve", "workbench"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Served":
                from vedette.app import served as home
            case "workbench":
                from vedette.app import application as home
            case "serve":
                from vedette.app import serving as home
            case _:
                raise AttributeError(f"vedette.app has no {name}")
        return getattr(home, name)
