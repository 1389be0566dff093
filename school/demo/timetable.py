"""A weekly timetable without clashes: teachers and classes are in one place at a time. Pure but for the chance given."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass

DAYS = (1, 2, 3, 4, 5)
SLOTS = tuple(range(1, 9))
MOST_MOVES = 40


@dataclass(frozen=True, slots=True)
class Load:
    """A subject of a class: so many hours a week by these teachers at once (two, where the class is halved)."""

    school_class: str
    subject: str
    hours: int
    teachers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """One weekly hour of a load."""

    load: Load
    day: int
    slot: int


def place(loads: list[Load], chance: random.Random, tries: int = 400) -> list[Placed]:
    """Put every hour somewhere; raises ``RuntimeError`` if that can't be found."""
    for _ in range(tries):
        placed = _try(loads, chance)
        if placed is not None:
            return without_gaps(placed)
    raise RuntimeError("no timetable without clashes was found")


def without_gaps(placed: list[Placed]) -> list[Placed]:
    """The same hours with the free ones between a class's lessons filled from the end of the day, where teachers can come then.

    Where the teacher of the last lessons cannot, an earlier lesson goes there and makes room. The Monday talk stays.
    """
    board = _Board(placed)
    for _ in range(MOST_MOVES):
        filled = [board.fill_one(day, lessons) for (_name, day), lessons in board.by_day.items()]
        if not any(filled):
            break
    return [one for lessons in board.by_day.values() for one in lessons.values()]


class _Board:
    """Lessons by class and day, and when teachers are taken."""

    def __init__(self, placed: list[Placed]) -> None:
        self.by_day: dict[tuple[str, int], dict[int, Placed]] = defaultdict(dict)
        self.busy = {(teacher, one.day, one.slot) for one in placed for teacher in one.load.teachers}
        for one in placed:
            self.by_day[one.load.school_class, one.day][one.slot] = one

    def fill_one(self, day: int, lessons: dict[int, Placed]) -> bool:
        """Fill the first free hour of a class's day; whether that could be done."""
        gap = next((slot for slot in SLOTS if slot not in lessons and slot < max(lessons)), None)
        if gap is None:
            return False
        later = sorted((slot for slot in lessons if slot > gap), reverse=True)
        earlier = [slot for slot in sorted(lessons) if slot < gap and lessons[slot].load.subject != "talks"]
        for last in later:
            if self._can(lessons[last], day, gap):
                self._move(lessons, last, gap)
                return True
        for slot in earlier:
            last = next((one for one in later if self._can(lessons[one], day, slot)), 0)
            if last and self._can(lessons[slot], day, gap):
                self._move(lessons, slot, gap)
                self._move(lessons, last, slot)
                return True
        return False

    def _can(self, one: Placed, day: int, slot: int) -> bool:
        return not any((teacher, day, slot) in self.busy for teacher in one.load.teachers)

    def _move(self, lessons: dict[int, Placed], slot: int, to: int) -> None:
        one = lessons.pop(slot)
        self.busy -= {(teacher, one.day, slot) for teacher in one.load.teachers}
        self.busy |= {(teacher, one.day, to) for teacher in one.load.teachers}
        lessons[to] = Placed(one.load, one.day, to)


def _try(loads: list[Load], chance: random.Random) -> list[Placed] | None:
    hours = Counter({(load.school_class): 0 for load in loads})
    for load in loads:
        hours[load.school_class] += load.hours
    busy_teacher: dict[int, Counter[int]] = defaultdict(Counter)
    for load in loads:
        for teacher in load.teachers:
            busy_teacher[teacher][0] += load.hours
    taken: set[tuple[object, int, int]] = set()
    on_day: Counter[tuple[str, str, int]] = Counter()
    length: Counter[tuple[str, int]] = Counter()
    placed: list[Placed] = []
    order = [load for load in loads for _ in range(load.hours)]
    weight = {load: max(busy_teacher[t][0] for t in load.teachers) + 10 * len(load.teachers) for load in loads}
    order.sort(key=lambda load: (-weight[load], chance.random()))
    for load in order:
        choice = _best(load, hours, taken, on_day, length, chance)
        if choice is None:
            return None
        day, slot = choice
        taken.add((load.school_class, day, slot))
        taken.update((teacher, day, slot) for teacher in load.teachers)
        on_day[load.school_class, load.subject, day] += 1
        length[load.school_class, day] += 1
        placed.append(Placed(load, day, slot))
    return placed


def _best(
    load: Load,
    hours: Counter[str],
    taken: set[tuple[object, int, int]],
    on_day: Counter[tuple[str, str, int]],
    length: Counter[tuple[str, int]],
    chance: random.Random,
) -> tuple[int, int] | None:
    """The free place that keeps days even and subjects apart; the Monday talk is first on Monday."""
    most = -(-hours[load.school_class] // len(DAYS))
    found: list[tuple[float, int, int]] = []
    for day in DAYS:
        if length[load.school_class, day] >= most or on_day[load.school_class, load.subject, day] >= -(
            -load.hours // 5
        ):
            continue
        for slot in SLOTS[:most]:
            if load.subject == "talks" and (day, slot) != (1, 1):
                continue
            if load.subject != "talks" and (day, slot) == (1, 1):
                continue
            if (load.school_class, day, slot) in taken or any((t, day, slot) in taken for t in load.teachers):
                continue
            found.append((length[load.school_class, day] + slot / 10 + chance.random(), day, slot))
    if not found:
        return None
    _, day, slot = min(found)
    return day, slot
