"""Every kind of task, present and future, keeps the same promises."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.tasks.kinds import KINDS, UnknownKind, kind_of, without_secrets
from school.tasks.kinds.contract import BrokenSpec, Form, Unreadable

from .samples import SAMPLES, Sample

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
SEEDS = (0, 1, 2**63)


def test_every_kind_has_a_sample() -> None:
    assert {sample.kind for sample in SAMPLES.values()} == set(KINDS)


def test_an_unknown_kind_is_our_error() -> None:
    with pytest.raises(UnknownKind):
        kind_of("essay")


@every_sample
@pytest.mark.parametrize("seed", SEEDS)
def test_examples_are_judged_as_they_say(sample: Sample, seed: int) -> None:
    kind, spec = kind_of(sample.kind), sample.spec
    assert kind.check(spec) == []
    examples = kind.examples(spec, seed)
    right = kind.grade(spec, seed, kind.parse(examples.right))
    assert right.correct
    assert right.points == right.max_points == spec.get("points", 1)
    wrong = kind.grade(spec, seed, kind.parse(examples.wrong))
    assert not wrong.correct
    assert wrong.points == 0
    with pytest.raises(Unreadable) as refusal:
        kind.grade(spec, seed, kind.parse(examples.unreadable))
    assert refusal.value.reason.msgid


@every_sample
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_before_the_answer_does_not_depend_on_the_key(sample: Sample, seed: int) -> None:
    kind, spec = kind_of(sample.kind), sample.spec
    two_keys = [kind.prepare(spec | {"key": key, "why": "…"}, seed) for key in (spec["key"], sample.other_key)]
    assert kind.check(spec | {"key": sample.other_key}) == []
    keyless = kind.prepare(without_secrets(spec), seed)
    assert json.dumps(two_keys[0]) == json.dumps(two_keys[1]) == json.dumps(keyless)


@every_sample
def test_the_same_seed_shows_the_same_task(sample: Sample) -> None:
    kind = kind_of(sample.kind)
    assert kind.prepare(sample.spec, 7) == kind.prepare(sample.spec, 7)


@every_sample
def test_answers_survive_json_and_are_presented(sample: Sample) -> None:
    kind, spec = kind_of(sample.kind), sample.spec
    form = kind.examples(spec, 5).right
    answer = json.loads(json.dumps(kind.parse(form)))
    shown = kind.present(spec, 5, answer, kind.grade(spec, 5, answer))
    assert shown.given
    assert shown.right
    assert shown.why == spec.get("why", "")


@every_sample
def test_an_answer_in_a_list_reads_like_a_single_one(sample: Sample) -> None:
    kind = kind_of(sample.kind)
    right = kind.examples(sample.spec).right["answer"]
    as_list: Form = {"answer": [right] if isinstance(right, str) else list(right)}
    assert kind.parse(as_list) == kind.parse({"answer": right})


@every_sample
@given(text=st.text(max_size=400))
def test_any_text_is_read_or_refused(sample: Sample, text: str) -> None:
    kind = kind_of(sample.kind)
    try:
        verdict = kind.grade(sample.spec, 3, kind.parse({"answer": text}))
    except Unreadable:
        return
    assert Decimal(0) <= verdict.points <= verdict.max_points


@every_sample
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("version", None),
        ("prompt", "  "),
        ("prompt", "ы" * 2001),
        ("prompt", 5),
        ("points", 0),
        ("points", True),
        ("points", "1"),
        ("why", 5),
        ("picture", {"name": "bars"}),
        ("picture", {"name": "bars", "alt": " "}),
        ("colour", "red"),
        ("key", None),
        ("key", {}),
        ("key", []),
    ],
)
def test_authors_mistakes_are_named_and_never_judged(sample: Sample, field: str, value: object) -> None:
    kind, broken = kind_of(sample.kind), sample.spec | {field: value}
    assert field in {fault.where for fault in kind.check(broken)}
    answer = kind.parse(kind.examples(sample.spec, 0).right)
    with pytest.raises(BrokenSpec, match=field):
        kind.grade(broken, 0, answer)
