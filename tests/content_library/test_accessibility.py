"""What the gate finds in a text, and what it lets pass."""

import io

import pytest
from PIL import Image, ImageDraw

from content_library import FileRole, Problem, UnitKind
from content_library.accessibility import dumb_link, jumping_heading, reading_level
from content_library.kinds import Contents, FileFacts, found_in
from content_library.pictures import contrast
from tests.content_library.making import picture

PLAIN = "Кот сидит на окне. Он видит сад. В саду растёт дуб. На дубе живёт дрозд. " * 8
HARD = (
    "Институциональная трансформация постиндустриального общества обусловлена диверсификацией экономических взаимоотношений, "
    "предопределяющей необходимость переосмысления методологических оснований социологического исследования, осуществляемого "
    "представителями разнообразных интеллектуальных направлений современности. "
) * 5


@pytest.mark.parametrize(
    ("markdown", "found"),
    [("# A\n\n## B\n\n### C\n\n## D", None), ("## A\n\n#### Глубоко\n", "Глубоко"), ("текст без заголовков", None)],
)
def test_headings_go_down_step_by_step(markdown: str, found: str | None) -> None:
    assert jumping_heading(markdown) == found


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("Читайте [правило деления](https://a.ru/x)", None),
        ("Читайте [здесь](https://a.ru/x)", "здесь"),
        ("Читайте [](https://a.ru/x)", "https://a.ru/x"),
        ("Читайте [https://a.ru](https://a.ru/x)", "https://a.ru"),
        ("![](sum.png)", None),
    ],
)
def test_links_say_where_they_lead(markdown: str, found: str | None) -> None:
    assert dumb_link(markdown) == found


def test_hard_texts_are_above_plain_ones() -> None:
    plain, hard = reading_level(PLAIN, "ru"), reading_level(HARD, "ru")
    assert plain is not None and hard is not None
    assert plain.year < 4 and hard.year > 14
    assert reading_level("Три слова тут.", "ru") is None and reading_level(PLAIN, "zh") is None
    english = reading_level("The cat sat on the mat. It saw a bird. The bird flew off. " * 10, "en")
    assert english is not None and english.year < 3


def test_each_failure_is_named_with_its_place() -> None:
    files = [
        FileFacts(FileRole.PICTURE, "image/png", "", "схема.png"),
        FileFacts(FileRole.PICTURE, "image/png", "Туман", "туман.png", {"contrast": 1.3}),
        FileFacts(FileRole.PICTURE, "image/png", "Ясно", "ясно.png", {"contrast": 12}),
    ]
    said = Contents(title="a", summary="b", minutes=5, topics=1, files=files, year_to=6, body_markdown=HARD)
    found = found_in(UnitKind.TEXTBOOK, said)
    assert found[Problem.PICTURE_WITHOUT_ALT] == "схема.png" and found[Problem.PALE_PICTURE] == "туман.png"
    assert int(found[Problem.TOO_HARD]) > 9
    assert found_in(UnitKind.TEXTBOOK, Contents(title="a", summary="b", minutes=5, topics=1, body_markdown=PLAIN)) == {}


def test_contrast_of_pictures() -> None:
    assert contrast(picture(colour="red")) == 1.0

    def drawn(ink: str) -> bytes:
        made, out = Image.new("RGB", (200, 100), "white"), io.BytesIO()
        ImageDraw.Draw(made).rectangle((20, 20, 120, 80), fill=ink)
        made.save(out, "PNG")
        return out.getvalue()

    assert contrast(drawn("black")) > 15
    assert contrast(drawn("#dddddd")) < 2
