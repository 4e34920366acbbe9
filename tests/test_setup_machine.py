"""The set-up of a fresh machine: what is missing, what may be installed, what is recorded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import setup_machine
from tests.places import ROOT


def test_a_library_that_does_not_exist_is_missing() -> None:
    assert setup_machine.is_missing("libdoes-not-exist.so.9")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of Linux libraries")
def test_the_c_library_is_found() -> None:
    assert not setup_machine.is_missing("libc.so.6")


def test_without_rights_the_line_to_type_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup_machine, "root_prefix", lambda: None)

    assert setup_machine.install_system_packages(["libegl1"], "the window") is False
    assert "sudo apt-get install -y libegl1" in capsys.readouterr().out


def test_set_up_is_cheap_to_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    if not setup_machine.STAMP.is_file():
        pytest.skip("this environment was not made by the set-up script")

    def refuse(*_words: object, **_options: object) -> None:
        raise AssertionError("nothing may be started when everything is there")

    monkeypatch.setattr(subprocess, "run", refuse)
    setup_machine.prepare_environment()


def test_pinned_versions_name_no_host_and_exclude_the_broken_binding() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert "://" not in pins
    assert "PySide6_Essentials==6.11.3" in pins
    assert "!=6.12.0" in project


def test_without_a_driver_for_this_machine_the_rest_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = []

    def install(what: str, *_options: str) -> None:
        asked.append(what)
        if "encrypted" in what:
            raise subprocess.CalledProcessError(1, ["pip"])

    monkeypatch.setattr(setup_machine, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup_machine, "install_packages", install)

    setup_machine.prepare_environment()

    assert asked == [".[dev,encrypted]", ".[dev]"]
    assert "Encrypted projects cannot be opened here" in capsys.readouterr().out
    assert setup_machine.STAMP.is_file()
