"""Numbers as pupils write them: comma or point, «3/4», «1 3/4», «1 200», «−5», «2·10⁻³», «0,(3)»."""

import re
from fractions import Fraction

MAX_LENGTH = 64
MAX_EXPONENT = 60

_MINUSES = str.maketrans(dict.fromkeys("−–—‒﹣-", "-"))
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f\u2007]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
    "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_WHOLE = r"(?:\d{1,3}(?: \d{3})+|\d+)"
_FRACTION = re.compile(rf"(?:(?P<whole>{_WHOLE}) )?(?P<top>{_WHOLE}) ?/ ?(?P<bottom>{_WHOLE})", re.ASCII)
_DECIMAL = re.compile(rf"(?P<whole>{_WHOLE})?(?:[.,](?P<part>\d*)(?:\((?P<period>\d+)\))?)?", re.ASCII)
_POWER = re.compile(r" ?(?:[·*×xх∙•⋅] ?10 ?\^? ?\(?(?P<ten>-?\d+)\)?|[eEеЕ](?P<e>[+-]?\d+))$", re.ASCII)
_BARE_POWER = re.compile(r"10 ?\^ ?\(?(?P<ten>-?\d+)\)?", re.ASCII)


class NotANumber(ValueError):
    """The text is not one number."""


def read_number(text: str) -> Fraction:
    """The exact value of a number written by a pupil; raises `NotANumber`.

    The comma is decimal, as in Russian schools: «1,234» is one and a bit. A space groups thousands only
    before exactly three digits, so «1 3/4» is a mixed number and «1 23» is not a number.
    """
    if len(text) > MAX_LENGTH:
        raise NotANumber(text)
    plain = _plain(text)
    sign, rest = (-1, plain[1:].lstrip()) if plain.startswith("-") else (1, plain.removeprefix("+").lstrip())
    bare = _BARE_POWER.fullmatch(rest)
    if bare:
        return sign * _power_of_ten(bare["ten"])
    scale = Fraction(1)
    power = _POWER.search(rest)
    if power:
        rest, scale = rest[: power.start()], _power_of_ten(power["ten"] or power["e"])
    return sign * _unsigned(rest) * scale


def write_number(value: Fraction) -> str:
    """The number in Russian school notation: a decimal of up to six places where exact, else a fraction."""
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size.denominator == 1:
        return f"{sign}{size.numerator}"
    scaled = size * 10**6
    if scaled.denominator == 1:
        whole, part = divmod(scaled.numerator, 10**6)
        return f"{sign}{whole},{part:06d}".rstrip("0")
    whole, top = divmod(size.numerator, size.denominator)
    return f"{sign}{whole} {top}/{size.denominator}" if whole else f"{sign}{top}/{size.denominator}"


def _plain(text: str) -> str:
    for sign, written in _VULGAR.items():
        text = text.replace(sign, f" {written}")
    text = re.sub(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: "10^" + found[1].translate(_SUPERSCRIPTS), text)
    return _SPACES.sub(" ", text.translate(_MINUSES).replace("⁄", "/")).strip()


def _unsigned(text: str) -> Fraction:
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        bottom = _integer(fraction["bottom"])
        if bottom == 0:
            raise NotANumber(text)
        return Fraction(_integer(fraction["top"]), bottom) + _integer(fraction["whole"])
    decimal = _DECIMAL.fullmatch(text)
    if not decimal or not (decimal["whole"] or decimal["part"]):
        raise NotANumber(text)
    part, period = decimal["part"] or "", decimal["period"] or ""
    value = _integer(decimal["whole"]) + Fraction(int(part or 0), 10 ** len(part))
    if period:
        value += Fraction(int(period), (10 ** len(period) - 1) * 10 ** len(part))
    return value


def _integer(digits: str | None) -> int:
    return int((digits or "0").replace(" ", ""))


def _power_of_ten(exponent: str) -> Fraction:
    if len(exponent) > 4 or abs(int(exponent)) > MAX_EXPONENT:
        raise NotANumber(exponent)
    return Fraction(10) ** int(exponent)
