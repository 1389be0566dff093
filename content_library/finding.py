"""Searching the library as its readers do: by the index of this node, or, while there is none, by the database."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from content_library import catalogue, changes
from content_library.catalogue import Card, CataloguePage
from content_library.search import Asked, Filters, Found, FoundPlace, Marked, NoIndex, Reader
from content_library.search.marking import found_in, mark
from content_library.search.reading import Hit

_CURSOR = re.compile(r"n(\d{1,6})")
_UNCOUNTED = 20_000
"""Changes after which the database is not asked to count: without an index that takes seconds."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a unit is among the found: its title and summary with the words marked, and where the rest of the words stands."""

    title: Marked
    summary: Marked
    topics: tuple[Marked, ...] = ()
    """Those of its topics that have words of the wish."""
    author: Marked = ()
    place: FoundPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage(CataloguePage):
    """One page of found units with the reasons."""

    by_topic: Mapping[int, int] = field(default_factory=dict)
    similar: Sequence[Card] = ()
    """Where few units have all the words: some that have part of them."""
    why: Mapping[uuid.UUID, Why] = field(default_factory=dict)
    mended: str = ""
    """The wish as it was understood, where a word of it was nowhere and one at a slip from it is."""
    is_plain: bool = False
    """Found by the database: nothing is mended, and a big library is not counted."""


def search(
    session: Session,
    reader: Reader | None,
    words: str = "",
    filters: Filters | None = None,
    *,
    after: str | None = None,
    limit: int = 24,
) -> FoundPage:
    """Published units that have all the words in any of their forms, the best first; without words the newest first.

    ``after`` is the mark that the page before gave; one that nobody gave begins at the beginning.
    """
    filters = filters or Filters()
    if reader is not None:
        mark_of_page = _CURSOR.fullmatch(after or "")
        offset = int(mark_of_page[1]) if mark_of_page else 0
        try:
            found = reader.find(words, filters, offset=offset, limit=limit)
            return _page(session, reader, found, offset, limit)
        except NoIndex:
            pass
    return _by_database(session, words, filters, after, limit)


def _page(session: Session, reader: Reader, found: Found, offset: int, limit: int) -> FoundPage:
    cards = catalogue.cards_of(session, [hit.unit_id for hit in found.hits])
    # A unit that was retired this second is in the index still; the database says so.
    there = [hit for hit in found.hits if hit.unit_id in cards and cards[hit.unit_id].is_published]
    full = [hit for hit in there if hit.has_all]
    more = offset + limit < found.total and len(found.hits) >= limit
    return FoundPage(
        cards=_copies_last([cards[hit.unit_id] for hit in full]),
        after=f"n{offset + limit}" if more else None,
        total=found.total,
        by_kind=found.by_kind,
        by_subject=found.by_subject,
        by_year_level=found.by_year_level,
        by_language=found.by_language,
        by_topic=found.by_topic,
        similar=_copies_last([cards[hit.unit_id] for hit in there if not hit.has_all]),
        why=_reasons(reader, there, cards, found) if found.asked.words else {},
        mended=found.asked.mended,
    )


def _copies_last(cards: list[Card]) -> list[Card]:
    """Copies of one unit stand after the others of their page: ten of the same help nobody."""
    seen: set[tuple[str, str]] = set()
    first: list[Card] = []
    copies: list[Card] = []
    for card in cards:
        same = (card.title, card.summary)
        (copies if same in seen else first).append(card)
        seen.add(same)
    return first + copies


def _reasons(
    reader: Reader, hits: Sequence[Hit], cards: Mapping[uuid.UUID, Card], found: Found
) -> dict[uuid.UUID, Why]:
    stems, asked = found.stems, found.asked
    made: dict[uuid.UUID, Why] = {}
    deeper: list[uuid.UUID] = []
    for hit in hits:
        card = cards[hit.unit_id]
        seen = found_in(card.title, stems) | found_in(card.summary, stems)
        topics: list[Marked] = []
        author: Marked = ()
        if not _answers(seen, asked):
            for topic in hit.topics:
                new = found_in(topic, stems) - seen
                if new:
                    topics.append(mark(topic, stems))
                    seen |= new
            if found_in(card.author_name, stems) - seen:
                author = mark(card.author_name, stems)
            seen |= found_in(f"{card.subject_name_ru} {card.subject_name_en} {card.author_name}", stems)
        if not _answers(seen, asked):
            deeper.append(hit.unit_id)
        made[hit.unit_id] = Why(mark(card.title, stems), mark(card.summary, stems), tuple(topics), author)
    for unit_id, place in reader.places(deeper, asked).items():
        why = made[unit_id]
        made[unit_id] = Why(why.title, why.summary, why.topics, why.author, place)
    return made


def _answers(seen: set[str], asked: Asked) -> bool:
    return all(not seen.isdisjoint(word.stems) for word in asked.words)


def _by_database(session: Session, words: str, filters: Filters, after: str | None, limit: int) -> FoundPage:
    page = catalogue.search(
        session,
        words,
        subject=filters.subject,
        year_level=filters.year_level,
        kind=filters.kind,
        topic=filters.topic,
        language=filters.language,
        after=after,
        limit=limit,
        counted=changes.newest(session).last < _UNCOUNTED,
    )
    return FoundPage(
        cards=page.cards,
        after=page.after,
        total=page.total,
        by_kind=page.by_kind,
        by_subject=page.by_subject,
        by_year_level=page.by_year_level,
        by_language=page.by_language,
        is_plain=True,
    )


def complete(reader: Reader, typed: str) -> list[str]:
    """Whole wishes that begin with what is typed; none while there is no index."""
    try:
        return reader.complete(typed)
    except NoIndex:
        return []
