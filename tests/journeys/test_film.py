"""A film from an author's computer to a pupil's phone, through a real MinIO that goes away in the middle."""

import re
import struct
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from content_library.storage.s3 import S3Address, S3Storage
from tests.browser import PHONE, errors_of, person
from tests.content_library.making import film
from tests.journeys.authors import begin_unit, choose, course_of, hand_in, publish
from tests.journeys.facts import number
from tests.living import School
from tests.machines import MINIO_PASSWORD, MINIO_USER, find_minio, free_port, running_minio

PART = 5 * 1024 * 1024
LATER = re.compile("partNumber=[23]")
SECONDS = 180
FAR = 150
"""A second that nobody has come to by watching."""


@dataclass
class Minio:
    """A MinIO that can be stopped and started again with what it holds."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: ExitStack = field(default_factory=ExitStack)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.running.enter_context(running_minio(self.folder, self.port))

    def stop(self) -> None:
        self.running.close()


@pytest.fixture
def minio(tmp_path: Path) -> Iterator[Minio]:
    if find_minio() is None:
        pytest.skip("MinIO not found")
    (tmp_path / "minio").mkdir()
    one = Minio(tmp_path / "minio")
    one.start()
    yield one
    one.stop()


@pytest.fixture
def on_minio(school: School, minio: Minio) -> School:
    """The demo school with its files in MinIO; the demo's own pictures stay behind, nobody opens them here."""
    store = S3Storage(S3Address(minio.address, "school", MINIO_USER, MINIO_PASSWORD))
    store.make_bucket()
    store.close()
    school.stop()
    school.environment.update(
        S3_ENDPOINT=minio.address, S3_BUCKET="school", S3_ACCESS_KEY=MINIO_USER, S3_SECRET_KEY=MINIO_PASSWORD
    )
    return school.start()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Three minutes of a picture a second, in three parts to send: most of it is a box that players pass over."""
    path = film(tmp_path / "Рычаг.mp4", "-preset", "ultrafast", size="1280x720", seconds=SECONDS, rate=1)
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 2 * PART, b"free") + bytes(2 * PART - 8))
    return path


@pytest.mark.journey
def test_a_film_through_a_storage_that_goes_away(
    on_minio: School, minio: Minio, browser: Browser, sent: Path, tmp_path: Path
) -> None:
    school = on_minio
    subject, year, _ = course_of(school, "teacher", "pupil")
    author = person(browser, school.address, "teacher")
    unit = begin_unit(author, "video", "Рычаг", subject=subject, year=year, body="Следите за плечами сил.")

    minio.stop()
    choose(author, sent)
    state = author.locator("[data-upload-words]")
    expect(state).to_contain_text("Хранилище файлов не отвечает")
    author.get_by_role("button", name="Остановить").click()
    expect(state).to_contain_text("Остановлено")
    author.get_by_role("button", name="Продолжить").click()
    expect(state).to_contain_text("Хранилище файлов не отвечает")
    author.route(LATER, lambda route: route.abort("internetdisconnected"))
    minio.start()
    author.wait_for_function(
        "(share) => Math.abs(document.querySelector('[data-upload-progress]').value - share) < 1",
        arg=100 * PART / sent.stat().st_size,
        timeout=40_000,
    )
    author.on("dialog", lambda dialog: dialog.accept())
    author.goto("/library")
    author.unroute(LATER)
    author.goto(f"{unit}/edit")

    expect(author.get_by_text("«Рычаг.mp4» отправлен не целиком")).to_be_visible()
    forgotten = "() => Object.keys(localStorage).filter((key) => key.startsWith('upload:')).length"
    assert author.evaluate(forgotten) == 1
    puts: list[str] = []
    author.on("request", lambda request: puts.append(request.url) if request.method == "PUT" else None)
    choose(author, sent)
    expect(author.get_by_text("Видео: готово")).to_be_visible(timeout=60_000)
    assert sorted(url.partition("partNumber=")[2][0] for url in puts) == ["2", "3"], "the first part was kept"
    assert all(url.startswith(minio.address) for url in puts)
    assert number(school, "SELECT count(*) FROM library_upload") == 1
    assert author.evaluate(forgotten) == 0

    words = tmp_path / "words.vtt"
    words.write_text("WEBVTT\n\n00:00.000 --> 03:00.000\nДлинное плечо сильнее\n")
    choose(author, words, "subtitles")
    # In the list: the control of the form shows the same name before anything is sent.
    expect(author.locator(".row-title", has_text="words.vtt")).to_be_visible()
    author.wait_for_load_state()
    hand_in(author, unit)
    methodologist = person(browser, school.address, "methodologist")
    publish(methodologist, unit, "Рычаг")

    pupil = person(browser, school.address, "pupil", PHONE)
    watch(pupil, minio, unit)
    watch_while_the_storage_is_away(pupil, minio, unit)
    watch_as_safari_does(browser, school, unit)
    for one in (author, methodologist, pupil):
        away = [error for error in errors_of(one) if "503" not in error]
        assert away == []
        one.context.close()


AS_SAFARI = """() => {
  Object.defineProperty(Navigator.prototype, 'vendor', {get: () => 'Apple Computer, Inc.'});
  const own = HTMLMediaElement.prototype.canPlayType;
  HTMLMediaElement.prototype.canPlayType = function (type) { return /mpegurl/i.test(type) ? 'maybe' : own.call(this, type) };
}"""


def watch_as_safari_does(browser: Browser, school: School, unit: str) -> None:
    """A browser of Apple's plays the pieces by itself: it gets the playlist, and our player is never loaded."""
    page = person(browser, school.address, "pupil")
    page.context.add_init_script(f"({AS_SAFARI})()")
    scripts: list[str] = []
    page.on("request", lambda one: scripts.append(one.url) if one.resource_type == "script" else None)
    page.goto(unit)
    page.locator("video").evaluate("(video) => { video.play().catch(() => {}); }")
    expect(page.locator("video[data-pieces=native]")).to_be_visible()
    assert "/film.m3u8" in page.locator("video").evaluate("(video) => video.src")
    assert any("/instruments/film" in url for url in scripts) and not any("/hls-" in url for url in scripts)
    page.context.close()


def watch(page: Page, minio: Minio, address: str) -> None:
    """Two renditions of three minutes, pieces by their ranges from MinIO, a leap to the end, subtitles, and where one stopped."""
    pieces: list[Request] = []
    page.on("request", lambda one: pieces.append(one) if one.url.startswith(minio.address) else None)
    page.goto(address)
    video = page.locator("video")
    assert not pieces or all("image" in str(one.resource_type) for one in pieces), (
        "nothing of the film before it is wanted"
    )
    video.evaluate("(video) => { video.muted = true; video.play().catch(() => {}); }")
    expect(page.locator("video[data-pieces=hls]")).to_be_visible()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    assert SECONDS - 2 < video.evaluate("(video) => video.duration") < SECONDS + 2
    before = len(pieces)
    video.evaluate("(video, far) => { video.currentTime = far; }", FAR)
    page.wait_for_function("(far) => document.querySelector('video').currentTime > far + 0.5", arg=FAR)
    assert video.evaluate("(video) => video.buffered.length") == 2, "what was leapt over is not fetched"
    leapt = [one for one in pieces[before:] if one.headers.get("range")]
    assert leapt and all(answer is not None and answer.status == 206 for answer in map(Request.response, leapt))
    with page.expect_response(lambda answer: "/watched" in answer.url and answer.ok):
        video.evaluate("(video) => video.pause()")
    ranges = [one.headers.get("range", "") for one in pieces if one.resource_type in {"xhr", "fetch"}]
    assert ranges and all(one.startswith("bytes=") for one in ranges)
    assert video.evaluate("(video) => video.textTracks[0].cues[0].text") == "Длинное плечо сильнее"
    options = page.locator("[data-film-quality] option").all_inner_texts()
    assert options[1:] == ["480p", "720p"]
    page.reload()
    expect(page.locator("[data-film-went-on]")).to_contain_text(re.compile("продолжится с 2:3"))
    assert page.locator("[data-film-seen] rect").count() == 2


def watch_while_the_storage_is_away(page: Page, minio: Minio, address: str) -> None:
    """The page is whole, the film says so kindly, and goes on by itself when the storage is back."""
    minio.stop()
    page.goto(address)
    expect(page.locator("article")).to_contain_text("Следите за плечами сил.")
    page.locator("video").evaluate("(video) => { video.muted = true; video.play().catch(() => {}); }")
    expect(page.get_by_text("Видео сейчас не загружается")).to_be_visible()
    minio.start()
    page.wait_for_function(f"() => document.querySelector('video').currentTime > {FAR}", timeout=60_000)
    expect(page.get_by_text("Видео сейчас не загружается")).to_be_hidden()
