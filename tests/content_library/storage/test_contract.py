"""What every storage promises, shown on each of them."""

import io
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import unquote

import pytest

from content_library.storage import (
    PART,
    PART_MINIMUM,
    NoSuchFile,
    PartsUpload,
    RangeOutside,
    Saved,
    UploadLink,
    UploadRefused,
)
from content_library.storage.pieces import PartsSum
from tests.content_library.storage.conftest import Place

TEXT = bytes(range(256)) * 40
NOBODY = "0" * 64


def key_of(body: bytes) -> str:
    return sha256(body).hexdigest()


@pytest.mark.parametrize("body", [b"", b"a", TEXT])
def test_saves_under_the_checksum(place: Place, body: bytes) -> None:
    assert place.storage.save(body) == Saved(key_of(body), len(body))
    assert place.storage.save(io.BytesIO(body)) == Saved(key_of(body), len(body))
    with place.storage.open(key_of(body)) as file:
        assert file.read() == body
    assert place.storage.size(key_of(body)) == len(body)
    assert place.storage.exists(key_of(body))
    assert place.raw_objects() == 1


def test_deletes_and_forgives_deleting_twice(place: Place) -> None:
    key = place.storage.save(TEXT).key
    other = place.storage.save(b"other").key
    place.storage.delete(key)
    place.storage.delete(key)
    assert not place.storage.exists(key)
    assert place.storage.exists(other)


@pytest.mark.parametrize("key", [NOBODY, "incoming/" + "0" * 32, "../../etc/passwd", "incoming/../x", ""])
def test_what_is_not_there_is_said_so(place: Place, key: str) -> None:
    with pytest.raises(NoSuchFile):
        place.storage.open(key)
    with pytest.raises(NoSuchFile):
        place.storage.size(key)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (0, None, TEXT),
        (0, 10, TEXT[:10]),
        (5000, 300, TEXT[5000:5300]),
        (10000, 1000, TEXT[10000:]),
        (3, 0, b""),
        (10239, None, TEXT[-1:]),
    ],
)
def test_opens_a_part(place: Place, start: int, length: int | None, expected: bytes) -> None:
    key = place.storage.save(TEXT).key
    with place.storage.open(key, start, length) as file:
        assert file.read() == expected


def test_opening_past_the_end_tells_the_size(place: Place) -> None:
    key = place.storage.save(TEXT).key
    with pytest.raises(RangeOutside) as caught:
        place.storage.open(key, len(TEXT))
    assert caught.value.size == len(TEXT)


@pytest.mark.parametrize(
    ("wish", "status", "content_range", "expected"),
    [
        (None, 200, None, TEXT),
        ("bytes=0-99", 206, "bytes 0-99/10240", TEXT[:100]),
        ("bytes=5000-5999", 206, "bytes 5000-5999/10240", TEXT[5000:6000]),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", TEXT[10000:]),
        ("bytes=-40", 206, "bytes 10200-10239/10240", TEXT[-40:]),
        ("bytes=10200-99999", 206, "bytes 10200-10239/10240", TEXT[10200:]),
    ],
)
def test_link_serves_ranges(
    place: Place, wish: str | None, status: int, content_range: str | None, expected: bytes
) -> None:
    key = place.storage.save(TEXT).key
    page = place.browser.get(place.storage.link(key, "урок.mp4", "video/mp4"), wish)
    assert (page.status, page.headers.get("content-range"), page.body) == (status, content_range, expected)
    assert page.headers["content-type"] == "video/mp4"
    assert page.headers["content-length"] == str(len(expected))
    assert page.headers["accept-ranges"] == "bytes"


def test_range_past_the_end_is_416(place: Place) -> None:
    key = place.storage.save(TEXT).key
    page = place.browser.get(place.storage.link(key, "a.mp4", "video/mp4"), "bytes=10240-")
    assert page.status == 416


@pytest.mark.parametrize(
    ("content_type", "download", "way"),
    [
        ("image/png", False, "inline"),
        ("image/png", True, "attachment"),
        ("text/html", False, "attachment"),
        ("image/svg+xml", False, "attachment"),
        ("application/pdf", False, "inline"),
    ],
)
def test_link_carries_name_and_way(place: Place, content_type: str, download: bool, way: str) -> None:
    key = place.storage.save(TEXT).key
    page = place.browser.get(place.storage.link(key, 'Урок "1".png', content_type, download=download))
    header = page.headers["content-disposition"]
    assert header.startswith(way + ";")
    assert unquote(header.partition("filename*=UTF-8''")[2]) == 'Урок "1".png'


def test_tampered_links_are_refused(place: Place) -> None:
    key, other = place.storage.save(TEXT).key, place.storage.save(b"secret").key
    link = place.storage.link(key, "a.txt", "text/plain")
    # Not the last letter: two of its bits are nobody's, and some other letters mean the same.
    cut = link[:-5] + ("A" if link[-5] != "A" else "B") + link[-4:]
    assert place.browser.get(link).status == 200
    assert place.browser.get(cut).status == 403
    assert place.browser.get(link.replace(key, other) + ("" if key in link else "x")).status == 403


def test_expired_links_are_refused(place: Place) -> None:
    key = place.storage.save(TEXT).key
    link = place.storage.link(key, "a.txt", "text/plain", seconds=1)
    upload = place.storage.upload_link("image/png", 3, seconds=1)
    place.wait(2.1)
    assert place.browser.get(link).status == 403
    assert place.browser.put(upload, b"abc") == 403


def test_link_to_get_is_not_one_to_put(place: Place) -> None:
    key = place.storage.save(TEXT).key
    link = place.storage.link(key, "a.txt", "text/plain")
    assert place.browser.put(UploadLink(key, link.replace("/files/", "/files/put/", 1), {}), b"x") in {403, 404}
    with place.storage.open(key) as file:
        assert file.read() == TEXT


def test_browser_sends_bytes_itself(place: Place) -> None:
    link = place.storage.upload_link("video/mp4", len(TEXT))
    assert place.browser.put(link, TEXT) == 200
    with place.storage.open(link.incoming, 0, 16) as head:
        assert head.read() == TEXT[:16]
    assert place.raw_objects() == 0
    assert place.storage.adopt(link.incoming) == Saved(key_of(TEXT), len(TEXT))
    assert not place.storage.exists(link.incoming)
    with place.storage.open(key_of(TEXT)) as file:
        assert file.read() == TEXT


def test_the_same_file_from_two_browsers_is_stored_once(place: Place) -> None:
    for _ in range(2):
        link = place.storage.upload_link("video/mp4", len(TEXT))
        place.browser.put(link, TEXT)
        place.storage.adopt(link.incoming)
    assert place.raw_objects() == 1


@pytest.mark.parametrize("body", [TEXT[:-1], TEXT + b"x", b""])
def test_upload_of_another_length_is_refused(place: Place, body: bytes) -> None:
    link = place.storage.upload_link("video/mp4", len(TEXT))
    assert 400 <= place.browser.put(link, body) < 500
    with pytest.raises(NoSuchFile):
        place.storage.adopt(link.incoming)


def test_upload_of_another_type_is_refused(place: Place) -> None:
    link = place.storage.upload_link("video/mp4", len(TEXT))
    assert place.browser.put(link, TEXT, {"Content-Type": "text/html"}) in {400, 403}
    assert not place.storage.exists(link.incoming)


def test_large_file_in_two_parts(place: Place) -> None:
    first, second = b"1" * PART_MINIMUM, b"2" * PART_MINIMUM
    upload = place.storage.start_parts("video/mp4")
    for number, body in ((2, second), (1, b"0" * PART_MINIMUM), (1, first)):
        assert place.browser.put(place.storage.part_link(upload, number, len(body)), body) == 200
    place.storage.complete_parts(upload, 2)
    assert place.storage.adopt(upload.incoming) == Saved(key_of(first + second), 2 * PART_MINIMUM)
    with place.storage.open(key_of(first + second), PART_MINIMUM - 1, 2) as file:
        assert file.read() == b"12"


def test_parts_that_have_arrived_are_told(place: Place) -> None:
    upload = place.storage.start_parts("video/mp4")
    assert place.storage.parts_sent(upload) == {}
    for number, body in ((3, b"end"), (1, b"1" * PART_MINIMUM)):
        place.browser.put(place.storage.part_link(upload, number, len(body)), body)
    assert place.storage.parts_sent(upload) == {1: PART_MINIMUM, 3: 3}
    place.storage.abort_parts(upload)
    with pytest.raises(NoSuchFile):
        place.storage.parts_sent(upload)


def test_bytes_that_are_not_those_that_were_summed_up_are_not_kept(place: Place) -> None:
    body = b"1" * PART + b"the end"
    link = place.storage.upload_link("video/mp4", len(body))
    place.browser.put(link, body)
    with pytest.raises(UploadRefused, match="changed on their way"):
        place.storage.adopt(link.incoming, parts_sum=PartsSum.of(body + b"!").hexdigest())
    assert place.raw_objects() == 0
    said = sha256(sha256(body[:PART]).digest() + sha256(body[PART:]).digest()).hexdigest()
    saved = Saved(key_of(body), len(body))
    assert place.storage.adopt(link.incoming, parts_sum=said, forget=False) == saved
    assert place.storage.exists(link.incoming)
    assert place.storage.adopt(link.incoming, parts_sum=said) == saved, "again after a crash"
    assert not place.storage.exists(link.incoming)


def test_parts_that_do_not_fit_are_refused(place: Place) -> None:
    upload = place.storage.start_parts("video/mp4")
    with pytest.raises(UploadRefused, match="missing"):
        place.storage.complete_parts(upload, 1)
    for number in (1, 2):
        place.browser.put(place.storage.part_link(upload, number, 5), b"short")
    with pytest.raises(UploadRefused, match="missing"):
        place.storage.complete_parts(upload, 3)
    with pytest.raises(UploadRefused, match=r"shorter|EntityTooSmall"):
        place.storage.complete_parts(upload, 2)


def test_aborted_parts_are_gone(place: Place) -> None:
    upload = place.storage.start_parts("video/mp4")
    link = place.storage.part_link(upload, 1, 5)
    place.browser.put(link, b"short")
    place.storage.abort_parts(upload)
    place.storage.abort_parts(upload)
    assert place.browser.put(link, b"short") == 404
    with pytest.raises(NoSuchFile):
        place.storage.complete_parts(upload, 1)


def test_unknown_parts_upload(place: Place) -> None:
    with pytest.raises(NoSuchFile):
        place.storage.complete_parts(PartsUpload("incoming/" + "f" * 32, "nothing"), 1)


def test_walk_meets_kept_files_only(place: Place) -> None:
    saved = {place.storage.save(body) for body in (TEXT, b"other")}
    link = place.storage.upload_link("video/mp4", 3)
    place.browser.put(link, b"abc")
    found = list(place.storage.walk())
    assert {Saved(about.key, about.size) for about in found} == saved
    assert all(abs(datetime.now(UTC) - about.modified_at) < timedelta(minutes=5) for about in found)


def test_what_nobody_adopted_is_discarded(place: Place) -> None:
    key = place.storage.save(TEXT).key
    link = place.storage.upload_link("video/mp4", 3)
    place.browser.put(link, b"abc")
    upload = place.storage.start_parts("video/mp4")
    place.browser.put(place.storage.part_link(upload, 1, 3), b"abc")
    now = datetime.now(UTC)
    assert place.storage.discard_incoming(now - timedelta(hours=1)) == 0
    assert place.storage.exists(link.incoming)
    assert place.storage.discard_incoming(now + timedelta(hours=1)) >= 1
    assert not place.storage.exists(link.incoming)
    assert place.storage.exists(key)


def test_a_storage_that_works_says_so(place: Place) -> None:
    place.storage.check()
