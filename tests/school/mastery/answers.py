"""Pupils that exist only as arithmetic: levels, topics, items, and answers drawn from them. They learn by practice, each at a pace."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

DAY = 86_400.0


@dataclass
class Town:
    """Pupils with a level and a knack for each topic; items with a hardness around their topic's."""

    pupils: int = 40
    skills: int = 6
    items: int = 8
    seed: int = 7
    levels: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        draw = random.Random(self.seed)
        self.levels = [draw.gauss(0, 1) for _ in range(self.pupils)]
        self.knacks = [[draw.gauss(0, 0.5) for _ in range(self.skills)] for _ in range(self.pupils)]
        self.hard = [draw.gauss(0, 0.9) for _ in range(self.skills * self.items)]
        self.pace = [draw.uniform(0.0, 0.12) for _ in range(self.pupils)]
        self.draw = draw

    def skill(self, item: int) -> int:
        return item // self.items

    def answers(self, each: int, wrong_key: int = -1) -> Iterator[tuple[int, int, int, float]]:
        """Pupil, item, correct, moment: every pupil answers once an hour, ``each`` times."""
        knacks = [list(row) for row in self.knacks]
        for hour in range(each):
            for pupil in range(self.pupils):
                item = self.draw.randrange(len(self.hard))
                z = self.levels[pupil] + knacks[pupil][self.skill(item)] - self.hard[item]
                correct = int(self.draw.random() < 1 / (1 + math.exp(-z)))
                knacks[pupil][self.skill(item)] += self.pace[pupil]
                yield pupil, item, 1 - correct if item == wrong_key else correct, hour * 3600.0 + pupil


def auc(answers: list[int], chances: list[float]) -> float:
    ranked = sorted(zip(chances, answers, strict=True))
    ones = sum(answers)
    ranks = sum(place for place, (_p, y) in enumerate(ranked, 1) if y)
    return (ranks - ones * (ones + 1) / 2) / (ones * (len(answers) - ones))


def calibration_error(answers: list[int], chances: list[float], bins: int = 15) -> float:
    sums = [[0.0, 0.0] for _ in range(bins)]
    for y, p in zip(answers, chances, strict=True):
        one = sums[min(bins - 1, int(p * bins))]
        one[0] += p
        one[1] += y
    return sum(abs(p - y) for p, y in sums) / len(answers)
