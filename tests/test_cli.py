from __future__ import annotations

import re
import sys

import pytest

import cli
from tests.shell.commands import run

COMMANDS = {"prepare", "import", "batches", "revert", "export", "verify", "backup", "restore", "resolve", "locate",
            "counts", "bounds", "sum", "audit"}  # fmt: skip


def test_help_lists_every_command_and_the_exit_codes(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    result = run("--help")
    assert result.exit_code == 0
    assert set(re.findall(r"\w+", result.stdout)) >= COMMANDS
    assert {"0", "1", "2", "3"} <= set(re.findall(r"\d+", result.stdout.partition("exit code")[2]))
    assert run().stdout.strip() == result.stdout.strip()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    said = run(command, "--help").stdout
    assert f"Usage: root {command}" in said


def test_an_unknown_command_is_refused():
    result = run("publish")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "publish" in result.stderr


def test_it_runs_what_stands_in_the_command_line(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "argv", ["cli.py", "resolve", "Kampot"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 0
    assert b'"KH-7"' in capfdbinary.readouterr().out


def test_what_was_not_foreseen_ends_calmly_and_logs_no_contents(monkeypatch, capsys, data_folder):
    def fail() -> None:
        raise RuntimeError("012 555 999")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 3
    said = capsys.readouterr().err
    log = (data_folder / "errors.log").read_text(encoding="utf-8")
    assert "Traceback" not in said + log
    assert "012 555 999" not in said + log
    assert "RuntimeError" in log
    assert log.split()[0] in said
