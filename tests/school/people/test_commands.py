"""The operator's own command."""

from flask import Flask

from school.people.queries import find_code
from tests.factories import Make
from tests.school.people.people_at import give_password


def test_the_operator_resets_whom_no_school_may(app: Flask, make: Make) -> None:
    account = give_password(make.city_role("methodologist"), "nina")
    said = app.test_cli_runner().invoke(args=["people", "reset", "nina"])
    assert said.exit_code == 0, said.output
    found = find_code(said.output.split()[0])
    assert found is not None
    assert found[1].id == account.id
    assert found[1].password_hash is None
    assert app.test_cli_runner().invoke(args=["people", "reset", "nobody"]).exit_code == 1
