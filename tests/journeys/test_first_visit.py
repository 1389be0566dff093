"""A first visit takes little of a slow line: the page, the base, the font and the page's instruments, as they travel."""

import re
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from tests.living import PASSWORD, School

LIGHT = 150 * 1024
BUILT = re.compile(r'(?:href|src)="(/static/build/[^"#]+)')
FONT = re.compile(r"url\(\"?\.?/?([^)\"]+\.woff2)")


class Visitor:
    """Somebody with a browser that accepts compressed answers and shows no films and pictures."""

    def __init__(self, school: School, login: str) -> None:
        self.address = school.address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = self.text("/sign-in")
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)
        assert token is not None
        sent = {"login": login, "password": PASSWORD, "csrf_token": token[1]}
        request = urllib.request.Request(f"{self.address}/sign-in", urlencode(sent).encode())
        request.add_header("Referer", f"{self.address}/sign-in")
        self.opener.open(request).close()

    def text(self, path: str) -> str:
        """A page, read."""
        with self.opener.open(self.address + path) as answer:
            return str(answer.read().decode())

    def bytes_of(self, path: str) -> int:
        """How much of the line this one answer takes."""
        request = urllib.request.Request(self.address + path, headers={"Accept-Encoding": "gzip, br"})
        with self.opener.open(request) as answer:
            return len(answer.read())

    def first(self, path: str, link: str) -> str:
        """The first address on a page that fits."""
        found = re.search(rf'href="({link})"', self.text(path))
        assert found is not None, f"{path} has no {link}"
        return found[1]

    def press(self, path: str, action: str) -> str:
        """Send the form of a page that goes to ``action``; where it leads."""
        found = re.search(
            rf'<form[^>]+action="({action})".*?name="csrf_token" value="([^"]+)"', self.text(path), re.DOTALL
        )
        assert found is not None, f"{path} has no form to {action}"
        request = urllib.request.Request(self.address + found[1], urlencode({"csrf_token": found[2]}).encode())
        request.add_header("Referer", self.address + path)
        with self.opener.open(request) as answer:
            return str(answer.url).removeprefix(self.address)

    def first_visit(self, path: str) -> int:
        """Everything that comes before the first press."""
        html = self.text(path)
        parts = set(BUILT.findall(html))
        for style in [one for one in parts if one.endswith(".css")]:
            parts |= {style.rpartition("/")[0] + "/" + font for font in FONT.findall(self.text(style))}
        assert any(one.endswith(".woff2") for one in parts)
        return self.bytes_of(path) + sum(self.bytes_of(one) for one in parts)


@pytest.mark.journey
@pytest.mark.parametrize(
    ("login", "path", "links"),
    [
        ("pupil", "/", ()),
        ("pupil5", "/", ()),
        ("parent", "/family", ()),
        ("teacher", "/", ()),
        ("class-teacher", "/s/1/class", ()),
        ("deputy", "/", ()),
        ("head", "/", ()),
        ("admin", "/", ()),
        ("methodologist", "/", ()),
        ("analyst", "/", ()),
        ("teacher", "/s/1/journals", (r"/s/1/courses/[^/\"]+/journal",)),
        ("teacher", "/s/1/to-review", (r"/s/1/homework/[^/\"]+/review",)),
        ("teacher", "/s/1/teacher", (r"/s/1/lessons/[^/\"]+/homework/new",)),
        ("pupil", "/s/1/diary", ()),
        ("pupil", "/library", ()),
        ("pupil", "/library?kind=video", (r"/library/[0-9a-f-]{36}",)),
        ("pupil", "/library?kind=presentation", (r"/library/[0-9a-f-]{36}",)),
    ],
)
def test_a_first_visit_is_light(shared_school: School, login: str, path: str, links: tuple[str, ...]) -> None:
    visitor = Visitor(shared_school, login)
    for link in links:
        path = visitor.first(path, link)
    check(visitor, login, path)


@pytest.mark.journey
def test_a_task_is_light(shared_school: School) -> None:
    visitor = Visitor(shared_school, "pupil")
    unit = visitor.first("/library?kind=test", r"/library/[0-9a-f-]{36}")
    check(visitor, "pupil", visitor.press(unit, r"/s/1/versions/[^\"]+/attempts"))


def check(visitor: Visitor, login: str, path: str) -> None:
    """Within the limit, and said for whoever reads the log."""
    taken = visitor.first_visit(path)
    print(f"{taken // 1024} KB {login} {path}")  # noqa: T201
    assert taken <= LIGHT
