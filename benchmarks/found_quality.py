"""How good what is found is, on real objects and words that are read where they lie and kept nowhere."""

import csv
import gzip
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.orm import Session

from benchmarks.shelves import new_unit, write
from content_library import UnitKind, finding
from content_library.database import metadata
from content_library.models import Subject, Topic, UnitTopic, UnitVersion
from content_library.search import Folder, Reader, rebuild
from content_library.subjects import SUBJECTS
from school.core.database import read_engine

FIRST = 10
WITHOUT_TAGS, WITH_TAGS, INFLECTED = 0.60, 0.90, 0.98
_WORD = re.compile(r"[а-яё]{2,}")


def objects(folder: Path) -> list[str]:
    """The share of queries that have a right answer among the first ten, without the tags of the objects and with them."""
    over = []
    queries = json.loads(next(folder.glob("queries*.json")).read_text())
    for is_tagged, limit in ((False, WITHOUT_TAGS), (True, WITH_TAGS)):
        share, missed = _share(folder, queries, is_tagged)
        print(f"{len(queries)} queries {'with' if is_tagged else 'without'} tags: {share:.3f} in the first {FIRST}")
        print("   missed: " + "; ".join(missed))
        if share < limit:
            over.append(f"{share:.3f} of the queries {'with' if is_tagged else 'without'} tags")
    return over


def _share(folder: Path, queries: list[dict[str, Any]], is_tagged: bool) -> tuple[float, list[str]]:
    with tempfile.TemporaryDirectory() as aside:
        engine = create_engine(f"sqlite:///{aside}/library.sqlite")
        metadata.create_all(engine)
        names = _write_objects(engine, _lines(folder), is_tagged)
        index = Folder(Path(aside))
        rebuild(index, lambda: Session(engine))
        reader, missed = Reader(index), []
        with Session(engine) as session:
            for query in queries:
                page = finding.search(session, reader, query["query"] + " ", limit=24)
                first = [names[card.unit_id] for card in (*page.cards, *page.similar)][:FIRST]
                if not set(first) & set(query["relevant"]):
                    missed.append(query["query"])
        engine.dispose()
    return 1 - len(missed) / len(queries), missed


def _write_objects(engine: Engine, lines: Iterator[dict[str, Any]], is_tagged: bool) -> dict[Any, str]:
    """Each object as a unit; its subject, chapter and section are topics. The ids of objects by those of units."""
    topics: dict[tuple[str, ...], int] = {}
    units: list[dict[str, Any]] = []
    versions: list[dict[str, Any]] = []
    hung: list[dict[str, Any]] = []
    names: dict[Any, str] = {}
    for number, line in enumerate(lines):
        unit, version = new_unit(
            number,
            kind=UnitKind.ASSIGNMENT,
            subject_id=8,
            language="en",
            year_from=10,
            year_to=11,
            title=line.get("title", ""),
            summary=line.get("description", ""),
            body_markdown=line.get("statement", ""),
        )
        unit["author_name"] = line.get("author", "")[:200]
        if is_tagged:
            version["details"] = {"keywords": line.get("keywords", [])}
        for depth in range(1, 4):
            path = tuple(line.get(name, "") for name in ("subject", "chapter", "section")[:depth])
            if path[-1]:
                topic_id = topics.setdefault(path, len(topics) + 1)
                hung.append({"unit_id": unit["id"], "topic_id": topic_id})
        units.append(unit)
        versions.append(version)
        names[unit["id"]] = line["id"]
    with engine.begin() as connection:
        connection.execute(insert(Subject), [{**row._asdict(), "sort": n} for n, row in enumerate(SUBJECTS)])
        rows = [
            {
                "id": number,
                "subject_id": 8,
                "code": str(number),
                "title": path[-1][:300],
                "year_level": 10,
                "position": 0,
            }
            for path, number in topics.items()
        ]
        connection.execute(insert(Topic), rows)
        connection.execute(insert(UnitVersion.metadata.tables["unit"]), units)
        connection.execute(insert(UnitVersion), versions)
        connection.execute(insert(UnitTopic), hung)
    return names


def words_of(folder: Path) -> list[str]:
    """The Russian words of a dictionary's texts, the most used first: the synthetic units are made of them too, so that the
    entries have to be found among units with the same words."""
    counted: Counter[str] = Counter()
    for line in _lines(folder):
        for text in (line["title"], line["description"], *line["examples"]):
            counted.update(_WORD.findall(text.lower()))
    return [word for word, _count in counted.most_common(120_000)]


def add_entries(engine: Engine, folder: Path) -> None:
    """Put the entries of a dictionary among the units."""

    def rows() -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
        for number, line in enumerate(_lines(folder)):
            unit, version = new_unit(
                number,
                kind=UnitKind.TEXTBOOK,
                subject_id=1,
                language="ru",
                year_from=5,
                year_to=9,
                title=line["title"],
                summary=line["description"],
                body_markdown="\n\n".join(line["examples"]),
            )
            yield unit, version, {"unit_id": unit["id"], "topic_id": 1001}

    write(engine, rows())


def inflected(folder: Path, index: Folder) -> list[str]:
    """The share of inflected forms whose entry is among the first ten."""
    with next(folder.glob("inflected*.csv")).open() as file:
        pairs = [(row["query_form"], row["expected_title"]) for row in csv.DictReader(file)]
    reader, missed = Reader(index), []
    with Session(read_engine()) as session:
        for form, entry in pairs:
            page = finding.search(session, reader, form + " ", limit=24)
            first = [card.title for card in (*page.cards, *page.similar)][:FIRST]
            if entry not in first:
                missed.append(f"{form} → {entry}")
    share = 1 - len(missed) / len(pairs)
    print(
        f"{len(pairs)} inflected forms: {share:.3f} find their entry in the first {FIRST}; missed: {'; '.join(missed)}"
    )
    return [f"{share:.3f} of the inflected forms"] if share < INFLECTED else []


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
