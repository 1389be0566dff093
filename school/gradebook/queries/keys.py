"""Ids as their 16 bytes, for screens of thousands of cells: making a UUID object of each would cost more than drawing them."""

from typing import Any

from sqlalchemy import ColumnElement, FunctionElement, LargeBinary
from sqlalchemy.ext.compiler import compiles


class as_key(FunctionElement[bytes]):  # noqa: N801 - it stands in statements as a function
    """The id as ``uuid.UUID.bytes``; what SQLite keeps anyway."""

    type = LargeBinary()
    inherit_cache = True
    name = "as_key"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(as_key)
def _postgresql(element: as_key, compiler: Any, **kw: Any) -> str:
    return f"uuid_send({compiler.process(element.clauses, **kw)})"


@compiles(as_key, "sqlite")
def _sqlite(element: as_key, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))
