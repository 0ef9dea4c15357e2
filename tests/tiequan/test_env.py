from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tiequan.env import ROOT, Environment, database_from_url, read_env_file


def test_env_file_gives_names_and_values(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# a comment\n\nA=1\n B = two words \nC='x=y'\n", encoding="utf-8")

    assert read_env_file(path) == {"A": "1", "B": "two words", "C": "x=y"}


def test_env_file_that_is_missing_is_empty(tmp_path):
    assert read_env_file(tmp_path / ".env") == {}


def test_env_file_names_the_line_it_cannot_read(tmp_path):
    path = tmp_path / ".env"
    path.write_text("A=1\nnonsense\n", encoding="utf-8")

    with pytest.raises(ImproperlyConfigured, match=r"\.env, line 2"):
        read_env_file(path)


def test_environment_of_the_process_wins_over_the_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.env"
    path.write_text("TIEQUAN_SITE=public\nTIEQUAN_TODAY=2021-05-11\n", encoding="utf-8")
    monkeypatch.setenv("TIEQUAN_ENV_FILE", str(path))
    monkeypatch.setenv("TIEQUAN_SITE", "staff")

    env = Environment.load()

    assert (env.text("TIEQUAN_SITE"), env.text("TIEQUAN_TODAY")) == ("staff", "2021-05-11")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("1", True), ("ON", True), ("false", False), ("0", False), ("", False)],
)
def test_flag_reads_yes_and_no(value, expected):
    assert Environment({"X": value}).flag("X", default=not expected) is expected


def test_flag_refuses_a_value_it_does_not_know():
    with pytest.raises(ImproperlyConfigured, match="X is 'maybe'"):
        Environment({"X": "maybe"}).flag("X", default=True)


def test_choice_names_what_it_would_take():
    with pytest.raises(ImproperlyConfigured, match="public, staff, both"):
        Environment({"X": "all"}).choice("X", options=("public", "staff", "both"), default="both")


def test_names_leaves_out_what_is_empty():
    assert Environment({"X": "a.b, ,c ,"}).names("X") == ["a.b", "c"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///var/x.sqlite3", str(ROOT / "var" / "x.sqlite3")),
        ("sqlite:////srv/x.sqlite3", "/srv/x.sqlite3"),
    ],
)
def test_sqlite_address_gives_the_file_and_a_waiting_writer(url, expected):
    database = database_from_url(url)

    assert database["NAME"] == expected
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgres_address_gives_every_part():
    database = database_from_url("postgres://tie%40x:p%2Fw@db.example:5433/tiequan?sslmode=require")

    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "tiequan",
        "USER": "tie@x",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_database_of_another_kind_is_refused_with_the_two_that_work():
    with pytest.raises(ImproperlyConfigured, match="sqlite:/// or postgres://"):
        database_from_url("mysql://localhost/x")
