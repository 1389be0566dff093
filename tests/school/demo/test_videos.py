"""Teaching videos: short, small, subtitled, the same each time."""

import re
from pathlib import Path

import pytest

from content_library.video import facts_of
from school.demo.unit_files import read_units
from school.demo.videos import FILMS, Film, FilmFailed, film, record
from school.demo.videos.board import Board
from school.demo.videos.fonts import runs, typeface

every_film = pytest.mark.parametrize("one", FILMS.values(), ids=FILMS)


def test_every_film_has_its_unit() -> None:
    assert {unit.video for unit in read_units() if unit.kind == "video"} == set(FILMS)


@every_film
def test_a_film_is_short_small_and_plays(one: Film, tmp_path: Path) -> None:
    recording = record(one)
    (tmp_path / "film.mp4").write_bytes(recording.video)
    facts = facts_of(tmp_path / "film.mp4")
    assert 8 <= facts.seconds <= 15
    assert (facts.width, facts.height, facts.has_sound) == (1280, 720, False)
    assert len(recording.video) < 400_000
    assert recording.poster.startswith(b"\xff\xd8\xff")
    assert recording.subtitles.startswith(b"WEBVTT\n")


@every_film
def test_captions_follow_each_other_and_can_be_read(one: Film) -> None:
    ends = 0.0
    for caption in one.captions:
        assert ends <= caption.start < caption.end <= one.seconds
        assert len(caption.words) / (caption.end - caption.start) <= 20, "letters a second"
        ends = caption.end
    times = re.findall(r"\d\d:\d\d\.\d{3}", film.subtitles(one.captions).decode())
    assert times == sorted(times)


@every_film
def test_a_frame_comes_out_the_same_each_time(one: Film) -> None:
    frames = []
    for _ in range(2):
        board = Board()
        one.paint(board, one.state(one.poster_at))
        frames.append(board.frame().tobytes())
    assert frames[0] == frames[1]


def test_letters_are_drawn_by_a_face_that_has_them() -> None:
    assert runs("2 Н · 10 см") == [("latin", "2 "), ("cyrillic", "Н "), ("latin", "· 10 "), ("cyrillic", "см")]
    unknown = typeface("cyrillic", 40, 450).getmask("\uffff")
    for letter in "ЖжЁё":
        assert bytes(typeface("cyrillic", 40, 450).getmask(letter)) != bytes(unknown)


def test_what_ffmpeg_says_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "RATE", 0)
    with pytest.raises(FilmFailed, match="framerate"):
        record(FILMS["lever"])
