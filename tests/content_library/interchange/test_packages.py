"""What a package is found to hold, and which packages are refused."""

import json

import pytest

from content_library.interchange import Found, Package, Refused, Why
from content_library.interchange.codec import dump, load
from tests.content_library.interchange.conftest import Reading
from tests.content_library.interchange.samples import H5P, SCORM, zipped

PAGES = {"imsmanifest.xml": SCORM, "index.html": "<p>1</p>"}
LIBRARY = "H5P.Card-1.0/library.json"
CARD = {"h5p.json": H5P, "content/content.json": "{}", LIBRARY: "{}"}
TWO = SCORM.replace(
    "</item></organization>",
    '</item><item identifier="quiz" identifierref="r" parameters="?questions=7"><title>Тест</title></item>'
    '<item identifier="hidden" identifierref="r" isvisible="false"><title>Запас</title></item></organization>'
    '<organization identifier="other"><item identifier="x" identifierref="r"><title>Другое</title></item></organization>',
)


def only(found: Found) -> Package:
    (thing,) = load(dump(found)).things
    assert isinstance(thing, Package)
    return thing


def test_scenes_in_their_order_with_what_they_are_told(reading: Reading) -> None:
    package = only(reading(zipped({**PAGES, "imsmanifest.xml": TWO}), "t.zip"))
    assert [(one.key, one.title, one.address) for one in package.scenes] == [
        ("i", "Урок", "index.html"),
        ("quiz", "Тест", "index.html?questions=7"),
    ]
    assert (package.standard, package.title, package.launch) == ("SCORM 1.2", "Курс", "index.html")


def test_what_the_contents_leave_out_is_there_where_an_order_may_lead_to_it(reading: Reading) -> None:
    ordered = TWO.replace("<schemaversion>1.2<", "<schemaversion>2004 4th Edition<")
    package = only(reading(zipped({**PAGES, "imsmanifest.xml": ordered}), "t.zip"))
    assert [(one.key, one.is_listed) for one in package.scenes] == [("i", True), ("quiz", True), ("hidden", False)]


def test_the_organisation_that_the_package_prefers(reading: Reading) -> None:
    preferring = TWO.replace("<organizations>", '<organizations default="other">')
    package = only(reading(zipped({**PAGES, "imsmanifest.xml": preferring}), "t.zip"))
    assert [one.title for one in package.scenes] == ["Другое"]


def test_every_file_is_kept_but_litter(reading: Reading) -> None:
    package = only(reading(zipped({**CARD, "__MACOSX/._x": "x", "content/.DS_Store": "x", "a/B.js": "1"}), "t.h5p"))
    assert {file.path for file in package.files} == {*CARD, "a/B.js"}
    assert (package.standard, package.library, package.scenes) == ("H5P", "H5P.Card", ())


@pytest.mark.parametrize(
    ("parts", "why", "part"),
    [
        ({"setup.exe": "x"}, Why.HARMFUL_PART, "setup.exe"),
        ({"img/photo.jpg": b"MZ\x90\0"}, Why.HARMFUL_PART, "img/photo.jpg"),
        ({"a.js": b"\x7fELF"}, Why.HARMFUL_PART, "a.js"),
        ({"up.PHP": "x"}, Why.HARMFUL_PART, "up.PHP"),
        ({".htaccess": "x"}, Why.HARMFUL_PART, ".htaccess"),
        ({"../../up.html": "x"}, Why.ESCAPES, "../../up.html"),
        ({"x" * 501: "x"}, Why.BAD_PACKAGE, "x" * 200),
        ({"a\nb.js": "x"}, Why.BAD_PACKAGE, "a\nb.js"),
        ({"big.css": b"0" * 40_000_000}, Why.BOMB, ""),
    ],
)
@pytest.mark.parametrize("base", [PAGES, CARD], ids=["scorm", "h5p"])
def test_a_package_that_hides_a_program_or_leads_outside(
    base: dict[str, str | bytes], parts: dict[str, str | bytes], why: Why, part: str, reading: Reading
) -> None:
    with pytest.raises(Refused) as refused:
        reading(zipped({**base, **parts}), "t.zip")
    assert (refused.value.why, refused.value.place.part) == (why, part)


def test_too_many_parts(reading: Reading) -> None:
    with pytest.raises(Refused) as refused:
        reading(zipped({**PAGES, **{f"{n}.js": "1" for n in range(5001)}}), "t.zip")
    assert refused.value.why is Why.TOO_MANY_PARTS


def test_h5p_needs_its_libraries_inside(reading: Reading) -> None:
    """Downloads of some sites leave them out: nothing would be played."""
    without = {name: text for name, text in CARD.items() if name != LIBRARY}
    with pytest.raises(Refused) as refused:
        reading(zipped(without), "t.h5p")
    assert (refused.value.why, refused.value.place.part) == (Why.MISSING_FILE, LIBRARY)


def test_a_scene_that_is_not_there(reading: Reading) -> None:
    away = json.loads(json.dumps(PAGES)) | {"imsmanifest.xml": SCORM.replace('href="index.html">', 'href="away.html">')}
    with pytest.raises(Refused) as refused:
        reading(zipped(away), "t.zip")
    assert (refused.value.why, refused.value.place.part) == (Why.MISSING_FILE, "away.html")
