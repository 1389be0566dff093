"""Files are shown to the scanner before anybody else."""

import io
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from content_library import Purpose, uploads
from content_library.scanning import Infected, NotScanned, Scanner, ScannerUnavailable
from content_library.storage import StorageUnavailable
from content_library.storage.disk import DiskStorage
from tests.content_library.clamd import VIRUS, clamd
from tests.content_library.conftest import MORNING

PDF = b"%PDF-1.4\n" + b"x" * 700_000


def test_clean_bytes_pass_whole() -> None:
    with clamd() as daemon:
        for source in (PDF, io.BytesIO(PDF), b""):
            Scanner(daemon.address).check(source)
        assert daemon.shown == [PDF, PDF, b""]


def test_a_virus_is_called_by_its_name() -> None:
    with clamd() as daemon, pytest.raises(Infected, match="Test-Signature"):
        Scanner(daemon.address).check(PDF + VIRUS)


def test_a_file_past_the_scanners_limit_is_refused_and_not_tried_for_ever() -> None:
    with clamd(limit=1000) as daemon, pytest.raises(NotScanned):
        Scanner(daemon.address).check(io.BytesIO(PDF * 3))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_away_lets_nothing_through_and_is_waited_for(address: str) -> None:
    with pytest.raises(ScannerUnavailable) as caught:
        Scanner(address).check(PDF)
    assert isinstance(caught.value, StorageUnavailable)


def test_what_is_infected_is_not_kept(session: Session, tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path, "secret")
    with clamd() as daemon:
        scan = Scanner(daemon.address).check
        with pytest.raises(Infected):
            uploads.accept(session, storage, PDF + VIRUS, "a.pdf", Purpose.DOCUMENT, MORNING, scan=scan)
        link = storage.upload_link("application/octet-stream", len(PDF + VIRUS))
        storage.accept_upload(link.url.removeprefix("/files/put/"), io.BytesIO(PDF + VIRUS), "application/octet-stream")
        with pytest.raises(Infected):
            uploads.accept_arrived(session, storage, link.incoming, "a.pdf", Purpose.DOCUMENT, MORNING, scan=scan)
        assert not storage.exists(link.incoming)
        assert list(storage.walk()) == []
        kept = uploads.accept(session, storage, PDF, "a.pdf", Purpose.DOCUMENT, MORNING, scan=scan)
    assert storage.exists(kept.file.sha256)


def test_nothing_is_lost_while_the_scanner_is_away(session: Session, tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path, "secret")
    link = storage.upload_link("application/octet-stream", len(PDF))
    storage.accept_upload(link.url.removeprefix("/files/put/"), io.BytesIO(PDF), "application/octet-stream")
    away = Scanner("tcp://127.0.0.1:9").check
    with pytest.raises(StorageUnavailable):
        uploads.accept_arrived(session, storage, link.incoming, "a.pdf", Purpose.DOCUMENT, MORNING, scan=away)
    assert storage.exists(link.incoming)
