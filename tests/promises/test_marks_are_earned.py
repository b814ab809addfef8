"""Three marks, and they are earned: each follows from a chain back to data, a fit or an assumption."""

from pathlib import Path

from support.running import figures

from vedette.case.checking.tables import schema
from vedette.case.schema.rows import TABLES

ROOTS = {"data", "fit", "assumption"}


def test_every_figure_of_the_brief_has_a_mark_that_its_chain_allows(iraq_brief: Path) -> None:
    shown = figures(iraq_brief)
    assert {figure["mark"] for figure in shown.values()} == {"observed", "estimated", "assumed"}
    for name, figure in shown.items():
        origins = {link["origin"] for link in figure["chain"]}
        assert origins & ROOTS, f"{name} starts at nothing"
        if figure["mark"] == "observed":
            assert origins <= {"data", "step"}, f"{name} is called observed, but rests on {origins}"
        if figure["mark"] == "assumed":
            assert "assumption" in origins, f"{name} is called assumed, but assumes nothing"


def test_what_is_assumed_names_its_author_and_its_source(iraq_brief: Path) -> None:
    links = [link for figure in figures(iraq_brief).values() for link in figure["chain"]]
    assumptions = [link for link in links if link["origin"] == "assumption"]
    assert assumptions
    assert all(link["author"] and link["source"] for link in assumptions)
    assert all(link["source"] for link in links if link["origin"] == "data")


def test_nobody_types_a_mark() -> None:
    assert [model.file for model in TABLES if "mark" in schema(model)] == []
