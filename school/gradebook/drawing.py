"""The grid as HTML. Eighteen hundred cells: each distinct one is made once and kept, a line is one join.

Whatever people typed (names, titles, comments, codes of presence) passes ``escape`` here; the rest are digits, ids, and codes of our lists.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from school.gradebook.presence import Shown
from school.gradebook.queries.grid import Beside, Grid, GridCell, GridRow
from school.gradebook.scale import outcomes


class Head(NamedTuple):
    """The head of a column: ``day`` and ``short`` are seen, ``words`` are read aloud and shown on hover."""

    id: str
    lesson_id: str
    day: int
    short: str
    words: str
    weight: int
    url: str
    """Empty for whoever may open neither the column nor the lesson."""
    kind: str
    """none (no lesson), later, today, check (a control work), or nothing."""
    system: str = ""
    """Another system of marks; by criteria their greatest points: «criteria 8 8 8»."""
    criteria: tuple[str, ...] = ()
    """Their names, for the dialog that asks for each."""


_EMPTY = "<td></td>"
_NO_LESSON = '<td class="g-none"></td>'


@lru_cache(maxsize=8192)
def _cell(value: int | None, code: str | None, version: int, comment: str, presence: Shown | None) -> str:
    text = str(value) if value is not None else code or ""
    made = "<td"
    if value is not None:
        made += f' data-m="{value}"'
    elif code:
        made += ' data-m="x"'
    if version > 1 or (version and not text):
        made += f' data-v="{version}"'
    if comment:
        made += f' data-c="{escape(comment)}"'
    if presence:
        return f"{made}{_noted(presence)}>{text}{_coded(presence)}</td>"
    return f"{made}>{text}</td>"


@lru_cache(maxsize=256)
def _coded(presence: Shown) -> str:
    return f"<i>{escape(presence.code)}</i>"


@lru_cache(maxsize=256)
def _noted(presence: Shown) -> str:
    """The key, by which presence is taken back; and the code where typing that key would show another."""
    return f' data-p="{presence.key}"' + (f' data-q="{escape(presence.code)}"' if presence.is_other else "")


def _full_cell(cell: GridCell | None, beside: Sequence[Beside]) -> str:
    """A cell with more than a mark: a second one, retakes, points of another system, the day of a dot."""
    value, code, version, comment, presence = cell or (None, None, 0, "", None)
    own = next((one for one in beside if one.place == 0), None)
    others = sorted(one for one in beside if one.place)
    text = str(value) if value is not None else code or ""
    tint = others[-1].value if own and own.is_replaced and others[-1].value else value  # the colour is of what counts
    made = f'<td data-v="{version}"' + (f' data-m="{tint if tint is not None else "x"}"' if text else "")
    if comment:
        made += f' data-c="{escape(comment)}"'
    if own and own.origin:
        made += f' data-o="{escape(own.origin)}"'
    if own and own.due_on:
        made += f' data-d="{own.due_on}"'
    if others:
        told = [
            {"place": o.place, "value": o.value, "code": o.code, "comment": o.comment, "version": o.version}
            for o in others
        ]
        made += f' data-x="{escape(json.dumps(told, ensure_ascii=False))}"'
    if presence:
        made += _noted(presence)
    more = "".join(
        f"{'/' if o.place == 1 else '→'}{o.value if o.value is not None else o.code}"
        for o in others
        if o.value or o.code
    ) or (own.origin.replace(" ", "·") if own else "")
    letter = _coded(presence) if presence else ""
    return f"{made}>{text}{f'<b>{escape(more)}</b>' if more else ''}{letter}</td>"


def rows_html(grid: Grid, url_of: Callable[[uuid.UUID], str] | None, locale: str = "ru") -> Markup:
    """The lines of the grid: name, mean, term, cells. Without ``url_of`` a name leads nowhere."""
    empty = [_EMPTY if one.is_held else _NO_LESSON for one in grid.columns]
    return Markup("".join(_row(row, empty, grid, url_of, locale) for row in grid.rows))  # noqa: S704 - see the docstring above


def _row(row: GridRow, empty: list[str], grid: Grid, url_of: Callable[[uuid.UUID], str] | None, locale: str) -> str:
    mean = row.mean
    made = [blank if cell is None else _cell(*cell) for cell, blank in zip(row.cells, empty, strict=True)]
    for n, some in row.beside.items():
        made[n] = _full_cell(row.cells[n], some)
    cells = "".join(made)
    decided = " data-set" if row.term_mark else ""
    name = f'<a href="{url_of(row.id)}">{escape(row.name)}</a>' if url_of else escape(row.name)
    return (
        f'<tr data-r="{row.id}"><th scope="row" class="g-name">{name}</th>'
        f'<td class="g-mean" data-s="{row.value_sum}" data-n="{row.weight_sum}">{mean_text(mean, locale)}</td>'
        f'<td class="g-term"{decided}>{row.term_mark or outlook(mean, grid)}</td>{cells}</tr>\n'
    )


def heads_html(heads: Sequence[Head]) -> Markup:
    """The heads of the columns."""
    made = []
    for head in heads:
        words = escape(head.words)
        kind = f' class="g-{head.kind}"' if head.kind else ""
        begins = f'<th scope="col" data-c="{head.id}" data-l="{head.lesson_id}" data-w="{head.weight}"{kind}'
        if head.system:
            begins += f' data-s="{head.system}"'
            if head.criteria:
                begins += f' data-k="{escape(json.dumps(head.criteria, ensure_ascii=False))}"'
        shown = f"<b>{head.day}</b><small>{escape(head.short or '·')}</small>"
        if head.url:
            made.append(f'{begins}><a href="{head.url}" aria-label="{words}" title="{words}">{shown}</a></th>')
        else:
            made.append(f'{begins} aria-label="{words}" title="{words}"><span class="g-head">{shown}</span></th>')
    return Markup("".join(made))  # noqa: S704 - see the docstring above


def mean_text(mean: int | None, locale: str = "ru") -> str:
    """437 as «4,37», in English "4.37"; nothing for no mean."""
    return "" if mean is None else f"{mean // 100}{'.' if locale == 'en' else ','}{mean % 100:02}"


def outlook(mean: int | None, grid: Grid) -> str:
    """What the mean alone leads to: «4», or «5–4» where the teacher decides."""
    return "" if mean is None else "–".join(map(str, outcomes(mean, grid.rules)))
