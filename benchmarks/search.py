"""The library's search over many synthetic units: `make bench-search N=800000`.

Builds a library in SQLite, then the index; asks it on one thread through the function of the page and through the page itself;
publishes a change and waits until other processes find it. Limits are held to the CPU of the thread, which other programs
hardly move; on a quiet machine the clock says the same. With folders of real objects and words, the quality as well:

    python -m benchmarks.search 50000 [--objects FOLDER] [--dictionary FOLDER]

FOLDER of objects: ``*.jsonl.gz`` with id, title, description, statement, subject, chapter, section, keywords, and
``queries*.json``. FOLDER of a dictionary: ``*.jsonl.gz`` with title, description, examples, and ``inflected*.csv``.
"""

import argparse
import gc
import logging
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks import found_quality
from benchmarks.shelves import Library, fill
from content_library import Filters, UnitKind, finding
from content_library.ids import uuid7
from content_library.models import Subject, Topic, UnitVersion
from content_library.search import Folder, Reader, rebuild
from school.app import create_app
from school.core import migrating
from school.core.config import Settings
from school.core.database import db, read_engine, write_engine
from school.core.finding import index_folder, reading
from tests.browsing import SchoolClient
from tests.factories import Make

FUNCTION_MS, PAGE_MS, FINDABLE_S = 20, 40, 2
Wish = tuple[str, Filters]


def main() -> None:
    """Measure and print; fails when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("units", type=int, nargs="?", default=50_000)
    parser.add_argument("--objects", type=Path)
    parser.add_argument("--dictionary", type=Path)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="keep the library and its index here, or take them from here")
    asked = parser.parse_args()
    logging.disable(logging.INFO)
    over: list[str] = []
    if asked.objects:
        over += found_quality.objects(asked.objects)
    with tempfile.TemporaryDirectory() as aside:
        over += _big(asked.folder or Path(aside), asked.units, asked.times, asked.dictionary)
    if over:
        raise SystemExit("over the limit: " + "; ".join(over))


def _big(folder: Path, count: int, times: int, dictionary: Path | None) -> list[str]:
    settings = Settings(folder, f"sqlite:///{folder / 'school.sqlite3'}", "a secret of the benchmark, long enough")
    is_new = migrating.is_missing(settings)
    migrating.upgrade(settings)
    app = create_app(settings)
    app.config.update(TESTING=True)
    app.test_client_class = SchoolClient
    library = Library(russian=found_quality.words_of(dictionary) if dictionary else ())
    with app.app_context():
        if is_new:
            began = time.monotonic()
            fill(write_engine(), library, count)
            if dictionary:
                found_quality.add_entries(write_engine(), dictionary)
            print(f"{count} units written in {time.monotonic() - began:.0f} s")
        if index_folder().current() is None:
            _build(index_folder())
        wishes = _wishes(library, times)
        over = _measure("function", FUNCTION_MS, wishes, _function(), index_folder())
        over += _measure(
            "page", PAGE_MS, {name: some[:150] for name, some in wishes.items()}, _page(app), index_folder()
        )
        if dictionary:
            over += found_quality.inflected(dictionary, index_folder())
        over += _findable(app, settings)
    return over


def _build(folder: Folder) -> None:
    wall, cpu = time.monotonic(), time.process_time()
    build = rebuild(folder, reading, progress=lambda done, total: print(f"\r{done} of {total}", end="", flush=True))
    sizes = {part: sum(file.stat().st_size for file in (build / part).iterdir()) / 1e6 for part in ("units", "places")}
    minutes, work = (time.monotonic() - wall) / 60, (time.process_time() - cpu) / 60
    print(
        f"\rindex built in {minutes:.1f} min ({work:.1f} min CPU): units {sizes['units']:.0f} MB, places {sizes['places']:.0f} MB"
    )


def _wishes(library: Library, times: int) -> dict[str, list[Wish]]:
    chance, none = random.Random(11), Filters()
    library.chance = chance
    words = library.russian.words
    texts = db.session.execute(
        select(UnitVersion.title, UnitVersion.summary).where(UnitVersion.minutes > 0).limit(times)
    ).all()
    texts = [text for text in texts if len(text.summary.split()) > 3]

    def narrow() -> Wish:
        title, summary = chance.choice(texts)
        return " ".join((*title.split()[:2], summary.split()[3])), none

    def medium() -> Wish:
        return " ".join((words[chance.randint(20, 600)], words[chance.randint(200, 3000)])), none

    def broad() -> Wish:
        return words[chance.randint(0, 60)], none

    def filtered() -> Wish:
        filters = Filters(
            subject=chance.randint(1, 12), year_level=chance.randint(1, 11), kind=chance.choice(list(UnitKind))
        )
        return words[chance.randint(0, 300)], filters

    def slip() -> Wish:
        word = words[chance.randint(100, 20_000)]
        while len(word) < 5:
            word = words[chance.randint(100, 20_000)]
        at = chance.randint(1, len(word) - 2)
        return word[:at] + chance.choice("абвгдежзикл") + word[at + chance.randint(0, 1) :] + " ", none

    def browse() -> Wish:
        subject = chance.choice((None, *range(1, 25)))
        return "", Filters(subject=subject, year_level=chance.choice((None, *range(1, 12))))

    makers = {"narrow": narrow, "medium": medium, "broad": broad, "filtered": filtered, "slip": slip, "browse": browse}
    return {name: [make() for _ in range(times)] for name, make in makers.items()} | {"browse all": [("", none)] * 60}


def _function() -> Callable[[Reader, Wish], int]:
    def ask(reader: Reader, wish: Wish) -> int:
        with Session(read_engine()) as session:
            return finding.search(session, reader, *wish).total

    return ask


def _page(app: Flask) -> Callable[[Reader, Wish], int]:
    account = Make(app).account(login=f"reader {uuid7().hex}")
    client = app.test_client()
    assert isinstance(client, SchoolClient)
    client.sign_in(account)
    client.get("/library?q=слово")  # the templates are compiled
    gc.collect()
    gc.freeze()  # the vocabularies of this program are no part of a web process

    def ask(_reader: Reader, wish: Wish) -> int:
        words, filters = wish
        kind = filters.kind.value if filters.kind else None
        asked = {"q": words, "subject": filters.subject, "year": filters.year_level, "kind": kind}
        answer = super(SchoolClient, client).open("/library", query_string={k: v for k, v in asked.items() if v})
        assert answer.status_code == 200
        return len(answer.data)

    return ask


def _measure(
    what: str, limit: float, wishes: dict[str, list[Wish]], ask: Callable[[Reader, Wish], int], folder: Folder
) -> list[str]:
    reader, over = Reader(folder), []
    ask(reader, ("слово", Filters()))
    print(f"{what:12}{'p50 ms':>9}{'p99 ms':>9}{'CPU p50':>9}{'CPU p99':>9}{'median':>10}   (units found, or bytes)")
    for name, some in wishes.items():
        took, worked, sizes = [], [], []
        for wish in some:
            if name == "browse all" and what == "function":
                reader = Reader(folder)  # as it is once after each commit: counts are not kept yet
                reader.is_ready  # noqa: B018 - opens
            began, work = time.perf_counter(), time.thread_time()
            sizes.append(ask(reader, wish))
            worked.append(1000 * (time.thread_time() - work))
            took.append(1000 * (time.perf_counter() - began))
        p99 = _at(worked, 0.99)
        said = "".join(f"{_at(some, share):9.2f}" for some in (took, worked) for share in (0.5, 0.99))
        print(f"{name:12}{said}{sorted(sizes)[len(sizes) // 2]:10}")
        if name in {"narrow", "medium", "broad", "filtered", "slip"} and p99 > limit:
            over.append(f"{what} {name} p99 {p99:.1f} ms")
    return over


def _at(took: Sequence[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * share))]


NODE = """
import sys, threading, time
from contextlib import contextmanager
from pathlib import Path
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from content_library.search import Folder, Follower, Reader
engine = create_engine(sys.argv[1], isolation_level="AUTOCOMMIT")
@contextmanager
def connect():
    with Session(engine) as session:
        yield session
folder = Folder(Path(sys.argv[2]))
if sys.argv[3] == "follow":
    threading.Thread(target=Follower(folder, connect).run, args=(threading.Event(),), daemon=True).start()
reader = Reader(folder)
reader.find("x")
print("ready", flush=True)
for word in sys.stdin:
    while not reader.find(word.strip()).total:
        time.sleep(0.01)
    print(time.time(), flush=True)
"""


def _findable(app: Flask, settings: Settings) -> list[str]:
    """Seconds from a commit until a following and a merely reading process find the unit."""
    nodes = [
        subprocess.Popen(
            [sys.executable, "-c", NODE, settings.database_url, str(settings.data_dir), role],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for role in ("follow", "read", "read")
    ]
    waited = []
    try:
        for node in nodes:
            assert node.stdout is not None
            assert node.stdout.readline() == "ready\n"
        make = Make(app)
        for word in ("йцукенгшщз", "фывапролджэ", "ячсмитьбюё"):
            # What a program killed here wrote is found at once: each run has words of its own.
            word += uuid7().hex[-12:]
            subject, topic = db.session.get_one(Subject, 1), db.session.get_one(Topic, 1001)
            make.unit(title=word, subject=subject, topic=topic)
            db.session.remove()
            committed = time.time()
            for node in nodes:
                assert node.stdin is not None
                node.stdin.write(word + "\n")
                node.stdin.flush()
            waited += [float(node.stdout.readline()) - committed for node in nodes if node.stdout]
    finally:
        for node in nodes:
            node.kill()
            node.wait()
    print(f"a published change was found in {max(waited):.2f} s at most by three processes")
    return [f"findable after {max(waited):.1f} s"] if max(waited) > FINDABLE_S else []


if __name__ == "__main__":
    main()
