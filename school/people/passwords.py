"""Passwords: what is too weak, and Argon2id by argon2-cffi's present defaults, rehashed when the defaults grow."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 8
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")

COMMON = frozenset(
    [
        "password",
        "passw0rd",
        "password1",
        "parol123",
        "parolparol",
        "пароль12",
        "пароль123",
        "парольпароль",
        "qwertyui",
        "qwerty12",
        "qwerty123",
        "qwertyuiop",
        "asdfghjk",
        "asdfghjkl",
        "zxcvbnm1",
        "1q2w3e4r",
        "1q2w3e4r5t",
        "q1w2e3r4",
        "1qaz2wsx",
        "zaq12wsx",
        "йцукенгш",
        "йцукен12",
        "йцукен123",
        "йцукенгшщз",
        "фывапрол",
        "фывапролд",
        "abcdefgh",
        "abcd1234",
        "abc12345",
        "a1234567",
        "12345678a",
        "letmein1",
        "iloveyou",
        "welcome1",
        "admin123",
        "administrator",
        "moscow777",
        "moskva777",
        "москва777",
        "москва123",
        "россия123",
        "rossiya1",
        "спартак1",
        "spartak1",
        "спартак1922",
        "zenit123",
        "dinamo123",
        "football",
        "баскетбол",
        "schoolschool",
        "школа123",
        "школа1234",
        "шкoла123",
        "shkola123",
        "учитель1",
        "ученик123",
        "uchitel1",
        "minecraft",
        "майнкрафт",
        "roblox123",
        "бравлстарс",
        "brawlstars",
        "pokemon1",
        "starwars",
        "superman",
        "batman12",
        "princess",
        "солнышко",
        "solnyshko",
        "любовь123",
        "lubov123",
        "мамапапа",
        "mamapapa",
        "маmа1234",
        "привет12",
        "привет123",
        "privet123",
        "11223344",
        "12341234",
        "12344321",
        "87654321",
        "98765432",
        "13579246",
        "24681012",
        "01012010",
        "19451945",
        "20202020",
        "20252025",
        "20262026",
    ]
)
"""What people choose first, eight signs and longer. Written by us: enough to stop a classmate's guess."""
_ROWS = ("0123456789012345678909876543210987654321", "qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхъфывапролджэячсмитьбю")


def weakness(password: str, login: str = "") -> str | None:
    """``short``, ``login`` (the same as the login), ``common``, or None for a good enough password."""
    plain = password.strip().casefold()
    if len(password) < LEAST:
        return "short"
    if login and plain in {login.casefold(), login.casefold()[::-1], login.casefold() * 2}:
        return "login"
    if plain in COMMON or len(set(plain)) < 3 or any(plain in row for row in _ROWS):
        return "common"
    return None


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def verify(kept: str | None, password: str) -> bool:
    """Whether ``password`` is right. An unknown login costs the same time as a known one."""
    try:
        return _hasher.verify(kept or _NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)
