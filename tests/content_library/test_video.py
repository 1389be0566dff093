"""Real films through the real ffmpeg."""

from pathlib import Path

import pytest
from PIL import Image

from content_library import BadVideo, video
from tests.content_library.making import film, mark_turned


@pytest.mark.parametrize(
    ("options", "name", "size", "sound", "expected"),
    [
        (["-c:v", "libx264", "-pix_fmt", "yuv444p"], "in.mp4", "1280x720", True, (854, 480)),
        (["-c:v", "libvpx", "-b:v", "200k"], "in.webm", "200x151", False, (198, 150)),
        (["-c:v", "mpeg4"], "in.mkv", "300x600", True, (240, 480)),
    ],
)
def test_rendition_plays_everywhere(
    tmp_path: Path, options: list[str], name: str, size: str, sound: bool, expected: tuple[int, int]
) -> None:
    source = film(tmp_path / name, *options, "-metadata", "title=Секрет", size=size, sound=sound)
    target = tmp_path / "out.mp4"
    facts = video.make_rendition(source, target)
    assert (facts.width, facts.height, facts.has_sound) == (*expected, sound)
    assert facts.seconds == pytest.approx(2, abs=0.2)
    body = target.read_bytes()
    assert body.index(b"moov") < body.index(b"mdat"), "the index comes first, so that it starts at once"
    assert "Секрет".encode() not in body
    assert b"avc1" in body
    assert (b"mp4a" in body) is sound


def test_film_made_upright_stays_upright(tmp_path: Path) -> None:
    flat = film(tmp_path / "flat.mp4", size="640x360")
    turned = tmp_path / "turned.mp4"
    # Phones film flat and note that the picture is to be turned.
    mark_turned(flat, turned)
    assert (video.facts_of(turned).width, video.facts_of(turned).height) == (360, 640)
    facts = video.make_rendition(turned, tmp_path / "out.mp4")
    assert (facts.width, facts.height) == (270, 480)


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
            video.make_rendition(tmp_path / name, tmp_path / "out.mp4")
        with pytest.raises(BadVideo):
            video.make_poster(tmp_path / name, tmp_path / "out.jpg")
