"""The brief of what is served, section by section."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from vedette import commands
from vedette.app.charts import numbers_of
from vedette.app.section_files import FIGURES, chart_file, section_file
from vedette.app.served import Served
from vedette.brief.blocks import Brief
from vedette.brief.charts.whole import whole_picture
from vedette.brief.figures import Figure
from vedette.brief.fragments import charts_of, fragments_of
from vedette.brief.machine import rounded, to_json
from vedette.brief.page import to_html
from vedette.progress import Report


def sections(served: Served, _: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns the headings of the brief; as files each section, all figures, the brief itself."""
    made = commands.composed(served.case, as_of=served.as_of, edition=served.edition, report=report)
    report("Writing", 0.0)
    fragments = list(fragments_of(made))
    files = {section_file(each.id): each.html for each in fragments}
    figures = {name: _figure(figure) for name, figure in made.figures.items()}
    files[FIGURES] = json.dumps(figures, ensure_ascii=False, allow_nan=False)
    report("Writing", 0.5)
    files |= dict(_charts(made))
    files |= {"brief.html": to_html(made), "brief.json": to_json(made)}
    report("Writing", 1.0)
    headings = [{key: value for key, value in asdict(each).items() if key != "html"} for each in fragments]
    return {**_about(made), "sections": headings, "files": files}


def _charts(made: Brief) -> Iterator[tuple[str, str]]:
    """Each chart as a picture with all its words, and the numbers that it draws, by name of the file."""
    foot = f"{made.title}: {made.edition} edition, known as of {made.as_of}. Made by vedette."
    for name, chart in charts_of(made).items():
        yield chart_file(name, "svg"), whole_picture(chart, foot)
        yield chart_file(name, "csv"), commands.table_text(numbers_of(chart))


def _about(made: Brief) -> dict[str, Any]:
    return {
        "edition": made.edition,
        "as_of": made.as_of.isoformat(),
        "data_age": str(made.data_age),
        "seed": made.seed,
        "version": made.version,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    """A figure with its chain, its claims and its rows, each as it is and as it is shown."""
    table = figure.table
    return {
        "title": str(figure.title),
        "mark": figure.mark.value,
        "unit": str(figure.unit),
        "shown": "" if figure.value is None else figure.shown,
        "band_shown": figure.band_shown,
        "band": str(figure.band),
        "chain": [{key: str(value) for key, value in asdict(link).items()} for link in figure.chain],
        "claims": [asdict(claim) for claim in figure.claims],
        "columns": [
            {"key": column.key, "title": str(column.title), "kind": str(column.kind)}
            for column in (table.columns if table else ())
        ],
        "rows": [[rounded(cell) for cell in row] for row in table.rows] if table else [],
        "rows_shown": [list(map(str, row)) for row in table.shown()] if table else [],
    }
