"""Addresses of pages, made once: a page links to a hundred places, and most of them are the same on the next one."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request

KEPT = 8192
"""Addresses kept; the oldest of those that were not asked for lately goes first."""


class AddressedFlask(Flask):
    """A Flask whose ``url_for`` remembers. Relative endpoints and whole addresses (`_external` and the like) are made anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Typed, for 1 and True are one key otherwise and two addresses.
        self._known = lru_cache(maxsize=KEPT, typed=True)(self._made)

    def url_for(self, endpoint: str, /, **values: Any) -> str:  # type: ignore[override]  # the special values are among them
        """The address of an endpoint, as Flask's own."""
        if endpoint[:1] == "." or not has_request_context() or any(name[0] == "_" for name in values):
            return super().url_for(endpoint, **values)
        try:
            return self._known(request.script_root, endpoint, **values)
        except TypeError:  # a list among the values cannot be a key
            return super().url_for(endpoint, **values)

    def _made(self, _script_root: str, endpoint: str, /, **values: Any) -> str:
        return super().url_for(endpoint, **values)
