"""An interactive package: played on a phone, gone on with on a laptop, shut off from everything; its word is no mark."""

import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, FrameLocator, Page, expect

from school.demo.library import unit_id
from tests.browser import PHONE, errors_of, person
from tests.journeys.authors import begin_unit, course_of, hand_in, publish
from tests.journeys.packing import h5p, put_in, scorm_2004
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
    frame = next(one for one in teacher.frames if one.parent_frame and "/packages/" in one.url)
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


STRUCTURE = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://example.org/c"><title><langstring lang="ru">Горы</langstring></title>
<description><langstring lang="ru">О горах</langstring></description></course>
<au id="https://example.org/a" moveOn="CompletedAndPassed" masteryScore="0.6"><title><langstring lang="ru">Гранит</langstring></title>
<description><langstring lang="ru">О граните</langstring></description><url>unit/start.html?part=1</url>
<launchParameters>всё</launchParameters></au></courseStructure>"""
BEGINNING = """<!doctype html><html lang="ru"><head><title>Гранит</title><script>location.replace("page.html" + location.search)</script>
</head><body></body></html>"""
UNIT = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Гранит</title></head><body>
<p id="said">Начало</p><button id="answer">Ответить</button><script>
const asked = new URLSearchParams(location.search), at = asked.get("endpoint"), key = {Authorization: ""};
const document_ = (id) => `${at}activities/state?stateId=${id}&activityId=${encodeURIComponent(asked.get("activityId"))}`;
const verb = (name) => ({id: crypto.randomUUID(), actor: JSON.parse(asked.get("actor")), verb: {id: `http://adlnet.gov/expapi/verbs/${name}`},
  object: {id: asked.get("activityId")}, ...(name === "passed" ? {result: {score: {scaled: 0.8}, success: true}} : {})});
const begin = async () => {
  key.Authorization = `Basic ${(await (await fetch(asked.get("fetch"), {method: "POST"})).json())["auth-token"]}`;
  const told = await (await fetch(document_("LMS.LaunchData"), {headers: key})).json();
  const before = await fetch(document_("place"), {headers: key});
  const place = before.ok ? (await before.json()).step : 0;
  await fetch(`${at}statements`, {method: "POST", headers: key, body: JSON.stringify(verb("initialized"))});
  said.textContent = `${told.launchParameters} ${told.masteryScore} ${asked.get("part")} шаг ${place}`;
};
const tell = (name) => {
  const asking = new XMLHttpRequest(), statement = verb(name);
  asking.open("PUT", `${at}statements?statementId=${statement.id}`, false);
  asking.setRequestHeader("Authorization", key.Authorization);
  asking.send(JSON.stringify(statement));
  return asking.status;
};
answer.onclick = () => {
  const asking = new XMLHttpRequest();
  asking.open("PUT", document_("place"));
  asking.onload = () => { said.textContent = `${asking.status} ${tell("completed")} ${tell("passed")}`; };
  asking.send(JSON.stringify({step: 7}));
};
begin();
</script></body></html>"""


@pytest.mark.journey
def test_a_cmi5_course_tells_the_page_and_nobody_else(shared_school: School, browser: Browser, tmp_path: Path) -> None:
    file, title = tmp_path / "Горы.zip", "Горы: курс cmi5"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in (("cmi5.xml", STRUCTURE), ("unit/start.html", BEGINNING), ("unit/page.html", UNIT)):
            archive.writestr(name, text)
    subject, year, _ = course_of(shared_school, "teacher", "pupil")
    author = person(browser, shared_school.address, "teacher")
    unit = begin_unit(author, "package", title, subject=subject, year=year, body="Пройдите.")
    put_in(author, unit, file)
    hand_in(author, unit)
    methodologist = person(browser, shared_school.address, "methodologist")
    publish(methodologist, unit, title)

    pupil = person(browser, shared_school.address, "pupil", PHONE)
    sent: list[str] = []
    pupil.on("request", lambda one: sent.append(one.url) if "~record" in one.url.partition("?")[0] else None)
    pupil.goto(unit)
    pupil.get_by_role("button", name="Открыть").tap()
    inside_it = pupil.frame_locator(".package-frame").frame_locator("iframe")
    expect(inside_it.locator("#said")).to_have_text("всё 0.6 1 шаг 0")
    inside_it.locator("#answer").tap()
    expect(inside_it.locator("#said")).to_have_text("204 204 204")
    expect(pupil.locator("[data-result]")).to_have_text("80 %, пройдено до конца")
    pupil.reload()
    pupil.get_by_role("button", name="Продолжить").tap()
    expect(inside_it.locator("#said")).to_have_text("всё 0.6 1 шаг 7")
    assert sent == [], "nothing of the work goes over the line but what the page itself saves"
    assert errors_of(pupil) == []
    for page in (author, methodologist, pupil):
        page.context.close()


@pytest.mark.journey
def test_a_package_whose_program_names_itself_otherwise(
    shared_school: School, browser: Browser, tmp_path: Path
) -> None:
    subject, year, _ = course_of(shared_school, "teacher", "pupil")
    author = person(browser, shared_school.address, "teacher")
    for library, seen in (("H5P.Tally1", "Сосчитано: 0"), ("H5P.Other", "")):
        unit = begin_unit(author, "package", f"Счёт {library}", subject=subject, year=year, body="Сосчитайте.")
        put_in(author, unit, h5p(tmp_path, library))
        author.goto(f"{unit}/draft")
        author.get_by_role("button", name="Открыть").click()
        if seen:
            expect(author.frame_locator(".package-frame").locator("#said")).to_have_text(seen)
        else:
            expect(author.get_by_text("Пакет не запустился: в нём ошибка.")).to_be_visible()
    author.context.close()


def shows(course: FrameLocator, words: str) -> None:
    """The part of the package that is open; asked once more when the part before goes away while it is being asked."""
    for is_last in (False, False, True):
        try:
            expect(course.locator("h1")).to_have_text(words)
        except AssertionError as why:
            if is_last or "has been closed" not in str(why):
                raise
        else:
            return


@pytest.mark.journey
def test_a_package_with_an_order_of_its_own(shared_school: School, browser: Browser, tmp_path: Path) -> None:
    """Rules of SCORM 2004: skipped, gone through once more, on by the page's own word and by a press, gone on with elsewhere."""
    title = "Дроби по порядку"
    subject, year, _ = course_of(shared_school, "teacher", "pupil")
    author = person(browser, shared_school.address, "teacher")
    unit = begin_unit(author, "package", title, subject=subject, year=year, body="Пройдите.")
    put_in(author, unit, scorm_2004(tmp_path))
    hand_in(author, unit)
    methodologist = person(browser, shared_school.address, "methodologist")
    publish(methodologist, unit, title)

    pupil = person(browser, shared_school.address, "pupil", PHONE)
    pupil.goto(unit)
    pupil.get_by_role("button", name="Открыть").tap()
    course = pupil.frame_locator(".package-frame").frame_locator("iframe")
    shows(course, "Начало")
    expect(course.locator("#found")).to_have_text("половина|ab-initio||known|true")
    expect(pupil.get_by_role("button", name="Назад")).to_be_disabled()
    expect(pupil.get_by_role("button", name="Проверка")).to_be_disabled()
    course.locator("#right").tap()
    with pupil.expect_response(
        lambda one: "/played" in one.url and "%22at%22%3A%22check" in (one.request.post_data or "")
    ):
        course.locator("#then").tap()
    shows(course, "Проверка")
    assert pupil.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it fits the phone"
    assert Axe().run(pupil).response["violations"] == []

    laptop = person(browser, shared_school.address, "pupil")
    laptop.goto(unit)
    laptop.get_by_role("button", name="Продолжить").press("Enter")
    course = laptop.frame_locator(".package-frame").frame_locator("iframe")
    shows(course, "Проверка")
    course.locator("#wrong").click()
    expect(course.locator("#found")).to_have_text("|ab-initio|||true")
    expect(course.locator("#wrong")).to_be_disabled()
    course.locator("#then").click()
    shows(course, "Проверка")
    expect(course.locator("#wrong")).to_be_enabled()  # the same page once more
    course.locator("#right").click()
    laptop.get_by_role("button", name="Дальше").click()
    shows(course, "Итог")
    laptop.get_by_role("button", name="Назад").click()
    shows(course, "Проверка")
    expect(course.locator("#found")).to_contain_text("resume|было 0.8")
    laptop.get_by_role("button", name="Дальше").click()
    shows(course, "Итог")
    course.locator("#right").click()
    course.locator("#then").click()
    expect(laptop.get_by_text("Пакет пройден до конца.")).to_be_visible()
    expect(laptop.locator("[data-result]")).to_have_text("80 %, пройдено до конца")
    assert errors_of(pupil) + errors_of(laptop) == []
    for page in (author, methodologist, pupil, laptop):
        page.context.close()
