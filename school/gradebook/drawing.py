"""The cells of the grid as HTML. Eighteen hundred of them: each distinct one is made once and kept, a line is one join.

Nothing typed by people enters a cell: a digit, a code of the list, a letter of the list, a version. Names and titles go
through the template, which escapes them.
"""

from functools import lru_cache

from markupsafe import Markup

from school.gradebook.queries.grid import Grid, GridCell, GridRow
from school.gradebook.scale import outcomes

_EMPTY = "<td></td>"
_NO_LESSON = '<td class="g-none"></td>'


@lru_cache(maxsize=8192)
def _cell(value: int | None, code: str | None, version: int, presence: str, *, has_comment: bool) -> str:
    text = str(value) if value is not None else code or ""
    made = "<td"
    if value is not None:
        made += f' data-m="{value}"'
    elif code:
        made += ' data-m="x"'
    if version > 1 or (version and not text):
        made += f' data-v="{version}"'
    if has_comment:
        made += " data-c"
    if presence:
        return f'{made} data-p="{presence}">{text}<i>{presence}</i></td>'
    return f"{made}>{text}</td>"


def _draw(cell: GridCell) -> str:
    return _cell(cell.value, cell.code, cell.version, cell.presence, has_comment=cell.has_comment)


def cells_of(row: GridRow, held: list[bool]) -> Markup:
    """The cells of a pupil's line; ``held`` says of each column whether its lesson takes place."""
    return Markup(  # noqa: S704 - see the module's docstring
        "".join(
            (_draw(cell) if cell is not None else _EMPTY) if is_held or cell is not None else _NO_LESSON
            for cell, is_held in zip(row.cells, held, strict=True)
        )
    )


def mean_text(mean: int | None) -> str:
    """437 as «4,37»; nothing for no mean."""
    return "" if mean is None else f"{mean // 100},{mean % 100:02}"


def outlook(mean: int | None, grid: Grid) -> str:
    """What the mean alone leads to: «4», or «5–4» where the teacher decides."""
    return "" if mean is None else "–".join(map(str, outcomes(mean, grid.rules)))
