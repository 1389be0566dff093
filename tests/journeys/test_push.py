"""From the button in a browser to the notice on its screen: subscribed, pushed to an endpoint of our own, shown by the worker.

Chromium without Google has no push service, so its answer to ``subscribe`` is played with keys of the test; what the school sends there is
opened with them and handed to the browser's own service worker, as a push service would.
"""

import json
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser import errors_of, person
from tests.living import School
from tests.school.notices.servers import Browser as Keys
from tests.school.notices.servers import PushServer, push_server

PATIENCE = 60

SUBSCRIBE = """
  PushManager.prototype.subscribe = async function (options) {
    const key = btoa(String.fromCharCode(...new Uint8Array(options.applicationServerKey)));
    sessionStorage.asked = JSON.stringify({ visible: options.userVisibleOnly, key });
    return { toJSON: () => (%s) };
  };
"""


@pytest.mark.journey
def test_a_push_reaches_the_screen(school: School, browser: Browser) -> None:
    with push_server() as server:
        school.stop()
        school.environment["PUSH_SERVERS"] = server.origin
        school.start()
        keys = Keys()
        page = person(browser, school.address, "parent")
        page.add_init_script(SUBSCRIBE % json.dumps({"endpoint": f"{server.origin}/phone", "keys": keys.keys}))
        page.goto("/notices/settings")
        button = page.get_by_role("button", name="Включить на этом устройстве")
        expect(button).to_be_visible()
        assert page.evaluate("Notification.permission") != "granted", "nothing was asked before the press"
        page.context.grant_permissions(["notifications"], origin=school.address)
        button.click()
        expect(page.get_by_text("это устройство").first).to_be_visible()
        assert json.loads(page.evaluate("sessionStorage.asked"))["visible"]
        page.get_by_role("button", name="Прислать пробное").click()
        message = arrived(server, keys)
        assert message["title"] == "Уведомления школы приходят сюда"
        show(page, page.context.new_cdp_session(page), school, message)
        page.wait_for_function(
            """async (tag) => {
              const worker = await navigator.serviceWorker.ready;
              const [shown] = await worker.getNotifications({ tag });
              return shown && shown.title === "Уведомления школы приходят сюда" && shown.data.url.startsWith("/s/");
            }""",
            arg=message["tag"],
        )
        page.goto(message["url"])
        assert urlsplit(page.url).path == "/notices/settings", "the link leads to what it speaks of"
        page.get_by_role("button", name="Отключить").click()
        expect(button).to_be_visible()
        assert not errors_of(page)


def arrived(server: PushServer, keys: Keys) -> dict[str, str]:
    """What the school pushed, opened by the only one who can."""
    give_up = time.monotonic() + PATIENCE
    while not server.taken:
        assert time.monotonic() < give_up, "nothing was pushed"
        time.sleep(0.05)
    _path, _headers, body = server.taken[-1]
    return keys.read(body)


def show(page: Page, devtools: CDPSession, school: School, message: dict[str, str]) -> None:
    """Hand the message to the browser's worker."""
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    give_up = time.monotonic() + PATIENCE
    while not found:
        assert time.monotonic() < give_up, "the worker is not there"
        page.wait_for_timeout(50)
    what = {"origin": school.address, "registrationId": found[-1], "data": json.dumps(message)}
    devtools.send("ServiceWorker.deliverPushMessage", what)
