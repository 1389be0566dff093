"""Days and times in words: «во вторник, 24 ноября», «сегодня», «10:40»."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date
from flask import Flask

from school.core import clock
from school.core.languages import gettext as _
from school.core.languages import language

_ON_WEEKDAY_RU = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")


def day_words(day: date, today: date | None = None) -> str:
    """«сегодня», «завтра», «вчера», else «во вторник, 24 ноября»."""
    today = today or clock.today()
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((day - today).days)
    return str(near) if near else on_day(day)


def on_day(day: date) -> str:
    """«во вторник, 24 ноября»; "on Tuesday, 24 November"."""
    if language() == "ru":
        return f"{_ON_WEEKDAY_RU[day.weekday()]}, {day_in('d MMMM', day, 'ru')}"
    return f"on {day_in('EEEE, d MMMM', day, 'en')}"


def day_title(day: date) -> str:
    """«Вторник, 24 ноября»: a heading."""
    text = day_in("EEEE, d MMMM", day, language())
    return text[0].upper() + text[1:]


def short_day(day: date) -> str:
    """«24 нояб.», for narrow places."""
    return day_in("d\N{NO-BREAK SPACE}MMM", day, language())


@lru_cache(maxsize=4096)
def day_in(pattern: str, day: date, locale: str) -> str:
    """A day by a CLDR pattern, each made once: the formatter takes a pattern apart anew every time."""
    return str(format_date(day, pattern, locale=locale))


def full_day(day: date) -> str:
    """«24 ноября 2026»: a day of any year."""
    return day_in("d MMMM y", day, language())


def clock_time(moment: datetime) -> str:
    """«10:40», Moscow."""
    local = clock.local(moment)
    return f"{local.hour}:{local.minute:02}"


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def init_app(app: Flask) -> None:
    """Give templates the words of days and times as filters."""
    app.jinja_env.filters.update(
        day_words=day_words,
        on_day=on_day,
        day_title=day_title,
        short_day=short_day,
        full_day=full_day,
        clock_time=clock_time,
    )
