"""The forms of questions: what a kind's sample says stands in the fields, and what stands there is the sample again."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from content_library import FileOfVersion, FileRole
from school.library.forms import ItemForm, item_form
from school.library.forms.notation import read_gaps, read_marked, write_gaps, write_marked
from school.tasks.kinds import KINDS, kind_of
from tests.school.tasks.kinds.samples import SAMPLES, Sample


def test_every_kind_has_a_form(app: Flask) -> None:
    with app.test_request_context():
        assert [kind for kind in KINDS if item_form(kind) is None] == []


def test_a_form_that_takes_remarks_can_read_and_write_them(app: Flask) -> None:
    with app.test_request_context():
        forms = {type(form) for kind in KINDS if (form := item_form(kind)) is not None}
    taking = [form for form in forms if form.takes_remarks]
    assert taking
    for form in taking:
        assert form.remark_key is not ItemForm.remark_key, form
        assert form.remark_text is not ItemForm.remark_text, form


def _fields(form: Any) -> MultiDict[str, str]:
    """What a browser would send of the page that shows this form."""
    sent = MultiDict[str, str]()
    for field in form:
        if field.type == "CSRFTokenField" or field.data in (None, False):
            continue
        if field.type == "SelectField" and field.data not in [choice[0] for choice in field.choices]:
            sent.add(field.name, str(field.choices[0][0]))
            continue
        for value in field.data if isinstance(field.data, list) else [field.data]:
            sent.add(field.name, "y" if value is True else str(value))
    return sent


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_there_and_back(app: Flask, sample: Sample) -> None:
    spec = {name: value for name, value in sample.spec.items() if name != "picture"}
    files = []
    if "picture" in sample.spec:
        name, alt = sample.spec["picture"]["name"], sample.spec["picture"]["alt"]
        spec["picture"] = {"name": f"{name}.svg", "alt": alt}
        files = [FileOfVersion(0, "0" * 64, f"{name}.svg", FileRole.PICTURE, alt, 10, "image/svg+xml")]
    with app.test_request_context():
        form = item_form(sample.kind)
        assert form is not None
        form.offer(files)
        form.show(spec)
        sent = _fields(form)
    with app.test_request_context(method="POST", data=sent):
        again = item_form(sample.kind)
        assert again is not None
        again.offer(files)
        again.keep_from(spec)
        assert again.validate_as_question(), again.errors
        made = again.spec()
    kind = kind_of(sample.kind)
    for which in ("right", "wrong"):
        before = kind.present(spec, 1, *_judged(kind, spec, which))
        after = kind.present(made, 1, *_judged(kind, made, which))
        if sample.kind not in {"ordering", "grouping"}:
            assert before.given == after.given
        assert sorted(before.right) == sorted(after.right)


def _judged(kind: Any, spec: dict[str, Any], which: str) -> tuple[Any, Any]:
    answer = kind.parse(getattr(kind.examples(spec, 1), which))
    return answer, kind.grade(spec, 1, answer)


@pytest.mark.parametrize(
    ("kind", "fields", "where"),
    [
        ("matching", {"pairs": "Волга = море"}, "pairs"),
        ("matching", {"pairs": "Волга\nДон = Азовское море"}, "pairs"),
        ("grouping", {"groups": "гласные"}, "groups"),
        ("ordering", {"ordered": "раз\nраз"}, "ordered"),
        ("hotspot", {"areas": "овал 1 2 3"}, "areas"),
        ("labels", {"areas": "круг 10 20 5\nкруг 30 20 5 = юг"}, "areas"),
        ("cloze", {"gapped": "Нет пропусков"}, "gapped"),
        ("cloze", {"gapped": "Река [[=Обь]]"}, "gapped"),
        ("cloze", {"gapped": "Река [[]]"}, "gapped"),
        ("table", {"gapped": "а | б\n1"}, "gapped"),
        ("highlight", {"marked": "мама мыла раму"}, "marked"),
        ("number_line", {"begins": "0", "ends": "1", "step": "0,3", "named": "A = 0,3"}, "step"),
        ("number_line", {"begins": "0", "ends": "1", "step": "0,1", "named": "A"}, "named"),
    ],
)
def test_slips_are_shown_at_their_fields(app: Flask, kind: str, fields: dict[str, str], where: str) -> None:
    default = {"prompt": "Вопрос", "credit": "partial" if kind != "ordering" else "run"}
    with app.test_request_context(method="POST", data=default | fields):
        form = item_form(kind)
        assert form is not None
        form.offer([])
        assert not form.validate_as_question()
        assert form[where].errors


@pytest.mark.parametrize(
    ("written", "gap", "key"),
    [
        ("Москва; г. Москва", {"kind": "text"}, {"accept": ["Москва", "г. Москва"]}),
        ("=Обь; Лена", {"kind": "single", "options": ["Обь", "Лена"]}, [0]),
        ("#473", {"kind": "number"}, {"value": "473"}),
        ("#1 1/2 ± 0,5 км", {"kind": "number", "abs": "0,5", "unit": "км"}, {"value": "1 1/2"}),
    ],
)
def test_a_gap_is_written_as_it_is_read(written: str, gap: dict[str, Any], key: Any) -> None:
    read = read_gaps([f"до [[{written}]] после"])
    assert (read.texts, read.gaps, read.keys) == (["до [[1]] после"], [gap], [key])
    assert write_gaps(read.texts, {"gaps": read.gaps, "key": read.keys}) == [f"до [[{written}]] после"]


@pytest.mark.parametrize("marked", ["*Мама* мыла *раму*.", "Мы *{одели пальто}* и {надели шапки}.", "одно *слово*"])
def test_marked_words_are_written_as_they_are_read(marked: str) -> None:
    assert write_marked(*read_marked(marked)) == marked
