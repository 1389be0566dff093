"""Reading files at hand, without the process around it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content_library.interchange import Found, Test
from content_library.interchange.question import Question
from content_library.interchange.reading import read

Reading = Callable[..., Found]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    def read_this(data: bytes | str, name: str = "t.txt") -> Found:
        path, folder = tmp_path / name, tmp_path / "pictures"
        folder.mkdir(exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read(path, folder)

    return read_this


def questions(found: Found) -> list[Question]:
    return [one for thing in found.things if isinstance(thing, Test) for one in thing.questions]
