"""Which passwords are too weak, and that a hash tells nothing by its time."""

import time

import pytest

from school.people import passwords


@pytest.mark.parametrize(
    ("password", "login", "weak"),
    [
        ("семь777", "", "short"),
        ("vera2016", "vera2016", "login"),
        ("VERA2016", "vera2016", "login"),
        ("6102arev", "vera2016", "login"),
        ("пароль123", "", "common"),
        ("Qwerty123", "", "common"),
        ("йцукенгшщ", "", "common"),
        ("23456789", "", "common"),
        ("aaaaaaaaa", "", "common"),
        ("кот ест сметану", "vera2016", None),
        ("сорок-пять-уток", "", None),
    ],
)
def test_weak_passwords_are_named(password: str, login: str, weak: str | None) -> None:
    assert passwords.weakness(password, login) == weak


def test_an_unknown_login_costs_as_much_as_a_known_one() -> None:
    kept = passwords.hash_password("сорок-пять-уток")

    def cost(hash_: str | None) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            assert not passwords.verify(hash_, "не тот пароль")
            best = min(best, time.process_time() - start)
        return best

    assert 0.4 < cost(None) / cost(kept) < 2.5


def test_a_right_password_fits_and_a_missing_one_never_does() -> None:
    kept = passwords.hash_password("сорок-пять-уток")
    assert passwords.verify(kept, "сорок-пять-уток")
    assert not passwords.verify(None, "nobody has this password")
    assert not passwords.verify("not a hash", "сорок-пять-уток")
    assert not passwords.needs_rehash(kept)
