"""Shared fixtures: words are English before and after each test; one sample project a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import i18n
from workbench.settings import BACKUPS_VARIABLE

os.environ[BACKUPS_VARIABLE] = "off"  # programs started by tests make no backups either

os.environ["TIP_WORKBENCH_ALIASES"] = "off"  # nor do they know the names of who runs them
os.environ["TIP_WORKBENCH_PRESETS"] = "off"  # nor the presets
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file with the sample country; do not write to it (copy it first)."""
    from workbench.services import demo

    path = tmp_path_factory.mktemp("sample") / "sample.tipw"
    project, _files, _rows = demo.build_project(path)
    project.close()
    return path
