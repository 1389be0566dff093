"""How much homework of all subjects an evening may hold, by year level: dated, because the rule changes with its document."""

from datetime import date

_SINCE_2021 = {1: 60, 2: 90, 3: 90, 4: 120, 5: 120, 6: 150, 7: 150, 8: 150, 9: 210, 10: 210, 11: 210}

EVENINGS: tuple[tuple[date, dict[int, int]], ...] = ((date(2021, 3, 1), _SINCE_2021),)
"""First day and minutes of an evening by year level, the oldest first. СанПиН 1.2.3685-21, table 6.6."""


def evening_norm(year_level: int, on: date) -> int | None:
    """The minutes that the rules of that day allow; None for a day or a year level they say nothing of."""
    in_force = [minutes for since, minutes in EVENINGS if since <= on]
    return in_force[-1].get(year_level) if in_force else None
