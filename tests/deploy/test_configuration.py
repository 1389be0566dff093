"""docs/configuration.md and the deployment's files, held against the settings themselves."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from school.core.config import BadSettings, Settings, read_settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/configuration.md"


class Asked(Mapping[str, str]):
    """An empty environment that remembers what it was asked for."""

    def __init__(self, **values: str) -> None:
        self.values_given = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values_given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_given)

    def __len__(self) -> int:
        return len(self.values_given)


SERVERS = {
    "S3_ENDPOINT": "http://s3",
    "S3_BUCKET": "b",
    "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "s",
    "SMTP_URL": "smtp://mail",
    "MAIL_FROM": "a@b.example",
}


def rows() -> dict[str, tuple[str, str, str]]:
    """Variable -> default, example, what a wrong value says."""
    table = PAGE.read_text().split("## For building")[0]
    found = {}
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].startswith("`"):
            found[cells[0].strip("`")] = (cells[1], cells[2].strip("`"), cells[4].strip("`"))
    return found


def known(tmp_path: Path) -> set[str]:
    """Every variable that the settings ask for, with S3 and mail in use."""
    env = Asked(DATA_DIR=str(tmp_path), **SERVERS)
    read_settings(env)
    return env.names


def complete(tmp_path: Path, **values: str) -> dict[str, str]:
    return {"DATA_DIR": str(tmp_path / "data"), **values}


def test_every_variable_is_described_and_no_other(tmp_path: Path) -> None:
    assert set(rows()) == known(tmp_path)


@pytest.mark.parametrize("name", sorted(rows()))
def test_the_example_is_taken(tmp_path: Path, name: str) -> None:
    example = rows()[name][1]
    assert example
    settings = read_settings({**complete(tmp_path, SECRET_KEY="s" * 32), **SERVERS, name: example})
    assert settings != read_settings({**complete(tmp_path, SECRET_KEY="s" * 32), **SERVERS}), "it changes nothing"


@pytest.mark.parametrize("name", sorted(name for name, row in rows().items() if row[0].startswith("`")))
def test_the_default_is_the_default(tmp_path: Path, name: str) -> None:
    default = rows()[name][0].strip("`")
    if name in {"DATA_DIR", "S3_PUBLIC_ENDPOINT", "S3_REGION"}:
        s3 = {"S3_ENDPOINT": "http://s3", "S3_BUCKET": "b", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "s"}
        settings = read_settings({"SECRET_KEY": "s" * 32, **s3})
        assert settings.s3 is not None
        assert settings.data_dir == Path("data").absolute()
        assert (settings.s3.public_endpoint, settings.s3.region) == ("http://s3", "us-east-1")
        return
    env = complete(tmp_path, SECRET_KEY="s" * 32)
    assert read_settings({**env, name: default}) == read_settings(env)


@pytest.mark.parametrize("name", sorted(name for name, row in rows().items() if row[2]))
def test_a_wrong_value_says_what_the_page_says(tmp_path: Path, name: str) -> None:
    says = rows()[name][2]
    quoted = re.match(rf"{name}='(.*?)': ", says)
    env = complete(tmp_path)
    if quoted:
        env[name] = quoted[1]
        env.update({"S3_BUCKET": "b", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "s"} if name == "S3_ENDPOINT" else {})
    elif name == "SECRET_KEY":
        env[name] = "short"
    else:
        env.update(SERVERS)
        del env[name]
    with pytest.raises(BadSettings) as refused:
        read_settings(env)
    assert [one.replace("`", "") for one in refused.value.problems] == [says]


def test_every_field_comes_from_the_environment(tmp_path: Path) -> None:
    named = {name.lower() for name in known(tmp_path)}
    assert {name for name in Settings.__slots__ if name not in {"s3", "mail"}} <= named


def test_the_deployment_sets_only_what_exists(tmp_path: Path) -> None:
    exist = known(tmp_path)
    whole = set(_variables(ROOT / "deploy/school.env.example"))
    assert whole == exist, "school.env.example lists every variable"
    assert set(_variables(ROOT / "deploy/compose.env.example")) <= exist
    for unit in (ROOT / "deploy/systemd").glob("*.service"):
        assert set(re.findall(r"\b([A-Z0-9_]+)=(?:/|%)", unit.read_text())) <= exist, unit


def test_the_example_starts_once_the_marked_places_are_filled(tmp_path: Path) -> None:
    for name in ("school.env.example", "compose.env.example"):
        env = {**_variables(ROOT / "deploy" / name), "SECRET_KEY": "s" * 32, "DATA_DIR": str(tmp_path)}
        settings = read_settings(env)
        assert settings.s3 is not None
        assert settings.https
        assert settings.trusted_proxies == 1


def _variables(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)
