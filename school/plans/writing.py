"""A plan as people write it: one topic a line, «Тема | часы | к/р | после 3, 4». Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

MOST_TOPICS = 250
MOST_HOURS = 40
TITLE = 300
CONTROL = {"к/р", "кр", "контрольная", "контрольная работа", "control", "check"}
RESERVE = {"резерв", "reserve"}
_AFTER = re.compile(r"(?:после|after)\s+([\d,\s]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One topic as written. ``needs`` are numbers of lines."""

    title: str
    hours: int = 1
    is_control: bool = False
    is_reserve: bool = False
    needs: frozenset[int] = frozenset()

    def written(self) -> str:
        """The line again."""
        parts = [self.title, str(self.hours)]
        parts += ["к/р"] if self.is_control else []
        parts += ["резерв"] if self.is_reserve else []
        parts += ["после " + ", ".join(map(str, sorted(self.needs)))] if self.needs else []
        return " | ".join(parts)


@dataclass(frozen=True, slots=True)
class BadLine:
    """What can't be read: which line, and the cell."""

    number: int
    cell: str


def read_plan(text: str, first: int = 1) -> tuple[list[Line], list[BadLine]]:
    """Topics and what could not be read; lines are numbered from ``first``, empty ones left out."""
    lines: list[Line] = []
    bad: list[BadLine] = []
    for row in text.splitlines():
        cells = [" ".join(cell.split()) for cell in re.split(r"[|\t]", row)]
        if not any(cells):
            continue
        number = first + len(lines)
        line = Line(cells[0][:TITLE])
        if not line.title:
            bad.append(BadLine(number, row.strip()))
        for cell in filter(None, cells[1:]):
            better = _with(line, cell.casefold(), number)
            if better is None:
                bad.append(BadLine(number, cell))
            else:
                line = better
        lines.append(line)
    return lines[:MOST_TOPICS], bad


def write_plan(lines: Sequence[Line]) -> str:
    """The text of these topics."""
    return "\n".join(line.written() for line in lines)


def _with(line: Line, cell: str, number: int) -> Line | None:
    if cell.isdecimal() and 1 <= int(cell) <= MOST_HOURS:
        return replace(line, hours=int(cell))
    if cell in CONTROL:
        return replace(line, is_control=True)
    if cell in RESERVE:
        return replace(line, is_reserve=True)
    after = _AFTER.fullmatch(cell)
    if after:
        needs = frozenset(int(one) for one in re.findall(r"\d+", after[1]))
        return replace(line, needs=needs) if needs and max(needs) < number and min(needs) >= 1 else None
    return None
