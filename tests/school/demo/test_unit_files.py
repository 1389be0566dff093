"""The demo library is right: every key is checked, every number twice, every unit is whole."""

import re
from collections import Counter
from fractions import Fraction

import pytest

from content_library.kinds import MODEL_TYPE, PACKAGE_TYPE, Contents, FileFacts, problems
from content_library.models import FileRole, UnitKind
from content_library.subjects import SUBJECTS
from school.demo.unit_files import ItemOfFile, UnitFile, read_topics, read_units
from school.tasks.kinds import BY_HAND, KINDS, kind_of
from school.tasks.kinds.contract import Unreadable
from school.tasks.kinds.numerals import read_number
from school.tasks.kinds.remarks import remark_faults
from school.tasks.kinds.russian import normalise

from .arithmetic import calculate

UNITS = {unit.code: unit for unit in read_units()}
ITEMS = {f"{code} #{number}": item for code, unit in UNITS.items() for number, item in enumerate(unit.items, 1)}
TOPICS = {(topic.subject, topic.code): topic for topic in read_topics()}

every_unit = pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
every_item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
NUMBERS = {name: item for name, item in ITEMS.items() if item.kind == "number"}


def test_the_library_is_as_large_and_as_various_as_promised() -> None:
    assert len(UNITS) >= 64
    assert set(Counter(unit.kind for unit in UNITS.values())) == set(UnitKind)
    in_depth = [unit for unit in UNITS.values() if unit.subject in {"maths", "algebra", "geometry", "physics"}]
    assert len(in_depth) >= 52
    assert len(UNITS) - len(in_depth) >= 12
    assert sum(unit.kind == "video" for unit in UNITS.values()) >= 3
    assert {item.kind for item in ITEMS.values()} == set(KINDS)


def test_titles_are_different() -> None:
    titles = Counter((unit.subject, unit.title) for unit in UNITS.values())
    assert [title for title, count in titles.items() if count > 1] == []


@every_item
def test_an_item_is_sound(item: ItemOfFile) -> None:
    kind = kind_of(item.kind)
    assert kind.check(item.spec) == []
    assert remark_faults(kind, item.spec) == []
    assert item.spec["why"].strip()
    for seed in (0, 7):
        examples = kind.examples(item.spec, seed)
        if item.kind in BY_HAND:
            assert kind.grade(item.spec, seed, kind.parse(examples.right)).waits
            continue
        assert kind.grade(item.spec, seed, kind.parse(examples.right)).correct
        assert not kind.grade(item.spec, seed, kind.parse(examples.wrong)).correct
        with pytest.raises(Unreadable):
            kind.grade(item.spec, seed, kind.parse(examples.unreadable))


@pytest.mark.parametrize("item", [item for item in NUMBERS.values() if item.calc], ids=lambda item: item.calc)
def test_a_number_is_right_by_a_second_count(item: ItemOfFile) -> None:
    assert item.calc is not None
    key, counted = read_number(item.spec["key"]["value"]), calculate(item.calc)
    assert abs(key - counted) <= Fraction(item.spec.get("abs", 0))


def test_most_numbers_are_counted_twice() -> None:
    assert sum(item.calc is not None for item in NUMBERS.values()) > 0.85 * len(NUMBERS)


@pytest.mark.parametrize("item", NUMBERS.values(), ids=NUMBERS)
def test_the_explanation_of_a_number_names_it(item: ItemOfFile) -> None:
    """A key mistyped in one place only is found here; keys that need no arithmetic are told in words."""
    if item.calc is None:
        return
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", item.spec["why"])
    assert item.spec["key"]["value"].replace("-", "−") in plain


@every_unit
def test_a_unit_can_be_published(unit: UnitFile) -> None:
    files = [FileFacts(FileRole.PICTURE, "image/svg+xml", picture.alt) for picture in unit.pictures]
    if unit.video:
        files += [FileFacts(FileRole.BODY, "video/mp4"), FileFacts(FileRole.SUBTITLES, "text/vtt")]
    if unit.package:
        files.append(FileFacts(FileRole.BODY, PACKAGE_TYPE))
    if unit.model:
        files.append(FileFacts(FileRole.BODY, MODEL_TYPE, unit.alt))
    contents = Contents(
        title=unit.title,
        summary=unit.summary,
        minutes=unit.minutes,
        body_markdown=unit.body,
        details={"stages": list(unit.stages), "slides": list(unit.slides), "keyboard": unit.keyboard},
        topics=len(unit.topics),
        files=files,
        points=[item.points for item in unit.items],
    )
    assert problems(UnitKind(unit.kind), contents) == []


@every_unit
def test_a_unit_stands_where_it_says(unit: UnitFile) -> None:
    assert unit.subject in {row.code for row in SUBJECTS}
    assert unit.code.startswith(f"{unit.subject}/{unit.year_from}-")
    assert 1 <= unit.year_from <= unit.year_to <= 11
    assert unit.licence == "CC-BY-4.0"
    assert len(unit.author.split()) == 3
    for code in unit.topics:
        assert unit.year_from <= TOPICS[unit.subject, code].year_level <= unit.year_to


@every_unit
def test_a_unit_has_what_its_kind_needs(unit: UnitFile) -> None:
    if unit.kind == "textbook":
        assert unit.body.count("\n## ") + unit.body.startswith("## ") >= 3
    elif unit.kind == "presentation":
        assert 6 <= len(unit.slides) <= 10
        assert unit.slides[0].startswith("# ")
    elif unit.kind == "scenario":
        assert sum(stage["minutes"] for stage in unit.stages) == unit.minutes == 45
        assert len(unit.stages) >= 6
        assert all(stage[who].strip() for stage in unit.stages for who in ("title", "teacher", "panel", "pupils"))
    elif unit.kind == "video":
        assert unit.video
    elif unit.kind == "package":
        assert unit.package
    elif unit.kind == "model":
        assert unit.model
    else:
        assert (8 if unit.kind == "test" else 4) <= len(unit.items) <= 12
    assert bool(unit.items) == (unit.kind in {"test", "assignment"})


@every_unit
def test_the_words_follow_the_house(unit: UnitFile) -> None:
    texts = [unit.title, unit.summary, unit.body, *(item.spec["prompt"] + item.spec["why"] for item in unit.items)]
    text = "\n".join(texts)
    without_pictures = text.replace("![", "[")
    assert "!" not in without_pictures
    assert "  " not in re.sub(r"\n +", "\n", text)
    assert '"' not in text
    assert not re.search(r"[а-яё][a-z]|[a-z][а-яё]", text), "a Latin letter inside a Russian word"
    polite = re.search(r"\b(вычислите|найдите|решите|запишите|определите)\b", _prompts(unit))
    familiar = re.search(r"\b(вычисли|найди|реши|запиши|определи|отметь)\b", _prompts(unit))
    assert not (familiar if unit.year_from >= 7 else polite)


def _prompts(unit: UnitFile) -> str:
    return " ".join(normalise(item.spec["prompt"]) for item in unit.items)


def test_topics_make_a_tree_and_are_used() -> None:
    used = {(unit.subject, code) for unit in UNITS.values() for code in unit.topics}
    for (subject, code), topic in TOPICS.items():
        if topic.parent is None:
            assert any(other.parent == code and other.subject == subject for other in TOPICS.values())
        else:
            assert TOPICS[subject, topic.parent].parent is None
            assert (subject, code) in used
