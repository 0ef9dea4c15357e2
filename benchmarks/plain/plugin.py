"""One transition without a guard, a clock or an effect of its own."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.plugin import Transition, hookimpl


@hookimpl
def transitions() -> Iterable[Transition]:
    return [
        Transition(
            name="case.plain_step",
            label="Plain step",
            sources=("concluded",),
            target="reviewing",
            permission="investigate_case",
        )
    ]
