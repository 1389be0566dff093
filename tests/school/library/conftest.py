"""An author who is signed in, and both storages."""

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask

from content_library.storage import Storage
from content_library.storage.s3 import S3Address, S3Storage
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.content_library.storage.conftest import PASSWORD, USER, minio
from tests.factories import Make
from tests.machines import find_minio

__all__ = ["minio"]


@pytest.fixture
def teacher(make: Make) -> Member:
    return make.teacher(make.school())


@pytest.fixture
def author(client: SchoolClient, make: Make, teacher: Member) -> Account:
    account = make.account_of(teacher)
    client.sign_in(account)
    return account


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, app: Flask) -> Iterator[Storage]:
    """The application's storage: its folder, or a bucket of a real MinIO."""
    own: Storage = app.extensions["storage"]
    if request.param == "disk":
        yield own
        return
    if find_minio() is None:
        pytest.skip("MinIO not found")
    s3 = S3Storage(S3Address(request.getfixturevalue("minio"), f"school-{uuid.uuid4().hex[:12]}", USER, PASSWORD))
    s3.make_bucket()
    app.extensions["storage"] = s3
    yield s3
    app.extensions["storage"] = own
    s3.close()
