"""Asks the API whatever its description allows, and what it does not, from a seed."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


def asked(
    app: FastAPI, headers: Mapping[str, str], examples: int, seed: int = 0
) -> Iterator[tuple[str, str]]:
    """Yields each kind of question with what was wrong with an answer; empty where nothing was.

    Half of the ``examples`` of a kind are as the description has it, half are not. A server error, a status
    or a body that the description does not know is wrong.
    """
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=dict(headers))
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:

            @seeded(random.Random(f"{seed} {operation.label} {mode}").getrandbits(32))
            @settings(
                max_examples=max(examples // 2, 1),
                phases=[Phase.generate],
                deadline=None,
                database=None,
                derandomize=False,
                suppress_health_check=[*HealthCheck],
            )
            @given(operation.as_strategy(mode))
            def ask(case: "schemathesis.Case[Any]") -> None:
                case.call_and_validate(headers=dict(headers), checks=CHECKS)

            try:
                ask()
            except AssertionError as error:
                yield operation.label, f"{mode}: {error}"
            except BaseExceptionGroup as error:
                yield operation.label, f"{mode}: {error.exceptions}"
            else:
                yield operation.label, ""
