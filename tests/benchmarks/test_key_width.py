"""The comparison of key widths still runs, on a small year, and tells both variants' figures."""

import pytest

from benchmarks import key_width


def test_small_year_on_sqlite(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(key_width, "CALLS", 10)
    monkeypatch.setattr("sys.argv", ["key_width", "--marks", "2_000", "--rounds", "1", "--folder", str(tmp_path)])
    key_width.main()
    shown = capsys.readouterr().out
    for figure in ("table, MB", "primary key, MB", "diary, MB", "journal, MB", "all, MB", "load with indexes, s"):
        assert figure in shown
    for screen in ("diary week", "term means", "journal 30 x 60", "one mark put"):
        assert f"{screen}, p50, ms" in shown
    assert list(tmp_path.iterdir()) == []


def test_postgresql_needs_an_address(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["key_width", "--database", "postgresql"])
    with pytest.raises(SystemExit):
        key_width.main()
    assert "needs --url" in capsys.readouterr().err
