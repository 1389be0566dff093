"""The pupil model in figures: `make bench-model SIMULATOR=FOLDER`.

- a replay of simulated answers: AUC, calibration and speed beside plain Elo;
- answers a second through the database (PostgreSQL, one process): an answer a transaction, and five;
- with a folder that holds the simulator (sim.py, run_sim.py; needs numpy): its logs too, and the nine cells, three shapes of learning
  × three strengths of forgetting, each against homework that is the same for all.
"""

import argparse
import importlib
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from content_library import shelf
from school.app import create_app
from school.core import clock, migrating
from school.core.config import Settings
from school.core.database import db, new_id, write_engine
from school.core.transactions import unit_of_work
from school.mastery.actions import InSubject, Told, learn_answers
from school.mastery.estimate import elo
from school.mastery.estimate.honesty import judge
from school.mastery.estimate.learner import Learner
from school.people.models import Member
from tests import machines
from tests.factories import Make
from tests.school.mastery.answers import Town

SECRET = "a secret of the benchmark, long enough to be one"
ROOT = Path(__file__).parents[1]
Log = Iterable[tuple[Any, Any, tuple[Any, ...], int, float]]
"""Pupil, item, topics, correct, moment."""
LEAST_GAIN, MOST_ECE, SLOPE = 0.005, 0.02, (0.9, 1.1)
LEAST_PURE, LEAST_STORED = 5_000, 400


def main() -> None:
    """Measure and print; fails when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulator", type=Path)
    parser.add_argument("--worlds", default="20,21,22,23")
    parser.add_argument("--pupils", default="30")
    parser.add_argument("--answers", type=int, default=200_000)
    asked = parser.parse_args()
    over = _replay("own answers", _own(asked.answers), 0.0)
    if asked.simulator:
        sys.path.insert(0, str(asked.simulator))
        over += _replay("simulator, at random", _simulated("random", asked.answers), LEAST_GAIN)
        _replay("simulator, same for all", _simulated("same", asked.answers), 0.0)
    over += _stored()
    if asked.simulator:
        _cells(asked.simulator, asked.worlds, asked.pupils)
    if over:
        raise SystemExit("over the limit: " + "; ".join(over))


def _own(answers: int) -> Iterator[tuple[Any, Any, tuple[Any, ...], int, float]]:
    town = Town(pupils=400, skills=40, items=25)
    for pupil, item, correct, at in town.answers(answers // 400):
        yield pupil, item, (town.skill(item),), correct, at * 12


def _simulated(policy: str, answers: int) -> Log:
    sim = importlib.import_module("sim")
    rows = []
    for world in range(100, 100 + math.ceil(answers / 24_000)):
        made, log = sim.World(seed=world), []
        sim.run(made, sim.Cohort(made, 60, seed=1000 + world, g0=0.24), policy, log=log, seed=50 + world)
        rows += [((world, p), (world, i), tuple((world, k) for k in ks), y, t) for p, i, ks, y, t in log]
    return sorted(rows, key=lambda row: (row[4], row[0]))[:answers]


def _replay(name: str, log: Log, least_gain: float) -> list[str]:
    learner = Learner()
    plain: list[float] = []
    ours: list[float] = []
    answers: list[int] = []
    spent = 0.0
    for pupil, item, skills, correct, at in log:
        level = learner.item(item, skills)
        plain.append(elo.expected(elo.strength(learner.pupil(pupil), level.skills), elo.hardness(level), level.guess))
        began = time.process_time()
        ours.append(learner.predict(pupil, item, at))
        learner.update(pupil, item, correct, at)
        spent += time.process_time() - began
        answers.append(correct)
    we, elo_alone, speed = judge(answers, ours), judge(answers, plain), len(answers) / spent
    gain, ece, slope = we.auc - elo_alone.auc, we.ece, we.slope
    print(
        f"{name:24} n {we.n}  AUC {we.auc:.4f} (plain Elo {elo_alone.auc:.4f}, {gain:+.4f})"
        f"  ECE {ece:.4f} ({elo_alone.ece:.4f})  slope {slope:.2f} ({elo_alone.slope:.2f})  {speed:,.0f} answers/s",
        flush=True,
    )
    wrong = {
        "gain": gain < least_gain,
        "ECE": ece > MOST_ECE,
        "slope": not SLOPE[0] <= slope <= SLOPE[1],
        "speed": speed < LEAST_PURE,
    }
    return [f"{name}: {what}" for what, is_wrong in wrong.items() if is_wrong]


def _stored() -> list[str]:
    if machines.find_postgres() is None:
        print("PostgreSQL is not found: the path through the database is not measured")
        return []
    with machines.running_postgres() as url, tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), url, SECRET)
        migrating.upgrade(settings)
        app = create_app(settings)
        app.testing = True
        with app.app_context():
            make = Make(app)
            one, five = _rate(make, 1), _rate(make, 5)
            db.session.remove()
            write_engine().dispose()
    print(
        f"through PostgreSQL       {one:,.0f} answers/s with a transaction an answer, {five:,.0f} with five answers in each"
    )
    return [] if five >= LEAST_STORED else ["answers through the database"]


def _rate(make: Make, each: int, transactions: int = 1_500) -> float:
    course = make.course(pupils=25)
    pupils: list[Member] = make.pupils_of(course)
    subject = make.subject()
    topics = [make.topic(subject, title=f"Тема {n}").id for n in range(20)]
    single = {"kind": "single", "prompt": "?", "options": ["1", "2", "3"], "key": [0], "why": "!"}
    items = [item.id for item in shelf.items_of(db.session(), make.task(subject.id, items=(single,) * 60))]
    whose = [InSubject(pupil.school_id, pupil.id, subject.id) for pupil in pupils]
    rng, now = random.Random(1), clock.now().timestamp()
    told = [
        [
            Told(new_id(), rng.choice(items), (rng.choice(topics),), rng.random() < 0.7, now + k * 86_400.0 + n * 60, 1 / 3)
            for n in range(each)
        ]
        for k in range(transactions)
    ]  # fmt: skip
    done = 0
    began = time.monotonic()
    for k, answers in enumerate(told):
        with unit_of_work():
            done += learn_answers(None, whose[k % len(whose)], answers)
        db.session.remove()
    return done / (time.monotonic() - began)


def _cells(folder: Path, worlds: str, pupils: str) -> None:
    for shape in ("zpd", "flat", "success"):
        for forget in ("0.3", "1", "2"):
            print(f"-- {shape}, forgetting {forget}", flush=True)
            run = [sys.executable, str(folder / "run_sim.py"), "school.tracks.plugin:create"]
            subprocess.run(
                [*run, "--worlds", worlds, "--shape", shape, "--forget", forget, "--pupils", pupils],
                cwd=ROOT,
                check=True,
            )


if __name__ == "__main__":
    main()
