"""Putting units into the indexes of one build."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from tantivy import Document, IndexWriter

from content_library.models import UnitKind
from content_library.search import schema
from content_library.search.analysis import fold, stem, words_of
from content_library.search.documents import KIND_WORDS, Changed, UnitText

KINDS = tuple(UnitKind)
"""Kinds by their numbers in the index."""
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_LONGEST_WHOLE = 6
"""Words of a title that somebody may type whole."""


class BuildWriter:
    """Writes into one build; there is one such writer a build at a time, which Tantivy's own lock keeps."""

    def __init__(self, build: Path, *, memory: int, fresh: bool = False) -> None:
        units, places = schema.create(build) if fresh else schema.open_both(build)
        self._units: IndexWriter = units.writer(memory, 1)
        try:
            self._places: IndexWriter = places.writer(memory, 1)
        except ValueError:
            self._units.rollback()
            raise
        self._fresh = fresh

    def put(self, changed: Iterable[Changed]) -> None:
        """Let these units be found as they are now, or not at all."""
        for one in changed:
            key = one.id.hex
            if not self._fresh:
                self._units.delete_documents_by_term("id", key)
                self._places.delete_documents_by_term("unit", key)
            if one.text is not None:
                self.add(one.text)

    def add(self, unit: UnitText) -> None:
        """Add a unit that is not there."""
        self._units.add_document(unit_document(unit))
        key = unit.id.hex
        for place in unit.places:
            made = Document()
            made.add_text("unit", key)
            made.add_text("text", fold(place.text))
            made.add_bytes("said", place.text.encode())
            if place.anchor:
                made.add_text("anchor", place.anchor)
            if place.title:
                made.add_bytes("title", place.title.encode())
            if place.second is not None:
                made.add_unsigned("second", place.second)
            self._places.add_document(made)

    def commit(self) -> None:
        """Let readers see it, and have it on the disk."""
        self._places.commit()
        self._units.commit()

    def settle(self) -> None:
        """Wait until the parts of a big build are put together; the writer is used up then."""
        self._places.wait_merging_threads()
        self._units.wait_merging_threads()

    def close(self) -> None:
        """Let go of the files; what is not committed is forgotten."""
        self._places.rollback()
        self._units.rollback()
        del self._places, self._units

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if hasattr(self, "_units"):
            del self._places, self._units


def unit_document(unit: UnitText) -> Document:
    """The document of a unit."""
    made = Document()
    made.add_text("id", unit.id.hex)
    title = fold(unit.title)
    made.add_text("title", title)
    words = words_of(title)
    if len(words) <= _LONGEST_WHOLE:
        made.add_text("whole", " ".join(map(stem, words)))
    made.add_text("words", title)
    for name, texts in (("tags", unit.tags), ("topics", unit.topics)):
        for text in texts:
            folded = fold(text)
            made.add_text(name, folded)
            made.add_text("words", folded)
    if unit.topics:
        made.add_bytes("topic_titles", "\n".join(unit.topics).encode())
    years = " ".join(map(str, range(unit.year_from, unit.year_to + 1)))
    about = " ".join((unit.summary, *unit.subject_names, unit.author, KIND_WORDS[unit.kind], years, "класс"))
    made.add_text("about", fold(about))
    if unit.places:
        made.add_text("body", fold("\n".join(place.text for place in unit.places)))
    made.add_unsigned("subject", unit.subject_id)
    made.add_unsigned("kind", _NUMBERS[unit.kind])
    made.add_unsigned("language", schema.language_number(unit.language))
    made.add_unsigned("span", schema.span_number(unit.year_from, unit.year_to))
    for year in range(unit.year_from, unit.year_to + 1):
        made.add_unsigned("year", year)
    for topic in unit.topic_ids:
        made.add_unsigned("topic", topic)
    made.add_float(schema.LIFT, schema.lift(unit.liked))
    made.add_unsigned("born", unit.id.int >> 64)
    return made
