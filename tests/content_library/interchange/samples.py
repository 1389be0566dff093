"""Small files of every format, written by hand for these tests."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from pptx import Presentation
from pypdf import PdfWriter

from tests.content_library.making import picture

GIFT = """// Проверка
$CATEGORY: $course$/top/Дроби/Сложение

::Первый:: Сколько будет 1/2 + 1/2? {
=1#Верно!
~2#Это сумма знаменателей.

~1/4
####Половина и половина — целое.}

::Второй:: Столица России — {=Москва =%50%г. Москва}.

Сколько будет 2 \\* 2? {#4:0}
::Четвёртый::Выберите чётные {~%50%2 ~%50%4 ~%-50%3 ~%-50%5}

Земля круглая.{T}
"""
AIKEN = "Сколько ног у паука?\nA) шесть\nB) восемь\nC. десять\nANSWER: B\n"
CLOZE = "Столица Франции — {1:SHORTANSWER:=Париж~%50%Париж-сити}, река — {2:MC:Темза~=Сена#Да}.\n"
MOODLE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Клетка</text></category></question>
<question type="multichoice"><name><text>Ядро</text></name>
<questiontext format="html"><text><![CDATA[<p>Где <b>хранится</b> ДНК?&nbsp;</p><script>alert(1)</script>]]></text></questiontext>
<generalfeedback format="html"><text>Смотри рисунок.</text></generalfeedback>
<defaultgrade>2.0</defaultgrade><single>true</single><shuffleanswers>true</shuffleanswers>
<answer fraction="100" format="html"><text>в ядре</text><feedback format="html"><text>Да</text></feedback></answer>
<answer fraction="0" format="html"><text>в вакуоли</text><feedback format="html"><text/></feedback></answer></question>
<question type="numerical"><name><text>Пи</text></name><questiontext format="html"><text>Число пи</text></questiontext>
<answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer></question>
<question type="matching"><name><text>Пары</text></name><questiontext format="html"><text>Соедини</text></questiontext>
<subquestion format="html"><text>кот</text><answer><text>мяу</text></answer></subquestion>
<subquestion format="html"><text>пёс</text><answer><text>гав</text></answer></subquestion>
<subquestion format="html"><text/><answer><text>му</text></answer></subquestion></question>
<question type="coderunner"><name><text>Код</text></name><questiontext format="html"><text>Напиши</text></questiontext></question>
</quiz>"""
QTI1 = """<?xml version="1.0"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Контрольная">
<section ident="root_section"><item ident="i1" title="Планеты"><itemmetadata><qtimetadata>
<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>multiple_answers_question</fieldentry></qtimetadatafield>
<qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>3.0</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;p&gt;Какие планеты &lt;i&gt;газовые&lt;/i&gt;?&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="Multiple"><render_choice>
<response_label ident="1"><material><mattext>Юпитер</mattext></material></response_label>
<response_label ident="2"><material><mattext>Марс</mattext></material></response_label>
<response_label ident="3"><material><mattext>Сатурн</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar maxvalue="100" varname="SCORE"/></outcomes><respcondition><conditionvar><and>
<varequal respident="r">1</varequal><not><varequal respident="r">2</varequal></not><varequal respident="r">3</varequal></and></conditionvar>
<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item></section></assessment></questestinterop>"""


def qti2(version: str = "2.1", body: str = "", declaration: str = "") -> str:
    space = f"http://www.imsglobal.org/xsd/imsqti_v{version.replace('.', 'p')}"
    return f"""<?xml version="1.0"?><assessmentItem xmlns="{space}" identifier="x" title="Озеро" adaptive="false">
{declaration or _DECLARED}<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody>{body or _BODY}</itemBody></assessmentItem>"""


_DECLARED = """<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse>
<value>B</value></correctResponse></responseDeclaration>"""
_BODY = """<p>Подумай.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
<prompt>Самое глубокое озеро?</prompt><simpleChoice identifier="A">Ладожское</simpleChoice>
<simpleChoice identifier="B">Байкал</simpleChoice></choiceInteraction>"""
QTI3 = """<?xml version="1.0"?><qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="Реки" adaptive="false">
<qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier"><qti-correct-response>
<qti-value>B</qti-value><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><qti-order-interaction response-identifier="RESPONSE" shuffle="true"><qti-prompt>С запада на восток</qti-prompt>
<qti-simple-choice identifier="A">Лена</qti-simple-choice><qti-simple-choice identifier="B">Обь</qti-simple-choice>
</qti-order-interaction></qti-item-body></qti-assessment-item>"""
OLX_PROBLEM = """<problem display_name="Вдох"><multiplechoiceresponse><label>Чем дышит рыба?</label><choicegroup type="MultipleChoice">
<choice correct="true">жабрами</choice><choice correct="false">лёгкими</choice></choicegroup>
<solution><p>Жабры берут кислород из воды.</p></solution></multiplechoiceresponse></problem>"""
BACKUP_QUESTIONS = """<question_categories><question_category id="1"><name>Тема</name><parent>0</parent><questions><question id="5">
<parent>0</parent><name>Да или нет</name><questiontext>&lt;p&gt;Вода мокрая?&lt;/p&gt;</questiontext><questiontextformat>1</questiontextformat>
<defaultmark>1.0</defaultmark><qtype>truefalse</qtype><plugin_qtype_truefalse_question><answers>
<answer id="8"><answertext>True</answertext><fraction>1.0</fraction><feedback/></answer>
<answer id="9"><answertext>False</answertext><fraction>0.0</fraction><feedback/></answer></answers>
<truefalse id="1"><trueanswer>8</trueanswer><falseanswer>9</falseanswer></truefalse></plugin_qtype_truefalse_question></question>
</questions></question_category></question_categories>"""
MANIFEST = """<?xml version="1.0"?><manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="m"><metadata>
<schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata><organizations><organization identifier="o"><item identifier="r">
<item identifier="i1" identifierref="page"><title>Страница</title></item></item></organization></organizations><resources>
<resource identifier="page" type="webcontent" href="wiki/page.html"><file href="wiki/page.html"/></resource>
<resource identifier="quiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>
<resource identifier="link" type="imswl_xmlv1p1"><file href="link.xml"/></resource>
<resource identifier="tool" type="imsbasiclti_xmlv1p0"><file href="tool.xml"/></resource></resources></manifest>"""
OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Сказки</dc:title><dc:creator>Пушкин</dc:creator><dc:language>ru</dc:language></metadata><manifest>
<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/><item id="p" href="sun.png" media-type="image/png"/></manifest>
<spine><itemref idref="c1"/></spine></package>"""
CHAPTER = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>1</title></head><body><h1>О рыбаке</h1>
<p>Жил старик.</p><img src="sun.png" alt="солнце"/><script>alert(1)</script></body></html>"""
CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/book.opf"/></rootfiles></container>'
SCORM = """<manifest identifier="s" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata><organizations><organization identifier="o"><title>Курс</title>
<item identifier="i" identifierref="r"><title>Урок</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources></manifest>"""
CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="https://example.org/c"><title>
<langstring lang="ru">Геология</langstring></title><description><langstring lang="ru">О горах</langstring></description></course>
<au id="https://example.org/a" moveOn="Completed" masteryScore="0.8"><title><langstring lang="ru">Горы</langstring></title>
<description><langstring lang="ru">О горах</langstring></description><url>index.html?part=1</url>
<launchParameters>{"most": 3}</launchParameters></au></courseStructure>"""
H5P = '{"title": "Открытка", "mainLibrary": "H5P.Card", "preloadedDependencies": [{"machineName": "H5P.Card", "majorVersion": 1, "minorVersion": 0}]}'


def packed(**members: str | bytes) -> bytes:
    """A zip; ``__`` in a name is a slash, ``_dot_`` a point."""
    return zipped({_name(name): text for name, text in members.items()})


def _name(name: str) -> str:
    return name.replace("__", "/").replace("_dot_", ".")


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def tarred(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def docx(*lines: str, bold: frozenset[str] = frozenset()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph().add_run(line).bold = line in bold or None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pptx() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Сила тяжести"
    slide.placeholders[1].text = "Что такое сила\nКак её измерить"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cartridge() -> bytes:
    link = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>Музей</title><url href="https://example.org/"/></webLink>'
    return zipped(
        {
            "imsmanifest.xml": MANIFEST,
            "wiki/page.html": "<html><body><h2>Тема</h2><p>Текст</p></body></html>",
            "quiz.xml": QTI1,
            "link.xml": link,
            "tool.xml": "<t/>",
        }
    )


def epub() -> bytes:
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "book/book.opf": OPF,
            "book/c1.xhtml": CHAPTER,
            "book/sun.png": picture(),
        }
    )


SAMPLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gift": ("t.txt", GIFT.encode),
    "aiken": ("t.txt", AIKEN.encode),
    "cloze": ("t.txt", CLOZE.encode),
    "moodle_xml": ("t.xml", MOODLE_XML.encode),
    "qti-1.2": ("t.xml", QTI1.encode),
    "qti": ("t.xml", qti2().encode),
    "olx": ("t.xml", OLX_PROBLEM.encode),
    "moodle_backup": (
        "t.mbz",
        lambda: tarred({"moodle_backup.xml": "<moodle_backup/>", "questions.xml": BACKUP_QUESTIONS}),
    ),
    "package": ("t.imscc", cartridge),
    "epub": ("t.epub", epub),
    "scorm": ("t.zip", lambda: zipped({"imsmanifest.xml": SCORM, "index.html": "<p>1</p>"})),
    "cmi5": ("t.zip", lambda: zipped({"cmi5.xml": CMI5, "index.html": "<p>1</p>"})),
    "h5p": (
        "t.h5p",
        lambda: zipped({"h5p.json": H5P, "content/content.json": "{}", "H5P.Card-1.0/library.json": "{}"}),
    ),
    "docx": ("t.docx", lambda: docx("1. Сколько будет 2+2?", "а) три", "б) четыре", "Ответ: б")),
    "pptx": ("t.pptx", pptx),
    "pdf": ("t.pdf", pdf),
}
"""A file for each reader that takes things; the reader of lone QTI tests takes none."""


def write(folder: Path, name: str) -> Path:
    file, make = SAMPLES[name]
    path = folder / file
    path.write_bytes(make())
    return path
