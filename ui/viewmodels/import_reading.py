"""Questions of the import window to the services, and their answers in words; called in workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import N_
from ui.viewmodels import import_recipe
from ui.viewmodels.import_choices import choice_lines
from ui.viewmodels.import_recipe import PERSONAL, Recipe
from ui.viewmodels.import_state import (
    CHECK,
    FILE,
    ColumnLine,
    MarkLine,
    NameLine,
    SheetLine,
)

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from workbench.services.import_steps import OpenName
    from workbench.services.imports import Preview
    from workbench.services.workspace import Workspace

SURE, LIKELY = 0.9, 0.6
READ_WORDS = {
    "not_available": N_("missing"),
    "not_applicable": N_("not applicable"),
    "confidential": N_("hidden"),
    "blank": N_("no value"),
    "zero": "0",
}
_OWN_TEXT_ROLES = ("value", "period")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person says the table stands; ``header_row`` 0 lets the program find it."""

    header_row: int = 0
    header_rows: int = 1
    footer_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A look at a file.

    Attributes:
        asked: the look without answers; its questions stay those to answer.
        recipe: answers so far.
        fields: fields of the state.
        roles: role by header.
        wide: years stand in columns.
        repeated: headers that stand twice.
        dataset: source of an earlier import of the layout.
    """

    asked: Preview
    recipe: Recipe
    fields: Mapping[str, Any]
    roles: Mapping[str, str]
    wide: bool
    repeated: tuple[str, ...]
    dataset: str = ""


def first_look(
    ws: Workspace,
    path: Path,
    sheet: str,
    place: Place,
    answers: Mapping[str, str] | None = None,
) -> Seen:
    """Look at a file nobody mapped yet; the mapping of an earlier import of its layout is offered.

    Args:
        ws: open project.
        path: the file.
        sheet: name of the sheet; empty lets the program choose.
        place: where the table stands.
        answers: what a person picked, by key of the question.
    """
    from workbench.services import import_steps, imports

    asked = import_steps.look(
        path,
        sheet=sheet or None,
        header_row=place.header_row,
        header_rows=place.header_rows,
        footer_rows=place.footer_rows,
        answers=answers,
    )
    choices = choice_lines(asked)
    is_fresh = not place.header_row and not answers
    earlier = import_steps.known(ws, asked) if is_fresh else None
    if earlier is not None:
        seen = look_again(path, asked, earlier.recipe)
        known = _known_words(ws, earlier)
        fields = {**seen.fields, "known": known, "offered": True, "step": FILE, "choices": ()}
        return _with(seen, fields, dataset=earlier.dataset)
    recipe = imports.with_learned(ws, asked.recipe, _source(path, asked.recipe, ""))
    seen = look_again(path, asked, recipe, shown=asked)
    if asked.preset:
        open_ones = any(line.on_file for line in choices)
        fields = {**seen.fields, "known": _preset_words(asked), "offered": False}
        fields |= {"choices": choices, "step": FILE if open_ones else CHECK}
        return _with(seen, fields)
    fresh = {"step": FILE, "known": "", "offered": False, "choices": choices}
    return _with(seen, {**fresh, **seen.fields})


def _with(seen: Seen, fields: Mapping[str, Any], dataset: str = "") -> Seen:
    from dataclasses import replace

    return replace(seen, fields=fields, dataset=dataset)


def look_again(path: Path, asked: Preview, recipe: Recipe, shown: Preview | None = None) -> Seen:
    """Look with the answers given so far."""
    from workbench.services import imports

    if shown is None:
        shown = imports.preview(path, sheet=asked.sheet or None, recipe=recipe)
    sheet = next((item for item in shown.sheets if item.name == shown.sheet), None)
    first = next((item for item in asked.sheets if item.name == asked.sheet), None)
    columns = () if sheet is None else sheet.columns
    sure = {} if first is None else {item.name: item.confidence for item in first.columns}
    personal = tuple(
        item.name for item in (() if first is None else first.columns) if item.role == PERSONAL
    )
    roles = {item.name: PERSONAL if item.name in personal else item.role for item in columns}
    wide = recipe.layout == "wide"
    repeated = tuple(
        str(question.data["column"])
        for question in asked.questions
        if question.code == "repeated_header"
    )
    questions = import_recipe.open_questions(
        recipe, asked, {name: role for name, role in roles.items() if name}, wide=wide
    )
    open_columns = {question.column for question in questions if question.column}
    fields = {
        "about": _about(shown),
        "size": _size(path),
        "sheets": tuple(SheetLine(name=s.name, hidden=s.hidden) for s in shown.sheets if s.name),
        "sheet": shown.sheet,
        "first_rows": () if first is None else first.first_rows,
        "header_row": _header_row(asked, first),
        "header_rows": asked.recipe.reading.header_rows,
        "footer_rows": asked.recipe.reading.footer_rows or (first.footer_rows if first else 0),
        "columns": tuple(
            _column(item, roles[item.name], recipe, sure, open_columns)
            for item in columns
            if item.name
        ),
        "marks": _marks(columns, recipe),
        "questions": questions,
        "personal": personal,
        "oddities": tuple(remark.text for remark in shown.oddities),
        "needs": import_recipe.needs(recipe, tuple(roles)),
        "constants": tuple(sorted(recipe.constants.items())),
    }
    return Seen(
        asked=asked, recipe=recipe, fields=fields, roles=roles, wide=wide, repeated=repeated
    )


def _header_row(asked: Preview, sheet: Any) -> int:
    if sheet is None or not sheet.columns:
        return 0
    return int(sheet.header_rows) - int(asked.recipe.reading.header_rows) + 1


def _about(seen: Preview) -> str:
    from workbench.i18n import message

    parts = [message("Format: {format}.", {"format": seen.format})]
    if seen.encoding:
        parts.append(message("Letters: {encoding}.", {"encoding": seen.encoding}))
    return " ".join(parts)


def _size(path: Path) -> str:
    from workbench.i18n import message, number

    try:
        size = path.stat().st_size
    except OSError:
        return ""
    return message("{size} kB", {"size": number(max(1, round(size / 1000)))})


def _known_words(ws: Workspace, earlier: Any) -> str:
    from datetime import datetime

    from workbench.i18n import date_text, message

    when = date_text(datetime.fromisoformat(earlier.made_at).date())
    sentence = N_(
        "This looks like “{source}”, last imported on {date} from “{file}”. "
        "The same mapping can be used."
    )
    said = message(sentence, {"source": earlier.dataset, "date": when, "file": earlier.file})
    return " ".join((said, *earlier.changes))


def _preset_words(asked: Preview) -> str:
    from workbench.i18n import message

    sentence = N_("The program knows this layout (“{name}”). Nothing needs to be asked.")
    return message(sentence, {"name": asked.recipe.title or asked.recipe.name})


def _column(
    item: Any, role: str, recipe: Recipe, sure: Mapping[str, float], asked: set[str]
) -> ColumnLine:
    from workbench.i18n import _

    form = item.number_format
    chosen = import_recipe.column_of(recipe, item.name)
    if not form and role == "value" and chosen is None:
        form = recipe.year_format
    certain = sure.get(item.name, 1.0)
    words = _("sure") if certain >= SURE else _("likely") if certain >= LIKELY else _("guessed")
    return ColumnLine(
        name=item.name,
        role=import_recipe.role_key(recipe, item.name, role),
        sure="" if role == PERSONAL else words,
        form=form,
        has_numbers=role == "value",
        samples=tuple(
            (sample.text or _("(blank)"), _read(role, sample.text, sample.read, recipe))
            for sample in item.samples
        ),
        question=_("choose") if item.name in asked else "",
        fixed=role == PERSONAL,
    )


def _read(role: str, text: str, read: str, recipe: Recipe) -> str:
    from workbench.i18n import _

    if role == "ignore":
        return "–"
    if role == "value" and text in recipe.missing:
        read = recipe.missing[text]
    if role in _OWN_TEXT_ROLES:
        return _(READ_WORDS[read]) if read in READ_WORDS else read
    if role.isupper():
        from indicators.codelists import label
        from workbench.i18n import local

        named = label(role, read) if not role.startswith("N_") else None
        return local(named) if named is not None else read
    return read


def _marks(columns: Any, recipe: Recipe) -> tuple[MarkLine, ...]:
    counts: dict[str, int] = {}
    for column in columns:
        for text, count in column.missing_codes.items():
            if text:
                counts[text] = counts.get(text, 0) + count
    usual = {"x": "not_applicable", "X": "not_applicable"}
    usual |= dict.fromkeys(("c", "C", ":c", ": c"), "confidential")
    return tuple(
        MarkLine(
            text=text,
            count=count,
            kind=recipe.missing.get(text, usual.get(text, "not_available")),
        )
        for text, count in counts.items()
    )


# names and targets


def read_names(
    ws: Workspace,
    path: Path,
    recipe: Recipe,
    sheet: str,
    needs: tuple[str, ...],
    dataset: str = "",
) -> dict[str, Any]:
    """Names nobody knows, those decided before, and what they, or the whole file, could mean."""
    from workbench.services import import_steps, packs

    found = import_steps.open_names(
        ws, path, recipe, sheet=sheet or None, dataset=_source(path, recipe, dataset)
    )
    others = {role: _others(ws, role) for role in {entry.role for entry in found}}
    known = packs.catalogue(ws)
    names = tuple(_name(entry, others[entry.role], known) for entry in found)
    return {"names": names, "targets": _targets(ws, needs)}


def _source(path: Path, recipe: Recipe, dataset: str) -> str:
    """Code of the source a file belongs to when nobody said another."""
    from workbench.services import imports

    return dataset or imports.source_of(path, recipe)


def _others(ws: Workspace, role: str) -> tuple[tuple[str, str], ...]:
    """All codes a name of a role can be given, with their names."""
    if role == "area":
        return dict(_targets(ws, ("area",)))["area"]
    from workbench.services.import_names import choices_of

    return choices_of(role)


def _name(entry: OpenName, others: tuple[tuple[str, str], ...], known: Catalogue) -> NameLine:
    from workbench.presenting.naming import variable_name

    def words(code: str, name: str) -> str:
        own = variable_name(code, known) if entry.role == "variable" else named.get(code, name)
        return f"{own} ({code})" if own != code else code

    named = dict(others)
    likely = {guess.code for guess in entry.guesses}
    more = tuple((code, words(code, name)) for code, name in others if code not in likely)
    if entry.learned and entry.learned not in likely | set(named):
        more = ((entry.learned, entry.learned), *more)
    return NameLine(
        role=entry.role,
        column=entry.column,
        text=entry.text,
        count=entry.count,
        guesses=(
            *((guess.code, words(guess.code, guess.name)) for guess in entry.guesses),
            *more,
        ),
        scores=tuple(round(100 * guess.score) for guess in entry.guesses),
        learned=entry.learned,
    )


def _targets(
    ws: Workspace, needs: tuple[str, ...]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    from workbench.i18n import local
    from workbench.services import observations, packs

    made: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    if "variable" in needs:
        known = packs.catalogue(ws).variables
        named = [(code, local(variable.name)) for code, variable in known.items()]
        named += [(r.code, r.code) for r in observations.variables(ws) if r.code not in known]
        made.append(("variable", tuple(sorted(named, key=lambda pair: pair[1].casefold()))))
    if "area" in needs:
        areas = [(row.code, local(row.names) or row.code) for row in observations.areas(ws)]
        own = ws.settings.area
        if own and own not in [code for code, _name_ in areas]:
            areas.insert(0, (own, own))
        made.append(("area", tuple(areas)))
    return tuple(made)
