"""An extra lesson in a browser: proposed, offered, told to the family, in the pupil's week, who came, and what changed."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.journeys.test_every_page import problems
from tests.living import A_TUESDAY, School


@pytest.mark.journey
def test_from_a_shared_gap_to_what_changed(school: School, browser: Browser) -> None:
    pupil = person(browser, school.address, "pupil", PHONE)
    pupil.goto("/")
    found = re.search(r"/s/(\d+)/pupils/([0-9a-f-]{36})", pupil.content())
    assert found is not None
    base, pupil_id = f"/s/{found[1]}", found[2]

    teacher = person(browser, school.address, "teacher", LAPTOP)
    teacher.goto(f"{base}/timetable")
    teacher.get_by_role("link", name="Дополнительные уроки").click()
    proposed = teacher.locator("section").filter(has=teacher.get_by_role("heading", name="Предлагаются по ответам"))
    proposed.get_by_role("link").first.click()
    expect(teacher.get_by_text(re.compile(r"\d+ учеников часто ошибаются в этой теме\."))).to_be_visible()
    assert problems(teacher) == []
    # One more is called by the teacher's own judgement, in the place of another, and the hours follow.
    with teacher.expect_response(lambda response: "pupils=" in response.url):
        teacher.locator("input[name=pupils]:checked").last.uncheck()
    teacher.get_by_text("Остальные ученики группы").click()
    with teacher.expect_response(lambda response: f"pupils={pupil_id}" in response.url):
        teacher.locator(f"#pupil-{pupil_id}").check()
    hour = teacher.locator("input[name=hour]:checked")
    expect(hour).to_have_count(1)
    begins = datetime.fromisoformat(hour.get_attribute("value") or "")
    teacher.get_by_role("button", name="Предложить урок").click()
    expect(teacher.get_by_role("heading", name="Приглашены", exact=True)).to_be_visible()
    assert problems(teacher) == []
    lesson = re.sub(r"^https?://[^/]+", "", teacher.url)

    parent = person(browser, school.address, "parent", PHONE)
    parent.goto("/notices")
    told = parent.get_by_text(re.compile("приглашение на дополнительный урок")).first
    expect(told).to_be_visible()
    invitation = f"{base}/pupils/{pupil_id}/extra/{lesson.rsplit('/', 1)[1]}"
    parent.goto(invitation)
    assert problems(parent) == []
    parent.get_by_role("button", name="Придёт").click()
    expect(parent.get_by_text("Ответ: придёт")).to_be_visible()

    pupil.goto(f"{base}/timetable?on={begins.date()}")
    in_week = pupil.locator(f'a[href="{invitation}"]')
    expect(in_week).to_be_visible()
    assert problems(pupil) == []
    pupil.goto(f"{base}/diary?week={begins:%G-W%V}")
    expect(pupil.locator(f'a[href="{invitation}"]')).to_be_visible()

    # The hour has come.
    school.stop()
    school.began -= (begins - A_TUESDAY + timedelta(minutes=45)).total_seconds()
    school.start()
    teacher.goto(lesson)
    teacher.get_by_role("button", name="Записать, кто был").click()
    expect(teacher.get_by_role("heading", name="Что изменилось")).to_be_visible()
    expect(teacher.get_by_text("Говорить рано")).to_be_visible()
    assert problems(teacher) == []
    teacher.goto(f"{base}/extra")
    teacher.locator("section").filter(has=teacher.get_by_role("heading", name="Прошли")).get_by_role(
        "link"
    ).last.click()
    expect(teacher.get_by_text(re.compile(r"учтено учеников: \d"))).not_to_have_count(0)
    assert problems(teacher) == []
    assert errors_of(teacher) + errors_of(parent) + errors_of(pupil) == []
