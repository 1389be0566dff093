"""Questions of files as tasks of ours: what they are worth, and what can't be asked."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from content_library.interchange import (
    FULL,
    Accepted,
    Answer,
    Area,
    Choice,
    Cloze,
    Gap,
    Hotspot,
    Matching,
    Number,
    Option,
    Ordering,
    Pair,
    Question,
    Refused,
    Span,
    Why,
    Words,
)
from school.library.interchange.sentences import SENTENCES, sentence
from school.library.interchange.specs import Task, tasks_of
from school.tasks.kinds import kind_of
from school.tasks.kinds.choice import option_id
from school.tasks.kinds.ordering import line_id
from school.tasks.kinds.pairs import pair_id
from school.tasks.kinds.remarks import remark_faults

HALF = Fraction(1, 2)


def options(*shares: Fraction | int) -> tuple[Option, ...]:
    return tuple(Option(text=f"вариант {n}", share=Fraction(share)) for n, share in enumerate(shares))


def ask(answer: Answer, points: int = 1, prompt: str = "Вопрос?") -> list[Task]:
    return tasks_of(Question(prompt=prompt, answer=answer, points=Fraction(points)))


def worth(task: Task, *answer: int | str) -> Decimal:
    kind = kind_of(task.kind)
    given = [option_id(5, one) if isinstance(one, int) else one for one in answer]
    return kind.grade(task.spec, 5, kind.parse({"answer": given})).points


def worth_of(task: Task, *values: str) -> Decimal:
    kind = kind_of(task.kind)
    return kind.grade(task.spec, 5, kind.parse({"answer": list(values)})).points


@pytest.mark.parametrize(
    ("answer", "given", "points"),
    [
        (Choice(options=options(0, 1, 0)), (1,), "4"),
        (Choice(options=options(0, 1, 0)), (0,), "0"),
        (Choice(options=options(HALF, 1, 0)), (0,), "2"),
        (Choice(options=options(1, 1, 0)), (1,), "4"),
        (Choice(options=options(HALF, HALF, -HALF, -HALF), many=True), (0, 1), "4"),
        (Choice(options=options(HALF, HALF, -HALF, -HALF), many=True), (0, 2), "0"),
        (Choice(options=options(HALF, HALF, 0), many=True), (0, 1, 2), "4"),
        (Choice(options=options(HALF, HALF, 0), many=True, all_or_nothing=True), (0,), "0"),
        (Choice(options=options(HALF, HALF, -1), many=True), (0, 2), "0"),
        (Words(accepted=(Accepted(text="кот"), Accepted(text="котик", share=HALF))), ("Котик",), "2"),
        (Words(accepted=(Accepted(text="Кот"),), keep_case=True), ("кот",), "0"),
        (Words(accepted=(Accepted(text="*кот*"),), patterns=True), ("мой кот Васька",), "4"),
        (Words(accepted=(Accepted(text="кот"), Accepted(text="*", share=Fraction(0))), patterns=True), ("пёс",), "0"),
        (Number(spans=(Span(value=Fraction(3), margin=HALF),)), ("3,5",), "4"),
        (Number(spans=(Span(value=Fraction(3)), Span(value=Fraction(3), margin=FULL, share=HALF))), ("4",), "2"),
        (Number(spans=(Span(value=Fraction(1, 3)),)), ("1/3",), "4"),
    ],
)
def test_shares_are_kept(answer: Answer, given: tuple[int | str, ...], points: str) -> None:
    (task,) = ask(answer, points=4)
    assert worth(task, *given) == Decimal(points)


def test_gaps_come_in_whole_with_their_weights() -> None:
    gaps = (
        Gap(answer=Choice(options=options(1, 0)), weight=FULL),
        Gap(answer=Words(accepted=(Accepted(text="Обь"),)), weight=Fraction(3)),
    )
    (task,) = ask(Cloze(gaps=gaps), points=4, prompt="Река [[2]] и [[1]].")
    assert task.kind == "cloze" and task.spec["text"] == "Река [[1]] и [[2]]."
    first = option_id(5 * 64 + 2, 0)
    assert [worth_of(task, "обь", first), worth_of(task, "обь", ""), worth_of(task, "Лена", first)] == [4, 3, 1]


def test_a_gap_of_several_words_is_asked_apart() -> None:
    gaps = (
        Gap(answer=Choice(options=options(HALF, HALF, 0), many=True)),
        Gap(answer=Number(spans=(Span(value=FULL),))),
    )
    one, two = ask(Cloze(gaps=gaps), points=4, prompt="Числа [[1]] и [[2]].")
    assert (one.kind, two.kind) == ("multiple", "number")
    assert "(1) \\_\\_\\_\\_ и (2)" in one.spec["prompt"] and one.spec["prompt"].endswith("**Пропуск (1)**")


def test_one_bank_of_words_for_all_gaps() -> None:
    words = [Choice(options=options(*shares), keep_order=True) for shares in ((1, 0, 0), (0, 1, 0))]
    gaps = tuple(Gap(answer=replace(one, keep_order=False)) for one in words)
    (task,) = ask(Cloze(gaps=gaps, has_bank=True), prompt="[[1]] и [[2]]")
    assert task.spec["gaps"] == [{"kind": "bank"}] * 2 or "bank" in task.spec
    assert worth_of(task, option_id(5, 0), option_id(5, 1)) == 1


def test_pairs_come_in_whole() -> None:
    pairs = tuple(Pair(left=left, right=right, share=HALF) for left, right in (("кот", "мяу"), ("пёс", "гав")))
    (task,) = ask(Matching(pairs=pairs, extra=("му",)), points=2)
    assert task.kind == "matching" and task.spec["right"] == ["мяу", "гав", "му"]
    assert worth_of(task, pair_id(5, 0, 0), pair_id(5, 1, 2)) == 1


def test_pairs_of_unequal_worth_keep_it() -> None:
    pairs = (Pair(left="а", right="1", share=Fraction(1, 4)), Pair(left="б", right="2", share=Fraction(3, 4)))
    (task,) = ask(Matching(pairs=pairs), points=4)
    assert [worth_of(task, pair_id(5, 0, 0)), worth_of(task, pair_id(5, 1, 1))] == [1, 3]


def test_a_few_partners_for_many_are_groups() -> None:
    pairs = tuple(Pair(left=left, right="гласный" if left in "ао" else "согласный", share=HALF) for left in "абос")
    (task,) = ask(Matching(pairs=pairs))
    assert task.kind == "grouping"


@pytest.mark.parametrize(("by_parts", "points"), [(True, "2"), (False, "0")])
def test_an_order_comes_in_whole(by_parts: bool, points: str) -> None:
    (task,) = ask(Ordering(lines=("Обь", "Енисей", "Лена", "Амур"), by_parts=by_parts), points=4)
    assert task.spec["lines"] == ["Амур", "Енисей", "Лена", "Обь"] and task.spec["key"] == [3, 1, 2, 0]
    assert worth_of(task, *(line_id(5, place) for place in (3, 1, 0, 2))) == Decimal(points)


def test_a_hot_spot_asks_for_the_number_of_its_place() -> None:
    areas = (Area(shape="circle", numbers=(1, 1, 1)), Area(shape="circle", numbers=(9, 9, 1), share=FULL))
    (task,) = ask(Hotspot(picture="a", areas=areas, numbered="b"))
    assert task.spec["options"] == ["1", "2"] and worth(task, 1) == 1


def test_each_of_a_heap_asks_for_all_its_partners() -> None:
    pairs = (Pair(left="1", right="2", share=HALF), Pair(left="2", right="3", share=HALF))
    one, two = ask(Matching(pairs=pairs, extra=("4",), is_free=True))
    assert [task.spec["options"][key] for task in (one, two) for key in task.spec["key"]] == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Choice(options=options(1)), Why.NO_OPTIONS),
        (Choice(options=options(0, 0)), Why.NO_KEY),
        (Choice(options=options(HALF, HALF), many=True), Why.ALL_RIGHT),
        (Choice(options=(Option(text="а", share=FULL), Option(text=" а "))), Why.SAME_OPTIONS),
        (Choice(options=options(1, *[0] * 12)), Why.FAULT),
        (Words(accepted=(Accepted(text="*", share=Fraction(0)),)), Why.NO_KEY),
        (Number(spans=()), Why.NO_KEY),
        (Hotspot(picture="", areas=()), Why.NOT_HELD),
    ],
)
def test_what_cannot_be_asked_is_named(answer: Answer, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        ask(answer)
    assert refused.value.why is why


def test_remarks_and_a_picture_are_kept() -> None:
    key = f"{'a' * 64}.png"
    made = Question(
        prompt=f"Что это?\n\n![флаг]({key})",
        answer=Choice(options=(Option(text="флаг", share=FULL, feedback="Да!"), Option(text="герб"))),
        explanation="Флаг России.",
        when_wrong="Посмотри ещё.",
    )
    (task,) = tasks_of(made)
    assert task.spec["prompt"] == "Что это?" and task.spec["picture"] == {"name": key, "alt": "флаг"}
    assert task.spec["why"] == "Флаг России.\n\nНеверно: Посмотри ещё.\n\n«флаг» — Да!"


@pytest.mark.parametrize(
    ("answer", "when"),
    [
        (Choice(options=(Option(text="а", share=FULL), Option(text="б", feedback="Нет."))), [1]),
        (
            Words(accepted=(Accepted(text="кот"), Accepted(text="пёс", share=Fraction(0), feedback="Нет."))),
            {"accept": ["пёс"]},
        ),
        (Number(spans=(Span(value=FULL), Span(value=HALF, share=Fraction(0), feedback="Нет."))), {"value": "0.5"}),
    ],
)
def test_words_for_a_wrong_answer_stay_with_it(answer: Answer, when: object) -> None:
    (task,) = ask(answer)
    assert task.spec["remarks"] == [{"when": when, "says": "Нет."}]
    assert "why" not in task.spec and remark_faults(kind_of(task.kind), task.spec) == []


def test_every_reason_has_a_sentence(app: object) -> None:
    assert set(SENTENCES) == set(Why)
    refused = Refused(Why.TOO_LARGE, limit="5")
    with app.test_request_context():  # type: ignore[attr-defined]
        assert "5" in sentence(refused.at(refused.place))
