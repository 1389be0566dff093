"""`make look`: screenshots of every page as every role into .look/, of three sizes, light and dark.

    python -m tests.look [ROLE …] [--sizes 390,1366,3840] [--schemes light,dark] [--languages ru,en]
                         [--pages home.,gradebook.grid] [--data FOLDER] [--readme]

--pages keeps the endpoints that begin so; --data keeps the demo school in a folder for the next time.
With --readme only each role's first page, small, into docs/screens/ for the README.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, product
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from school.app import create_app
from school.core.config import Settings
from tests.browser import LAPTOP, PANEL, PHONE, chromium, person, stranger
from tests.corners import corners, strangers
from tests.crawling import crawl
from tests.living import ROOT, School

ROLES = ("pupil", "pupil5", "parent", "teacher", "class-teacher", "deputy", "head", "admin", "methodologist", "analyst")
STRANGER = "stranger"
HOMES = {"class-teacher": "/s/1/class"}
SIZES = {"390": PHONE, "1366": LAPTOP, "3840": PANEL}


def main() -> None:
    """Build the demo school, walk it as each role, and save what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roles", nargs="*", default=[*ROLES, STRANGER])
    parser.add_argument("--sizes", default="390,1366,3840")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--languages", default="ru,en")
    parser.add_argument("--pages", default="")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    with _folder(asked.data) as folder:
        school = School(folder).start()
        try:
            if asked.readme:
                _homes(school)
            else:
                _everything(school, asked)
        finally:
            school.stop()


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


def _everything(school: School, asked: argparse.Namespace) -> None:
    app = create_app(Settings(school.folder, f"sqlite:///{school.folder / 'school.sqlite3'}", "look"))
    wanted = tuple(asked.pages.split(","))
    with chromium() as browser:
        for language, size, scheme in product(
            *(one.split(",") for one in (asked.languages, asked.sizes, asked.schemes))
        ):
            for role in asked.roles:
                page = _page(browser, school, role, size, scheme, language)
                walk = (
                    strangers(page)
                    if role == STRANGER
                    else chain(crawl(page, app, school.address), corners(page, role))
                )
                for name in walk:
                    if name.startswith(wanted):
                        _shoot(page, ROOT / ".look" / role / f"{name}-{size}-{scheme}-{language}.png", size)
                page.context.close()
                print(f"{role} {size} {scheme} {language}", flush=True)  # noqa: T201


def _page(browser: Browser, school: School, role: str, size: str, scheme: str, language: str) -> Page:
    if role == STRANGER:
        return stranger(browser, school.address, SIZES[size], scheme=scheme, language=language)
    page = person(browser, school.address, role, SIZES[size], scheme=scheme)
    _speak(page, language)
    return page


def _shoot(page: Page, path: Path, size: str) -> None:
    """A picture of the whole page; of what stands on the wall, of a panel. Tall pages need a second try on a small machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for whole in (size != "3840", False):
        try:
            page.screenshot(path=path, full_page=whole)
        except Error as why:
            if "Unable to capture" not in why.message:
                raise
        else:
            return


def _speak(page: Page, language: str) -> None:
    """Choose the language in the profile, as a person does."""
    page.goto("/profile")
    page.select_option("select[name=language]", language)
    page.locator("form:has(select[name=language]) button[type=submit]").click()
    page.wait_for_function("language => document.documentElement?.lang === language", arg=language)


def _homes(school: School) -> None:
    target = ROOT / "docs" / "screens"
    target.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for role in (one for one in ROLES if one != "pupil5"):
            page = person(browser, school.address, role, PHONE if role in {"pupil", "parent"} else LAPTOP)
            page.goto(HOMES.get(role, "/"))
            page.wait_for_timeout(400)
            page.screenshot(path=target / f"{role}.jpg", type="jpeg", quality=80)
            page.context.close()


if __name__ == "__main__":
    main()
