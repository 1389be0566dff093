"""What a question moved, in words: never a loss, and never called won what was answered wrong."""

import pytest
from flask import Flask

from school.mastery.estimate.standing import Standing
from school.tracks import words


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
