"""Text files of any program, read as text or refused."""

import re

from content_library.interchange.reasons import Refused, Why

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RUSSIAN_PAIR = re.compile(r"[а-яёА-ЯЁ]{2}")
_FOREIGN = re.compile(r"[^\x00-\x7fа-яёА-ЯЁ«»—–…№°§“”„’‘•\u00a0±·]")


def text_of(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 and UTF-32 with their marks, or the Russian Windows code page.

    Raises ``Refused`` when it is no text, or in an encoding that can't be told: a guess would spoil every letter.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(_decoded(data, name))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    guess = data.decode("cp1251", "replace")
    pairs = len(_RUSSIAN_PAIR.findall(guess))
    if not pairs or len(_FOREIGN.findall(guess)) > pairs // 10:
        raise Refused(Why.WRONG_ENCODING)
    return _clean(guess)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise Refused(Why.WRONG_ENCODING) from None


def _clean(text: str) -> str:
    if _CONTROLS.search(text):
        raise Refused(Why.WRONG_ENCODING)
    return text.replace("\r\n", "\n").replace("\r", "\n")
