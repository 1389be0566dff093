"""Files made to do harm: refused with a reason, quickly, and nothing else happens."""

import io
import stat
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from content_library.interchange import Refused, Why, Workshop
from content_library.interchange.safety.archives import FolderParts, ZipParts, resolve
from content_library.interchange.safety.encoding import text_of
from content_library.interchange.safety.xml import parse_xml
from tests.content_library.interchange.conftest import Reading, questions
from tests.content_library.interchange.samples import (
    CHAPTER,
    CONTAINER,
    MOODLE_XML,
    OPF,
    QTI1,
    SAMPLES,
    docx,
    qti2,
    zipped,
)
from tests.cpu import within

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ха">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><quiz><question type='essay'><name><text>&j;</text></name></question></quiz>"
)
XXE = (
    '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    "<quiz><question type='essay'><questiontext><text>&file;</text></questiontext></question></quiz>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd"><quiz><question type="essay"><questiontext><text>а</text></questiontext></question></quiz>'
DEEP = "<quiz>" + "<question>" * 10_000 + "</question>" * 10_000 + "</quiz>"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (LAUGHS, "t.xml", Why.ENTITIES),
        (XXE, "t.xml", Why.ENTITIES),
        (DEEP, "t.xml", Why.TOO_DEEP),
        (MOODLE_XML.replace("</quiz>", ""), "t.xml", Why.NOT_WELL_FORMED),
        (MOODLE_XML.replace("UTF-8", "no-such-code"), "t.xml", Why.WRONG_ENCODING),
        (QTI1.encode()[:200] + b"\xff\xfe\xff" + QTI1.encode()[200:], "t.xml", Why.WRONG_ENCODING),
        (MOODLE_XML.encode("cp1251", "replace"), "t.xml", Why.WRONG_ENCODING),
        (b"caf\xe9 na\xefve {=a ~b}", "t.txt", Why.WRONG_ENCODING),
        (b"::a:: {\x00\x01 =a ~b}", "t.txt", Why.WRONG_ENCODING),
        (zipped({"../../etc/cron.d/x": "x", "imsmanifest.xml": "<m/>"}), "t.zip", Why.ESCAPES),
        (zipped({"/etc/x": "x"}), "t.zip", Why.ESCAPES),
        (zipped({"C:\\x": "x"}), "t.zip", Why.ESCAPES),
        (zipped({"imsmanifest.xml": LAUGHS}), "t.imscc", Why.ENTITIES),
        (zipped({"a.txt": b"0" * 40_000_000}), "t.zip", Why.BOMB),
        (zipped({f"{n}.txt": b"0" * 1_000_000 for n in range(40)}), "t.imscc", Why.BOMB),
        (b"PK\x03\x04" + b"x" * 100, "t.zip", Why.BROKEN_ARCHIVE),
        (b"\x1f\x8b" + b"x" * 100, "t.mbz", Why.BROKEN_ARCHIVE),
        (b"", "t.gift", Why.EMPTY),
        (b"\x89PNG\r\n\x1a\n", "t.png", Why.MEDIA_ALONE),
        ("а {T}\n\n" * 10_001, "t.txt", Why.TOO_MANY_PARTS),
        ("просто текст", "t.txt", Why.UNKNOWN_FORMAT),
        ("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "t.svg", Why.MEDIA_ALONE),
    ],
)  # fmt: skip
def test_refused_with_its_reason(data: str | bytes, name: str, why: Why, reading: Reading) -> None:
    with within(2), pytest.raises(Refused) as refused:
        reading(data, name)
    assert refused.value.why is why


def test_a_document_type_outside_is_never_fetched(reading: Reading) -> None:
    assert len(questions(reading(OUTSIDE, "t.xml"))) == 1


def test_a_link_in_an_archive_is_refused(reading: Reading) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("imsmanifest.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Refused) as refused:
        reading(out.getvalue(), "t.zip")
    assert refused.value.why is Why.ESCAPES
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        one = tarfile.TarInfo("questions.xml")
        one.type, one.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(one)
    with pytest.raises(Refused) as refused:
        reading(out.getvalue(), "t.mbz")
    assert refused.value.why is Why.ESCAPES


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "link.xml").symlink_to(tmp_path / "secret")
    parts = FolderParts(tmp_path / "package")
    assert parts.names == []
    with pytest.raises(Refused):
        parts.read("link.xml")
    with pytest.raises(Refused):
        parts.read("../secret")


@pytest.mark.parametrize(
    "href", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://x/y.png", "..%2f..%2fx", "C:/x"]
)
def test_an_address_never_leads_outside(href: str) -> None:
    assert resolve(ZipParts(zipped({"book/a.xml": "1", "passwd": "2"})), "book/a.xml", href) is None


def test_a_header_that_lies_of_its_size_gives_no_more(reading: Reading) -> None:
    data = bytearray(zipped({"imsmanifest.xml": b"<m/>" + b" " * 3_000_000}))
    for mark in (b"PK\x01\x02",):
        at = data.index(mark)
        data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Refused):
        reading(bytes(data), "t.imscc")


def test_svg_never_becomes_a_picture(reading: Reading) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
    opf = OPF.replace("sun.png", "sun.svg").replace("image/png", "image/svg+xml")
    chapter = CHAPTER.replace("sun.png", "sun.svg")
    book = zipped(
        {"META-INF/container.xml": CONTAINER, "book/book.opf": opf, "book/c1.xhtml": chapter, "book/sun.svg": svg}
    )
    found = reading(book, "t.epub")
    assert [one.why for one in found.refused] == [Why.UNSAFE_PICTURE]
    assert "alert" not in str(found)


def test_deep_html_inside_a_question_is_flattened(reading: Reading) -> None:
    deep = "&lt;b&gt;" * 5000 + "глубоко" + "&lt;/b&gt;" * 5000
    text = MOODLE_XML.replace("<![CDATA[<p>Где <b>хранится</b> ДНК?&nbsp;</p><script>alert(1)</script>]]>", deep)
    assert "глубоко" in questions(reading(text, "t.xml"))[0].prompt


def test_entities_inside_an_office_document_are_refused(reading: Reading) -> None:
    parts = ZipParts(docx("1. Вопрос?"))
    members: dict[str, str | bytes] = {name: parts.read(name) for name in parts.names}
    members["word/document.xml"] = LAUGHS
    with pytest.raises(Refused) as refused:
        reading(zipped(members), "t.docx")
    assert refused.value.why is Why.ENTITIES


def test_other_encodings_are_read() -> None:
    assert text_of("Вопрос".encode("cp1251")) == "Вопрос"
    assert text_of("\ufeffВопрос".encode("utf-16")).strip("\ufeff") == "Вопрос"
    assert text_of("\ufeffA\r\nB".encode()) == "A\nB"
    assert parse_xml('<?xml version="1.0" encoding="windows-1251"?><a>Ё&nbsp;</a>'.encode("cp1251")).text == "Ё\u00a0"


class TestWorkshop:
    def test_a_process_of_its_own_reads_and_outlives_bad_files(self, tmp_path: Path) -> None:
        (tmp_path / "deep.xml").write_text(DEEP)
        file, make = SAMPLES["gift"]
        (tmp_path / file).write_bytes(make())
        with Workshop() as workshop:
            with pytest.raises(Refused) as refused:
                workshop.read(tmp_path / "deep.xml", tmp_path)
            assert refused.value.why is Why.TOO_DEEP
            assert len(questions(workshop.read(tmp_path / file, tmp_path))) == 5

    def test_a_slow_file_is_given_up_and_the_next_one_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "t.xml").write_text(qti2())
        with Workshop(patience=0.001) as hurried:
            with pytest.raises(Refused) as refused:
                hurried.read(tmp_path / "t.xml", tmp_path)
            assert refused.value.why is Why.TOO_SLOW
            hurried._patience = 60
            assert hurried.read(tmp_path / "t.xml", tmp_path).things


@pytest.mark.parametrize(
    "text",
    [
        "{1:MC:" + "~a" * 100_000,
        "{1:MC:" * 20_000,
        "q\nA) x\nB) y\nANSWER: " + "A " * 50_000 + "!",
        "q\nA) x\nB) y\nANSWER:" + " " * 50_000 + "!",
        "::" * 100_000 + "{T}",
        "q {=" + "%5" * 100_000 + "}",
        "q {=" + "\\" * 100_000 + "}",
        "::a::" + "_ " * 100_000 + "x {T}",
        "q " + "<b " * 100_000 + " {T}",
        "q " + "[" * 100_000 + " {T}",
        "q {#" + "1" * 100_000 + "..}",
        "$CATEGORY: " + "/a" * 100_000 + "\nq {T}",
    ],
    ids=range(12),
)
def test_texts_made_to_be_slow_are_not(text: str, reading: Reading) -> None:
    with within(3), suppress(Refused):
        reading(text)
