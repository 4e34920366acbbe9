"""What a project without content knows."""

from __future__ import annotations

import pytest

from workbench.importing.names import Names
from workbench.services.project_names import project_names
from workbench.services.workspace import create


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    with create(tmp_path_factory.mktemp("empty") / "w.tipw", area="XVA") as ws:
        return project_names(ws)
