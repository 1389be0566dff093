"""Which column is which, when headers differ in case, spaces or a letter from what the format asks."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from school.roster.formats.records import Note, Place
from school.roster.formats.tables import Table
from school.roster.said import Said, say

NEAR = 0.86
"""How like a known name a header must be to be taken for it; 1 is the same."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column names by the headers as written, and what was guessed on the way."""

    names: Mapping[str, str]
    notes: tuple[Note, ...] = ()

    def __contains__(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self.names.values()


def plain(header: str) -> str:
    """A header without case, spaces and punctuation; ё is е."""
    return re.sub(r"[^0-9a-zа-я]", "", header.lower().replace("ё", "е"))


def find_columns(table: Table, known: Iterable[str], aliases: Mapping[str, str] | None = None) -> Columns:
    """Match the table's headers to the known columns: exact, by an accepted other name, by spelling, by likeness.

    ``aliases`` are other spellings that the format itself has used, taken without a word. Of two headers for
    one column the first is used.
    """
    known = tuple(known)
    by_plain = {plain(name): name for name in known}
    accepted = {plain(other): name for other, name in (aliases or {}).items()}
    names: dict[str, str] = {}
    notes: list[Note] = []
    later: list[str] = []
    for header in table.header:
        key = plain(header)
        target = header if header in known else accepted.get(key) or by_plain.get(key)
        if target is None:
            later.append(header)
        elif target in names.values():
            notes.append(
                _note(table, say("The column “%(column)s” appears twice; the first one is used.", column=header))
            )
        else:
            names[header] = target
            if header not in known and key not in accepted:
                notes.append(_note(table, _read_as(header, target)))
    for header in later:
        target = _nearest(header, [name for name in known if name not in names.values()])
        if target:
            names[header] = target
            notes.append(_note(table, _read_as(header, target)))
    return Columns(names, tuple(notes))


def _nearest(header: str, free: list[str]) -> str | None:
    """The one free column that this header surely means; extensions (``metadata.x``) are no misspellings."""
    key = plain(header)
    if "." in header or key.startswith(("ext", "metadata")) or len(key) < 5:
        return None
    close = difflib.get_close_matches(key, [plain(name) for name in free], n=2, cutoff=NEAR)
    if not close:
        return None
    likeness = [difflib.SequenceMatcher(None, key, other).ratio() for other in close]
    if len(close) == 2 and likeness[0] - likeness[1] < 0.02:
        return None
    return next(name for name in free if plain(name) == close[0])


def _read_as(header: str, target: str) -> Said:
    return say("The column “%(column)s” is read as “%(name)s”.", column=header, name=target)


def _note(table: Table, text: Said) -> Note:
    return Note(Place(table.file, 1), text)
