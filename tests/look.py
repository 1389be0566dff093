"""`make look`: screenshots of every page as every role into .look/, of three sizes, light and dark.

    python -m tests.look [ROLE …] [--sizes 390,1366,3840] [--schemes light,dark] [--languages ru,en] [--readme]

With --readme only each role's first page, small, into docs/screens/ for the README.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from school.app import create_app
from school.core.config import Settings
from tests.browser import LAPTOP, PANEL, PHONE, chromium, person
from tests.crawling import crawl
from tests.living import ROOT, School

ROLES = ("pupil", "pupil5", "parent", "teacher", "class-teacher", "deputy", "head", "admin", "methodologist", "analyst")
HOMES = {"class-teacher": "/s/1/class"}
SIZES = {"390": PHONE, "1366": LAPTOP, "3840": PANEL}


def main() -> None:
    """Build the demo school, walk it as each role, and save what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roles", nargs="*", default=list(ROLES))
    parser.add_argument("--sizes", default="390,1366,3840")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--languages", default="ru,en")
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        school = School(Path(folder)).start()
        try:
            if asked.readme:
                _homes(school)
            else:
                for language in asked.languages.split(","):
                    _everything(school, asked.roles, asked.sizes.split(","), asked.schemes.split(","), language)
        finally:
            school.stop()


def _everything(school: School, roles: list[str], sizes: list[str], schemes: list[str], language: str) -> None:
    app = create_app(Settings(school.folder, f"sqlite:///{school.folder / 'school.sqlite3'}", "look"))
    target = ROOT / ".look"
    with chromium() as browser:
        for role in roles:
            for size in sizes:
                for scheme in schemes:
                    page = person(browser, school.address, role, SIZES[size], scheme=scheme)
                    _speak(page, language)
                    for endpoint in crawl(page, app, school.address):
                        path = target / role / f"{endpoint}-{size}-{scheme}-{language}.png"
                        path.parent.mkdir(parents=True, exist_ok=True)
                        page.screenshot(path=path, full_page=size != "3840")
                    page.context.close()
                    print(f"{role} {size} {scheme} {language}")  # noqa: T201


def _speak(page: Page, language: str) -> None:
    """Choose the language in the profile, as a person does."""
    page.goto("/profile")
    page.select_option("select[name=language]", language)
    page.locator("form:has(select[name=language]) button[type=submit]").click()
    page.wait_for_function("language => document.documentElement.lang === language", arg=language)


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
