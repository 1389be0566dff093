"""A teacher brings a file of another program: looks at what is in it, makes the draft, saves it again as a file."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser import errors_of, person
from tests.content_library.interchange.samples import MOODLE_XML
from tests.living import School


def test_from_the_file_to_the_draft_and_back(shared_school: School, browser: Browser, tmp_path: Path) -> None:
    teacher = person(browser, shared_school.address, "teacher")
    file = tmp_path / "клетка.xml"
    file.write_text(MOODLE_XML, encoding="utf-8")
    teacher.goto("/library/mine")
    teacher.get_by_role("link", name="Из другой программы").click()
    expect(teacher.locator("[data-file-names]")).to_have_text("файл пока не выбран")
    teacher.locator("#file").set_input_files(file)
    expect(teacher.locator("[data-file-names]")).to_have_text("клетка.xml")
    teacher.get_by_role("button", name="Показать, что внутри").click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("Что в файле", timeout=20_000)
    expect(teacher.locator("#drafts")).to_contain_text("3 вопроса")
    expect(teacher.locator("#refused")).to_contain_text("Вопросы вида «coderunner» здесь пока неизвестны.")
    assert Axe().run(teacher).response["violations"] == []
    teacher.get_by_role("button", name="Сделать черновики").click()
    expect(teacher.get_by_text("Готов 1 черновик.")).to_be_visible(timeout=20_000)
    teacher.get_by_role("link", name="клетка").click()
    expect(teacher.locator("#questions")).to_contain_text("Число пи")
    teacher.get_by_role("link", name="Как это выглядит").click()
    with teacher.expect_download() as saved:
        teacher.get_by_role("link", name="GIFT").click()
    assert "Число пи" in saved.value.path().read_text("utf-8")
    assert errors_of(teacher) == []
    teacher.context.close()
