"""An index over the library of the tests, kept up by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content_library import FoundPage, finding
from content_library.search import Filters, Folder, Follower, Reader


@dataclass
class Shelf:
    """A node with its index."""

    session: Session
    folder: Folder
    follower: Follower
    reader: Reader

    def find(self, words: str = "", **filters: Any) -> FoundPage:
        """Search as of the newest change."""
        assert self.follower.step()
        return finding.search(self.session, self.reader, words, Filters(**filters))

    def titles(self, words: str = "", **filters: Any) -> list[str]:
        return [card.title for card in self.find(words, **filters).cards]


@pytest.fixture
def shelf(session: Session, tmp_path: Path) -> Iterator[Shelf]:
    @contextmanager
    def connect() -> Iterator[Session]:
        session.flush()
        yield session

    folder = Folder(tmp_path)
    follower = Follower(folder, connect)
    yield Shelf(session, folder, follower, Reader(folder))
    follower.close()
