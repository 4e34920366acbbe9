"""One open project a test, through both drivers: every test that asks for it runs twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbench.store.drivers import WORDS, needs_driver, quick_keys
from workbench.services.workspace import Workspace, create


@pytest.fixture(params=["plain", pytest.param("encrypted", marks=needs_driver)])
def words(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The passphrase of the projects of a test; None for plain ones."""
    if request.param == "plain":
        yield None
        return
    with quick_keys():
        yield WORDS


@pytest.fixture
def ws(tmp_path: Path, words: str | None) -> Iterator[Workspace]:
    """A new project of the sample country."""
    with create(tmp_path / "w.tipw", area="XVA", passphrase=words) as workspace:
        yield workspace
