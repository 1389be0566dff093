"""Both storages, each with its browser and a way to make time pass."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from content_library.storage import Storage
from content_library.storage.disk import DiskStorage
from content_library.storage.s3 import S3Address, S3Storage
from tests.content_library.storage.browsers import Browser, DiskBrowser, HttpBrowser
from tests.machines import MINIO_PASSWORD, MINIO_USER, find_minio, running_minio

USER, PASSWORD = MINIO_USER, MINIO_PASSWORD


@dataclass(frozen=True)
class Place:
    storage: Storage
    browser: Browser
    wait: Callable[[float], None]
    raw_objects: Callable[[], int]
    """How many kept files there are, counted past the storage's own code where it can be."""


@pytest.fixture(scope="session")
def minio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a MinIO server of our own."""
    if find_minio() is None:
        pytest.skip("MinIO not found")
    with running_minio(tmp_path_factory.mktemp("minio")) as address:
        yield address


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "disk":
        now = [time.time()]
        disk = DiskStorage(tmp_path / "files", "secret", clock=lambda: now[0])

        def pass_by(seconds: float) -> None:
            now[0] += seconds

        yield Place(disk, DiskBrowser(disk), pass_by, lambda: len(list(disk.root.glob("??/*"))))
        return
    s3 = S3Storage(S3Address(request.getfixturevalue("minio"), f"test-{uuid4().hex[:12]}", USER, PASSWORD))
    s3.make_bucket()
    yield Place(s3, HttpBrowser(), time.sleep, lambda: len(list(s3.walk())))
    s3.close()
