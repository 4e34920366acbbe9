"""One open project a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.services.workspace import Workspace, create


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new project of the sample country."""
    with create(tmp_path / "w.tipw", area="XVA") as workspace:
        yield workspace
