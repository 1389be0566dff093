"""Finding units: the reader that each process keeps on its node's index."""

import threading
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tantivy import Index, Occur, Query, Searcher

from content_library.models import UnitKind
from content_library.search import schema
from content_library.search.analysis import in_russian_layout, stem
from content_library.search.asking import Asked, Word, ask, loosely, matching, only, places_of, telling
from content_library.search.folder import Folder
from content_library.search.marking import Marked, excerpt
from content_library.search.writing import KINDS

FEW = 10
"""Units that have all the words: below so many, such as have some of them are offered too."""
FURTHEST = 2_400
"""How far pages go: whoever wants more says more."""
_FACETS = {"kind": 10, "subject": 60, "year": 70, "language": 20}
_COUNTED = {"year": "span"}
"""The field that a facet is counted by, where that is another one than it is chosen by."""
_TOPICS = 400
_SHELVES_KEPT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a unit must be, whatever its words."""

    subject: int | None = None
    year_level: int | None = None
    kind: UnitKind | None = None
    topic: int | None = None
    """With the narrower topics below it."""
    language: str | None = None

    def queries(self) -> dict[str, Query]:
        """The filters by the facet that each of them chooses from."""
        kind = None if self.kind is None else KINDS.index(self.kind)
        language = None if self.language is None else schema.language_number(self.language)
        chosen = {"subject": self.subject, "year": self.year_level, "kind": kind, "topic": self.topic}
        return {
            name: only(name, value) for name, value in {**chosen, "language": language}.items() if value is not None
        }


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A passage of a unit that answers the wish."""

    text: Marked
    anchor: str
    title: str
    second: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A found unit."""

    unit_id: uuid.UUID
    topics: tuple[str, ...]
    has_all: bool = True
    """Whether it has every word of the wish."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits and the counts beside it."""

    hits: Sequence[Hit]
    total: int
    """Units that have all the words and are what the filters say."""
    by_kind: Mapping[UnitKind, int]
    by_subject: Mapping[int, int]
    by_year_level: Mapping[int, int]
    by_language: Mapping[str, int]
    by_topic: Mapping[int, int]
    """Only when a subject is chosen."""
    asked: Asked = field(default_factory=Asked)

    @property
    def stems(self) -> frozenset[str]:
        """Everything that answers a word of the wish."""
        return frozenset(one for word in self.asked.words for one in word.stems)


class _Open(NamedTuple):
    """A build that is open."""

    build: Path
    units: Index
    places: Index
    stamps: tuple[int, ...]


class NoIndex(Exception):
    """There is no index on this node yet."""


class Reader:
    """Finds units by the index of this node, as of its newest commit. Any thread may ask."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._browsed: dict[Filters, dict[str, dict[int, int]]] = {}
        self._browsed_as_of: _Open | None = None

    @property
    def is_ready(self) -> bool:
        """Whether there is an index to ask."""
        try:
            self._searchers()
        except NoIndex:
            return False
        return True

    def progress(self) -> tuple[int, int] | None:
        """How far the index is that is being built; None when none is."""
        return self._folder.progress()

    def find(self, words: str, filters: Filters | None = None, *, offset: int = 0, limit: int = 24) -> Found:
        """Units that have all the words in any of their forms and are what the filters say, the best first; without words
        the newest first. Raises ``NoIndex``."""
        units, _places = self._searchers()
        filters = filters or Filters()
        asked = _understand(units, words)
        chosen = filters.queries()
        hits: list[Hit] = []
        total = 0
        if asked.is_known:
            wish = matching(asked) if asked.words else None
            query = _all_of(wish, chosen.values())
            page = units.search(
                query,
                limit,
                offset=min(offset, FURTHEST),
                order_by_field=None if asked.words else "born",
                weight_by_field=schema.LIFT if asked.words else None,
            )
            total = page.count  # type: ignore[attr-defined]
            hits = _hits(units, page.hits, has_all=True)
            counts = _counts(units, wish, chosen) if wish else self._browse(units, chosen, filters)
        else:
            counts = {}
        if len(asked.words) > 1 and total < FEW and not offset:
            hits += self._loosely(units, asked, chosen, hits, FEW - total)
        return Found(
            hits=hits,
            total=total,
            by_kind={KINDS[number]: count for number, count in counts.get("kind", {}).items()},
            by_subject=counts.get("subject", {}),
            by_year_level=counts.get("year", {}),
            by_language={schema.language_code(one): count for one, count in counts.get("language", {}).items()},
            by_topic=counts.get("topic", {}),
            asked=asked,
        )

    def places(self, unit_ids: Sequence[uuid.UUID], asked: Asked) -> dict[uuid.UUID, FoundPlace]:
        """The best passage of each of these units. Raises ``NoIndex``."""
        if not unit_ids or not any(word.stems for word in asked.words):
            return {}
        _units, places = self._searchers()
        keys = [unit_id.hex for unit_id in unit_ids]
        found: dict[uuid.UUID, FoundPlace] = {}
        stems = frozenset(one for word in asked.words for one in word.stems)
        for score, address in places.search(places_of(keys, asked), 4 * len(keys), count=False).hits:
            if not score:
                break
            place = places.doc(address)
            unit_id = uuid.UUID(place.get_first("unit"))
            if unit_id not in found:
                text = bytes(place.get_first("said") or b"").decode()
                title = bytes(place.get_first("title") or b"").decode()
                second = place.get_first("second")
                found[unit_id] = FoundPlace(excerpt(text, stems), place.get_first("anchor") or "", title, second)
        return found

    def complete(self, typed: str, limit: int = 8) -> list[str]:
        """Whole wishes that begin with what is typed: its last word with its most used endings, one form of each word.
        Raises ``NoIndex``."""
        units, _places = self._searchers()
        words = typed.split()
        if not words or not typed[-1].isalnum():
            return []
        *before, last = words
        beginning = "".join(telling(last)[-1:])
        if len(beginning) < 2:
            return []
        whole = ask(units, " ".join(before) + " ") if before else Asked()
        context = matching(whole) if whole.words and whole.is_known else None
        found: dict[str, str] = {}
        for end, _count in units.terms_with_prefix("words", beginning, context, limit=4 * limit):
            found.setdefault(stem(end), end)
        return [" ".join((*before, end)) for end in found.values()][:limit]

    def _browse(self, units: Searcher, chosen: dict[str, Query], filters: Filters) -> dict[str, dict[int, int]]:
        """Shelves without words are asked for again and again, and count the most: they are counted once a commit."""
        now = self._open
        if self._browsed_as_of is not now:
            self._browsed, self._browsed_as_of = {}, now
        counts = self._browsed.get(filters)
        if counts is None:
            counts = _counts(units, None, chosen)
            if len(self._browsed) < _SHELVES_KEPT:
                self._browsed[filters] = counts
        return counts

    def _loosely(
        self, units: Searcher, asked: Asked, chosen: dict[str, Query], there: Sequence[Hit], limit: int
    ) -> list[Hit]:
        if not any(word.stems for word in asked.words):
            return []
        page = units.search(_all_of(loosely(units, asked), chosen.values()), limit + len(there), count=False)
        known = {hit.unit_id for hit in there}
        return [hit for hit in _hits(units, page.hits, has_all=False) if hit.unit_id not in known][:limit]

    def _searchers(self) -> tuple[Searcher, Searcher]:
        """Both indexes as of the newest commit: three looks at files when nothing has changed."""
        build = self._folder.current()
        if build is None:
            raise NoIndex
        now = self._open
        if now is None or now.build != build or now.stamps != _stamps(build):
            now = self._look_again(build)
        return now.units.searcher(), now.places.searcher()

    def _look_again(self, build: Path) -> _Open:
        with self._lock:
            stamps, now = _stamps(build), self._open
            if now is not None and now.build == build and now.stamps == stamps:
                return now
            try:
                if now is None or now.build != build:
                    units, places = schema.open_both(build)
                else:
                    units, places = now.units, now.places
                    places.reload()
                    units.reload()
            except ValueError as why:  # swept away between two looks, or damaged: the follower makes another
                raise NoIndex from why
            self._open = opened = _Open(build, units, places, stamps)
            return opened


def _counts(units: Searcher, wish: Query | None, chosen: dict[str, Query]) -> dict[str, dict[int, int]]:
    """How many units there are behind each choice; of a facet that is chosen from already, behind its other choices too."""
    sizes = {**_FACETS, "topic": _TOPICS} if "subject" in chosen else _FACETS
    asks = [([name for name in sizes if name not in chosen], chosen)]
    for name in chosen:
        # A topic belongs to a subject: another subject would never have it.
        without = {name, "topic"} if name == "subject" else {name}
        asks.append(
            ([name] if name in sizes else [], {one: query for one, query in chosen.items() if one not in without})
        )
    made: dict[str, dict[int, int]] = {}
    for names, narrowed in asks:
        wanted = {name: {"terms": {"field": _COUNTED.get(name, name), "size": sizes[name]}} for name in names}
        counted = units.aggregate(_all_of(wish, narrowed.values()), wanted) if wanted else {}
        for name in names:
            made[name] = {int(one["key"]): int(one["doc_count"]) for one in counted[name]["buckets"]}
    if "year" in made:
        made["year"] = _by_year(made["year"])
    return made


def _by_year(spans: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for span, count in spans.items():
        for year in schema.years_of(span):
            found[year] = found.get(year, 0) + count
    return found


def _understand(units: Searcher, words: str) -> Asked:
    asked = ask(units, words)
    if asked.words and words.isascii() and not any(word.stems and not word.mended for word in asked.words):
        other = ask(units, in_russian_layout(words))
        if other.words and other.is_known and not other.mended:
            return Asked(tuple(Word(word.typed, word.stems, word.typed) for word in other.words))
    return asked


def _all_of(wish: Query | None, filters: Iterable[Query]) -> Query:
    parts = [(Occur.Must, one) for one in filters]
    if wish is not None:
        parts.append((Occur.Must, wish))
    return Query.boolean_query(parts) if parts else Query.all_query()


def _hits(units: Searcher, scored: Sequence[tuple[Any, Any]], *, has_all: bool) -> list[Hit]:
    made = []
    for _score, address in scored:
        document = units.doc(address)
        topics = bytes(document.get_first("topic_titles") or b"").decode()
        made.append(Hit(uuid.UUID(document.get_first("id")), tuple(filter(None, topics.split("\n"))), has_all))
    return made


def _stamps(build: Path) -> tuple[int, ...]:
    try:
        return tuple((build / name / "meta.json").stat().st_mtime_ns for name in ("units", "places"))
    except OSError:
        return ()
