"""The set of schools whose rows the current request may touch; ``None`` outside requests and on city pages."""

from contextvars import ContextVar

_scope: ContextVar[frozenset[int] | None] = ContextVar("scope", default=None)


def current_scope() -> frozenset[int] | None:
    """The schools this request is held to."""
    return _scope.get()


def hold_to(schools: frozenset[int] | None) -> None:
    """Hold the rest of this request to ``schools``."""
    _scope.set(schools)
