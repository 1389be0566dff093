"""Our own tasks saved in a format, brought back and judged by our own kinds: every answer of a table scores as before."""

from pathlib import Path
from typing import Any

import pytest

from content_library.interchange import Test
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
