"""What authors say to particular wrong answers: one rule for every kind, secret until the answer is in, never in the way."""

from typing import Any

import pytest

from school.tasks.kinds import BY_HAND, kind_of
from school.tasks.kinds.remarks import Remark, remark_faults, remarks_on

from .samples import SAMPLES, Sample

JUDGED = {name: sample for name, sample in SAMPLES.items() if sample.kind not in BY_HAND}
LOOKED_AT = {name: sample for name, sample in SAMPLES.items() if sample.kind in BY_HAND}


@pytest.mark.parametrize("sample", LOOKED_AT.values(), ids=LOOKED_AT)
def test_what_a_teacher_judges_gets_the_teachers_words_alone(sample: Sample) -> None:
    kind = kind_of(sample.kind)
    spec = sample.spec | {"remarks": [{"when": sample.other_key, "says": "Почти."}]}
    given = kind.parse(kind.examples(sample.spec, 3).right)
    assert remarks_on(kind, spec, 3, given) == []


@pytest.mark.parametrize("sample", JUDGED.values(), ids=JUDGED)
def test_every_kind_knows_a_wrong_answer_by_another_key(sample: Sample) -> None:
    kind = kind_of(sample.kind)
    spec = sample.spec | {"remarks": [{"when": sample.other_key, "says": "Почти.", "misconception": "спешит"}]}
    assert kind.check(spec) == [] == remark_faults(kind, spec)
    bare = {name: value for name, value in spec.items() if name not in {"remarks", "shares"}}
    if bare.get("credit") == "shares":
        bare["credit"] = "all"
    other = kind.parse(kind.examples(bare | {"key": sample.other_key}, 3).right)
    assert remarks_on(kind, spec, 3, other) == [Remark("Почти.", "спешит")]
    right = kind.parse(kind.examples(sample.spec, 3).right)
    assert remarks_on(kind, spec, 3, right) == []


@pytest.mark.parametrize(
    "remarks",
    [
        {},
        [{}],
        [{"when": [0]}],
        [{"when": [0], "says": " "}],
        [{"when": [0], "says": 5}],
        [{"when": [9], "says": "нет такого"}],
        [{"when": [0], "says": "ы" * 501}],
        [{"when": [0], "says": "да", "colour": "red"}],
        [{"when": [0], "says": "да"}] * 21,
    ],
)
def test_slips_are_named(remarks: Any) -> None:
    spec = SAMPLES["one prime"].spec | {"remarks": remarks}
    assert [fault.where for fault in remark_faults(kind_of("single"), spec)] == ["remarks"]


def test_a_template_fills_its_remarks() -> None:
    spec = SAMPLES["an option of one's own"].spec | {
        "remarks": [{"when": [1], "says": "На единицу больше, чем {a+b}."}]
    }
    kind = kind_of("varied")
    given = kind.parse(kind.examples(spec | {"key": [1]}, 5).right)
    (remark,) = remarks_on(kind, spec, 5, given)
    assert "{" not in remark.says and remark.says.startswith("На единицу больше, чем ")


PARTS: dict[str, Any] = {
    "version": 1,
    "prompt": "Прочитайте и ответьте.",
    "material": "Поезд идёт 3 часа со скоростью 60 км/ч.",
    "points": 2,
    "parts": [
        {"kind": "number", "prompt": "Сколько километров он пройдёт?"},
        {"kind": "single", "prompt": "Что найти сначала?", "options": ["путь", "время", "ничего"]},
    ],
    "key": [{"value": "180"}, [2]],
}


def test_a_part_has_remarks_of_its_own() -> None:
    remarks = [
        {"part": 1, "when": {"value": "63"}, "says": "Умножаем, не складываем.", "misconception": "складывает"},
        {"part": 2, "when": [0], "misconception": "ищет лишнее"},
    ]
    kind, spec = kind_of("multipart"), PARTS | {"remarks": remarks}
    assert kind.check(spec) == [] == remark_faults(kind, spec)
    given = kind.examples(PARTS | {"key": [{"value": "63"}, [0]]}, 3).right
    wrong = kind.parse(given)
    assert remarks_on(kind, spec, 3, wrong) == [
        Remark("1) Умножаем, не складываем.", "складывает"),
        Remark("", "ищет лишнее"),
    ]
    left = kind.parse({"answer": ["part:1", "63", "part:2", ""]})
    assert [one.misconception for one in remarks_on(kind, spec, 3, left)] == ["складывает"]
    right = kind.parse(kind.examples(PARTS, 3).right)
    assert remarks_on(kind, spec, 3, right) == []
    assert kind.prepare(spec, 3) == kind.prepare(PARTS, 3)


@pytest.mark.parametrize(
    "remark",
    [
        {"part": 3, "when": {"value": "1"}, "says": "Нет."},
        {"part": 0, "when": {"value": "1"}, "says": "Нет."},
        {"part": "1", "when": {"value": "1"}, "says": "Нет."},
        {"part": 2, "when": [7], "says": "Нет."},
        {"part": 1, "when": "63", "says": "Нет."},
    ],
)
def test_a_remark_of_no_part_is_named(remark: Any) -> None:
    kind = kind_of("multipart")
    assert [one.where for one in remark_faults(kind, PARTS | {"remarks": [remark]})] == ["remarks"]
    assert (
        remarks_on(
            kind_of("single"), SAMPLES["one prime"].spec | {"remarks": [{"part": 1, "when": [0]}]}, 1, {"chosen": [0]}
        )
        == []
    )
