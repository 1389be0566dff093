"""Numbers as files write them, exactly."""

import re
from fractions import Fraction

_DECIMAL = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,2})?")
_RATIO = re.compile(r"[+-]?\d{1,30}\s*/\s*\d{1,30}")


def number_in(text: str | None) -> Fraction | None:
    """The number that a text is, with a point or a comma; None when it is none."""
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", (text or "").strip()).replace("−", "-").replace("–", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if _DECIMAL.fullmatch(plain):
        return Fraction(plain)
    if _RATIO.fullmatch(plain):
        top, bottom = (int(part) for part in plain.split("/"))
        return Fraction(top, bottom) if bottom else None
    return None


def written(value: Fraction) -> str:
    """A number as files write it: with a point where it is exact, else as a fraction."""
    scaled = value * 10**12
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(abs(scaled.numerator), 10**12)
    tail = f".{part:012d}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole}{tail}"


_KNOWN_SHARES = sorted(
    {Fraction(top, bottom) for bottom in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20) for top in range(bottom + 1)}
)


def share_of_percent(text: str | None) -> Fraction | None:
    """A share written in per cent. Programs round thirds to 33.33333: what is that near is the third."""
    value = number_in(text)
    if value is None:
        return None
    exact = value / 100
    for known in _KNOWN_SHARES:
        if abs(abs(exact) - known) < Fraction(1, 20000):
            return known if exact >= 0 else -known
    return exact


def unrounded(share: Fraction) -> Fraction:
    """The simple fraction that a decimal of twelve places was meant to be."""
    simple = share.limit_denominator(60)
    return simple if abs(simple - share) < Fraction(1, 10**9) else share


def percent_of(share: Fraction) -> str:
    """A share in per cent, with the five places that Moodle writes."""
    return f"{float(share * 100):.5f}".rstrip("0").rstrip(".")
