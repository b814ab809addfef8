"""Sections of the brief on pages of the workbench.

A page that shows what the brief shows asks for the sections by their ids in the brief::

    made = brief_sections(request)                                     # in the page's function
    return page(request, "violence.html", made=made)

    {% block head %}{{ show.composed(made) }}{% endblock %}            {# in its template #}
    {{ show.sections(made, "happening", "where") }}

The brief of the served edition is composed once for a state of the files, by the job ``sections``; until it
is done its progress stands in place of the sections. A section that the brief of a case does not have is
left out. The marks of a section lead to ``/figures/ID``, where a figure is traced to its rows and claims.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from markupsafe import Markup

from vedette.app.jobs import Job, Jobs
from vedette.app.section_files import section_file
from vedette.app.served import Held


@dataclass(frozen=True)
class ShownSection:
    """A section of the brief: its id and heading, what it is about, its blocks as HTML, ids of its charts."""

    id: str
    title: str
    label: str
    html: Markup
    charts: tuple[str, ...]


@dataclass(frozen=True)
class Sections:
    """The job that composes the brief, and what came out; ``answer`` is None until it is done."""

    job: Job
    answer: Mapping[str, Any] | None

    def of_pages(self) -> list[str]:
        """Returns the ids of the sections of the two pages, in order."""
        return [each["id"] for each in self.answer["sections"] if each["page"]] if self.answer else []

    def find(self, *names: str) -> Iterator[ShownSection]:
        """Returns the sections of these ids, in the order given; those that the brief has."""
        headings = {each["id"]: each for each in self.answer["sections"]} if self.answer else {}
        for name in names:
            file = self.job.file(section_file(name))
            if name in headings and file:
                one = headings[name]
                # our own templates wrote it, and they escape all that is of the case
                html = Markup(file.read_text(encoding="utf-8"))
                yield ShownSection(name, one["title"], one["label"], html, tuple(one["charts"]))


def brief_sections(request: Request) -> Sections:
    """Returns the sections of the brief of what is served, or how far composing them is."""
    held, jobs = _serving(request)
    job = jobs.ask(*_asked(held))
    return Sections(job, job.answer)


def known_sections(request: Request) -> Sections | None:
    """Returns the same where somebody asked for them before; None where nobody did."""
    held, jobs = _serving(request)
    job = jobs.known(*_asked(held))
    return Sections(job, job.answer) if job else None


def _serving(request: Request) -> tuple[Held, Jobs]:
    return request.app.state.held, request.app.state.jobs


def _asked(held: Held) -> tuple[str, dict[str, Any], str]:
    """The verb, options and stamp of the job; without an as-of a brief is written for the day of today."""
    today = None if held.served.as_of or held.ledger().case.as_of else date.today()
    return "sections", {"today": today}, held.stamp()
