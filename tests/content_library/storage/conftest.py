"""Both storages, each with its browser and a way to make time pass."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

import pytest

from content_library.storage import Storage
from content_library.storage.disk import DiskStorage
from content_library.storage.s3 import S3Address, S3Storage
from tests.content_library.storage.browsers import Browser, DiskBrowser, HttpBrowser
from tests.machines import find_minio

USER, PASSWORD = "library-tests", "a-secret-for-tests"


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
    binary = find_minio()
    if binary is None:
        pytest.skip("MinIO not found")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("minio")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binary, "server", "--address", f"127.0.0.1:{port}", "--quiet", folder / "data"],
            env={**os.environ, "MINIO_ROOT_USER": USER, "MINIO_ROOT_PASSWORD": PASSWORD, "HOME": str(folder)},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/minio/health/ready", server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"MinIO did not start: {log.read_text()[-2000:]}")


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
