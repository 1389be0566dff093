"""What every reader must keep to."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from content_library.interchange import Refused, codec
from content_library.interchange.media import Media
from content_library.interchange.readers.contract import Reader
from content_library.interchange.reading import READERS, read
from content_library.interchange.source import Source
from tests.content_library.interchange.samples import SAMPLES, write

TAKING = [reader for reader in READERS if reader.format in SAMPLES]


def by_format(name: str) -> Reader:
    return next(reader for reader in READERS if reader.format == name)


def test_every_reader_has_a_sample() -> None:
    assert {reader.format for reader in READERS} - {"qti-test"} == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_file_has_one_reader(name: str, tmp_path: Path) -> None:
    source = Source(write(tmp_path, name))
    taking = [reader.format for reader in READERS if reader.recognises(source)]
    # A SCORM package and an embedded answer look like a package and like GIFT too; the sure sign is asked first.
    assert taking[0] == name


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_read_alike_each_time_and_survives_the_way_between_processes(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, name)
    found = read(path, tmp_path)
    assert found.things
    assert read(path, tmp_path) == found
    assert codec.load(codec.dump(found)) == found


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_nothing_runs_in_what_was_read(name: str, tmp_path: Path) -> None:
    assert "alert(" not in codec.dump(read(write(tmp_path, name), tmp_path)).replace("\\", "")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_torn_file_is_refused_or_read_in_part(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, name)
    whole = path.read_bytes()
    for size in (1, 7, len(whole) // 3, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        with suppress(Refused):
            read(path, tmp_path)


@pytest.mark.parametrize("name", ["gift", "aiken", "cloze"])
@given(text=st.text(alphabet="абA1 .\n:={}~#%-|>\\/*)(ANSWER", max_size=120))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_or_refused(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "any.txt"
    path.write_text(text or " ", encoding="utf-8")
    reader = by_format(name)
    source = Source(path)
    try:
        found = reader.read(source, Media(tmp_path)) if reader.recognises(source) else None
    except Refused:
        return
    assert found is None or found.things or found.refused


@example(place=1384, byte=0, name="package")  # a part of a zip without a name
@given(place=st.integers(0, 2000), byte=st.integers(0, 255), name=st.sampled_from(sorted(SAMPLES)))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_spoilt_byte_breaks_nothing_else(place: int, byte: int, name: str, tmp_path: Path) -> None:
    path = write(tmp_path, name)
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    path.write_bytes(data)
    with suppress(Refused):
        read(path, tmp_path)
