"""What a browser does with a storage's links, for both storages in the same words."""

import io
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Protocol
from urllib.parse import urlsplit

from content_library.storage import LinkRefused, NoSuchFile, UploadLink, UploadRefused
from content_library.storage.disk import DiskStorage


@dataclass(frozen=True)
class Page:
    status: int
    headers: dict[str, str]
    body: bytes


class Browser(Protocol):
    def get(self, url: str, range_header: str | None = None) -> Page: ...

    def put(self, link: UploadLink, body: bytes, headers: dict[str, str] | None = None) -> int: ...


class DiskBrowser:
    """Calls the disk storage as the web side does."""

    def __init__(self, storage: DiskStorage) -> None:
        self._storage = storage

    def get(self, url: str, range_header: str | None = None) -> Page:
        try:
            answer = self._storage.read_link(url.removeprefix("/files/"), range_header)
        except LinkRefused:
            return Page(403, {}, b"")
        except NoSuchFile:
            return Page(404, {}, b"")
        return Page(
            answer.status, {name.lower(): value for name, value in answer.headers.items()}, b"".join(answer.body)
        )

    def put(self, link: UploadLink, body: bytes, headers: dict[str, str] | None = None) -> int:
        sent = link.headers if headers is None else headers
        try:
            self._storage.accept_upload(
                link.url.removeprefix("/files/put/"), io.BytesIO(body), sent.get("Content-Type")
            )
        except LinkRefused:
            return 403
        except UploadRefused:
            return 400
        except NoSuchFile:
            return 404
        return 200


class HttpBrowser:
    """Speaks HTTP and knows nothing of S3."""

    def get(self, url: str, range_header: str | None = None) -> Page:
        return self._send("GET", url, None, {"Range": range_header} if range_header else {})

    def put(self, link: UploadLink, body: bytes, headers: dict[str, str] | None = None) -> int:
        return self._send("PUT", link.url, body, link.headers if headers is None else headers).status

    @staticmethod
    def _send(method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Page:
        address = urlsplit(url)
        assert address.hostname
        connection = HTTPConnection(address.hostname, address.port, timeout=30)
        try:
            connection.request(method, f"{address.path}?{address.query}", body, headers)
            answer = connection.getresponse()
            return Page(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()
