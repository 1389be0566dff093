"""What a reader notices on its way through a set: the rows it refuses and what it reads with a doubt."""

from dataclasses import dataclass, field
from datetime import date

from school.roster.formats.records import BadRow, Note, Place
from school.roster.formats.values import DayOrder, NotADayError, read_day
from school.roster.said import Said, say


class RowError(Exception):
    """This row can't be taken; carries the reason."""

    def __init__(self, reason: Said) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(slots=True)
class Journal:
    """Collects refusals and notes; a remark that many rows of a file share is kept once, with their count."""

    bad_rows: list[BadRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _many: dict[tuple[str, Said], list[int]] = field(default_factory=dict)

    def refuse(self, place: Place, reason: Said) -> None:
        """Leave a row out."""
        self.bad_rows.append(BadRow(place, reason))

    def note(self, place: Place, text: Said) -> None:
        """Remark on one row or file."""
        self.notes.append(Note(place, text))

    def note_many(self, place: Place, text: Said) -> None:
        """Remark on a row that says the same as other rows will."""
        self._many.setdefault((place.file, text), []).append(place.line)

    def all_notes(self) -> tuple[Note, ...]:
        """Every note, the repeated ones told once at the first line they are about."""
        many = self._many.items()
        once = (Note(Place(file, lines[0]), text, len(lines) - 1) for (file, text), lines in many)
        return (*self.notes, *once)


def required_day(cell: str, column: str, order: DayOrder) -> date | None:
    """The day in a cell of a row that is refused when the day can't be read."""
    try:
        return read_day(cell, order)
    except NotADayError as problem:
        raise RowError(say("%(column)s: %(why)s", column=column, why=problem.reason)) from problem
