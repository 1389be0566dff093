"""Units of measure that pupils write after a number, and how they turn into one another."""

from fractions import Fraction

# dimension -> {unit as written: how many of the first one it holds}
_FAMILIES: dict[str, dict[str, str]] = {
    "length": {"м": "1", "км": "1000", "дм": "1/10", "см": "1/100", "мм": "1/1000"},
    "area": {
        "м²": "1", "км²": "1000000", "дм²": "1/100", "см²": "1/10000", "мм²": "1/1000000",
        "га": "10000", "а": "100",
    },
    "volume": {
        "м³": "1", "дм³": "1/1000", "см³": "1/1000000", "мм³": "1/1000000000",
        "л": "1/1000", "мл": "1/1000000",
    },
    "mass": {"кг": "1", "г": "1/1000", "мг": "1/1000000", "т": "1000", "ц": "100"},
    "time": {"с": "1", "мин": "60", "ч": "3600", "сут": "86400", "мс": "1/1000"},
    "speed": {"м/с": "1", "км/ч": "5/18", "м/мин": "1/60", "км/с": "1000", "см/с": "1/100", "км/мин": "50/3"},
    "density": {"кг/м³": "1", "г/см³": "1000"},
    "force": {"Н": "1", "кН": "1000", "мН": "1/1000", "МН": "1000000"},
    "pressure": {"Па": "1", "гПа": "100", "кПа": "1000", "МПа": "1000000"},
    "energy": {"Дж": "1", "кДж": "1000", "МДж": "1000000", "мДж": "1/1000"},
    "power": {"Вт": "1", "кВт": "1000", "МВт": "1000000", "мВт": "1/1000"},
    "moment": {"Н·м": "1", "Н·см": "1/100"},
    "stiffness": {"Н/м": "1", "Н/см": "100", "кН/м": "1000"},
    "angle": {"°": "1", "′": "1/60"},
    "share": {"%": "1"},
    "money": {"р.": "1", "тыс. р.": "1000"},
    "information": {"бит": "1", "байт": "8", "Кбайт": "8192", "Мбайт": "8388608", "Гбайт": "8589934592"},
    "temperature": {"°C": "1"},
    "pieces": {"шт.": "1"},
}  # fmt: skip
_SYNONYMS = {
    "р": "р.", "руб": "р.", "руб.": "р.", "рублей": "р.", "рубля": "р.", "рубль": "р.", "₽": "р.",
    "градус": "°", "градуса": "°", "градусов": "°", "град": "°",
    "процент": "%", "процента": "%", "процентов": "%",
    "сек": "с", "секунд": "с", "секунды": "с", "минут": "мин", "минуты": "мин",
    "час": "ч", "часа": "ч", "часов": "ч", "метр": "м", "метра": "м", "метров": "м",
    "шт": "шт.", "штук": "шт.", "штуки": "шт.", "литр": "л", "литра": "л", "литров": "л",
    "грамм": "г", "граммов": "г", "грамма": "г", "°с": "°C", "°c": "°C",
    "бита": "бит", "битов": "бит", "байта": "байт", "байтов": "байт",
    "кб": "Кбайт", "кбайт": "Кбайт", "мбайт": "Мбайт", "гбайт": "Гбайт",
}  # fmt: skip
_KNOWN = {unit: (family, Fraction(size)) for family, units in _FAMILIES.items() for unit, size in units.items()}


def _tidy(unit: str) -> str:
    unit = unit.replace("^", "").replace(" ", "").replace("*", "·").replace("º", "°")
    for plain, raised in (("2", "²"), ("3", "³")):
        unit = unit.replace(plain, raised)
    return unit.replace("тыс.", "тыс. ")


def known_unit(written: str) -> str | None:
    """The unit as textbooks write it, or None. Capital letters matter only where they must (мВт and МВт)."""
    tidy = _tidy(written)
    candidates = (
        tidy,
        tidy.removesuffix("."),
        _SYNONYMS.get(tidy.lower(), ""),
        _SYNONYMS.get(tidy.lower().rstrip("."), ""),
    )
    for candidate in candidates:
        if candidate in _KNOWN:
            return candidate
    alike = [unit for unit in _KNOWN if unit.lower() == tidy.lower().removesuffix(".")]
    return alike[0] if len(alike) == 1 else None


def turn(value: Fraction, given: str, wanted: str) -> Fraction | None:
    """The same quantity in another unit, or None when the units measure different things."""
    family, size = _KNOWN[given]
    wanted_family, wanted_size = _KNOWN[wanted]
    return value * size / wanted_size if family == wanted_family else None
