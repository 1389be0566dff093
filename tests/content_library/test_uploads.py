"""Which files are accepted, and what is kept of them."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content_library import EmptyFile, FileTooLarge, Purpose, StoredFile, WrongType, uploads
from content_library.storage import NoSuchFile
from content_library.storage.disk import DiskStorage
from tests.content_library.conftest import MORNING
from tests.content_library.making import picture, zipped

EPUB = zipped(mimetype="application/epub+zip", META="x")
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")
DOCX = zipped(word__document_xml="<x/>")
PPTX = zipped(ppt__presentation_xml="<x/>")
XLSX = zipped(xl__workbook_xml="<x/>")
MP4 = b"\0\0\0\x20ftypisom" + b"\0" * 40
MOV = b"\0\0\0\x14ftypqt  " + b"\0" * 40
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\0" * 40
MKV = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska" + b"\0" * 40


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files", "secret")


@pytest.mark.parametrize(
    ("body", "purpose", "content_type"),
    [
        (picture("PNG"), Purpose.PICTURE, "image/png"),
        (picture("JPEG"), Purpose.PHOTO, "image/jpeg"),
        (picture("GIF"), Purpose.PICTURE, "image/gif"),
        (picture("WEBP"), Purpose.PICTURE, "image/webp"),
        (picture("JPEG"), Purpose.DOCUMENT, "image/jpeg"),
        (MP4, Purpose.VIDEO, "video/mp4"),
        (MOV, Purpose.VIDEO, "video/quicktime"),
        (WEBM, Purpose.VIDEO, "video/webm"),
        (MKV, Purpose.VIDEO, "video/matroska"),
        (b"ID3\x03" + b"\0" * 20, Purpose.AUDIO, "audio/mpeg"),
        (b"OggS" + b"\0" * 20, Purpose.AUDIO, "audio/ogg"),
        (b"RIFF\0\0\0\0WAVEfmt ", Purpose.AUDIO, "audio/wav"),
        (b"\0\0\0\x20ftypM4A " + b"\0" * 40, Purpose.AUDIO, "audio/mp4"),
        (b"%PDF-1.7\n", Purpose.DOCUMENT, "application/pdf"),
        (EPUB, Purpose.DOCUMENT, "application/epub+zip"),
        (ODT, Purpose.DOCUMENT, "application/vnd.oasis.opendocument.text"),
        (DOCX, Purpose.DOCUMENT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (PPTX, Purpose.DOCUMENT, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        (XLSX, Purpose.DOCUMENT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nПривет".encode(), Purpose.SUBTITLES, "text/vtt"),
    ],
)
@pytest.mark.parametrize("way", ["at hand", "arrived"])
def test_true_type_is_found(
    session: Session, storage: DiskStorage, body: bytes, purpose: Purpose, content_type: str, way: str
) -> None:
    if way == "at hand":
        accepted = uploads.accept(session, storage, io.BytesIO(body), "Работа.exe", purpose, MORNING)
    else:
        incoming = _arrive(storage, body)
        accepted = uploads.accept_arrived(session, storage, incoming, "Работа.exe", purpose, MORNING)
        assert not storage.exists(incoming)
    assert (accepted.file.content_type, accepted.file.size) == (content_type, len(body))
    assert accepted.name.startswith("Работа.")
    assert not accepted.name.endswith(".exe")
    with storage.open(accepted.file.sha256) as kept:
        assert kept.read() == body


REFUSED = [
    (b"", Purpose.PICTURE, EmptyFile, "empty"),
    (b"MZ\x90\0", Purpose.PICTURE, WrongType, "unknown type"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Purpose.PICTURE, WrongType, "unknown type"),
    (b"<html><script>", Purpose.DOCUMENT, WrongType, "unknown type"),
    (b"#EXTM3U\nhttp://169.254.169.254/", Purpose.VIDEO, WrongType, "unknown type"),
    (picture("PNG"), Purpose.VIDEO, WrongType, "the file is image/png"),
    (MP4, Purpose.PHOTO, WrongType, "the file is video/mp4"),
    (zipped(anything="x"), Purpose.DOCUMENT, WrongType, "application/zip"),
    (zipped(mimetype="text/html"), Purpose.DOCUMENT, WrongType, "application/zip"),
    (b"PK\x03\x04 not a zip at all", Purpose.DOCUMENT, WrongType, "application/zip"),
    (b"\0\0\0\x20ftypheic" + b"\0" * 40, Purpose.PHOTO, WrongType, "image/heic"),
    (picture("PNG") + b"\0" * (15 << 20), Purpose.PHOTO, FileTooLarge, "larger than 15 MB"),
]


@pytest.mark.parametrize(("body", "purpose", "error", "reason"), REFUSED, ids=range(len(REFUSED)))
@pytest.mark.parametrize("way", ["at hand", "arrived"])
def test_refused_with_a_plain_reason(
    session: Session, storage: DiskStorage, body: bytes, purpose: Purpose, error: type[Exception], reason: str, way: str
) -> None:
    if way == "at hand":
        with pytest.raises(error, match=reason):
            uploads.accept(session, storage, body, "a.png", purpose, MORNING)
    else:
        incoming = _arrive(storage, body)
        with pytest.raises(error, match=reason):
            uploads.accept_arrived(session, storage, incoming, "a.png", purpose, MORNING)
        assert not storage.exists(incoming)
    assert list(storage.walk()) == []
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_equal_files_are_one_row_and_one_object(session: Session, storage: DiskStorage) -> None:
    first = uploads.accept(session, storage, picture(), "one.png", Purpose.PICTURE, MORNING)
    second = uploads.accept(session, storage, picture(), "two.png", Purpose.PHOTO, MORNING)
    uploads.accept(session, storage, picture(colour="blue"), "three.png", Purpose.PHOTO, MORNING)
    assert first.file is second.file
    assert (first.name, second.name) == ("one.png", "two.png")
    assert len(list(storage.walk())) == session.scalar(select(func.count()).select_from(StoredFile)) == 2


def test_what_never_arrived(session: Session, storage: DiskStorage) -> None:
    link = storage.upload_link("image/png", 10)
    with pytest.raises(NoSuchFile):
        uploads.accept_arrived(session, storage, link.incoming, "a.png", Purpose.PICTURE, MORNING)


def test_our_own_bytes_need_no_check(session: Session, storage: DiskStorage) -> None:
    file = uploads.keep(session, storage, b"#EXTM3U", "application/vnd.apple.mpegurl", MORNING)
    assert storage.exists(file.sha256)


def _arrive(storage: DiskStorage, body: bytes) -> str:
    link = storage.upload_link("application/octet-stream", len(body))
    storage.accept_upload(link.url.removeprefix("/files/put/"), io.BytesIO(body), link.headers["Content-Type"])
    return link.incoming
