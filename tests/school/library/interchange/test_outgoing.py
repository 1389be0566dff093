"""Our own tasks saved in a format, brought back and judged by our own kinds: every answer of a table scores as before."""

from pathlib import Path
from typing import Any

import pytest

from content_library.interchange import Refused, Test
from content_library.interchange.reading import read
from content_library.interchange.writers import FORMATS
from school.library.interchange.outgoing import question_of
from school.library.interchange.specs import tasks_of
from school.tasks.kinds import kind_of
from school.tasks.kinds.choice import option_id
from tests.content_library.interchange.conftest import questions
from tests.school.tasks.kinds.samples import SAMPLES

ANSWERS = {
    "one prime": [["97"], ["91"], ["51"]],
    "kept order": [["3"], ["4"]],
    "divisors, by parts": [["2", "3", "4"], ["2"], ["2", "5"], ["2", "3", "4", "5", "8"]],
    "divisors, all at once": [["2", "4"], ["2"], ["3"]],
    "half right": [["Чехов"], ["Антоша Чехонте"], ["Бунин"]],
    "own shares": [["2", "4"], ["2"], ["2", "5"], ["4", "7"]],
    "a second root": ["2", "-2", "2,5", "3"],
    "a pattern": ["Москва", "город Москва", "Моск", "Тверь"],
    "a fraction": ["3/4", "0,75", "1", "0,74"],
}
PARTS = ("rivers and seas", "places in order", "gaps of all sorts", "half-right drop-down")
LACKING_PARTS = {
    *((name, "gift") for name in PARTS[1:]),
    ("places in order", "qti"),
    ("gaps of all sorts", "qti"),
}


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("name", PARTS)
def test_kinds_in_parts_come_back_whole(form: str, name: str, tmp_path: Path) -> None:
    """Saved, brought back and judged: everything right and everything wrong are worth what they were."""
    sample = SAMPLES[name]
    test = Test(title="Тест", questions=(question_of(sample.kind, sample.spec),))
    data, refused = FORMATS[form].write(test, lambda _name: None)
    if (name, form) in LACKING_PARTS:
        assert refused
        return
    assert not refused
    path = tmp_path / f"t.{FORMATS[form].ending}"
    path.write_bytes(data)
    (question,) = questions(read(path, tmp_path))
    (task,) = tasks_of(question)
    if (name, form) == ("half-right drop-down", "qti"):  # one drop-down is a choice there
        assert task.kind == "single"
        return
    assert task.kind == sample.kind
    judge, examples = kind_of(task.kind), kind_of(task.kind).examples(task.spec, 1)
    assert judge.grade(task.spec, 1, judge.parse(examples.right)).correct
    assert judge.grade(task.spec, 1, judge.parse(examples.wrong)).points == 0
    before = kind_of(sample.kind).examples(sample.spec, 1).right["answer"]
    assert len(before) == len(examples.right["answer"])


@pytest.mark.parametrize("name", ["vowels", "words of a bank"])
def test_all_or_nothing_of_parts_is_refused_not_bent(name: str) -> None:
    with pytest.raises(Refused):
        question_of(SAMPLES[name].kind, SAMPLES[name].spec)


LACKING = {("divisors, all at once", "gift"), ("a pattern", "qti")}
"""What a format can't say is refused, not bent."""


def points(kind: str, spec: dict[str, Any], answer: Any) -> Any:
    given = answer
    if isinstance(answer, list):
        given = [option_id(1, spec["options"].index(text)) for text in answer]
    judge = kind_of(kind)
    return judge.grade(spec, 1, judge.parse({"answer": given})).points


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_equal_scores(form: str, name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    out = question_of(sample.kind, sample.spec)
    data, refused = FORMATS[form].write(Test(title="Тест", questions=(out,)), lambda _name: None)
    if (name, form) in LACKING:
        assert refused
        return
    assert not refused
    path = tmp_path / f"t.{FORMATS[form].ending}"
    path.write_bytes(data)
    (question,) = questions(read(path, tmp_path))
    (task,) = tasks_of(question)
    whole = sample.spec.get("points", 1)
    before = [round(points(sample.kind, sample.spec, answer) / whole, 2) for answer in ANSWERS[name]]
    after = [round(points(task.kind, task.spec, answer) / task.spec["points"], 2) for answer in ANSWERS[name]]
    assert after == before
    if form != "gift":  # GIFT has no points
        assert task.spec["points"] == whole
