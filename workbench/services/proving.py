"""Running reference cases: those in a folder, or the few that ship inside the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import N_
from indicators.proof import CaseResult, run_case
from workbench.errors import UserFileError
from workbench.progress import SILENT, Progress

CASES = Path(__file__).parent / "cases"
"""The cases that ship inside the program; each names the publication its numbers come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReport:
    """What became of all reference cases of a folder."""

    cases: tuple[CaseResult, ...]

    def count(self, outcome: str) -> int:
        """How many cases ended that way."""
        return sum(case.outcome == outcome for case in self.cases)

    @property
    def is_clean(self) -> bool:
        """Whether there are cases and all of them passed."""
        return bool(self.cases) and self.count("passed") == len(self.cases)

    def fields(self) -> dict[str, object]:
        """The keys that the command line prints as JSON."""
        return {
            "cases": [
                {
                    "id": case.id,
                    "method": case.method,
                    "outcome": case.outcome,
                    "checks": case.checks,
                    "failures": list(case.failures),
                }
                for case in self.cases
            ],
            "passed": self.count("passed"),
            "failed": self.count("failed"),
            "unsupported": self.count("unsupported"),
        }


def verify(folder: str | Path | None = None, *, progress: Progress = SILENT) -> ProofReport:
    """Recompute the reference cases of a folder.

    Every ``*.json`` directly in the folder that has a method and expected values is a case; other
    JSON files are no cases. Data files lie in the same folder.

    Args:
        folder: where the cases lie; None for those inside the program.
        progress: told after each case.

    Raises:
        UserFileError: the folder or a case cannot be read, or holds no case.
    """
    where = CASES if folder is None else Path(folder)
    if not where.is_dir():
        raise UserFileError(N_("“{name}” is not a folder."), path=where)
    cases = [case for path in sorted(where.glob("*.json")) for case in _case(path)]
    if not cases:
        raise UserFileError(N_("“{name}” holds no reference cases."), path=where)
    results = []
    for done, case in enumerate(cases, start=1):
        results.append(run_case(case, lambda name: _data(where, name)))
        progress.report(done, len(cases))
    return ProofReport(cases=tuple(results))


def _case(path: Path) -> tuple[Mapping[str, object], ...]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise UserFileError(
            N_("“{name}” cannot be read as a reference case."), path=path
        ) from fault
    if not isinstance(content, dict) or "method" not in content or "expected" not in content:
        return ()
    return ({"id": path.stem, **content},)


def _data(folder: Path, name: str) -> str:
    """Text of a data file; only files of the case's own folder are read."""
    path = folder / name
    if not name or path.name != name or not path.is_file():
        raise UserFileError(
            N_("The data file “{name}” is not in the folder of the case."), path=path
        )
    return path.read_text(encoding="utf-8")
