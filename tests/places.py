"""Where tests find material that is not part of the repository; they skip when it is absent."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The repository."""
SHARED: Path | None = (ROOT / "../shared").resolve() if (ROOT / "../shared").is_dir() else None
"""Reference cases and real files beside the repository, or None."""
