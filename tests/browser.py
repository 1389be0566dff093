"""Chromium for journeys and looks, held to what a careful person would notice."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests import machines
from tests.living import PASSWORD

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that beeps, allowed without asking.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
PATIENCE = 20_000
"""Milliseconds to wait for anything: a machine may be busy with other work, and only what fails waits so long."""
PHONE, LAPTOP, PANEL = (390, 844), (1366, 768), (3840, 2160)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        yield open_chromium(playwright)


def open_chromium(playwright: Playwright) -> Browser:
    """A browser of this Playwright."""
    path = machines.find_chromium()
    assert path is not None
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=str(path), args=FLAGS)


def person(
    browser: Browser,
    address: str,
    login: str,
    size: tuple[int, int] = LAPTOP,
    *,
    scheme: str = "light",
    script: bool = True,
) -> Page:
    """A page of a browser of its own, signed in by the form as a person does it. Errors of its console are kept on it."""
    page = stranger(browser, address, size, scheme=scheme, script=script)
    page.goto("/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def stranger(
    browser: Browser,
    address: str,
    size: tuple[int, int] = LAPTOP,
    *,
    scheme: str = "light",
    script: bool = True,
    language: str = "ru",
) -> Page:
    """A page of a browser of its own, of nobody so far."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size == PHONE,
        java_script_enabled=script,
        base_url=address,
        locale="ru-RU" if language == "ru" else "en-GB",
        timezone_id="Europe/Moscow",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    remember_errors(page)
    return page


CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_", "ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED")
LEFT = ("htmx:sendAbort", "htmx:afterRequest")
"""A preview or a poll under way when the page was left; a request that failed says so by another event too."""
ERRORS: dict[int, list[str]] = {}


def remember_errors(page: Page) -> None:
    """Collect what the console complains of and scripts throw."""
    found: list[str] = ERRORS.setdefault(id(page), [])

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))


def errors_of(page: Page) -> list[str]:
    """What went wrong in the browser so far, apart from connections that a test has cut and requests that a page left behind."""
    return [one for one in ERRORS.get(id(page), []) if not any(cut in one for cut in CUT + LEFT)]


def close(context: BrowserContext) -> None:
    """Close a person's browser."""
    context.close()
