"""Addresses that are remembered are those that Flask makes."""

import pytest
from flask import Flask, url_for

from school.core.addresses import AddressedFlask


@pytest.fixture
def small() -> Flask:
    app = AddressedFlask("small")
    app.add_url_rule("/things/<thing>", "things.one")
    app.add_url_rule("/things", "things.all")
    return app


def test_types_are_told_apart_though_they_are_equal(small: Flask) -> None:
    with small.test_request_context():
        assert [url_for("things.all", on=on) for on in (1, True, 1.0, 1)] == [
            "/things?on=1",
            "/things?on=True",
            "/things?on=1.0",
            "/things?on=1",
        ]


def test_an_application_below_a_folder_has_addresses_of_its_own(small: Flask) -> None:
    for root, expected in (("", "/things/5"), ("/school", "/school/things/5"), ("", "/things/5")):
        with small.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
            assert url_for("things.one", thing=5) == expected


def test_lists_and_whole_addresses_are_made_anew(small: Flask) -> None:
    for host in ("one.example", "two.example"):
        with small.test_request_context(headers={"Host": host}):
            assert url_for("things.all", _external=True) == f"http://{host}/things"
            assert url_for("things.all", kind=["a", "b"]) == "/things?kind=a&kind=b"
            assert url_for("things.all", _anchor="end") == "/things#end"
