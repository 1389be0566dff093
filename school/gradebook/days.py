"""Days in words, each made once: a grid has sixty of them, and the general formatter takes its time."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date, get_month_names


@lru_cache(maxsize=4096)
def day_and_month(day: date, locale: str) -> str:
    """«12 сентября», "12 September"."""
    return f"{day.day} {get_month_names('wide', locale=locale)[day.month]}"


@lru_cache(maxsize=4096)
def weekday_and_day(day: date, locale: str) -> str:
    """«вторник, 24 ноября», "Tuesday, 24 November"."""
    return f"{format_date(day, 'EEEE', locale=locale)}, {day_and_month(day, locale)}"


@lru_cache(maxsize=64)
def month(number: int, locale: str) -> str:
    """«сентябрь», "September"."""
    return str(get_month_names("wide", context="stand-alone", locale=locale)[number])


@lru_cache(maxsize=256)
def full_day(day: date, locale: str) -> str:
    """«1 сентября 2026», "1 September 2026"."""
    return f"{day_and_month(day, locale)} {day.year}"


def short(day: date) -> str:
    """«12.09»."""
    return f"{day.day:02}.{day.month:02}"
