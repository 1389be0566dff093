"""SQL that is made once: a cache of compiled statements that knows our statements by themselves, not by their contents."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

MOST = 1000
"""Statements kept; the features have some four hundred."""


class CompiledStatements(MutableMapping[Any, Any]):
    """Stands before SQLAlchemy's own cache, whose key holds a whole statement as nested tuples and is hashed anew each time.

    A statement built at the top of a module gives the very same tuple each time, so its identity finds it. The tuple is kept beside
    what was found, so no other can take its place in memory; anything else is asked of the cache behind.
    """

    def __init__(self) -> None:
        self._near: dict[Any, tuple[Any, Any]] = {}
        self._behind: LRUCache[Any, Any] = LRUCache(MOST)

    def get(self, key: Any, default: Any = None) -> Any:
        """What was compiled for ``key``: a dialect, the statement's contents, parameters' names, and two flags."""
        dialect, contents, names, translated, many = key
        place = (id(dialect), id(contents), names, translated, many)
        found = self._near.get(place)
        if found is not None and found[0] is contents:
            return found[1]
        compiled = self._behind.get(key)
        if compiled is None:
            return default
        if len(self._near) >= MOST:  # statements built anew for each request came by
            self._near.clear()
        self._near[place] = (contents, compiled)
        return compiled

    def __getitem__(self, key: Any) -> Any:
        return self._behind[key]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._behind[key] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._behind[key]
        self._near.clear()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._behind)

    def __len__(self) -> int:
        return len(self._behind)


def know_statements(engine: Engine) -> None:
    """Let this engine keep its compiled statements here."""
    engine.update_execution_options(compiled_cache=CompiledStatements())
