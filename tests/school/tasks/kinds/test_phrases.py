"""Everything that a kind says can be said in Russian."""

import ast
from pathlib import Path

from babel.messages.pofile import read_po

import school.tasks

PLACE = Path(school.tasks.__file__).parent


def test_every_phrase_is_translated() -> None:
    with (PLACE / "translations/ru/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file, locale="ru")
    said = {
        call.args[0].value
        for module in (PLACE / "kinds").glob("*.py")
        for call in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say"
        if isinstance(call.args[0], ast.Constant)
    }
    assert len(said) > 30
    assert [phrase for phrase in said if not (message := catalog.get(str(phrase))) or not message.string] == []
