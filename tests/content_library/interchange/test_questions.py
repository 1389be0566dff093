"""What becomes of questions of each format."""

from fractions import Fraction
from pathlib import Path

import pytest

from content_library.interchange import Found, Package, Slides, Test, Text, Why
from content_library.interchange.question import (
    FULL,
    Choice,
    Cloze,
    Hotspot,
    Matching,
    Number,
    Open,
    Ordering,
    Pair,
    Telling,
    Words,
)
from tests.content_library.interchange.conftest import Reading, questions
from tests.content_library.interchange.samples import (
    AIKEN,
    BACKUP_QUESTIONS,
    CHAPTER,
    CLOZE,
    CONTAINER,
    GIFT,
    MOODLE_XML,
    OLX_PROBLEM,
    OPF,
    QTI1,
    QTI3,
    SAMPLES,
    docx,
    qti2,
    tarred,
    zipped,
)
from tests.content_library.making import picture

HALF = Fraction(1, 2)


def sample(reading: Reading, name: str) -> Found:
    file, make = SAMPLES[name]
    return reading(make(), file)


def test_gift(reading: Reading) -> None:
    one, two, three, four, five = questions(reading(GIFT))
    assert (one.name, one.category, one.prompt) == ("Первый", ("Дроби", "Сложение"), "Сколько будет 1/2 + 1/2?")
    assert one.explanation == "Половина и половина — целое."
    assert isinstance(one.answer, Choice) and not one.answer.many
    assert [(o.text, o.share, o.feedback) for o in one.answer.options] == [
        ("1", 1, "Верно!"),
        ("2", 0, "Это сумма знаменателей."),
        ("1/4", 0, ""),
    ]
    assert two.prompt == "Столица России — _____."
    assert isinstance(two.answer, Words) and [(a.text, a.share) for a in two.answer.accepted] == [
        ("Москва", 1),
        ("г. Москва", HALF),
    ]
    assert isinstance(three.answer, Number) and three.answer.spans[0].value == 4
    assert (
        isinstance(four.answer, Choice)
        and four.answer.many
        and [o.share for o in four.answer.options] == [HALF, HALF, -HALF, -HALF]
    )
    assert isinstance(five.answer, Choice) and [o.text for o in five.answer.options] == ["Верно", "Неверно"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Опиши. {}", Open),
        ("Пары. {=кот -> мяу =пёс -> гав}", Matching),
        ("Просто текст перед вопросами {", None),
        ("Число {#3..5}", Number),
        ("Число {#=5:1 =%50%6:2}", Number),
        ("Число {#пять}", None),
        ("::Имя::{=a ~b}", None),
    ],
)
def test_gift_kinds(text: str, kind: type | None, reading: Reading) -> None:
    found = reading(f"Начало {{T}}\n\n{text}\n")
    made = questions(found)[1:]
    assert [type(one.answer) for one in made] == ([kind] if kind else [])
    assert len(found.refused) == (0 if kind else 1)


def test_an_unclosed_question_does_not_swallow_the_next(reading: Reading) -> None:
    found = reading("::А:: Раз {=да ~нет\n\n::Б:: Два {=да ~нет}\n")
    assert [one.name for one in questions(found)] == ["Б"]
    assert (found.refused[0].why, found.refused[0].place.line, found.refused[0].place.name) == (Why.UNCLOSED, 1, "А")


def test_aiken(reading: Reading) -> None:
    found = reading(AIKEN + "\nБез ключа\nA) раз\nB) два\n\nРусский\nА) да\nБ) нет\nОтвет: А\n")
    one, two = questions(found)
    assert isinstance(one.answer, Choice) and [o.share for o in one.answer.options] == [0, 1, 0]
    assert isinstance(two.answer, Choice) and two.answer.options[0].share == 1
    assert [(r.why, r.place.number) for r in found.refused] == [(Why.NO_KEY, 2)]


def test_embedded_answers(reading: Reading) -> None:
    (one,) = questions(reading(CLOZE))
    assert one.prompt == "Столица Франции — [[1]], река — [[2]]."
    assert isinstance(one.answer, Cloze) and [gap.weight for gap in one.answer.gaps] == [1, 2]


def test_moodle_xml(reading: Reading) -> None:
    found = reading(MOODLE_XML, "t.xml")
    one, two, three = questions(found)
    assert (one.prompt, one.points, one.explanation) == ("Где **хранится** ДНК?", 2, "Смотри рисунок.")
    assert isinstance(two.answer, Number) and two.answer.spans[0].margin == Fraction(1, 100)
    assert isinstance(three.answer, Matching) and three.answer.extra == ("му",)
    assert [(r.why, r.values, r.place.number) for r in found.refused] == [(Why.KIND_UNKNOWN, {"kind": "coderunner"}, 4)]


def test_qti_1(reading: Reading) -> None:
    (one,) = questions(reading(QTI1, "t.xml"))
    assert (one.prompt, one.points) == ("Какие планеты *газовые*?", 3)
    assert isinstance(one.answer, Choice) and one.answer.all_or_nothing
    assert [option.share for option in one.answer.options] == [HALF, 0, HALF]


@pytest.mark.parametrize("version", ["2.1", "2.2"])
def test_qti_2(version: str, reading: Reading) -> None:
    found = reading(qti2(version), "t.xml")
    (one,) = questions(found)
    assert (found.format, one.name, one.prompt) == (f"qti-{version}", "Озеро", "Подумай.\n\nСамое глубокое озеро?")
    assert isinstance(one.answer, Choice) and [option.share for option in one.answer.options] == [0, 1]


def test_qti_3(reading: Reading) -> None:
    found = reading(QTI3, "t.xml")
    (one,) = questions(found)
    assert found.format == "qti-3.0"
    assert one.answer == Ordering(lines=("Обь", "Лена"))


GAPS = """<p>Волга впадает в <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="B">Каспий</inlineChoice>
<inlineChoice identifier="A">Балтику</inlineChoice></inlineChoiceInteraction> море.</p>"""


def test_a_gap_of_qti_stands_in_its_line(reading: Reading) -> None:
    (one,) = questions(reading(qti2(body=GAPS), "t.xml"))
    assert one.prompt == "Волга впадает в _____ море."
    assert isinstance(one.answer, Choice) and [o.share for o in one.answer.options] == [1, 0]


@pytest.mark.parametrize(
    ("body", "declaration", "why"),
    [
        ("", '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"/>', Why.NO_KEY),
        ('<selectPointInteraction responseIdentifier="RESPONSE"/>', "", Why.KIND_UNKNOWN),
        ("", "<templateProcessing><unheardOf/></templateProcessing>", Why.PARAMETERS),
    ],
)
def test_what_qti_has_and_we_have_not(body: str, declaration: str, why: Why, reading: Reading) -> None:
    found = reading(qti2(body=body, declaration=declaration), "t.xml")
    assert [(one.why, one.place.name) for one in found.refused] == [(why, "Озеро")]


def test_olx_and_its_programs(reading: Reading) -> None:
    (one,) = questions(sample(reading, "olx"))
    assert (one.prompt, one.explanation) == ("Чем дышит рыба?", "Жабры берут кислород из воды.")
    found = reading(
        '<problem><script type="loncapa/python">import os</script><customresponse cfn="f"/></problem>', "t.xml"
    )
    assert [refusal.why for refusal in found.refused] == [Why.PROGRAM]


def test_moodle_backup(reading: Reading) -> None:
    (one,) = questions(sample(reading, "moodle_backup"))
    assert (one.prompt, one.category) == ("Вода мокрая?", ("Тема",))
    assert isinstance(one.answer, Choice) and [o.share for o in one.answer.options] == [1, 0]


def test_cartridge(reading: Reading) -> None:
    found = sample(reading, "package")
    assert found.format == "common-cartridge-1.1"
    page, links = (thing for thing in found.things if isinstance(thing, Text))
    assert (page.title, page.markdown) == ("Страница", "## Тема\n\nТекст")
    assert links.markdown == "- [Музей](https://example.org/)"
    assert [one.name for one in questions(found)] == ["Планеты"]
    assert [(one.why, one.values) for one in found.refused] == [(Why.RESOURCE_UNKNOWN, {"kind": "imsbasiclti_xmlv1p0"})]


def test_epub(reading: Reading) -> None:
    (book,) = sample(reading, "epub").things
    assert isinstance(book, Text)
    assert (book.title, book.author, book.language) == ("Сказки", "Пушкин", "ru")
    assert book.markdown.startswith("## О рыбаке\n\nЖил старик.") and book.pictures[0].alt == "солнце"


@pytest.mark.parametrize(
    "mark",
    [
        '<span xmlns:epub="http://www.idpf.org/2007/ops" epub:type="pagebreak" id="p7" title="7"/>',
        '<span role="doc-pagebreak" aria-label="стр. 7"></span>',
        '<a class="pagebreak">7</a>',
    ],
)
def test_pages_of_the_paper_book_are_kept(reading: Reading, mark: str) -> None:
    chapter = CHAPTER.replace("Жил старик.", f"Жил {mark}старик.")
    assert chapter != CHAPTER
    parts = {"META-INF/container.xml": CONTAINER, "book/book.opf": OPF, "book/c1.xhtml": chapter}
    (book,) = reading(zipped(parts | {"book/sun.png": picture()}), "t.epub").things
    assert isinstance(book, Text)
    assert "Жил\n\n[стр. 7]\n\nстарик." in book.markdown


@pytest.mark.parametrize(("name", "standard"), [("h5p", "H5P"), ("scorm", "SCORM 1.2"), ("cmi5", "cmi5")])
def test_packages_are_recognised(name: str, standard: str, reading: Reading) -> None:
    (package,) = sample(reading, name).things
    assert isinstance(package, Package) and package.standard == standard and package.launch


def test_slides(reading: Reading) -> None:
    (deck,) = sample(reading, "pptx").things
    assert isinstance(deck, Slides) and deck.slides == ("## Сила тяжести\n\n- Что такое сила\n- Как её измерить",)
    (pages,) = sample(reading, "pdf").things
    assert isinstance(pages, Slides) and pages.original.endswith(".pdf")


def test_docx_test(reading: Reading) -> None:
    lines = (
        "1. Столица?",
        "а) Тверь",
        "б) Москва",
        "2) Чётные?",
        "+ 2",
        "+ 4",
        "- 3",
        "3. Сколько будет 2+2?",
        "Ответ: 4",
        "4. Опиши кота.",
    )
    one, two, three, four = questions(reading(docx(*lines, bold=frozenset({"б) Москва"})), "t.docx"))
    assert isinstance(one.answer, Choice) and [o.share for o in one.answer.options] == [0, 1]
    assert (
        isinstance(two.answer, Choice) and two.answer.many and [o.share for o in two.answer.options] == [HALF, HALF, 0]
    )
    assert isinstance(three.answer, Number) and isinstance(four.answer, Open)


def test_docx_with_keys_at_its_end(reading: Reading) -> None:
    lines = ("1. Раз?", "а) да", "б) нет", "2. Два?", "а) да", "б) нет", "Ответы: 1 – б, 2 – а")
    made = questions(reading(docx(*lines), "t.docx"))
    assert [[o.share for o in one.answer.options] for one in made if isinstance(one.answer, Choice)] == [[0, 1], [1, 0]]


def test_docx_without_questions_is_a_text(reading: Reading) -> None:
    (text,) = reading(docx("Жил старик.", "У моря."), "t.docx").things
    assert isinstance(text, Text) and text.markdown == "Жил старик.\n\nУ моря."


def test_a_text_among_questions_is_told(reading: Reading) -> None:
    made = questions(reading("Прочитай внимательно.\n\nПонял? {T}\n"))
    assert isinstance(made[0].answer, Telling)


COMPOSITE = """<p>Прочитай.</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Какое?</prompt>
<simpleChoice identifier="A">Ладожское</simpleChoice><simpleChoice identifier="B">Байкал</simpleChoice></choiceInteraction>
<p>Оно в <textEntryInteraction responseIdentifier="SECOND"/>.</p>"""
TWO = """<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse>
</responseDeclaration><responseDeclaration identifier="SECOND" cardinality="single" baseType="string"><correctResponse><value>Сибири</value>
</correctResponse></responseDeclaration>"""


def test_several_places_for_answers_are_a_text_with_gaps(reading: Reading) -> None:
    (one,) = questions(reading(qti2(body=COMPOSITE, declaration=TWO), "t.xml"))
    assert isinstance(one.answer, Cloze) and [type(gap.answer) for gap in one.answer.gaps] == [Choice, Words]
    assert one.prompt.split() == ["Прочитай.", "Какое?", "[[1]]", "Оно", "в", "[[2]]."]


def test_several_tries_are_asked_once_but_hidden_questions_not(reading: Reading) -> None:
    once = qti2().replace('adaptive="false"', 'adaptive="true"')
    assert len(questions(reading(once, "t.xml"))) == 1
    hidden = once.replace("<choiceInteraction", "<feedbackBlock identifier='x'><choiceInteraction")
    hidden = hidden.replace("</choiceInteraction>", "</choiceInteraction></feedbackBlock>")
    assert [refusal.why for refusal in reading(hidden, "t.xml").refused] == [Why.ADAPTIVE]


def test_shares_beyond_the_declared_whole_are_brought_to_it(reading: Reading) -> None:
    one = '<respcondition><conditionvar><varequal respident="r">%s</varequal></conditionvar><setvar action="Add" varname="SCORE">%s</setvar></respcondition>'
    begin, end = QTI1.index("<respcondition>"), QTI1.index("</resprocessing>")
    rules = one % ("1", "50") + one % ("3", "50") + one % ("2", "-20")
    text = (QTI1[:begin] + rules + QTI1[end:]).replace('maxvalue="100"', 'maxvalue="10"')
    (question,) = questions(reading(text, "t.xml"))
    assert isinstance(question.answer, Choice)
    assert [option.share for option in question.answer.options] == [HALF, Fraction(-1, 5), HALF]


def test_an_olx_course_in_files(reading: Reading) -> None:
    course = {
        "c/course.xml": '<course url_name="2026" org="o" course="k"/>',
        "c/course/2026.xml": '<course display_name="Биология"><chapter url_name="one"/></course>',
        "c/chapter/one.xml": '<chapter display_name="Рыбы"><sequential display_name="Дыхание"><vertical><problem url_name="p"/>'
        '<html url_name="h"/><video url_name="v"/></vertical></sequential></chapter>',
        "c/problem/p.xml": OLX_PROBLEM,
        "c/html/h.xml": '<html filename="h" display_name="Жабры"/>',
        "c/html/h.html": "<p>Жабры <em>красные</em>.</p>",
    }
    found = reading(tarred(course), "t.tar.gz")
    assert [one.title for one in found.things if isinstance(one, Test)] == ["Дыхание"]
    assert [(one.title, one.markdown) for one in found.things if isinstance(one, Text)] == [
        ("Жабры", "Жабры *красные*.")
    ]
    assert [(one.why, one.values) for one in found.refused] == [(Why.RESOURCE_UNKNOWN, {"kind": "video"})]


def test_of_a_question_with_versions_the_newest_comes_in(reading: Reading) -> None:
    begin, end = BACKUP_QUESTIONS.index("<questions>"), BACKUP_QUESTIONS.index("</questions>") + len("</questions>")
    inner = BACKUP_QUESTIONS[begin:end]
    versions = "".join(
        f"<question_versions><version>{n}</version>{inner.replace('Вода мокрая', f'Вода {n}')}</question_versions>"
        for n in (1, 10, 9)
    )
    entry = f"<question_bank_entries><question_bank_entry><question_version>{versions}</question_version></question_bank_entry></question_bank_entries>"
    backup = tarred(
        {
            "moodle_backup.xml": "<moodle_backup/>",
            "questions.xml": BACKUP_QUESTIONS[:begin] + entry + BACKUP_QUESTIONS[end:],
        }
    )
    assert [one.prompt for one in questions(reading(backup, "t.mbz"))] == ["Вода 10?"]


def spots(tag: str, interaction: str, extra: str = "") -> str:
    places = "".join(
        f'<{tag} shape="circle" coords="{x},10,4" identifier="{name}"/>' for x, name in ((5, "A"), (20, "B"), (35, "C"))
    )
    return (
        f'<{interaction}Interaction responseIdentifier="RESPONSE"><prompt>Покажи.</prompt>'
        f'<object type="image/png" data="map.png" width="40" height="30">карта</object>{extra}{places}</{interaction}Interaction>'
    )


def keyed(cardinality: str, base: str, *values: str) -> str:
    right = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{right}</correctResponse></responseDeclaration>"
    )


LABELS = '<gapText identifier="X">Нил</gapText><gapText identifier="Y">Обь</gapText>'


@pytest.mark.parametrize(
    ("body", "declaration", "answer"),
    [
        (
            spots("hotspotChoice", "graphicOrder"),
            keyed("ordered", "identifier", "C", "A", "B"),
            Ordering(lines=("3", "1", "2")),
        ),
        (
            spots("associableHotspot", "graphicAssociate"),
            keyed("multiple", "pair", "A C"),
            Matching(pairs=(Pair(left="1", right="3", share=FULL),), extra=("2",), is_free=True),
        ),
        (
            spots("associableHotspot", "graphicGapMatch", LABELS),
            keyed("multiple", "directedPair", "Y B"),
            Matching(pairs=(Pair(left="2", right="Обь", share=FULL),), extra=("Нил",)),
        ),
    ],
)
def test_places_of_a_picture_get_numbers(
    body: str, declaration: str, answer: object, reading: Reading, tmp_path: Path
) -> None:
    (tmp_path / "map.png").write_bytes(picture())
    (one,) = questions(reading(qti2(body=body, declaration=declaration), "t.xml"))
    assert one.answer == answer
    assert one.prompt.startswith("Покажи.\n\n![карта](") and len(one.pictures) == 1


def test_a_hot_spot_keeps_its_regions_and_gets_numbers_too(reading: Reading, tmp_path: Path) -> None:
    text = qti2(body=spots("hotspotChoice", "hotspot"), declaration=keyed("single", "identifier", "B"))
    assert questions(reading(text, "t.xml")) == []
    (tmp_path / "map.png").write_bytes(picture())
    (one,) = questions(reading(text, "t.xml"))
    assert isinstance(one.answer, Hotspot) and [area.share for area in one.answer.areas] == [0, 1, 0]
    assert one.answer.areas[0].numbers == (5, 10, 4) and one.answer.numbered in one.prompt


def test_a_part_for_the_teacher_makes_the_whole_the_teachers(reading: Reading) -> None:
    body = COMPOSITE + '<uploadInteraction responseIdentifier="THIRD"/>'
    (one,) = questions(reading(qti2(body=body, declaration=TWO), "t.xml"))
    assert isinstance(one.answer, Open)
