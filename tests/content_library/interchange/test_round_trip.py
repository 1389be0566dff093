"""A test saved in a format and read again scores every answer of a table as before."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from content_library.interchange import (
    FULL,
    Accepted,
    Answer,
    Choice,
    Cloze,
    Gap,
    Matching,
    Number,
    Option,
    Ordering,
    Pair,
    Question,
    Span,
    Test,
    Why,
    Words,
)
from content_library.interchange.reading import read
from content_library.interchange.scoring import share_of
from content_library.interchange.writers import FORMATS
from tests.content_library.interchange.conftest import questions
from tests.content_library.making import picture

HALF, THIRD, NONE = Fraction(1, 2), Fraction(1, 3), Fraction(0)


def options(**shares: Fraction) -> tuple[Option, ...]:
    return tuple(Option(text=text, share=share, feedback=f"о {text}") for text, share in shares.items())


ONE = Choice(options=options(Байкал=FULL, Ладога=NONE, Онега=HALF))
MANY = Choice(options=options(а=THIRD, б=THIRD, в=THIRD, г=-HALF, д=NONE), many=True)
WHOLE = Choice(options=options(а=HALF, б=HALF, в=NONE), many=True, all_or_nothing=True, keep_order=True)
WORDS = Words(accepted=(Accepted(text="ёж {~=#:}"), Accepted(text="ежик", share=HALF, feedback="почти")))
CASED = Words(accepted=(Accepted(text="Волга"),), keep_case=True)
STARS = Words(accepted=(Accepted(text="*кот*"), Accepted(text="*", share=Fraction(1, 4))), patterns=True)
NUMBER = Number(
    spans=(Span(value=Fraction(314, 100), margin=Fraction(1, 100)), Span(value=Fraction(3), margin=HALF, share=HALF))
)
PART = Number(spans=(Span(value=THIRD),))
PAIRS = Matching(
    pairs=(Pair(left="кот", right="мяу", share=HALF), Pair(left="пёс & <b>", right="гав", share=HALF)), extra=("му",)
)
ORDER = Ordering(lines=("Обь", "Енисей", "Лена"))
GAPS = Cloze(
    gaps=(
        Gap(answer=Choice(options=options(Каспий=FULL, Балтика=NONE)), weight=Fraction(2)),
        Gap(answer=Words(accepted=(Accepted(text="Обь"),))),
    )
)

TABLE: list[tuple[str, Answer, list[tuple[Any, Fraction]], set[str]]] = [
    ("one", ONE, [("Байкал", FULL), ("Ладога", NONE), ("Онега", HALF)], set()),
    ("many", MANY, [(("а", "б", "в"), FULL), (("а",), THIRD), (("а", "б", "г"), Fraction(1, 6)), (("г",), NONE), (("д", "а"), THIRD)], set()),
    ("whole", WHOLE, [(("а", "б"), FULL), (("а",), NONE), (("а", "б", "в"), NONE)], {"gift"}),
    ("words", WORDS, [("ёж {~=#:}", FULL), ("ЕЖИК", HALF), ("уж", NONE)], set()),
    ("cased", CASED, [("Волга", FULL), ("волга", NONE)], {"gift"}),
    ("stars", STARS, [("мой кот", FULL), ("пёс", Fraction(1, 4))], {"qti"}),
    ("number", NUMBER, [("3.14", FULL), ("3.15", FULL), ("3.16", HALF), ("2.5", HALF), ("2.49", NONE), ("-3", NONE)], set()),
    ("part", PART, [("1/3", FULL), ("0.33", NONE)], set()),
    ("pairs", PAIRS, [({"кот": "мяу", "пёс & <b>": "гав"}, FULL), ({"кот": "мяу", "пёс & <b>": "му"}, HALF), ({}, NONE)], set()),
    ("order", ORDER, [(("Обь", "Енисей", "Лена"), FULL), (("Обь", "Лена", "Енисей"), NONE)], {"gift"}),
    ("gaps", GAPS, [(("Каспий", "обь"), FULL), (("Каспий", "Дон"), Fraction(2, 3)), (("Балтика", "Обь"), THIRD)], {"gift"}),
]  # fmt: skip
"""Name, question, answers with what they are worth, and the formats that can't say it."""


def through(form: str, folder: Path, *made: Question) -> tuple[list[Question], list[Why]]:
    data, refused = FORMATS[form].write(Test(title="Проба & <Ко>", questions=made), lambda _name: picture())
    path = folder / f"out.{FORMATS[form].ending}"
    path.write_bytes(data)
    if len(refused) == len(made):
        return [], [one.why for one in refused]
    found = read(path, folder)
    assert not found.refused
    return questions(found), [one.why for one in refused]


def asked(answer: Answer) -> Question:
    prompt = (
        "Волга впадает в [[1]], а [[2]] — нет."
        if isinstance(answer, Cloze)
        else "Сколько *будет* {2} + 2 = ?\n\n- так\n- не так"
    )
    return Question(
        name="Имя: №1",
        prompt=prompt,
        answer=answer,
        points=Fraction(3),
        explanation="Потому что.",
        category=("Тема", "Часть/1"),
    )


@pytest.mark.parametrize(("name", "answer", "answers", "lacking"), TABLE, ids=[row[0] for row in TABLE])
def test_the_table_is_what_it_says(
    name: str, answer: Answer, answers: list[tuple[Any, Fraction]], lacking: set[str]
) -> None:
    assert [share_of(answer, given) for given, _ in answers] == [share for _, share in answers]


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize(("name", "answer", "answers", "lacking"), TABLE, ids=[row[0] for row in TABLE])
def test_scores_are_equal_after_the_way_there_and_back(
    form: str, name: str, answer: Answer, answers: list[tuple[Any, Fraction]], lacking: set[str], tmp_path: Path
) -> None:
    back, refused = through(form, tmp_path, asked(answer))
    if form in lacking:
        assert not back and refused
        return
    (one,) = back
    assert [share_of(one.answer, given) for given, _ in answers] == [share for _, share in answers]
    assert one.name == "Имя: №1" and "Потому что." in one.explanation
    if form != "gift":
        assert one.points == 3
    if form != "qti":
        assert one.category == ("Тема", "Часть/1")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_texts_come_back(form: str, tmp_path: Path) -> None:
    made = [asked(answer) for _, answer, _, lacking in TABLE if form not in lacking]
    back, _ = through(form, tmp_path, *made)
    assert [one.prompt for one in back if "[[" not in one.prompt] == [
        one.prompt for one in made if "[[" not in one.prompt
    ]


@pytest.mark.parametrize("form", ["qti", "moodle_xml"])
def test_a_picture_comes_back(form: str, tmp_path: Path) -> None:
    question = Question(prompt="Что это?\n\n![флаг](flag.png)", answer=ONE)
    (back,), _ = through(form, tmp_path, question)
    assert back.pictures[0].alt == "флаг" and (tmp_path / back.pictures[0].key).read_bytes() == picture()
