"""Settings from the environment: defaults that start, and a plain sentence for every wrong one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from school.core.config import BadSettings, read_settings


def test_an_empty_environment_starts_a_laptop(tmp_path: Path) -> None:
    settings = read_settings({"DATA_DIR": str(tmp_path)})
    assert settings.is_sqlite
    assert settings.port == 8000
    assert len(settings.secret_key) == 64
    assert read_settings({"DATA_DIR": str(tmp_path)}).secret_key == settings.secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "70000", "from 1 to 65535"),
        ("PORT", "eighty", "whole number"),
        ("HTTPS", "perhaps", "yes or no"),
        ("DATABASE_URL", "mysql://localhost/x", "postgresql://"),
        ("REDIS_URL", "localhost", "redis://"),
        ("SECRET_KEY", "short", "32 characters"),
        ("LOG_FORMAT", "xml", "text, json"),
        ("QUIET_MINUTES", "-1", "from 0 to 240"),
        ("CLOCK", "2026-11-24T10:40", "with its zone"),
        ("CLOCK", "noon", "CLOCK"),
        ("S3_ENDPOINT", "minio:9000", "http://"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings({"DATA_DIR": str(tmp_path), name: value})
    assert any(name.split("_", maxsplit=1)[0] in one and words in one for one in refused.value.problems), (
        refused.value.problems
    )


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings({"DATA_DIR": str(tmp_path), "PORT": "x", "POOL_SIZE": "0"})
    assert len(refused.value.problems) == 2


def test_secrets_do_not_show(tmp_path: Path) -> None:
    settings = read_settings({"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 40})
    assert "ssss" not in repr(settings)


def test_the_clock_may_run_from_a_moment(tmp_path: Path) -> None:
    settings = read_settings({"DATA_DIR": str(tmp_path), "CLOCK": "2026-11-24T10:40+03:00"})
    assert settings.clock == datetime(2026, 11, 24, 7, 40, tzinfo=UTC)


def test_postgres_addresses_get_their_driver(tmp_path: Path) -> None:
    settings = read_settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://u:p@h/db"})
    assert settings.database_url == "postgresql+psycopg://u:p@h/db"
