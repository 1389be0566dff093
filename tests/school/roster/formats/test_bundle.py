import io
import stat
import zipfile
from pathlib import Path

import pytest

from school.roster.formats.bundle import Limits, read_bundle, read_upload
from school.roster.formats.records import UnreadableError


def zipped(files: dict[str, str], top: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(top + name, text)
    return stream.getvalue()


def reason(name: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as problem:
        read_upload(name, content, limits or Limits())
    return str(problem.value.bad_row.reason)


def test_a_folder_a_file_and_a_zip_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "users.csv").write_text("a,b")
    (tmp_path / "notes.md").write_text("not a table")
    (tmp_path / ".hidden.csv").write_text("x")
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    archive = tmp_path.parent / "set.zip"
    archive.write_bytes(zipped({"users.csv": "a,b", "__MACOSX/._users.csv": "x", "readme.txt.md": ""}, top="set/"))
    assert read_bundle(tmp_path) == read_bundle(tmp_path / "users.csv") == {"users.csv": b"a,b"}
    assert read_bundle(archive) == {"set/users.csv": b"a,b"} or read_bundle(archive) == {"users.csv": b"a,b"}


def test_the_folder_around_all_files_is_dropped() -> None:
    assert list(read_upload("x.zip", zipped({"orgs.csv": "a", "users.csv": "b"}, top="export/2026/"))) == [
        "orgs.csv",
        "users.csv",
    ]


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "..\\users.csv", "C:users.csv"]
)
def test_a_zip_never_points_outside(name: str) -> None:
    assert "points outside" in reason("x.zip", zipped({name: "a"}))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"users.csv": "0" * 5_000_000})
    assert len(bomb) < 10_000
    assert "larger than 1 MB" in reason("x.zip", bomb, Limits(file_bytes=1024 * 1024))
    many = zipped({f"{number}.csv": "0" * 600_000 for number in range(4)})
    assert "larger than 1 MB" in reason("x.zip", many, Limits(all_bytes=1024 * 1024))


def test_links_in_a_zip_are_left_out() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("users.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert reason("x.zip", stream.getvalue()) == "It contains no CSV file."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (zipped({"users.csv": "a" * 100})[:80], "damaged"),
        (zipped({"xl/workbook.xml": "x"}), "Save it as CSV"),
        (zipped({"readme.md": "x"}), "no CSV file"),
    ],
    # A zip holds the moment of its making: as a test's name it would differ between processes.
    ids=["empty", "a beginning only", "cut short", "a workbook", "no table"],
)
def test_what_is_no_set(content: bytes, expected: str) -> None:
    assert expected in reason("x.zip", content)


def test_too_many_files_and_too_large_ones(tmp_path: Path) -> None:
    assert "more than 2 files" in reason("x.zip", zipped({f"{n}.csv": "a" for n in range(3)}), Limits(files=2))
    assert "larger than 0 MB" in reason("x.csv", b"abc", Limits(file_bytes=2))
    (tmp_path / "users.csv").write_text("abc")
    for path in (tmp_path, tmp_path / "users.csv"):
        with pytest.raises(UnreadableError):
            read_bundle(path, Limits(file_bytes=2, all_bytes=2))
    with pytest.raises(UnreadableError, match="no such file"):
        read_bundle(tmp_path / "nowhere")


def test_a_locked_zip() -> None:
    content = bytearray(zipped({"users.csv": "a"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in reason("x.zip", bytes(content))
