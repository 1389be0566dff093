"""An interactive package: played on a phone, gone on with on a laptop, shut off from everything; its word is no mark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from school.demo.library import unit_id
from tests.browser import PHONE, errors_of, person
from tests.living import School

LEVER = "physics/7-lever-trainer"
LOOK_AROUND = """async (site) => {
  const found = {cookie: document.cookie, own: location.origin};
  try { found.page = top.document.title } catch (error) { found.page = error.name }
  for (const [name, address] of Object.entries({
    site: `${site}/library`, self: '/library', elsewhere: 'http://example.org/', part: 'style.css',
  })) {
    try { found[name] = (await fetch(address, {credentials: 'include'})).status } catch (error) { found[name] = error.name }
  }
  return found;
}"""


def inside(page: Page) -> Frame:
    """The frame of the package itself, once it is there."""
    page.frame_locator(".package-frame").frame_locator("iframe").locator("#where").wait_for()
    return next(frame for frame in page.frames if frame.url.endswith("/index.html"))


def answer(frame: Frame, arm: str) -> None:
    frame.locator("#arm").fill(arm)
    frame.locator("#arm").press("Enter")
    frame.locator("#next").press("Enter")


@pytest.mark.journey
def test_from_the_phone_to_the_laptop(shared_school: School, browser: Browser) -> None:
    unit = unit_id(LEVER)
    pupil = person(browser, shared_school.address, "pupil", PHONE)
    pupil.goto(f"/library/{unit}")
    assert Axe().run(pupil).response["violations"] == []
    pupil.get_by_role("button", name="Открыть").tap()
    frame = inside(pupil)
    answer(frame, "20")
    answer(frame, "40")
    expect(frame.locator("#where")).to_have_text("Рычаг 3 из 4")
    expect(pupil.get_by_text("Сохранено.")).to_be_visible()
    assert pupil.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it fits the phone"
    assert errors_of(pupil) == []

    seen = frame.evaluate(LOOK_AROUND, shared_school.address)
    assert ".packages.localhost" in seen.pop("own")
    assert seen == {
        "cookie": "",
        "page": "SecurityError",
        "site": "TypeError",
        "self": "TypeError",
        "elsewhere": "TypeError",
        "part": 200,
    }

    laptop = person(browser, shared_school.address, "pupil")
    laptop.goto(f"/library/{unit}")
    laptop.get_by_role("button", name="Продолжить").press("Enter")
    frame = inside(laptop)
    expect(frame.locator("#where")).to_have_text("Рычаг 3 из 4")
    answer(frame, "10")
    frame.locator("#arm").fill("44")
    frame.locator("#arm").press("Enter")
    answer(frame, "45")
    expect(laptop.locator("[data-result]")).to_have_text("75 %, пройдено до конца")
    laptop.reload()
    expect(laptop.locator("#package")).to_contain_text("Пакет сам сообщает: 75 %, пройдено до конца")
    expect(laptop.locator("#package")).to_contain_text("не отметка")
    assert errors_of(laptop) == []
    pupil.context.close()
    laptop.context.close()


@pytest.mark.journey
def test_without_a_host_of_its_own_it_plays_in_an_origin_of_nobody(shared_school: School, browser: Browser) -> None:
    teacher = person(browser, shared_school.address, "teacher")
    teacher.context.route("http://*.packages.localhost:*/**", lambda route: route.abort())
    teacher.goto(f"/library/{unit_id(LEVER)}")
    teacher.get_by_role("button", name="Открыть").click()
    package = teacher.frame_locator(".package-frame")
    expect(package.locator("#where")).to_have_text("Рычаг 1 из 4", timeout=20_000)
    frame = next(one for one in teacher.frames if one.url.endswith("/~player"))
    assert frame.url.startswith(shared_school.address)
    seen = frame.evaluate(
        "() => ({origin: self.origin, page: (() => { try { return top.document.title } catch (e) { return e.name } })()})"
    )
    assert seen == {"origin": "null", "page": "SecurityError"}
    answer(frame, "20")
    expect(teacher.get_by_text("Сохранено.")).to_be_visible()
    teacher.context.close()


@pytest.mark.journey
def test_a_model_is_turned_by_keys_on_a_phone_and_said_in_words(shared_school: School, browser: Browser) -> None:
    pupil = person(browser, shared_school.address, "pupil", PHONE)
    pupil.goto(f"/library/{unit_id('maths/5-cuboid-model')}")
    expect(pupil.locator("#model figcaption")).to_contain_text("Прямоугольный параллелепипед длиной 20")
    pupil.get_by_role("button", name="Показать модель").tap()
    pupil.locator("[data-shown]").wait_for(timeout=40_000)
    viewer = pupil.locator("model-viewer")
    before = viewer.evaluate("(viewer) => viewer.getCameraOrbit().theta")
    viewer.locator(".userInput").press("ArrowRight")
    pupil.wait_for_function(
        "(before) => document.querySelector('model-viewer').getCameraOrbit().theta !== before", arg=before
    )
    drawn = viewer.evaluate("(viewer) => viewer.toDataURL('image/jpeg').length")
    assert drawn > 3000, "something is drawn"
    assert Axe().run(pupil).response["violations"] == []
    assert pupil.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it fits the phone"
    assert errors_of(pupil) == []
    pupil.context.close()
