"""What an author hears before publishing, kind by kind."""

from typing import Any

import pytest

from content_library.kinds import PACKAGE_TYPE, Contents, FileFacts, problems
from content_library.models import FileRole, UnitKind

VIDEO = FileFacts(FileRole.BODY, "video/mp4")
PACKAGE = FileFacts(FileRole.BODY, PACKAGE_TYPE)
PDF = FileFacts(FileRole.BODY, "application/pdf")
GOOD = {"title": "Т", "summary": "С", "minutes": 10, "topics": 1}


@pytest.mark.parametrize(
    ("kind", "says", "expected"),
    [
        ("textbook", {}, ["no_text"]),
        ("textbook", {"body_markdown": "Текст"}, []),
        ("textbook", {"files": [PDF]}, []),
        ("assignment", {"body_markdown": "  "}, ["no_task"]),
        ("assignment", {"body_markdown": "№ 5"}, []),
        ("assignment", {"points": [1]}, []),
        ("test", {}, ["no_items"]),
        ("test", {"points": [0, 0]}, ["no_points"]),
        ("test", {"points": [0, 1]}, []),
        ("presentation", {}, ["no_slides"]),
        ("presentation", {"files": [PDF]}, []),
        ("presentation", {"details": {"slides": ["Раз"]}}, []),
        ("video", {}, ["no_video", "video_without_subtitles"]),
        ("video", {"files": [PDF], "details": {"silent": "Без слов"}, "body_markdown": "Пересказ"}, ["no_video"]),
        ("video", {"files": [VIDEO], "body_markdown": "Пересказ"}, ["video_without_subtitles"]),
        ("video", {"files": [VIDEO], "details": {"silent": " "}}, ["video_without_subtitles"]),
        ("video", {"files": [VIDEO], "details": {"silent": "Говорит только музыка"}}, ["silent_without_text"]),
        ("video", {"files": [VIDEO], "details": {"silent": "Музыка"}, "body_markdown": "Рычаг качается."}, []),
        ("video", {"files": [VIDEO, FileFacts(FileRole.SUBTITLES, "text/vtt")]}, []),
        ("package", {}, ["no_package", "keyboard_not_said"]),
        ("package", {"files": [PACKAGE]}, ["keyboard_not_said"]),
        ("package", {"files": [PACKAGE], "details": {"keyboard": "whole"}}, []),
        ("package", {"files": [PACKAGE], "details": {"keyboard": "words"}}, ["keyboard_without_text"]),
        ("package", {"files": [PACKAGE], "details": {"keyboard": "words"}, "body_markdown": "Посчитайте."}, []),
        ("scenario", {}, ["no_stages"]),
        ("scenario", {"details": {"stages": "раз"}}, ["no_stages"]),
        ("scenario", {"details": {"stages": [{"minutes": 5}]}}, ["stage_without_title"]),
        ("scenario", {"details": {"stages": [{"title": "Начало"}]}}, ["stage_without_minutes"]),
        ("scenario", {"details": {"stages": [{"title": "Начало", "minutes": 5}]}}, []),
    ],
)
def test_of_a_kind(kind: str, says: dict[str, Any], expected: list[str]) -> None:
    assert problems(UnitKind(kind), Contents(**{**GOOD, **says})) == expected


def test_of_every_kind() -> None:
    bare = Contents(title=" ", files=[FileFacts(FileRole.PICTURE, "image/png", alt=" ")], body_markdown="Текст")
    assert problems(UnitKind.TEXTBOOK, bare) == [
        "no_title",
        "no_summary",
        "no_topic",
        "no_minutes",
        "picture_without_alt",
    ]
