"""The addresses of the embedded storage: signed, with Range, and for nobody who was not given them."""

import pytest
from flask import Flask

from school.core.files import storage
from tests.browsing import SchoolClient

BODY = bytes(range(256)) * 10


@pytest.fixture
def link(app: Flask) -> str:
    return storage().link(storage().save(BODY).key, "урок.mp4", "video/mp4")


@pytest.mark.parametrize(
    ("wish", "status", "content_range", "body"),
    [
        (None, 200, None, BODY),
        ("bytes=0-9", 206, "bytes 0-9/2560", BODY[:10]),
        ("bytes=-10", 206, "bytes 2550-2559/2560", BODY[-10:]),
        ("bytes=9999-", 416, "bytes */2560", b""),
    ],
)
def test_file_is_served_in_parts(
    client: SchoolClient, link: str, wish: str | None, status: int, content_range: str | None, body: bytes
) -> None:
    answer = client.get(link, headers={"Range": wish} if wish else {})
    assert (answer.status_code, answer.headers.get("Content-Range"), answer.data) == (status, content_range, body)
    assert "Set-Cookie" not in answer.headers


def test_head_tells_the_length(client: SchoolClient, link: str) -> None:
    answer = client.head(link)
    assert (answer.status_code, answer.headers["Content-Length"], answer.data) == (200, "2560", b"")


def test_changed_link_is_refused(client: SchoolClient, link: str) -> None:
    assert client.get(link[:-2]).status_code == 403
    assert client.get("/files/anything").status_code == 403


def test_browser_puts_a_file_straight_into_the_storage(client: SchoolClient) -> None:
    upload = storage().upload_link("video/mp4", len(BODY))
    assert client.put(upload.url, data=BODY + b"x", headers=upload.headers).status_code == 422
    assert client.put(upload.url, data=BODY, headers=upload.headers).status_code == 204
    assert storage().adopt(upload.incoming).size == len(BODY)


def test_film_may_be_larger_than_a_form(app: Flask, client: SchoolClient) -> None:
    size = app.config["MAX_CONTENT_LENGTH"] + 1
    upload = storage().upload_link("video/mp4", size)
    assert client.put(upload.url, data=bytes(size), headers=upload.headers).status_code == 204


def test_part_of_an_upload_given_up_is_not_found(client: SchoolClient) -> None:
    upload = storage().start_parts("video/mp4")
    part = storage().part_link(upload, 1, 3)
    storage().abort_parts(upload)
    assert client.put(part.url, data=b"abc", headers=part.headers).status_code == 404
