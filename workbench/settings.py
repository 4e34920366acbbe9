"""Settings: one entry each, with its title and its limits.

Settings of the project travel in its file; settings of the program stay on this machine. How the
window looks is kept by the window (``ui.viewmodels.preferences``).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSettings:
    """Settings that travel in the project file.

    Attributes:
        title: name of the project as shown.
        area: code of the country.
        country_format: locale of numbers and dates, such as ``es_MX``.
        fictitious: True when all content is invented.
        threshold: counts from 1 to one below it are protected in public files.
    """

    title: str = ""
    area: str = ""
    country_format: str = "en_US"
    fictitious: bool = False
    threshold: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramSettings:
    """Settings of this machine that the command line heeds as the window does.

    Attributes:
        backups: True copies a changed project when it is closed.
        backup_folder: where these copies go; empty: the data folder of the user.
    """

    backups: bool = True
    backup_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as forms and help show it.

    Attributes:
        id: name of the field.
        title: label, marked for translation.
        scope: ``project`` or ``program``.
        low, high: limits of numbers.
    """

    id: str
    title: str
    scope: str
    low: int | None = None
    high: int | None = None


SETTINGS = (
    Setting(id="title", title=N_("Name of the project"), scope="project"),
    Setting(id="area", title=N_("Country"), scope="project"),
    Setting(id="country_format", title=N_("Format of numbers and dates"), scope="project"),
    Setting(id="fictitious", title=N_("All data are invented"), scope="project"),
    Setting(
        id="threshold",
        title=N_("Smallest count shown in public files"),
        scope="project",
        low=3,
        high=20,
    ),
    Setting(
        id="backups", title=N_("Back up a changed project when it is closed"), scope="program"
    ),
    Setting(id="backup_folder", title=N_("Folder of the backups"), scope="program"),
)
"""All settings, in the order forms show."""


def data_folder(name: str) -> Path:
    """A folder of the program in the data folder of the user; it may not be there yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir("tip-workbench", appauthor=False)) / name


def chosen_folder(variable: str) -> tuple[bool, Path | None]:
    """Whether an environment variable decides on a folder, and that folder; None for ``off``."""
    said = os.environ.get(variable)
    return said is not None, None if said in (None, "", "off") else Path(said)


def own_folder(variable: str, name: str) -> Path | None:
    """A folder of files that a person may add; None where the variable switches them off."""
    decides, folder = chosen_folder(variable)
    return folder if decides else data_folder(name)


def settings_file() -> Path:
    """Where the settings of this machine are kept."""
    import platformdirs

    return Path(platformdirs.user_config_dir("tip-workbench", appauthor=False)) / "settings.json"


BACKUPS_VARIABLE = "TIP_WORKBENCH_BACKUPS"
"""Environment variable: a folder for automatic backups, or ``off``."""


def backups_folder() -> Path | None:
    """Where automatic backups go; None when they are switched off."""
    decides, folder = chosen_folder(BACKUPS_VARIABLE)
    if decides:
        return folder
    settings = load_program_settings()
    if not settings.backups:
        return None
    if settings.backup_folder:
        return Path(settings.backup_folder)
    return data_folder("backups")


def load_program_settings(path: Path | None = None) -> ProgramSettings:
    """The settings of this machine; what is missing or does not fit keeps its default."""
    try:
        stored = json.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ProgramSettings()
    default = asdict(ProgramSettings())
    kept: dict[str, Any] = {
        name: value
        for name, value in (stored.items() if isinstance(stored, dict) else ())
        if name in default and type(default[name]) is type(value)
    }
    return ProgramSettings(**kept)


def save_program_settings(settings: ProgramSettings, path: Path | None = None) -> None:
    """Write the settings of this machine; the old file stays when that fails."""
    target = path or settings_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f"{target.name}.{os.getpid()}.new")
        temporary.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        temporary.replace(target)
    except OSError as error:
        raise UserFileError(
            N_("The settings could not be saved in “{path}”."),
            N_("The system says: {reason}."),
            N_("Check that the folder can be written."),
            path=target,
            reason=error.strerror or str(error),
        ) from error


PROJECT_FIELDS = tuple(field.name for field in fields(WorkspaceSettings))
"""Names of the settings kept in the project file."""
