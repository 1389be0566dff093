"""Files in an S3 bucket. The only module that knows boto3; plain S3 calls only (see decision 0010)."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, BinaryIO, cast
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from content_library.storage import (
    NoSuchFile,
    PartsUpload,
    RangeOutside,
    Saved,
    StorageUnavailable,
    StoredObject,
    UploadLink,
    UploadRefused,
    checked_key,
)
from content_library.storage.disposition import disposition
from content_library.storage.pieces import CHUNK, PartsSum, chunks_of

_IN_MEMORY = 8 * 1024 * 1024
_MISSING = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchUpload"})
_BAD_PARTS = frozenset({"InvalidPart", "InvalidPartOrder", "EntityTooSmall"})


@dataclass(frozen=True)
class S3Address:
    """Where a bucket is and how to be let in."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"
    public_endpoint: str | None = None
    """The address that browsers reach, when it is not the one that servers use."""


class S3Storage:
    """Files in one bucket: ``files/`` by checksum, ``incoming/`` until they are adopted."""

    def __init__(self, address: S3Address) -> None:
        self._address = address
        self._bucket = address.bucket

    @cached_property
    def _client(self) -> Any:
        return self._connect(self._address.endpoint)

    @cached_property
    def _signer(self) -> Any:
        return self._connect(self._address.public_endpoint or self._address.endpoint)

    def _connect(self, endpoint: str) -> Any:
        # A session of our own: boto3's shared one is not safe to build from several threads.
        return boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint,
            region_name=self._address.region,
            aws_access_key_id=self._address.access_key,
            aws_secret_access_key=self._address.secret_key,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # A person waits for the answer "files are away", so it comes soon.
                connect_timeout=3,
                read_timeout=60,
                retries={"mode": "standard", "max_attempts": 2},
                max_pool_connections=32,
                # The newer default adds checksum trailers that not every S3 server understands.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def close(self) -> None:
        """Close the connections that were opened."""
        for name in ("_client", "_signer"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def make_bucket(self) -> None:
        """Create the bucket, if it is not there: for tests and first deployment."""
        try:
            self.check()
        except NoSuchFile:
            with _s3(self._bucket):
                self._client.create_bucket(Bucket=self._bucket)

    def save(self, source: bytes | BinaryIO) -> Saved:
        """Store bytes durably; see ``Storage``."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
            digest, size = sha256(), 0
            for chunk in chunks_of(source):
                digest.update(chunk)
                spool.write(chunk)
                size += len(chunk)
            saved = Saved(digest.hexdigest(), size)
            spool.seek(0)
            with _s3(saved.key):
                self._client.put_object(**self._at(saved.key), Body=spool, ContentLength=size)
        return saved

    def open(self, key: str, start: int = 0, length: int | None = None) -> BinaryIO:
        """Read a part of a file; see ``Storage``."""
        if length == 0:
            return io.BytesIO()
        wish = {}
        if start or length is not None:
            wish["Range"] = f"bytes={start}-" + ("" if length is None else str(start + length - 1))
        try:
            with _s3(key):
                answer = self._client.get_object(**self._at(key), **wish)
        except RangeOutside:
            size = self.size(key)
            if size == start == 0:
                return io.BytesIO()
            raise RangeOutside(size) from None
        return cast("BinaryIO", io.BufferedReader(_Body(key, answer["Body"]), CHUNK))

    def size(self, key: str) -> int:
        """Bytes of a file; see ``Storage``."""
        with _s3(key):
            return int(self._client.head_object(**self._at(key))["ContentLength"])

    def exists(self, key: str) -> bool:
        """Whether the bytes are there; see ``Storage``."""
        try:
            self.size(key)
        except NoSuchFile:
            return False
        return True

    def delete(self, key: str) -> None:
        """Forget the bytes; see ``Storage``."""
        with _s3(key):
            self._client.delete_object(**self._at(key))

    def link(self, key: str, filename: str, content_type: str, seconds: int = 300, *, download: bool = False) -> str:
        """A presigned address; see ``Storage``."""
        wish = {
            **self._at(key),
            "ResponseContentType": content_type,
            "ResponseContentDisposition": disposition(filename, content_type, download=download),
        }
        return self._presigned("get_object", wish, seconds)

    def upload_link(self, content_type: str, size: int, seconds: int = 900) -> UploadLink:
        """A presigned PUT; type and length are part of the signature; see ``Storage``."""
        incoming = f"incoming/{uuid4().hex}"
        wish = {**self._at(incoming), "ContentType": content_type, "ContentLength": size}
        return UploadLink(incoming, self._presigned("put_object", wish, seconds), {"Content-Type": content_type})

    def adopt(self, incoming: str, *, parts_sum: str = "", forget: bool = True) -> Saved:
        """Keep what has arrived under its checksum; the copy is made by the server; see ``Storage``."""
        with _s3(incoming):
            answer = self._client.get_object(**self._at(incoming))
            digest, size, parts = sha256(), 0, PartsSum()
            for chunk in answer["Body"].iter_chunks(CHUNK):
                digest.update(chunk)
                parts.update(chunk)
                size += len(chunk)
            if parts_sum:
                parts.compare(parts_sum)
            saved = Saved(digest.hexdigest(), size)
            # The upload link may still be alive: copy the bytes that were summed up or none.
            self._client.copy_object(
                **self._at(saved.key), CopySource=self._at(incoming), CopySourceIfMatch=answer["ETag"]
            )
        if forget:
            self.delete(incoming)
        return saved

    def start_parts(self, content_type: str) -> PartsUpload:
        """Begin an upload in parts; see ``Storage``."""
        incoming = f"incoming/{uuid4().hex}"
        with _s3(incoming):
            answer = self._client.create_multipart_upload(**self._at(incoming), ContentType=content_type)
        return PartsUpload(incoming, answer["UploadId"])

    def part_link(self, upload: PartsUpload, number: int, size: int, seconds: int = 3600) -> UploadLink:
        """A presigned PUT of one part; see ``Storage``."""
        wish = {**self._parts_of(upload), "PartNumber": number, "ContentLength": size}
        url = self._presigned("upload_part", wish, seconds)
        return UploadLink(upload.incoming, url, {"Content-Type": "application/octet-stream"})

    def parts_sent(self, upload: PartsUpload) -> dict[int, int]:
        """The parts as the server lists them; see ``Storage``."""
        with _s3(upload.incoming):
            return {part["PartNumber"]: part["Size"] for part in self._listed_parts(upload)}

    def complete_parts(self, upload: PartsUpload, count: int) -> None:
        """Join the parts, as the server lists them: browsers needn't report tags; see ``Storage``."""
        with _s3(upload.incoming):
            tags = {part["PartNumber"]: part["ETag"] for part in self._listed_parts(upload)}
            if not count or any(number not in tags for number in range(1, count + 1)):
                raise UploadRefused("a part is missing")
            parts = [{"PartNumber": number, "ETag": tags[number]} for number in range(1, count + 1)]
            self._client.complete_multipart_upload(**self._parts_of(upload), MultipartUpload={"Parts": parts})

    def abort_parts(self, upload: PartsUpload) -> None:
        """Forget an upload in parts; see ``Storage``."""
        try:
            with _s3(upload.incoming):
                self._client.abort_multipart_upload(**self._parts_of(upload))
        except NoSuchFile:
            return

    def walk(self) -> Iterator[StoredObject]:
        """All kept files; see ``Storage``."""
        for about in self._listed("files/"):
            key = about["Key"].removeprefix("files/")
            yield StoredObject(key, about["Size"], about["LastModified"])

    def discard_incoming(self, before: datetime) -> int:
        """Forget what nobody adopted; see ``Storage``."""
        old = [about["Key"] for about in self._listed("incoming/") if about["LastModified"] < before]
        for key in old:
            self.delete(key)
        with _s3("incoming/"):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket)
            begun = [upload for page in pages for upload in page.get("Uploads", ())]
        abandoned = [upload for upload in begun if upload["Initiated"] < before]
        for upload in abandoned:
            self.abort_parts(PartsUpload(upload["Key"], upload["UploadId"]))
        return len(old) + len(abandoned)

    def check(self) -> None:
        """Return if the bucket answers; see ``Storage``."""
        with _s3(self._bucket):
            self._client.head_bucket(Bucket=self._bucket)

    def _at(self, key: str) -> dict[str, str]:
        checked_key(key)
        return {"Bucket": self._bucket, "Key": key if key.startswith("incoming/") else f"files/{key}"}

    def _parts_of(self, upload: PartsUpload) -> dict[str, str]:
        return {**self._at(upload.incoming), "UploadId": upload.upload_id}

    def _listed_parts(self, upload: PartsUpload) -> Iterator[dict[str, Any]]:
        for page in self._client.get_paginator("list_parts").paginate(**self._parts_of(upload)):
            yield from page.get("Parts", ())

    def _presigned(self, call: str, wish: dict[str, Any], seconds: int) -> str:
        with _s3(wish["Key"]):
            return str(self._signer.generate_presigned_url(call, Params=wish, ExpiresIn=seconds))

    def _listed(self, prefix: str) -> Iterator[dict[str, Any]]:
        with _s3(prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            for page in pages:
                yield from page.get("Contents", ())


class _Body(io.RawIOBase):
    """The body of an answer; a connection that breaks while it is read is the storage's error too."""

    def __init__(self, key: str, body: Any) -> None:
        self._key = key
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _s3(self._key):
            chunk = self._body.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._body.close()
        super().close()


@contextmanager
def _s3(what: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code"))
        if code in _MISSING:
            raise NoSuchFile(what) from error
        if code in {"InvalidRange", "416"}:
            raise RangeOutside(0) from error
        if code in _BAD_PARTS:
            raise UploadRefused(str(error)) from error
        raise StorageUnavailable(str(error)) from error
    except BotoCoreError as error:
        raise StorageUnavailable(str(error)) from error
