"""One-time codes that a person types from paper. Pure, but for chance.

Only letters that Russian and Latin write alike, and digits that look like no letter: whichever keyboard layout is on, what
is typed is what was printed. Twelve signs of seventeen are 49 bits: enough against guessing over the network.
"""

import hashlib
import hmac
import secrets

ALPHABET = "AEHKMPCTXY2345679"
LENGTH = 12
_ALIKE = str.maketrans("АЕЁНКМРСТХУВБЗЧSZG", "AEEHKMPCTXYB634526")


def new_code() -> str:
    """A fresh code, without dashes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As printed: «AK7M-H3XP-29CT»."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(text: str) -> str | None:
    """The code meant by what was typed, in either alphabet, case and spacing; None when it can't be one."""
    typed = "".join(sign for sign in text.upper().translate(_ALIKE) if sign.isalnum())
    return typed if len(typed) == LENGTH and set(typed) <= set(ALPHABET) else None


def code_hash(code: str, secret: str) -> bytes:
    """What the database keeps of a code."""
    return hmac.digest(secret.encode(), b"access code " + code.encode(), hashlib.sha256)
