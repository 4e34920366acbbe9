"""Choices of the person on this machine, kept in one INI file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSettings

from indicators.model.codes import LANGUAGES

ORGANISATION, APPLICATION = "TIP Workbench", "window"
FORMATS = ("", "en_US", "es_MX", "es_AR", "es_CO", "pt_BR", "fr_CA", "fr_HT", "en_JM")
"""Number formats offered; empty means that of the project."""
TEXT_SIZES = (100, 110, 125, 150, 175, 200)
THEMES = ("system", "light", "dark", "high_contrast")
_MOST_RECENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Language, look and number format."""

    language: str = "en"
    theme: str = "system"
    text_percent: int = 100
    country_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentFile:
    """A project opened lately, as it was then.

    Attributes:
        path: the file.
        title: name of the project.
        last_year: newest year with values; 0 when it had none.
        exists: False when the file is not where it was.
    """

    path: Path
    title: str
    last_year: int
    exists: bool


class Preferences:
    """Reads and writes the INI file.

    Args:
        file: where it is; the system's place by default.
    """

    def __init__(self, file: Path | None = None) -> None:
        ini = QSettings.Format.IniFormat
        self._settings = (
            QSettings(str(file), ini)
            if file
            else QSettings(ini, QSettings.Scope.UserScope, ORGANISATION, APPLICATION)
        )

    def choices(self) -> Choices:
        """What was chosen; the language of the system where it was not."""
        system = QLocale.system().name()[:2]
        language = str(self._settings.value("language", system))
        theme = str(self._settings.value("theme", "system"))
        size = str(self._settings.value("text_percent", "100"))
        country = str(self._settings.value("country_format", ""))
        return Choices(
            language=language if language in LANGUAGES else "en",
            theme=theme if theme in THEMES else "system",
            text_percent=min(max(int(size), 100), 200) if size.isdigit() else 100,
            country_format=country if country in FORMATS else "",
        )

    def keep(self, choices: Choices) -> None:
        """Write the choices."""
        self._settings.setValue("language", choices.language)
        self._settings.setValue("theme", choices.theme)
        self._settings.setValue("text_percent", str(choices.text_percent))
        self._settings.setValue("country_format", choices.country_format)
        self._settings.sync()

    def sizes(self, name: str) -> list[int]:
        """Sizes of the columns of a screen as they were left; empty at the first time."""
        parts = str(self._settings.value(f"sizes_{name}", "")).split("-")
        return [int(part) for part in parts if part.isdigit()]

    def keep_sizes(self, name: str, sizes: list[int]) -> None:
        """Keep the sizes of the columns of a screen."""
        self._settings.setValue(f"sizes_{name}", "-".join(str(size) for size in sizes))

    def author(self) -> str:
        """Name of the person, typed once; empty until then."""
        return str(self._settings.value("author", ""))

    def keep_author(self, name: str) -> None:
        """Keep the name of the person."""
        if name:
            self._settings.setValue("author", name)
            self._settings.sync()

    def recent(self) -> tuple[RecentFile, ...]:
        """Projects opened lately, newest first."""
        rows = self._settings.value("recent", [])
        lines = rows if isinstance(rows, list) else [rows] if rows else []
        found = []
        for line in lines:
            path, title, year = (*str(line).split("\t"), "", "0")[:3]
            file = Path(path)
            last = int(year) if year.isdigit() else 0
            found.append(RecentFile(path=file, title=title, last_year=last, exists=file.is_file()))
        return tuple(found)

    def remember(self, path: Path, title: str, last_year: int) -> None:
        """Put a project at the top of the list."""
        others = [row for row in self.recent() if row.path != path][: _MOST_RECENT - 1]
        lines = [f"{path}\t{title}\t{last_year}"]
        lines += [f"{row.path}\t{row.title}\t{row.last_year}" for row in others]
        self._settings.setValue("recent", lines)
        self._settings.sync()

    def keep_window(self, geometry: QByteArray, state: QByteArray) -> None:
        """Keep size, place and docks of the window."""
        self._settings.setValue("geometry", geometry)
        self._settings.setValue("state", state)
        self._settings.sync()

    def window(self) -> tuple[QByteArray | None, QByteArray | None]:
        """Size and docks as they were left; None at the first start."""
        geometry, state = self._settings.value("geometry"), self._settings.value("state")
        return (
            geometry if isinstance(geometry, QByteArray) else None,
            state if isinstance(state, QByteArray) else None,
        )

    def keep_context(self, area: str, first_year: int, last_year: int) -> None:
        """Keep the area and years looked at."""
        self._settings.setValue("context", f"{area}\t{first_year}\t{last_year}")

    def context(self) -> tuple[str, int, int]:
        """Area and years of the last time; empty and zero at the first start."""
        area, first, last = (*str(self._settings.value("context", "")).split("\t"), "", "")[:3]
        return area, int(first) if first.isdigit() else 0, int(last) if last.isdigit() else 0
