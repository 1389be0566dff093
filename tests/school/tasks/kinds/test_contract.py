"""Every kind of task, present and future, keeps the same promises."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school import tasks
from school.library.words import ITEM_ASKS, ITEM_KINDS
from school.tasks.kinds import BY_HAND, KINDS, UnknownKind, kind_of, without_secrets
from school.tasks.kinds.byhand import ByHand
from school.tasks.kinds.contract import Answer, BrokenSpec, Form, Unreadable

from .samples import SAMPLES, Sample

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
SEEDS = (0, 1, 2**63)


def test_every_kind_has_a_sample() -> None:
    assert {sample.kind for sample in SAMPLES.values()} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"varied"}))
def test_every_kind_is_shown_on_the_screen_and_on_paper(kind: str) -> None:
    """A template is shown as the kind that it makes tasks of."""
    place = Path(tasks.__path__[0]) / "templates/tasks/kinds" / kind
    assert {path.name for path in place.iterdir()} == {"ask.html", "paper.html"}


def test_every_kind_has_its_words_in_the_editor() -> None:
    assert set(KINDS) == set(ITEM_KINDS) == set(ITEM_ASKS)


def test_an_unknown_kind_is_our_error() -> None:
    with pytest.raises(UnknownKind):
        kind_of("dictation")


@every_sample
@pytest.mark.parametrize("seed", SEEDS)
def test_examples_are_judged_as_they_say(sample: Sample, seed: int) -> None:
    kind, spec = kind_of(sample.kind), sample.spec
    assert kind.check(spec) == []
    examples = kind.examples(spec, seed)
    right = kind.grade(spec, seed, _judged_best(sample, kind.parse(examples.right), best=True))
    assert right.correct
    assert right.points == right.max_points == spec.get("points", 1)
    wrong = kind.grade(spec, seed, _judged_best(sample, kind.parse(examples.wrong), best=False))
    assert not wrong.correct
    assert wrong.points == 0
    with pytest.raises(Unreadable) as refusal:
        kind.grade(spec, seed, kind.parse(examples.unreadable))
    assert refusal.value.reason.msgid


def _judged_best(sample: Sample, answer: Answer, *, best: bool) -> Answer:
    """What a teacher judges is judged by a teacher first."""
    return answer if sample.kind not in BY_HAND else {**answer, "levels": ByHand.levels_for(sample.spec, best=best)}


@every_sample
def test_what_a_teacher_judges_waits_until_then(sample: Sample) -> None:
    kind = kind_of(sample.kind)
    verdict = kind.grade(sample.spec, 0, kind.parse(kind.examples(sample.spec).right))
    assert verdict.waits == (sample.kind in BY_HAND)
    assert not (verdict.waits and (verdict.points or verdict.correct))


@every_sample
def test_no_form_judges_itself(sample: Sample) -> None:
    """Levels come from the teacher's record only, never with the fields of the pupil."""
    kind = kind_of(sample.kind)
    right = kind.examples(sample.spec).right
    assert kind.parse({**right, "levels": ["1", "1"], "given": ["x"]}) == kind.parse(right)


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


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.kind != "varied"])
def test_the_same_answer_reads_the_same_whatever_the_order_on_the_screen(name: str) -> None:
    """Rulings and counts of answers name an answer by what it reads as; a template asks each pupil something else."""
    sample = SAMPLES[name]
    kind, spec = kind_of(sample.kind), sample.spec
    for which in ("right", "wrong"):
        answers = [(seed, kind.parse(getattr(kind.examples(spec, seed), which))) for seed in range(6)]
        shown = [kind.present(spec, seed, answer, kind.grade(spec, seed, answer)) for seed, answer in answers]
        assert len({(one.given, one.right) for one in shown}) == 1, which


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
@given(form=st.dictionaries(st.sampled_from(["answer", "x"]), st.lists(st.text(max_size=30), max_size=50)))
def test_any_form_is_read_or_refused_and_judged_the_same_twice(sample: Sample, form: Form) -> None:
    kind = kind_of(sample.kind)
    try:
        answer = kind.parse(form)
        verdict = kind.grade(sample.spec, 3, answer)
    except Unreadable:
        return
    again = json.loads(json.dumps(answer))
    assert kind.grade(sample.spec, 3, again) == verdict
    assert kind.present(sample.spec, 3, again, verdict).right


@every_sample
@given(data=st.data())
def test_mixtures_of_right_and_wrong_parts_are_judged(sample: Sample, data: st.DataObject) -> None:
    """Any choice among the values of the examples, in any order and number."""
    kind, spec = kind_of(sample.kind), sample.spec
    examples = kind.examples(spec, 3)
    values = [value for form in (examples.right, examples.wrong) for value in _values(form)] + [""]
    given_values = data.draw(st.lists(st.sampled_from(values), max_size=len(values)))
    try:
        answer = kind.parse({"answer": given_values})
        verdict = kind.grade(spec, 3, answer)
    except Unreadable:
        return
    assert Decimal(0) <= verdict.points <= verdict.max_points
    assert verdict.points == verdict.points.quantize(Decimal("0.01"))
    assert not verdict.correct or verdict.points == verdict.max_points
    assert kind.present(spec, 3, answer, verdict).given


def _values(form: Form) -> list[str]:
    value = form.get("answer", ())
    return [value] if isinstance(value, str) else list(value)


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
