from __future__ import annotations

import getpass
import json
from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from data.periods import Period
from errors import AtlasError, ExportError, PeriodError, UnreadableFileError
from shell.console import (
    CountFormat,
    Shell,
    print_json,
    print_rows,
    print_table,
    read_bytes,
    read_period,
    signed_in_user,
    write_bytes,
)

ROWS = [{"name": "=1+1", "best": 5, "implied": None}, {"name": "Kampot", "best": None, "implied": {"value": 7}}]


class TestPeriods:
    def test_two_dates_are_a_period_and_none_is_none(self):
        assert read_period("2022-08-19", "2022-09-19") == Period(date(2022, 8, 19), date(2022, 9, 19))
        assert read_period(None, None) is None

    @pytest.mark.parametrize("ends", [("2022-08-19", None), (None, "2022-09-19"), ("", None)])
    def test_one_end_is_no_period(self, ends):
        with pytest.raises(PeriodError) as caught:
            read_period(*ends)
        assert "--from and --to" in caught.value.hint


class TestFiles:
    def test_what_was_written_is_read(self, tmp_path):
        write_bytes(tmp_path / "a.csv", b"\xe1\x9e\x80\r\n")
        assert read_bytes(tmp_path / "a.csv") == b"\xe1\x9e\x80\r\n"

    def test_a_file_that_cannot_be_read_is_named_with_the_reason(self, tmp_path):
        with pytest.raises(UnreadableFileError, match=r"absent\.csv” cannot be read: No such file"):
            read_bytes(tmp_path / "absent.csv")
        with pytest.raises(UnreadableFileError, match="cannot be read: Is a directory"):
            read_bytes(tmp_path)

    def test_a_place_that_cannot_be_written_is_named_with_the_reason(self, tmp_path):
        with pytest.raises(ExportError, match=r"out\.csv” cannot be written: No such file") as caught:
            write_bytes(tmp_path / "no" / "out.csv", b"")
        assert caught.value.hint


class TestUser:
    def test_the_signed_in_user_is_named(self, monkeypatch):
        monkeypatch.setattr(getpass, "getuser", lambda: "Dara")
        assert signed_in_user() == "Dara"

    @pytest.mark.parametrize("error", [OSError, KeyError])
    def test_a_user_without_a_name_is_the_shell(self, monkeypatch, error):
        def fail() -> str:
            raise error

        monkeypatch.setattr(getpass, "getuser", fail)
        assert signed_in_user() == "shell"


class TestAnswers:
    def test_json_is_utf_8_whatever_the_console_is(self, capfdbinary):
        print_json({"place": "កំពត", "best": None})
        written = capfdbinary.readouterr().out
        assert "កំពត".encode() in written
        assert json.loads(written) == {"place": "កំពត", "best": None}

    def test_json_has_no_numbers_that_json_does_not_know(self):
        with pytest.raises(ValueError, match="not JSON compliant"):
            print_json({"high": float("inf")})

    def test_a_table_has_a_heading_and_a_line_for_each_row(self, capsys):
        print_table(ROWS)
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == ["name", "best", "implied"]
        assert len(lines) == 3

    def test_a_table_of_nothing_is_nothing(self, capsys):
        print_table([])
        assert capsys.readouterr().out == ""

    def test_rows_in_the_form_that_is_asked_for(self, capsys):
        print_rows(ROWS, CountFormat.csv)
        assert capsys.readouterr().out.splitlines() == ["name,best,implied", "'=1+1,5,", "Kampot,,7"]
        print_rows(ROWS, CountFormat.table)
        as_table = capsys.readouterr().out
        print_table(ROWS)
        assert capsys.readouterr().out == as_table


class TestShell:
    def run(self, error: Exception):
        app = typer.Typer(cls=Shell)

        @app.command()
        def fail() -> None:
            raise error

        @app.command()
        def other() -> None:
            """A second command, so that the first has a name."""

        return CliRunner().invoke(app, ["fail"])

    def test_what_people_can_mend_is_said_in_two_lines(self):
        result = self.run(AtlasError("The store is locked.", "Try again later."))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "The store is locked.\nTry again later.\n"

    def test_without_a_hint_in_one(self):
        assert self.run(AtlasError("The store is locked.")).stderr == "The store is locked.\n"

    def test_what_was_not_foreseen_goes_on(self):
        result = self.run(RuntimeError("012 555 999"))
        assert isinstance(result.exception, RuntimeError)
        assert result.stderr == ""
