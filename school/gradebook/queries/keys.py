"""Ids as they are quickest to match, for screens of thousands of cells: making a UUID object of each would cost more than drawing them."""

from typing import Any

from sqlalchemy import ColumnElement, FunctionElement, LargeBinary, Text
from sqlalchemy.ext.compiler import compiles


class as_key(FunctionElement[bytes]):  # noqa: N801 - it stands in statements as a function
    """The id as ``uuid.UUID.bytes``; what SQLite keeps anyway."""

    type = LargeBinary()
    inherit_cache = True
    name = "as_key"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


class as_hex(FunctionElement[str]):  # noqa: N801 - the same
    """The id as ``uuid.UUID.hex``, to stand inside a text."""

    type = Text()
    inherit_cache = True
    name = "as_hex"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(as_key)
def _postgresql_key(element: as_key, compiler: Any, **kw: Any) -> str:
    return f"uuid_send({compiler.process(element.clauses, **kw)})"


@compiles(as_key, "sqlite")
def _sqlite_key(element: as_key, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(as_hex)
def _postgresql_hex(element: as_hex, compiler: Any, **kw: Any) -> str:
    return f"encode(uuid_send({compiler.process(element.clauses, **kw)}), 'hex')"


@compiles(as_hex, "sqlite")
def _sqlite_hex(element: as_hex, compiler: Any, **kw: Any) -> str:
    return f"lower(hex({compiler.process(element.clauses, **kw)}))"
