"""Real processes: two that follow and read one folder, and one that is killed while it writes."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from content_library.database import metadata
from content_library.models import Subject, Topic
from content_library.search import Folder, Follower, Reader
from tests.content_library.writing import published

NODE = """
import json, sys, threading
from contextlib import contextmanager
from pathlib import Path
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from content_library.search import Folder, Follower, NoIndex, Reader
engine = create_engine(sys.argv[1], isolation_level="AUTOCOMMIT")
folder = Folder(Path(sys.argv[2]))
@contextmanager
def connect():
    with Session(engine) as session:
        yield session
if sys.argv[3] == "follow":
    threading.Thread(target=Follower(folder, connect).run, args=(threading.Event(),), daemon=True).start()
reader = Reader(folder)
for line in sys.stdin:
    try:
        print(json.dumps(reader.find(json.loads(line)).total), flush=True)
    except NoIndex:
        print("null", flush=True)
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'library.sqlite'}")

    @event.listens_for(engine, "connect")
    def _wal(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")

    metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Subject(id=1, code="m", name_ru="Математика", name_en="M", short_ru="М", tint=0, sort=1))
        session.flush()
        session.add_all(Topic(id=n, subject_id=1, code=str(n), title="Тема", year_level=5) for n in (12,))
        session.commit()
    yield engine
    engine.dispose()


class Node:
    """A process of a node: it reads, and follows if it may."""

    def __init__(self, engine: Engine, folder: Path, role: str = "follow") -> None:
        command = [sys.executable, "-c", NODE, str(engine.url), str(folder), role]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def total(self, words: str) -> int | None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())  # type: ignore[no-any-return]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@contextmanager
def nodes(*made: Node) -> Iterator[None]:
    try:
        yield
    finally:
        for node in made:
            if node.process.poll() is None:
                node.kill()


def publish(engine: Engine, title: str) -> None:
    with Session(engine) as session:
        published(session, title=title)
        session.commit()


def seconds_until(is_true: Callable[[], bool], patience: float = 90) -> float:
    began = time.monotonic()
    while not is_true():
        assert time.monotonic() - began < patience
        time.sleep(0.05)
    return time.monotonic() - began


def test_every_process_finds_a_change_in_two_seconds_and_one_dies(engine: Engine, tmp_path: Path) -> None:
    publish(engine, "Дроби")
    leader = Node(engine, tmp_path)
    second = Node(engine, tmp_path)
    with nodes(leader, second):
        seconds_until(lambda: leader.total("дроби") == second.total("дроби") == 1)
        publish(engine, "Проценты")
        waited = [seconds_until(lambda node=node: node.total("процент") == 1) for node in (leader, second)]  # type: ignore[misc]
        assert sum(waited) < 2, waited
        # Whichever of them followed: the other, or the same, goes on.
        leader.kill()
        publish(engine, "Пропорции")
        assert seconds_until(lambda: second.total("пропорция") == 1) < 10
        assert second.total("") == 3


def test_a_killed_writer_loses_and_doubles_nothing(engine: Engine, tmp_path: Path) -> None:
    publish(engine, "Задача нулевая")
    count = 1
    for round_ in range(2):
        node = Node(engine, tmp_path)
        with nodes(node):
            seconds_until(lambda count=count, node=node: node.total("задача") == count)  # type: ignore[misc]
            for n in range(8):
                publish(engine, f"Задача {round_} {n}")
            count += 8
            time.sleep(0.2 * round_)
            node.kill()
    (broken := Folder(tmp_path)).begin()  # a build that was killed at its beginning

    @contextmanager
    def connect() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    follower, reader = Follower(broken, connect), Reader(broken)
    follower.step()
    assert reader.find("задача").total == reader.find("").total == count == 17
    follower.close()
