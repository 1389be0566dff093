"""cmi5 courses: what is taken, what is named, and what the standard wants refused (sections 13 and 14)."""

import io
import zipfile

import pytest

from content_library.interchange import Package, Refused, Why
from content_library.interchange.found import Scene
from tests.content_library.interchange.conftest import Reading
from tests.content_library.interchange.samples import CMI5, zipped

UNIT = CMI5[CMI5.index("<au") : CMI5.index("</courseStructure>")]


def course(structure: str = CMI5) -> bytes:
    return zipped({"cmi5.xml": structure, "index.html": "<p>1</p>", "maps/two.html": "<p>2</p>"})


def test_each_unit_is_a_scene(reading: Reading) -> None:
    second = UNIT.replace("example.org/a", "example.org/b").replace("index.html?part=1", "maps/two.html")
    block = f'<block id="https://example.org/k"><title/><description/>{second}</block></courseStructure>'
    (package,) = reading(course(CMI5.replace("</courseStructure>", block)), "t.zip").things
    assert isinstance(package, Package)
    assert (package.title, package.launch, len(package.files)) == ("Геология", "index.html?part=1", 3)
    assert package.scenes == (Scene("1", "Горы", "index.html?part=1"), Scene("2", "Горы", "maps/two.html"))


def test_a_unit_on_another_site_is_named_and_a_course_of_such_is_not_whole(reading: Reading) -> None:
    far = UNIT.replace("example.org/a", "example.org/b").replace("index.html", "https://example.org/far.html")
    found = reading(course(CMI5.replace("</courseStructure>", f"{far}</courseStructure>")), "t.zip")
    (package,) = found.things
    assert isinstance(package, Package) and len(package.scenes) == 1 and package.files
    assert [(one.place.name, one.why) for one in found.refused] == [("Горы", Why.PACKAGE_ELSEWHERE)]
    alone = reading(CMI5.replace("index.html", "https://example.org/index.html"), "t.xml")
    assert isinstance(alone.things[0], Package) and not alone.things[0].files and not alone.refused


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.org/c", "not an iri"),
        ("https://example.org/a", "not an iri"),
        ("</au>", f"</au>{UNIT}"),
        ("?part=1", "?Endpoint=x"),
        ("?part=1", "?registration="),
        ("index.html", "gone.html"),
        ("index.html", "javascript:alert(1)"),
        ("<url>index.html?part=1</url>", "<url>http://[</url>"),
        ('moveOn="Completed"', 'moveOn="Sometimes"'),
        ('masteryScore="0.8"', 'masteryScore="80"'),
        ("<description>", "<about>"),
        (UNIT, ""),
    ],
)
def test_what_breaks_the_rules_is_refused(reading: Reading, old: str, new: str) -> None:
    assert old in CMI5
    structure = CMI5.replace(old, new)
    if new == "<about>":
        structure = structure.replace("</description>", "</about>")
    with pytest.raises(Refused) as caught:
        reading(course(structure), "t.zip")
    assert caught.value.why in {Why.BAD_PACKAGE, Why.NO_LAUNCH, Why.MISSING_FILE}


def test_a_relative_address_needs_a_package(reading: Reading) -> None:
    with pytest.raises(Refused):
        reading(CMI5, "t.xml")


def test_a_zip_with_long_numbers_is_read(reading: Reading) -> None:
    """Writers that can't know a size before they have written use the 64-bit form of a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in (("cmi5.xml", CMI5), ("index.html", "<p>1</p>")):
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(text.encode())
    (package,) = reading(made.getvalue(), "t.zip").things
    assert isinstance(package, Package) and package.files
