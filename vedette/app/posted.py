"""What a form posts: its fields as text, and a file."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile


@dataclass(frozen=True)
class Posted:
    """The fields of a form without blanks at their ends, and the file that came with it, if any."""

    fields: Mapping[str, str]
    file: UploadFile | None

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def several(self, *names: str) -> dict[str, str]:
        """Returns some fields by their names; those that the form has not are left out."""
        return {name: self.fields[name] for name in names if name in self.fields}


async def _posted(request: Request) -> AsyncIterator[Posted]:
    async with request.form(max_files=1) as form:
        fields = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
        files = [value for value in form.values() if isinstance(value, UploadFile) and value.filename]
        yield Posted(fields, files[0] if files else None)


PostedForm = Annotated[Posted, Depends(_posted)]
