"""A library of synthetic units: Zipf words, Russian and English, each subject with words of its own. No real text.

Words are made of syllables and take endings, so stemming has its work; a folder of real words may be named to draw from instead.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Engine, insert

from content_library.ids import uuid7
from content_library.models import (
    LibraryChange,
    Subject,
    Topic,
    Unit,
    UnitFacts,
    UnitKind,
    UnitState,
    UnitTopic,
    UnitVersion,
)
from content_library.quality import STEPS
from content_library.subjects import SUBJECTS

MORNING = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
RUSSIAN_WORDS, ENGLISH_WORDS = 250_000, 120_000
OWN_WORDS = 1_500
ENGLISH_SHARE = 0.15
_ONSETS = [
    "б",
    "в",
    "г",
    "д",
    "ж",
    "з",
    "к",
    "л",
    "м",
    "н",
    "п",
    "р",
    "с",
    "т",
    "ф",
    "х",
    "ц",
    "ч",
    "ш",
    "бр",
    "гр",
    "др",
    "кр",
    "пр",
    "ст",
    "тр",
    "сл",
]
_VOWELS = ["а", "е", "и", "о", "у", "ы", "я"]
_CODAS = ["", "", "", "л", "н", "р", "с", "т", "к"]
_ENDINGS = ["а", "ы", "у", "ой", "ов", "ам", "ами", "ах", "ый", "ого", "ая", "ые", "ить", "ает", ""]
_LATIN_ONSETS = ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "br", "cl", "dr", "pr", "st", "tr"]
_LATIN_VOWELS = ["a", "e", "i", "o", "u", "ea"]
_LATIN_ENDINGS = ["", "s", "ed", "ing", "er", "ly", "ion"]
_BATCH = 5_000


class Vocabulary:
    """Words by Zipf's law."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self._weights, k=count)


class Library:
    """The vocabularies and what is drawn of them, the same for the same seed."""

    def __init__(self, seed: int = 7, russian: Sequence[str] = ()) -> None:
        self.chance = random.Random(seed)
        made = _made(self.chance, RUSSIAN_WORDS, _ONSETS, _VOWELS, _CODAS, _ENDINGS)
        # Real words stand among the made ones at every frequency.
        mixed = [word for pair in zip(russian, made, strict=False) for word in pair] + made[len(russian) :]
        self.russian = Vocabulary(mixed[:RUSSIAN_WORDS])
        self.english = Vocabulary(
            _made(self.chance, ENGLISH_WORDS, _LATIN_ONSETS, _LATIN_VOWELS, _CODAS[:3], _LATIN_ENDINGS)
        )
        self._own = {
            (number, language): Vocabulary(self.chance.sample(words.words, OWN_WORDS))
            for number in range(1, len(SUBJECTS) + 1)
            for language, words in (("ru", self.russian), ("en", self.english))
        }

    def rows(self, count: int) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
        """A unit, its version and its topic, as rows."""
        kinds = list(UnitKind)
        for number in range(1, count + 1):
            chance = self.chance
            language = "en" if chance.random() < ENGLISH_SHARE else "ru"
            subject = min(int(chance.expovariate(0.12)) + 1, len(SUBJECTS))
            first = chance.randint(1, 11)
            words = self.text(subject, language, 78)
            body = " ".join(words[18:48]) + ".\n\n## " + " ".join(words[48:51]) + "\n\n" + " ".join(words[51:])
            unit, version = new_unit(
                number,
                subject_id=subject,
                kind=kinds[min(int(chance.expovariate(0.5)), len(kinds) - 1)],
                language=language,
                year_from=first,
                year_to=min(11, first + chance.randint(0, 2)),
                title=" ".join(words[:5]).capitalize(),
                summary=" ".join(words[5:18]).capitalize() + ".",
                body_markdown=body,
            )
            topic = {"unit_id": unit["id"], "topic_id": subject * 1000 + chance.randint(1, 60)}
            yield unit, version, topic

    def text(self, subject: int, language: str, count: int) -> list[str]:
        """Words of a text: every other one of its subject."""
        common = (self.english if language == "en" else self.russian).draw(self.chance, count // 2)
        own = self._own[subject, language].draw(self.chance, count - count // 2)
        return [word for pair in zip(own, common, strict=False) for word in pair] + own[len(common) :]


def new_unit(
    number: int, *, title: str, summary: str, body_markdown: str, **place: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of a published unit and its version."""
    unit_id, version_id = uuid7(), uuid7()
    unit = {
        "id": unit_id,
        "author_name": f"Автор {number % 5000}",
        "licence": "CC0-1.0",
        "state": UnitState.PUBLISHED,
        "published_version_id": version_id,
        "created_at": MORNING,
        "changed": 0,
        "search_title": "",
        "search_text": "",
        **place,
    }
    version = {
        "id": version_id,
        "unit_id": unit_id,
        "number": 1,
        "title": title[:300],
        "summary": summary,
        "minutes": 15,
        "body_markdown": body_markdown,
        "details": {},
        "created_at": MORNING,
        "published_at": MORNING,
        "review_note": "",
    }
    return unit, version


def fill(engine: Engine, library: Library, count: int) -> None:
    """Write that many units into a migrated, empty database."""
    with engine.begin() as connection:
        connection.execute(insert(Subject), [{**row._asdict(), "sort": n} for n, row in enumerate(SUBJECTS)])
        topics = [
            {"id": row.id * 1000 + n, "subject_id": row.id, "code": str(n), "year_level": n % 11 + 1, "position": n}
            for row in SUBJECTS
            for n in range(1, 61)
        ]
        for topic in topics:
            topic["title"] = " ".join(library.text(topic["subject_id"], "ru", 3)).capitalize()
        connection.execute(insert(Topic), topics)
    write(engine, library.rows(count))


def write(engine: Engine, rows: Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]) -> None:
    """Write units in batches, and how often each was set: most of them never, a few thousands of times."""
    chance = random.Random(13)
    while batch := [row for row, _ in zip(rows, range(_BATCH), strict=False)]:
        units, versions, topics = zip(*batch, strict=True)
        with engine.begin() as connection:
            connection.execute(insert(Unit.__table__), list(units))  # type: ignore[arg-type]
            connection.execute(insert(UnitVersion.__table__), list(versions))  # type: ignore[arg-type]
            connection.execute(insert(UnitTopic.__table__), list(topics))  # type: ignore[arg-type]
            connection.execute(insert(UnitFacts.__table__), [*_facts(chance, units)])  # type: ignore[arg-type]


def _facts(chance: random.Random, units: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for unit in units:
        homeworks = int(chance.paretovariate(0.8)) - 1
        yield {
            "unit_id": unit["id"],
            "homeworks": homeworks,
            "lessons": homeworks // 2,
            "teachers": homeworks // 3,
            "schools": homeworks // 4,
            "tries": 0,
            "levels": {},
            "errors_fixed": 0,
            "liked": sum(homeworks >= step for step in STEPS),
            "counted_at": MORNING,
        }


def _made(
    chance: random.Random,
    count: int,
    onsets: Sequence[str],
    vowels: Sequence[str],
    codas: Sequence[str],
    endings: Sequence[str],
) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        root = "".join(
            chance.choice(onsets) + chance.choice(vowels) for _ in range(chance.choice((1, 2, 2, 3)))
        ) + chance.choice(codas)
        for ending in chance.sample(endings, 3):
            found.setdefault(root + ending)
    return list(found)[:count]


__all__ = ["MORNING", "Library", "LibraryChange", "Vocabulary", "fill", "new_unit", "write"]
