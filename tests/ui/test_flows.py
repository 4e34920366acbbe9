"""The journeys of a first day through the real window, once, within their budgets of clicks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT


@pytest.fixture
def display(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Environment of a display of its own where there is one to be had, else of none."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    try:
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def test_every_journey_ends_within_its_clicks(display: dict[str, str], tmp_path: Path) -> None:
    environment = {
        **os.environ,
        **display,
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(tmp_path),
        "TIP_WORKBENCH_BACKUPS": "off",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.flows"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    assert [line["journey"] for line in told] == [
        "first_run", "messy_file", "next_year", "proof", "journalist", "correct",
    ], done.stderr[-2000:]  # fmt: skip
    for line in told:
        assert line["fault"] == "", line
        assert line["problems"] == [], line
        assert line["clicks"] <= line["budget"], line
        assert line["platform"] == display["QT_QPA_PLATFORM"]
