"""What offices really send: the dirty files of the invented country, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sample_data import valdoria

_SIDECAR = ".expected.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class DirtyFile:
    """A file with one kind of trouble.

    Attributes:
        number: ``D01`` ... ``D30``; the two versions of SDMX-CSV share one.
        file: the file.
        twin: what a right import holds, in the layout ``workbench_long``.
        expectation: the sidecar; its keys are explained in ``valdoria/dirty/README.md``.
    """

    number: str
    file: Path
    twin: Path
    expectation: Mapping[str, Any]


def folder() -> Path:
    """The folder with the dirty files."""
    return valdoria.folder() / "dirty"


def dirty() -> tuple[DirtyFile, ...]:
    """Every dirty file with its clean twin and what to expect, by number."""
    return tuple(_described(path) for path in sorted(folder().glob(f"*{_SIDECAR}")))


def _described(sidecar: Path) -> DirtyFile:
    content = json.loads(sidecar.read_text(encoding="utf-8"))
    return DirtyFile(
        number=sidecar.name[:3],
        file=sidecar.with_name(content["file"]),
        twin=sidecar.with_name(content["clean"]),
        expectation=content,
    )
