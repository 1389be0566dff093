"""How Russian names are written and sorted. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonName:
    """A whole name, in the parts that papers have."""

    family_name: str
    given_name: str
    patronymic: str = ""

    @property
    def sort_name(self) -> str:
        """The key of a class list."""
        return sort_name(self.family_name, self.given_name, self.patronymic)

    def spoken(self, *, as_child: bool) -> str:
        """How the site addresses them: «Миша», «Ольга Сергеевна»."""
        return self.given_name if as_child else polite_name(self.given_name, self.patronymic)


def sort_name(family_name: str, given_name: str = "", patronymic: str = "") -> str:
    """The key of a class list: ё sorts as е, case and hyphens do not matter. Of a part of a name: where it begins."""
    whole = " ".join(part for part in (family_name, given_name, patronymic) if part)
    return whole.casefold().replace("ё", "е").replace("-", " ")


def full_name(family_name: str, given_name: str, patronymic: str = "") -> str:
    """«Петрова Алёна Игоревна»."""
    return " ".join(part for part in (family_name, given_name, patronymic) if part)


def short_name(family_name: str, given_name: str) -> str:
    """«Петрова Алёна», as in a journal."""
    return f"{family_name} {given_name}".strip()


def initials(family_name: str, given_name: str, patronymic: str = "") -> str:
    """«Петрова А. И.», as in a timetable. The letters stay on one line; before them a narrow cell may break."""
    letters = "\N{NO-BREAK SPACE}".join(f"{part[0]}." for part in (given_name, patronymic) if part)
    return f"{family_name} {letters}".strip()


def polite_name(given_name: str, patronymic: str) -> str:
    """«Ольга Сергеевна»: how a teacher is spoken to; the given name alone where there is no patronymic."""
    return f"{given_name} {patronymic}".strip()
