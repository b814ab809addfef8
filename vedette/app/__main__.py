"""``python -m vedette.app OPTIONS``: the process of a workbench, started by ``vedette serve``.

OPTIONS is a JSON object: ``case``, ``edition``, ``as_of``, ``port``, ``browser``, ``hosting`` (the fields of
`Hosting`, or null), or ``link`` with ``port``.
"""

import json
import sys
from datetime import date
from typing import Any

from vedette.app.hosting import Hosting
from vedette.app.served import Served
from vedette.app.serving import new_entry, serve
from vedette.commands import edition_without_gaps
from vedette.errors import VedetteError


def main(asked: dict[str, Any]) -> int:
    """Serves a case until it is stopped, or says how to come in where one is served. Gives the exit code."""
    try:
        if asked["link"]:
            print(f"In your browser, open: {new_entry(asked['port']).file.as_uri()}")
        else:
            day = date.fromisoformat(asked["as_of"]) if asked["as_of"] else None
            hosting = asked["hosting"] and Hosting(**asked["hosting"])
            edition = asked["edition"] or (None if hosting else edition_without_gaps(asked["case"]))
            served = Served(asked["case"], edition, day)
            serve(served, port=asked["port"], browser=asked["browser"], hosting=hosting)
    except VedetteError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
