"""Real logs are dirty; one chance a row comes out whatever comes in."""

import random
from pathlib import Path

import pytest
from flask import Flask

from school.tracks.logs import AnswerLog, BadLog, read_log
from school.tracks.replay import foretell
from tests.school.mastery.answers import Town, auc, calibration_error


def log_of(text: str) -> AnswerLog:
    return read_log(text.splitlines(keepends=True))


def test_the_answer_itself_is_never_looked_at() -> None:
    """Turning the answers from a row on changes no chance up to that row."""
    rng = random.Random(4)
    rows = [(rng.randrange(5), rng.randrange(12), rng.randrange(2)) for _ in range(900)]

    def told(from_row: int) -> list[float]:
        text = "".join(f"{p},{i},{i % 3},{1 - y if n >= from_row else y},{n}\n" for n, (p, i, y) in enumerate(rows))
        return foretell(log_of("pupil,item,skill,correct,timestamp\n" + text))

    straight, turned = told(900), told(700)
    assert straight[:701] == turned[:701]
    assert straight[701:] != turned[701:]


def test_training_rows_are_told_first_and_help() -> None:
    town = Town(pupils=60)
    rows = [
        f"{p},{i},{town.skill(i)},{y},{at:.0f},{'train' if p < 40 else 'test'}\n" for p, i, y, at in town.answers(60)
    ]
    kept = [n for n, row in enumerate(rows) if row.endswith("test\n")]
    answers = [int(rows[n].split(",")[3]) for n in kept]
    head = "pupil,item,skill,correct,timestamp"
    trained = foretell(log_of(f"{head},split\n" + "".join(rows)))
    alone = foretell(log_of(f"{head}\n" + "".join(rows[n].rpartition(",")[0] + "\n" for n in kept)))
    assert auc(answers, [trained[n] for n in kept]) > auc(answers, alone) + 0.01
    assert calibration_error(answers, [trained[n] for n in kept]) < 0.05


@pytest.mark.parametrize(
    ("times", "timed"),
    [
        (["0", "1", "2", "3"], False),
        (["10", "12", "13", "14"], False),
        (["1262304000", "1262304060", "1262390460", "1262390999"], True),
        (["0", "120", "86400", "90000"], True),
        (["0.5", "1.5", "2.5", "3.5"], True),
        (["", "", "", ""], False),
        (["2010-01-01 10:00:00", "2010-01-01T10:05:00", "2010-01-02 10:00:00+00:00", "2010-01-03"], True),
    ],
)
def test_moments_are_told_from_places_in_a_row(times: list[str], timed: bool) -> None:
    assert log_of("pupil,item,skill,correct,timestamp\n" + "".join(f"p,i,s,1,{at}\n" for at in times)).timed is timed


def test_pupils_numbered_by_themselves_and_pupils_by_the_second() -> None:
    head = "pupil,item,skill,correct,timestamp\n"
    rows = [(p, n) for n in range(1, 30) for p in "abc"]
    assert not log_of(head + "".join(f"{p},i,s,1,{n}\n" for p, n in rows)).timed
    assert log_of(head + "".join(f"{p},i,s,1,{n * 60}\n" for p, n in rows)).timed


def test_milliseconds_are_thousandths() -> None:
    log = log_of("pupil,item,skill,correct,timestamp\np,i,s,1,1565096190868\np,i,s,1,1565096250868\n")
    assert log.times[1] - log.times[0] == pytest.approx(60)


def test_what_is_missing_or_odd() -> None:
    log = log_of(
        "\ufeffcorrect,extra,pupil,Item,skill,timestamp\n1.0,x,p,i,a;b;a,1\n\n0,x,p,,nan,2\n,x,q,j,,3\ntrue,x,q,j,c,4\n"
    )
    assert log.correct == [1, 0, -1, 1]
    assert log.skills == [("a", "b"), (), ("c",)]
    assert len(foretell(log)) == 4
    assert foretell(log_of("pupil,item,correct\n")) == []


@pytest.mark.parametrize("text", ["", "pupil,item\n", "pupil,item,correct\np,i\n", "pupil,item,correct\np,i,perhaps\n"])
def test_a_file_that_is_no_log_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadLog):
        log_of(text)


def test_rows_come_out_in_the_order_of_the_file(app: Flask, tmp_path: Path) -> None:
    log, out = tmp_path / "log.csv", tmp_path / "chances.csv"
    log.write_text("pupil,item,skill,correct,timestamp\n" + "p,late,s,1,1262390460\np,early,s,1,1262304000\n")
    result = app.test_cli_runner().invoke(args=["tracks", "replay", str(log), "--out", str(out)])
    assert result.exit_code == 0, result.output
    head, late, early = out.read_text().split()
    assert head == "probability"
    assert float(late) > float(early)
    log.write_text("nothing\n")
    result = app.test_cli_runner().invoke(args=["tracks", "replay", str(log), "--out", str(out)])
    assert result.exit_code == 1
    assert "missing" in result.output
