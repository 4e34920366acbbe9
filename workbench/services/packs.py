"""Packs of national offices: checked, installed in the project, and part of its catalogue."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.catalog import Catalogue, Pack, load_catalogue, load_pack
from indicators.errors import N_, DefinitionError
from workbench.changes import Change
from workbench.errors import UserFileError, WorkbenchError
from workbench.i18n import system_reason
from workbench.store import definitions as store

if TYPE_CHECKING:
    from indicators.model.definition import Indicator
    from workbench.services.own_indicators import OwnIndicator
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Draft

__all__ = [
    "Catalogue",
    "InstalledPack",
    "Pack",
    "add_own_indicator",
    "catalogue",
    "check",
    "edit_own_indicator",
    "install",
    "installed",
    "remove_own_indicator",
    "uninstall",
]

KIND = "pack"
MAXIMUM_BYTES = 20_000_000
_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPack:
    """A pack of the project.

    Attributes:
        name: under which it is listed.
        sha256: hash of its text.
        installed_at: when.
        pack: what could be loaded of it, and its problems.
    """

    name: str
    sha256: str
    installed_at: str
    pack: Pack


def check(path: str | Path, ws: Workspace | None = None) -> Pack:
    """The pack of a file, with its problems; nothing is installed.

    Args:
        path: the TOML file.
        ws: project whose other packs it may build on; None for the built-in catalogue.

    Raises:
        UserFileError: the file cannot be read.
        DefinitionError: the text as a whole is no definition file.
    """
    source = Path(path)
    base = load_catalogue() if ws is None else catalogue_without(ws, pack_name(source))
    return load_pack(_text(source), source.name, base=base)


def install(
    ws: Workspace, path: str | Path, *, name: str = "", by: str = ""
) -> tuple[Change, Pack]:
    """Keep a pack in the project, or replace the one of that name; undo takes it out again.

    Blocks with problems are left out; the rest is used.

    Args:
        ws: open project.
        path: the TOML file.
        name: under which it is listed; that of the file by default.
        by: who does it.

    Raises:
        UserFileError: the file cannot be read.
        DefinitionError: nothing of the pack can be used.
    """
    source = Path(path)
    kept = name or pack_name(source)
    text = _text(source)
    pack = load_pack(text, source.name, base=catalogue_without(ws, kept))
    if pack.is_empty:
        raise pack.problems[0] if pack.problems else _nothing(source)
    with ws.write("install_pack", N_("Installed the national pack “{name}”"), by=by) as draft:
        draft.data.update(name=kept, file=source.name)
        draft.variables.update(pack.variables)
        store.install(ws.db, draft, kept, KIND, text)
    return draft.change(), pack


def uninstall(ws: Workspace, name: str, *, by: str = "") -> Change:
    """Take a pack out of the project; values of its variables stay.

    Raises:
        WorkbenchError: the project has no such pack.
    """
    found = next((entry for entry in installed(ws) if entry.name == name), None)
    if found is None:
        raise WorkbenchError(
            N_("There is no pack “{name}”."),
            hint=N_("Known: {known}."),
            name=name,
            known=", ".join(entry.name for entry in installed(ws)),
        )
    with ws.write("uninstall_pack", N_("Removed the national pack “{name}”"), by=by) as draft:
        draft.data["name"] = name
        draft.variables.update(found.pack.variables)
        store.uninstall(ws.db, draft, name)
    return draft.change()


def installed(ws: Workspace) -> tuple[InstalledPack, ...]:
    """The packs of the project, by name."""
    return _kept(ws)[1]


def catalogue(ws: Workspace | None = None) -> Catalogue:
    """The built-in catalogue with the packs of the project; kept until these change."""
    return load_catalogue() if ws is None else _kept(ws)[0]


def catalogue_without(ws: Workspace, name: str) -> Catalogue:
    """The catalogue of the project as it is without one pack: what that pack may build on."""
    stored = store.stored_definitions(ws.db)
    return _built([entry for entry in stored if entry.kind == KIND and entry.code != name])[0]


def pack_text(ws: Workspace, name: str) -> str:
    """The text of an installed pack; empty when there is none of that name."""
    stored = store.stored_definitions(ws.db)
    return next((each.text for each in stored if (each.kind, each.code) == (KIND, name)), "")


def put_text(ws: Workspace, draft: Draft, name: str, text: str) -> None:
    """Keep a text under the name of a pack, inside an open action; an empty one takes it out."""
    draft.data["name"] = name
    if text.strip():
        store.install(ws.db, draft, name, KIND, text)
    else:
        store.uninstall(ws.db, draft, name)


def add_own_indicator(
    ws: Workspace, form: OwnIndicator, *, by: str = ""
) -> tuple[Change, Indicator]:
    """Keep an indicator that a person defined in a form; undo takes it out again.

    It becomes part of the national pack ``own-indicators`` and is checked as any pack is. Names of
    inputs (``n_...``) that the project holds and nothing defines are defined with it. While a
    person types, ``own_indicators.check(ws, form)`` gives the problems without writing.

    Args:
        ws: open project.
        form: ``own_indicators.OwnIndicator(name=..., kind=..., numerator=..., denominator=...)``.
        by: who does it.

    Returns:
        The change, and the indicator as the catalogue now has it, with its code ``N-...``.

    Raises:
        DefinitionError: the form cannot be kept; ``data["field"]`` names the field, and
            ``data["formula_column"]`` the place inside a formula.
        WorkbenchError: its kind needs a pack file.
    """
    from workbench.services import own_indicators

    return own_indicators.add(ws, form, by=by)


def edit_own_indicator(
    ws: Workspace, code: str, form: OwnIndicator, *, by: str = ""
) -> tuple[Change, Indicator]:
    """Change an own indicator; undo puts the former one back.

    Translations that the pack already has stay; the language of the person is replaced. Give
    another ``form.code`` to rename it; an empty one keeps the code.

    Raises:
        DefinitionError: as ``add_own_indicator``.
        WorkbenchError: there is no own indicator of that code.
    """
    from workbench.services import own_indicators

    return own_indicators.edit(ws, code, form, by=by)


def remove_own_indicator(ws: Workspace, code: str, *, by: str = "") -> Change:
    """Take an own indicator out; values of its inputs stay, and undo puts it back.

    Raises:
        WorkbenchError: there is no own indicator of that code.
    """
    from workbench.services import own_indicators

    return own_indicators.remove(ws, code, by=by)


def pack_name(path: Path) -> str:
    """The name under which a file is kept."""
    return _NAME.sub("_", path.stem).strip("_") or KIND


def _kept(ws: Workspace) -> tuple[Catalogue, tuple[InstalledPack, ...]]:
    """The catalogue with all packs, built anew only when one of them changed."""

    def look() -> tuple[Catalogue, tuple[InstalledPack, ...]]:
        stored = [entry for entry in store.stored_definitions(ws.db) if entry.kind == KIND]
        digests = tuple((entry.code, entry.sha256) for entry in stored)
        return ws.cache.kept(("catalogue",), digests, lambda: _built(stored))

    return ws.cache.kept(("catalogue", "looked_up"), ws.any_revision(), look)


def _built(
    stored: list[store.StoredDefinition],
) -> tuple[Catalogue, tuple[InstalledPack, ...]]:
    """The catalogue with all packs; one that builds on another is read after it."""
    whole = load_catalogue()
    packs: dict[str, Pack] = {}
    waiting, is_last = list(stored), False
    while waiting:
        later = []
        for entry in waiting:
            pack = _loaded(entry, whole)
            if pack.problems and not is_last:
                later.append(entry)
            else:
                whole, packs[entry.code] = whole.with_pack(pack), pack
        is_last = len(later) == len(waiting)
        waiting = later
    found = tuple(
        InstalledPack(
            name=entry.code,
            sha256=entry.sha256,
            installed_at=entry.installed_at,
            pack=packs[entry.code],
        )
        for entry in stored
    )
    return whole, found


def _loaded(entry: store.StoredDefinition, base: Catalogue) -> Pack:
    try:
        return load_pack(entry.text, entry.code, base=base)
    except DefinitionError as error:
        # a later version of the program may read less than the one that installed it
        return Pack(name=entry.code, problems=(error,), digest=entry.sha256)


def _text(path: Path) -> str:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UserFileError(
                N_("“{path}” is a folder or a device, not a file."),
                hint=N_("Choose a definition file in TOML."),
                path=path,
            )
        if facts.st_size > MAXIMUM_BYTES:
            raise UserFileError(
                N_("“{name}” is too large for a pack."),
                hint=N_("Choose a definition file in TOML."),
                path=path,
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserFileError(
            N_("“{path}” cannot be read."),
            N_("The system says: {reason}."),
            path=path,
            reason=system_reason(error),
        ) from error
    except UnicodeDecodeError as error:
        raise UserFileError(
            N_("“{name}” is not written in UTF-8."),
            hint=N_("Save it as plain text in UTF-8."),
            path=path,
        ) from error


def _nothing(path: Path) -> UserFileError:
    return UserFileError(
        N_("“{name}” defines nothing."),
        hint=N_("A pack holds variables, indicators, code lists, targets or texts."),
        path=path,
    )


def contents(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Codes of what a pack adds or switches off, by kind."""
    return {
        "variables": tuple(pack.variables),
        "indicators": tuple(pack.indicators),
        "units": tuple(pack.units),
        "code_lists": tuple(pack.code_lists),
        "targets": tuple(pack.targets),
        "texts": tuple(pack.texts),
        "switched_off": pack.switched_off,
    }
