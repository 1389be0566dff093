"""A storage that can't be reached is reported as such, in time."""

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from content_library.storage import StorageUnavailable
from content_library.storage.disk import DiskStorage
from content_library.storage.s3 import S3Address, S3Storage


def test_disk_that_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file in the way")
    with pytest.raises(StorageUnavailable):
        DiskStorage(tmp_path / "files", "secret").save(io.BytesIO(b"x"))
    with pytest.raises(StorageUnavailable):
        DiskStorage(tmp_path / "files", "secret").check()


def test_half_written_file_is_never_seen(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError("the browser went away")

    storage = DiskStorage(tmp_path, "secret")
    with pytest.raises(StorageUnavailable):
        storage.save(Broken())
    assert list(storage.walk()) == []
    assert list(tmp_path.glob("tmp/*")) == []


def test_answer_that_nobody_reads_leaves_no_file_open(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path, "secret")
    link = storage.link(storage.save(b"x" * 600_000).key, "x", "text/plain").removeprefix("/files/")
    before = len(list(Path("/proc/self/fd").iterdir()))
    unread, half_read = storage.read_link(link), storage.read_link(link, "bytes=1-")
    assert next(half_read.body) == b"x" * 262_144
    half_read.body.close()  # type: ignore[attr-defined]
    assert unread.headers["Content-Length"] == "600000"
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("secret", ["", "another"])
def test_links_of_another_secret_are_refused(tmp_path: Path, secret: str) -> None:
    ours, theirs = DiskStorage(tmp_path, "secret"), DiskStorage(tmp_path, secret)
    link = theirs.link(theirs.save(b"x").key, "x", "text/plain")
    with pytest.raises(Exception, match="changed on its way"):
        ours.read_link(link.removeprefix("/files/"))


def test_s3_that_does_not_answer() -> None:
    storage = S3Storage(S3Address("http://127.0.0.1:9", "nowhere", "user", "password"))
    with pytest.raises(StorageUnavailable):
        storage.check()
    storage.close()


def test_browsers_get_the_public_address() -> None:
    address = S3Address("http://10.0.0.5:9000", "b", "user", "password", public_endpoint="https://files.school.ru")
    storage = S3Storage(address)
    link = storage.link("0" * 64, "x.png", "image/png")
    assert urlsplit(link).netloc == "files.school.ru"
    assert urlsplit(storage.upload_link("image/png", 3).url).netloc == "files.school.ru"
    assert "password" not in repr(address)
    storage.close()
