"""A test browser that looks at every page it gets as a careful reader would."""

from typing import Any

import html5lib
from flask import g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import Account, SignIn
from school.people.sessions import LIFETIME, token_hash

XHTML = "{http://www.w3.org/1999/xhtml}"


class SchoolClient(FlaskClient):
    """Reads whole answers (so that what runs after them has run) and checks the HTML of every page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)
        if has_app_context():
            # Reading an attribute in a test opens a transaction; on SQLite it would keep the request from writing.
            db.session.rollback()
            # A test's own context outlives a request; what one request found out is nothing to the next.
            if "reads_by" in g:
                g.reads_by.close()
            for name in list(g):
                g.pop(name)
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.text:
            is_page = response.text.lstrip().lower().startswith("<!doctype")
            check_html(response.text, whole=is_page)
        return response

    def sign_in(self, account: Account) -> "SchoolClient":
        """Be this account from now on, without the form."""
        token = f"token of {account.id} {new_id()}"
        now = clock.now()
        with unit_of_work():
            db.session.add(
                SignIn(
                    account_id=account.id,
                    token_hash=token_hash(token),
                    how="password",
                    device="test",
                    started_at=now,
                    seen_at=now,
                    expires_at=now + LIFETIME,
                )
            )
        with self.session_transaction() as session:
            session["_user_id"] = token
        return self


TINTS = {None, *(str(number) for number in range(1, 13))}
"""Of subjects, as frontend/css/tints.css numbers them."""


def check_html(html: str, *, whole: bool) -> None:
    """Valid HTML; on whole pages one h1 and a title; ids unique; inputs labelled; nothing the CSP would refuse."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(html) if whole else parser.parseFragment(html, container="template")
    problems = [f"{position}: {code} {data}" for position, code, data in parser.errors]
    assert not problems, "invalid HTML:\n" + "\n".join(problems[:5]) + "\n" + html[:3000]
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    ids = [one.get("id") for one in elements if one.get("id")]
    doubled = {one for one in ids if ids.count(one) > 1}
    assert not doubled, f"ids used twice: {doubled}"
    for one in elements:
        assert one.get("style") is None, f"a style attribute on {one.tag}"
        assert one.get("data-tint") in TINTS, f"a tint that no style knows on {one.tag}: {one.get('data-tint')!r}"
        assert not any(name.startswith("on") for name in one.keys()), f"an inline handler on {one.tag}"
    if whole:
        assert len([one for one in elements if one.tag == XHTML + "h1"]) == 1, "a page has one h1"
        title = next((one.text for one in elements if one.tag == XHTML + "title"), "")
        assert title and title.strip(), "a page has a title"
        labelled = {one.get("for") for one in elements if one.tag == XHTML + "label"}
        inside = {id(child) for one in elements if one.tag == XHTML + "label" for child in one.iter()}
        for one in elements:
            if one.tag in {XHTML + "input", XHTML + "select", XHTML + "textarea"}:
                named = one.get("type") in {"hidden", "submit", "button"} or one.get("aria-label")
                named = named or one.get("aria-labelledby") or one.get("id") in labelled or id(one) in inside
                assert named, f"no label for {one.get('name')}"
