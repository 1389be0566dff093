"""The sweep finds what nobody needs and leaves everything else."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from content_library import FileRole, PlacedFile, Purpose, StoredFile, orphans, uploads
from content_library.storage.disk import DiskStorage
from tests.content_library.making import picture
from tests.content_library.writing import write

NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=3)
DAY_AGO = NOW - timedelta(days=1)


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files", "secret")


def _age(storage: DiskStorage, key: str) -> None:
    path = storage.root / (key if "/" in key else f"{key[:2]}/{key}")
    os.utime(path, (OLD.timestamp(), OLD.timestamp()))


def test_sweep_both_ways(session: Session, storage: DiskStorage) -> None:
    def kept(colour: str, at: datetime) -> StoredFile:
        file = uploads.accept(session, storage, picture(colour=colour), "a.png", Purpose.PICTURE, at).file
        if at == OLD:
            _age(storage, file.sha256)
        return file

    used, unused, young, lost = kept("red", OLD), kept("green", OLD), kept("blue", NOW), kept("white", OLD)
    write(
        session,
        files=[
            PlacedFile(sha256=file.sha256, name="a.png", role=FileRole.PICTURE, alt="Рисунок") for file in (used, lost)
        ],
    )
    storage.delete(lost.sha256)
    nameless, young_nameless = storage.save(b"old and nameless").key, storage.save(b"an upload under way").key
    _age(storage, nameless)
    link = storage.upload_link("image/png", 3)
    storage.accept_upload(link.url.removeprefix("/files/put/"), io.BytesIO(b"abc"), "image/png")
    _age(storage, link.incoming)

    looked = orphans.sweep(session, storage, DAY_AGO)
    assert looked == orphans.Sweep(1, 1, 0, (lost.sha256,))
    assert storage.exists(nameless)

    unused_key = unused.sha256
    swept = orphans.sweep(session, storage, DAY_AGO, apply=True)
    assert swept == orphans.Sweep(1, 1, 1, (lost.sha256,))
    session.expire_all()
    assert not storage.exists(nameless)
    assert not storage.exists(link.incoming)
    assert session.get(StoredFile, unused_key) is None
    assert storage.exists(unused_key), "bytes go only after the commit that forgot their row"
    assert storage.exists(young_nameless)
    assert session.get(StoredFile, young.sha256) is not None
    assert session.get(StoredFile, lost.sha256) is not None

    assert orphans.sweep(session, storage, DAY_AGO, apply=True).nameless_files == 1
    assert not storage.exists(unused_key)
    assert storage.exists(used.sha256)
