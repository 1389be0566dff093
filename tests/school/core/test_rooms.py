"""«каб. 312», but never «каб. спортзал»."""

import pytest
from flask import Flask
from flask_babel import force_locale

from school.core.rooms import room_words


@pytest.mark.parametrize(
    ("room", "russian", "english"),
    [
        ("312", "каб. 312", "room 312"),
        ("А-12", "каб. А-12", "room А-12"),
        ("2б", "каб. 2б", "room 2б"),
        ("спортзал", "спортзал", "спортзал"),
        ("Актовый зал 2", "Актовый зал 2", "Актовый зал 2"),
        ("каб. 5", "каб. 5", "каб. 5"),
        ("", "", ""),
    ],
)
def test_only_a_number_is_called_a_room(app: Flask, room: str, russian: str, english: str) -> None:
    with app.test_request_context(), force_locale("ru"):
        assert room_words(room) == russian
    with app.test_request_context(), force_locale("en"):
        assert room_words(room) == english
