"""Real films through the real ffmpeg."""

import json
from pathlib import Path

import pytest
from PIL import Image

from content_library import BadVideo, video
from content_library.renditions import NotInPieces, Rendition, main_playlist, playlist, rendition_of
from tests.content_library.making import film, mark_turned


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        (2160, (480, 720)),
        (720, (480, 720)),
        (650, (480, 650)),
        (576, (240, 480)),
        (481, (240, 480)),
        (360, (240, 360)),
        (241, (240,)),
        (151, (150,)),
    ],
)
def test_renditions_are_chosen_by_the_height(height: int, expected: tuple[int, ...]) -> None:
    assert video.heights_for(height) == expected


@pytest.mark.parametrize(
    ("options", "name", "size", "sound", "expected"),
    [
        (["-c:v", "libx264", "-pix_fmt", "yuv444p"], "in.mp4", "1280x720", True, [(854, 480), (1280, 720)]),
        (["-c:v", "libvpx", "-b:v", "200k"], "in.webm", "200x151", False, [(198, 150)]),
        (["-c:v", "mpeg4"], "in.mkv", "300x600", True, [(120, 240), (240, 480)]),
    ],
)
def test_renditions_play_everywhere(
    tmp_path: Path, options: list[str], name: str, size: str, sound: bool, expected: list[tuple[int, int]]
) -> None:
    source = film(tmp_path / name, *options, "-metadata", "title=Секрет", size=size, sound=sound, seconds=6)
    told: list[int] = []
    made = video.make_renditions(source, tmp_path, told.append)
    assert [(one.width, one.height) for _, one in made] == expected
    assert told == sorted(told) and all(0 <= percent < 100 for percent in told)
    for path, one in made:
        facts = video.facts_of(path)
        assert facts.has_sound == sound
        assert facts.seconds == pytest.approx(6, abs=0.3)
        body = path.read_bytes()
        assert body.index(b"moov") < body.index(b"mdat"), "what a player needs comes first, so that it starts at once"
        assert "Секрет".encode() not in body
        assert one.codecs.startswith("avc1.") and ("mp4a" in one.codecs) is sound
        assert [milliseconds for _, milliseconds in one.pieces] == [
            pytest.approx(4000, abs=120),
            pytest.approx(2000, abs=120),
        ]


def test_playlists_name_byte_ranges_that_are_the_pieces(tmp_path: Path) -> None:
    made = video.make_renditions(film(tmp_path / "in.mp4", size="640x360", seconds=9), tmp_path)
    for path, one in made:
        body, lines = path.read_bytes(), playlist(one, "/files/x").splitlines()
        assert f'BYTERANGE="{one.head}@0"' in lines[5]
        assert body[: one.head].count(b"moov") == 1 and b"moof" not in body[: one.head]
        ranges = [line.removeprefix("#EXT-X-BYTERANGE:").split("@") for line in lines if "X-BYTERANGE" in line]
        assert len(ranges) == 3 and lines.count("/files/x") == 3
        end = 0
        for size, start in ranges:
            assert body[int(start) + 4 : int(start) + 8] == b"moof"
            assert end in {0, int(start)}
            end = int(start) + int(size)
        assert body[end + 4 : end + 8] == b"mfra"
        assert Rendition.from_facts(json.loads(json.dumps(one.facts()))) == one
    words = main_playlist([(one, f"{one.height}.m3u8") for _, one in made])
    assert "RESOLUTION=426x240" in words and "RESOLUTION=640x360" in words and words.endswith("360.m3u8\n")


@pytest.mark.parametrize("body", [b"", b"\0\0\0\x10ftypisom\0\0\0\0", b"\0\0\0\1moov", b"not an mp4 at all"])
def test_what_is_not_in_pieces_is_said_so(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(body)
    with pytest.raises(NotInPieces):
        rendition_of(tmp_path / "a.mp4", 10, 10)


def test_film_made_upright_stays_upright(tmp_path: Path) -> None:
    flat = film(tmp_path / "flat.mp4", size="640x360")
    turned = tmp_path / "turned.mp4"
    # Phones film flat and note that the picture is to be turned.
    mark_turned(flat, turned)
    assert (video.facts_of(turned).width, video.facts_of(turned).height) == (360, 640)
    made = video.make_renditions(turned, tmp_path)
    assert [(one.width, one.height) for _, one in made] == [(136, 240), (270, 480)]


def test_poster(tmp_path: Path) -> None:
    source = film(tmp_path / "in.mp4", size="1280x720")
    video.make_poster(source, tmp_path / "poster.jpg")
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert (poster.format, poster.size) == ("JPEG", (854, 480))


def test_what_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("not a film")
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n")
    film(tmp_path / "sound.mp4", "-map", "1:a")
    for name in ("text.mp4", "list.mp4", "sound.mp4", "absent.mp4"):
        with pytest.raises(BadVideo):
            video.make_renditions(tmp_path / name, tmp_path)
        with pytest.raises(BadVideo):
            video.make_poster(tmp_path / name, tmp_path / "out.jpg")
