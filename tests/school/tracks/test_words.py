"""What a question moved, in words: never a loss, and never called won what was answered wrong."""

import pytest
from flask import Flask

from school.mastery.estimate.standing import Standing
from school.mastery.queries import NamedTopic
from school.tracks import words
from school.tracks.queries.practised import Moved


@pytest.mark.parametrize(
    ("before", "after", "is_right", "said"),
    [
        ("learning", Standing.MASTERED, True, "Получилось: тема держится."),
        ("", Standing.FIRM, True, "Получилось: тема держится."),
        ("", Standing.FIRM, False, "По-прежнему держится."),
        ("mastered", Standing.FIRM, False, "По-прежнему держится."),
        ("learning", Standing.LEARNING, True, "На шаг ближе."),
        ("learning", Standing.LEARNING, False, "Вернётся в другой день, сначала вопрос попроще."),
    ],
)
def test_what_a_question_moved(app: Flask, before: str, after: Standing, is_right: bool, said: str) -> None:
    with app.test_request_context("/"):
        assert words.change(before, after, is_right) == said


def moved(*topics: int) -> list[Moved]:
    return [Moved(NamedTopic(one, "", 1, 7, 1), "", "", Standing.LEARNING, is_right=True) for one in topics]


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        ((1,), "1 вопрос."),
        ((1, 2), "2 вопроса, у каждого своя тема."),
        ((1, 1, 2), "3 вопроса, 2 темы."),
        ((1, 1), "2 вопроса, 1 тема."),
    ],
)
def test_how_much_was_asked(app: Flask, topics: tuple[int, ...], said: str) -> None:
    with app.test_request_context("/"):
        assert words.asked(moved(*topics)) == said


@pytest.mark.parametrize(
    ("ended", "said"), [(0, "Часть 1, всего их не больше 4."), (3, "Часть 4, всего"), (4, "Часть 5.")]
)
def test_how_far_a_check_is(app: Flask, ended: int, said: str) -> None:
    with app.test_request_context("/"):
        assert words.how_far(ended).startswith(said)


@pytest.mark.parametrize(("is_right", "said"), [(True, "Верно."), (False, "Пока не выходит.")])
def test_a_question_of_a_check_says_no_more_than_itself(app: Flask, *, is_right: bool, said: str) -> None:
    """Two questions on one topic may go both ways: neither says that the topic holds."""
    with app.test_request_context("/"):
        assert words.found(is_right).startswith(said)
