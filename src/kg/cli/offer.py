"""Completion that is imported when a shell asks for it, so that no command pays for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def offer(name: str) -> Callable[..., Any]:
    """Return the completion of a name in `kg.cli.completion`, as click's ``shell_complete`` takes it."""

    def complete(*args: Any) -> Any:
        from kg.cli import completion

        return getattr(completion, name)(*args)

    return complete
