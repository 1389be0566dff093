"""Ids as text, for screens of thousands of cells: making a UUID object of each would cost more than drawing them."""

from typing import Any

from sqlalchemy import ColumnElement, FunctionElement, Text
from sqlalchemy.ext.compiler import compiles


class as_key(FunctionElement[str]):  # noqa: N801 - it stands in statements as a function
    """The id in 32 lower-case hexadecimal digits, as ``uuid.UUID.hex``."""

    type = Text()
    inherit_cache = True
    name = "as_key"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(as_key)
def _postgresql(element: as_key, compiler: Any, **kw: Any) -> str:
    return f"replace(CAST({compiler.process(element.clauses, **kw)} AS text), '-', '')"


@compiles(as_key, "sqlite")
def _sqlite(element: as_key, compiler: Any, **kw: Any) -> str:
    return f"lower(hex({compiler.process(element.clauses, **kw)}))"
