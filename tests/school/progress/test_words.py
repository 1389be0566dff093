"""Sentences in both languages: cases, plurals, few marks, days."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from school.progress import words
from school.progress.trend import Change, Way
from school.progress.words import Ahead, Due, TopicShare

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.fixture(autouse=True)
def request_context(the_app: Flask) -> Iterator[None]:
    with the_app.test_request_context():
        yield


def change(way: Way, before: int | None = 380, after: int | None = 420, n: int = 4) -> Change:
    return Change(way, before, after, 5, n)


RUSSIAN: list[tuple[Callable[[], str], str]] = [
    (lambda: words.mean(437), "4,37"),
    (lambda: words.mean(405), "4,05"),
    (lambda: words.mean(437, 1), "4,4"),
    (lambda: words.mean(435, 1), "4,4"),
    (lambda: words.mean(500, 1), "5,0"),
    (lambda: words.mean(None), "–"),
    (lambda: words.change_over_month(change(Way.UP)), "Средний балл за месяц вырос с 3,8 до 4,2."),
    (lambda: words.change_over_month(change(Way.DOWN, 420, 380)), "Средний балл за месяц снизился с 4,2 до 3,8."),
    (lambda: words.change_over_month(change(Way.SAME)), "Средний балл за месяц почти не изменился: 4,2."),
    (lambda: words.change_over_month(change(Way.FEW_BEFORE)), "Средний балл за месяц – 4,2; сравнить пока не с чем."),
    (lambda: words.change_over_month(change(Way.FEW_NOW, n=0)), "За последний месяц отметок не было."),
    (lambda: words.change_over_month(change(Way.FEW_NOW, n=1)), "За месяц 1 отметка: о переменах говорить рано."),
    (lambda: words.change_over_month(change(Way.FEW_NOW, n=2)), "За месяц 2 отметки: о переменах говорить рано."),
    (lambda: words.change_in_table(change(Way.UP)), "вырос: 3,8 → 4,2"),
    (lambda: words.change_in_table(change(Way.DOWN, 420, 380)), "снизился: 4,2 → 3,8"),
    (lambda: words.change_in_table(change(Way.SAME)), "почти без перемен"),
    (lambda: words.change_in_table(change(Way.FEW_NOW)), ""),
    (lambda: words.change_in_table(change(Way.FEW_BEFORE)), ""),
    (
        lambda: words.fell_since_term(change(Way.DOWN, 420, 380)),
        "средний балл ниже прошлого периода: 3,8, был 4,2",
    ),
    (lambda: words.low_mean(250, 4), "средний балл 2,50 (4 отметки)"),
    (lambda: words.works(0, 0, 0), ""),
    (lambda: words.works(1, 0, 0), "Сдана 1 работа."),
    (lambda: words.works(2, 1, 0), "Сдано 2 работы. 1 работа ещё не сдана."),
    (lambda: words.works(12, 2, 1), "Сдано 12 работ. 1 работа вернулась на доработку. 2 работы ещё не сданы."),
    (lambda: words.works(21, 5, 3), "Сдана 21 работа. 3 работы вернулись на доработку. 5 работ ещё не сданы."),
    (lambda: words.works(0, 11, 0), "Пока ничего не сдано. 11 работ ещё не сданы."),
    (lambda: words.owed_counted(22), "22 работы не сданы"),
    (lambda: words.lessons_missed(0), "Пропусков нет."),
    (lambda: words.lessons_missed(1), "Пропущен 1 урок."),
    (lambda: words.lessons_missed(4), "Пропущено 4 урока."),
    (lambda: words.lessons_missed(14), "Пропущено 14 уроков."),
    (lambda: words.missed_counted(6, 14), "пропущено 6 уроков из 14"),
    (lambda: words.lessons_counted(1), "1 урок"),
    (lambda: words.lessons_counted(5), "5 уроков"),
    (lambda: words.pupils_counted(3), "3 ученика"),
    (lambda: words.right_answers(7, 10, adult=False), "верно 7 из 10"),
    (lambda: words.right_answers(7, 10, adult=True), "верно 7 из 10 (70 %)"),
    (lambda: words.week_answers(21, 16, adult=True), "За неделю 21 ответ на задания, верно 16 (76 %)."),
    (lambda: words.week_answers(21, 16, adult=False), "За неделю 21 ответ на задания, верно 16."),
    (lambda: words.right_answers(1, 2, adult=True), "верно 1 из 2"),
    (lambda: words.right_answers(0, 0, adult=True), ""),
    (lambda: words.weak_topic("Дроби", 3, 8), "тема «Дроби»: верно 3 из 8"),
    (lambda: words.joined([]), ""),
    (lambda: words.joined(["физика"]), "физика"),
    (lambda: words.joined(["физика", "химия", "биология"]), "физика, химия и биология"),
    (
        lambda: words.summary(["Английский язык", "ОБЗР"], ["Алгебра"], "Сдано 5 работ."),
        "Средний балл за месяц вырос: английский язык и ОБЗР. Снизился: алгебра. Сдано 5 работ.",
    ),
    (lambda: words.summary([], ["Алгебра"], ""), "Средний балл за месяц снизился: алгебра."),
    (lambda: words.summary([], [], ""), ""),
    (lambda: words.by_day(TODAY, TODAY), "на сегодня"),
    (lambda: words.by_day(date(2026, 11, 23), TODAY), "на завтра"),
    (lambda: words.by_day(date(2026, 11, 24), TODAY), "ко вторнику, 24 ноября"),
    (lambda: words.by_day(date(2026, 12, 2), TODAY), "к среде, 2 декабря"),
    (lambda: words.by_day(date(2026, 11, 20), TODAY), "к пятнице, 20 ноября"),
    (lambda: words.short_day(date(2026, 3, 1)), "1 марта"),
]

ENGLISH: list[tuple[Callable[[], str], str]] = [
    (lambda: words.mean(437), "4.37"),
    (lambda: words.change_over_month(change(Way.UP)), "Over the month the average rose from 3.8 to 4.2."),
    (
        lambda: words.change_over_month(change(Way.FEW_NOW, n=1)),
        "1 mark in the last month: too few to speak of a change.",
    ),
    (lambda: words.works(2, 1, 0), "2 tasks handed in. 1 task not handed in yet."),
    (lambda: words.right_answers(7, 10, adult=True), "7 of 10 right (70 %)"),
    (lambda: words.by_day(date(2026, 11, 24), TODAY), "by Tuesday, 24 November"),
]


@pytest.mark.parametrize(("say", "expected"), RUSSIAN, ids=[expected or "nothing" for _say, expected in RUSSIAN])
def test_russian(say: Callable[[], str], expected: str) -> None:
    assert say() == expected


@pytest.mark.parametrize(("say", "expected"), ENGLISH, ids=[expected for _say, expected in ENGLISH])
def test_english(say: Callable[[], str], expected: str) -> None:
    with force_locale("en"):
        assert say() == expected


OWED = Due("№ 412", date(2026, 11, 18))
COMING = Due("Параграф 12", date(2026, 11, 24))


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (Ahead(), []),
        (Ahead(done=3), ["Всё, что задано, сдано. Здесь пока ничего не ждёт."]),
        (Ahead(owed=[OWED]), ["Ещё можно сдать: «№ 412»."]),
        (
            Ahead(returned=[OWED], owed=[COMING]),
            ["Сначала – «№ 412»: работа вернулась с замечаниями учителя."],
        ),
        (Ahead(coming=[COMING]), ["Ближайшая работа – «Параграф 12», ко вторнику, 24 ноября."]),
        (
            Ahead(
                coming=[COMING],
                topics=[TopicShare("Дроби", 3, 8), TopicShare("Уравнения", 0, 3), TopicShare("Углы", 9, 10)],
            ),
            [
                "Ближайшая работа – «Параграф 12», ко вторнику, 24 ноября.",
                "Стоит повторить тему «Дроби»: пока верно 3 из 8.",
            ],
        ),
    ],
)
def test_next_steps(ahead: Ahead, expected: list[str]) -> None:
    assert words.next_steps(ahead, TODAY) == expected


def test_never_more_than_three_steps_and_long_titles_are_cut() -> None:
    long = Due("Очень длинное задание про " + "десятичные дроби и " * 6, date(2026, 11, 18))
    steps = words.next_steps(Ahead(0, [long], [OWED], [COMING], [TopicShare("Дроби", 1, 8)]), TODAY)
    assert len(steps) == 3
    assert "…»" in steps[0]
