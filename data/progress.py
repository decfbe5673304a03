"""How far a long piece of work has come, told to whoever waits, who may stop it there."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with the share that is done (0 to 1) and what is being done; it may raise `errors.CancelledError`."""


def silent(_share: float, _doing: str) -> None:
    """Tell nobody."""
