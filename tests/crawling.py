"""Walks the site as a role would by its links, one page an endpoint, for looks and accessibility."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Error, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

MOST_PAGES = 90
SKIP = ("core.asset", "files.read", "people.sign_out")


def endpoint_of(app: Flask, url: str) -> str | None:
    """The endpoint that answers a GET of this address."""
    try:
        endpoint, _ = app.url_map.bind("127.0.0.1").match(urlsplit(url).path, "GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)


def crawl(page: Page, app: Flask, address: str, start: str = "/") -> Iterator[str]:
    """Open page after page, the first of each endpoint; yields its endpoint while it is open."""
    todo = [start]
    seen: set[str] = set()
    page.goto(start)
    while todo and len(seen) < MOST_PAGES:
        url = todo.pop(0)
        endpoint = endpoint_of(app, url)
        if endpoint is None or endpoint in seen or endpoint in SKIP:
            continue
        try:
            answer = page.goto(url)
        except Error as why:
            if "Download is starting" not in why.message:
                raise
            seen.add(endpoint)
            continue
        landed = endpoint_of(app, page.url)
        seen.add(endpoint)
        if answer is None or answer.status >= 400:
            raise AssertionError(f"{url} ({endpoint}) answers {answer.status if answer else 'nothing'}")
        if "text/html" not in (answer.header_value("content-type") or ""):
            continue
        if landed is not None and (landed == endpoint or landed not in seen):
            seen.add(landed)
            yield landed
        links = page.eval_on_selector_all("a[href]:not([download])", "all => all.map(one => one.href)")
        todo += [link for link in links if link.startswith(address) and endpoint_of(app, link) not in seen]
