"""How names are written."""

import pytest

from school.people.names import initials


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (("Мельник", "Анна", "Ильинична"), "Мельник А.\N{NO-BREAK SPACE}И."),
        (("Ким", "Юна", ""), "Ким Ю."),
        (("Ким", "", ""), "Ким"),
    ],
    ids=["both letters on one line", "no patronymic", "no given name"],
)
def test_initials(name: tuple[str, str, str], written: str) -> None:
    assert initials(*name) == written
