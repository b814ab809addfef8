"""Every command of vedette on a small case, in one process: ``python -m support.all_commands FOLDER``.

A command that has ``--csv`` writes its table into ``kept/`` of the folder.

`steps` lists them in an order in which each finds what it needs. A command that is not listed fails
``tests/promises/test_air_gapped.py``; add a short call of it here.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from support.event_files import GED_COLUMNS, GED_ROW, table
from support.fourland import CASE_FILES
from support.options import options
from support.running import typed
from support.small_mechanism import FILES
from support.spoken import spoken

TYPES_AN_ADDRESS = {"events fetch"}
"""Commands that reach for an address because the user names what to fetch."""
STAYS_OPEN = {"demo", "mcp", "serve"}
"""Commands that run until they are stopped; their processes are watched in ``tests/app``."""

Words = tuple[object, ...]
COUNTS = "period,unit,count\n" + "".join(
    f"20{12 + month // 12}-{month % 12 + 1:02d},{unit},{(month * 7 + place) % 5 + 1}\n"
    for month in range(36)
    for place, unit in enumerate("ab")
)
QUICK = ("--draws", 20)


def lay(desk: Path) -> None:
    """Writes what the commands read: a case with claims and a mechanism, an event file, a table of counts."""
    case = desk / "fourland"
    files = {**CASE_FILES, **spoken(), **FILES, "forces.csv": "force,status,main\nguard,state,army\n"}
    files["mechanisms.yaml"] = FILES["mechanisms.yaml"] + "hindcast: {fit: [2014-01]}\n"
    for name, content in files.items():
        if isinstance(content, str):
            (case / name).parent.mkdir(parents=True, exist_ok=True)
            (case / name).write_text(content, encoding="utf-8")
    (desk / "counts.csv").write_text(COUNTS, encoding="utf-8")
    (desk / "ged.csv").write_text(table(GED_COLUMNS, [GED_ROW]), encoding="utf-8")
    (desk / "units.csv").write_text("unit:name,unit:country\n1 Brigade,fo\n", encoding="utf-8")
    (desk / "password.txt").write_text("correct horse battery\n", encoding="utf-8")
    (desk / "report.txt").write_text("Bigland trains the Home Guard.\n", encoding="utf-8")


def steps(desk: Path) -> Iterator[tuple[str, Words]]:
    """Each command by its words, and what is typed after them."""
    case, counts, out = desk / "fourland", desk / "counts.csv", desk / "out"
    yield "new", (desk / "begun", "--country", "Nigeria")
    yield "check", (case,)
    yield "forecast", (case, "--months", 2, *QUICK, "--register")
    yield "fit", (case, "--ar", "1", "--ne", "0", "--end", "1")
    yield "score", (case, "--models", "conflictology-12", "--from", "2014-06", "--months", 1, *QUICK)
    yield "score", (case, "--models", "conflictology-12", "--from", "2014-01", "--sum", 3, *QUICK)
    yield "register", (case, "--score")
    yield "network", (case,)
    yield "monopoly", (case, "--at", "2012-06-30", "--draws", 100)
    yield (
        "effect",
        (case, "--of", "trainers", "--on", "all", "--months", 3, "--model", "conflictology-12", *QUICK),
    )
    yield "precedents", ("iraq", *QUICK)
    yield "mechanisms", (case, "--out", out / "mechanism.html")
    yield "compare", (case, "stay", "leave", *QUICK)
    yield "search", (case, "stay", "leave", "--who", "Bigland", "--budget", 48, *QUICK)
    yield "replay", (case, "--as-of", "2013-06-30", *QUICK)
    yield "hindcast", (case,)
    yield "signs", (case, *QUICK)
    yield "track", (case, "--start", "2014-06", "--draws", 200)
    yield "changes", (case, "--from", "2014-06-30", "--to", "2014-09-30")
    yield "brief", (case, "--out", out / "brief", "--format", "html,pdf,docx,json")
    yield "month", (case, "--as-of", "2013-06-30", "--out", out / "month")
    yield "issues", (case,)
    yield "read", (case, desk / "report.txt", "--source", "paper")
    yield "review", (case, "--check", "--json")
    yield "who", (case, "guard")
    yield "claims", (case,)
    ahead = ("--model", "conflictology-12", "--origin", "2014-09", "--months", "1-3")
    yield "counts fit", (counts, "--ar", "1", "--ne", "0", "--end", "1")
    yield "counts forecast", (counts, *ahead, *QUICK, "--out", desk / "draws.csv")
    yield "counts score", (desk / "draws.csv", counts)
    yield "add source", (case, "--title", "Another paper", "--id", "another", "--date", "2014-05-01")
    claim = ("--subject", "bigland", "--relation", "training", "--object", "guard", "--hedge", "reported")
    yield "add claim", (case, *claim, "--source", "another")
    yield "add actor", (case, "--name", "Example Brigade", "--kind", "force")
    yield "add site", (case, "--name", "Camp One", "--kind", "base")
    yield "add force", (case, "--force", "example-brigade", "--status", "hybrid")
    shown = (
        "--date",
        "2014-05-01",
        "--backer",
        "Bigland",
        "--kind",
        "troops",
        "--value",
        9,
        "--unit",
        "persons",
    )
    yield "add posture", (case, *shown, "--source", "paper")
    yield "edit", (case, "c2", "--set", "note=seen")
    said = ("--author", "Another", "--quantiles", "0.2,0.5,0.7", "--why", "seen on site")
    yield "elicit", (case, "capability-2014", *said)
    yield "rename", (case, "example-brigade", "brigade-x")
    yield "merge", (case, "brigades", "brigade-x")
    yield "retract", (case, "c2", "--why", "The paper withdrew it")
    secret = ("--password-file", desk / "password.txt")
    yield "accounts add", ("zahra", "--role", "lead", *secret)
    yield "accounts password", ("zahra", *secret)
    yield "accounts role", ("zahra", "reader")
    yield "accounts list", ()
    yield "accounts remove", ("zahra",)
    yield "tokens add", ("dashboard",)
    yield "tokens list", ()
    yield "tokens remove", ("dashboard",)
    yield "log", (case,)
    yield "undo", (case,)
    yield "cache", (case, "--clear")
    yield "upgrade", (case,)
    for form in ("followthemoney", "graphml", "csv", "geojson", "case", "frictionless"):
        yield (
            f"export {form}",
            (case, "--out", out / form / ("" if form in ("case", "frictionless") else f"x.{form}")),
        )
    yield (
        "import followthemoney",
        (out / "followthemoney" / "x.followthemoney", "--into", case, "--source", "paper", "--yes"),
    )
    yield "export workbook", (case, desk / "book.xlsx")
    yield "import sheet", (desk / "book.xlsx", "--into", case)
    yield "import sfm", (desk / "units.csv", "--into", case, "--source", "paper")
    yield "import frictionless", (out / "frictionless" / "datapackage.json", "--into", case)
    yield "events load", (case, desk / "ged.csv")
    yield "events summary", (case,)
    yield "events aliases", (case,)
    yield "events aggregate", (case, "--out", out / "observed.csv")


def main() -> None:
    """Runs them all; prints each with its exit code and its errors, and each call outside."""
    sys.addaudithook(watch)
    desk = Path(sys.argv[1])
    lay(desk)
    known = options()
    for name, words in steps(desk):
        file = desk / "kept" / f"{name}.csv"
        kept = ("--csv", file) if "--csv" in known[name] else ()
        done = typed(*name.split(), *words, *kept, environment={"VEDETTE_HOME": str(desk / "home")})
        code = done.returncode or int(bool(kept) and f"Wrote {file}" not in done.stdout)
        print(code, name, (done.stderr or done.stdout) if code else "", flush=True)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Prints what Python asks of the network."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"):
        print("outside", event, arguments, file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
