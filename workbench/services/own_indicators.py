"""Indicators that a person defines in a form: kept as one national pack of the project.

The form and the pack file are two views of one thing: what the form writes is checked by the
same loader as any pack, is listed by ``packs.installed`` under the name ``own-indicators``, and
can be taken to another project as a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from indicators.catalog import Catalogue, Pack, load_pack
from indicators.catalog.writing import indicator_block, replaced, variable_block
from indicators.errors import N_, DefinitionError, FormulaError
from indicators.model.codes import LANGUAGES, Kind
from indicators.model.definition import Indicator, Variable
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.services import packs
from workbench.services.own_forms import (
    KINDS,
    SIDED,
    OwnIndicator,
    code_of,
    definition_of,
    form_of,
    words,
)

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

PACK = "own-indicators"
"""Name of the pack that holds them."""
_OWN = re.compile(r"n_[a-z0-9_]{1,38}")

__all__ = [
    "KINDS",
    "SIDED",
    "OwnIndicator",
    "add",
    "check",
    "edit",
    "own_indicators",
    "remove",
]


def own_indicators(ws: Workspace) -> tuple[OwnIndicator, ...]:
    """The own indicators of the project as the form shows them, in order of entry."""
    pack = _pack(ws)
    return tuple(form_of(each) for each in pack.indicators.values()) if pack else ()


def check(
    ws: Workspace, form: OwnIndicator, *, instead_of: str = ""
) -> tuple[DefinitionError, ...]:
    """What is wrong with a form; empty when it can be kept. Nothing is written.

    Each error's ``data["field"]`` names the field of the form, and where the fault lies inside a
    formula ``data["formula_column"]`` the place in it, from 1.

    Args:
        ws: open project.
        form: what the person filled in.
        instead_of: code of the own indicator that is being edited.
    """
    made, text = _written(ws, form, instead_of)
    return _problems(_loaded(ws, text), made.code)


def add(ws: Workspace, form: OwnIndicator, *, by: str = "") -> tuple[Change, Indicator]:
    """Keep a new indicator in the project; see ``packs.add_own_indicator``."""
    return _keep(ws, form, "", by)


def edit(
    ws: Workspace, code: str, form: OwnIndicator, *, by: str = ""
) -> tuple[Change, Indicator]:
    """Change an own indicator; see ``packs.edit_own_indicator``."""
    _existing(ws, code)
    return _keep(ws, form, code, by)


def remove(ws: Workspace, code: str, *, by: str = "") -> Change:
    """Take an own indicator out; see ``packs.remove_own_indicator``."""
    _existing(ws, code)
    text = replaced(packs.pack_text(ws, PACK), "indicator", code, "")
    text = _without_unused(text, _loaded(ws, text))
    line = N_("Removed the own indicator “{code}”")
    with ws.write("remove_own_indicator", line, by=by, code=code) as draft:
        packs.put_text(ws, draft, PACK, text)
    return draft.change()


def _keep(ws: Workspace, form: OwnIndicator, former: str, by: str) -> tuple[Change, Indicator]:
    made, text = _written(ws, form, former)
    pack = _loaded(ws, text)
    for problem in _problems(pack, made.code):
        raise problem
    text = _without_unused(text, pack)
    if former:
        action, line = "edit_own_indicator", N_("Changed the own indicator “{code}”")
    else:
        action, line = "add_own_indicator", N_("Added the own indicator “{code}”")
    with ws.write(action, line, by=by, code=made.code) as draft:
        draft.variables.update(pack.variables)
        packs.put_text(ws, draft, PACK, text)
    return draft.change(), pack.indicators[made.code]


def _problems(pack: Pack, code: str) -> tuple[DefinitionError, ...]:
    """What concerns the indicator or its inputs; faults of other blocks are told elsewhere."""
    own = tuple(each for each in pack.problems if each.data.get("subject") == code)
    return own if own or code in pack.indicators else pack.problems


def _existing(ws: Workspace, code: str) -> Indicator:
    pack = _pack(ws)
    known = pack.indicators if pack else {}
    if code not in known:
        raise WorkbenchError(
            N_("There is no own indicator “{code}”."),
            hint=N_("Known: {known}."),
            code=code,
            known=", ".join(known) or "-",
        )
    return known[code]


def _pack(ws: Workspace) -> Pack | None:
    return next((each.pack for each in packs.installed(ws) if each.name == PACK), None)


def _loaded(ws: Workspace, text: str) -> Pack:
    return load_pack(text, PACK, base=packs.catalogue_without(ws, PACK))


# the text of the pack --------------------------------------------------------------------------


def _written(ws: Workspace, form: OwnIndicator, former: str) -> tuple[Indicator, str]:
    """The definition of a form, and the text of the pack that holds it."""
    if form.kind not in KINDS:
        raise WorkbenchError(
            N_("An indicator of the kind {kind} cannot be defined in a form."),
            hint=N_("Write it in a definition file and install that."),
            kind=form.kind.value,
        )
    text, base = packs.pack_text(ws, PACK), packs.catalogue(ws)
    made = definition_of(
        form, code_of(form, base.indicators, former), _existing(ws, former) if former else None
    )
    for variable in _new_variables(ws, made, base):
        text = replaced(text, "variable", variable.code, variable_block(variable))
    block = indicator_block(made)
    if former and former != made.code:
        # a code that others have stays where it is, so that the loader refuses the second one
        text = replaced(text, "indicator", former, "")
    if not former or former != made.code:
        return made, f"{text.rstrip()}\n\n{block}".lstrip()
    return made, replaced(text, "indicator", former, block)


# own inputs ------------------------------------------------------------------------------------


def _names(made: Indicator) -> tuple[str, ...]:
    from indicators.compute.task import required

    try:
        return required(made)
    except FormulaError:
        return ()


def _new_variables(ws: Workspace, made: Indicator, base: Catalogue) -> Iterable[Variable]:
    """Inputs of the project that no definition names yet, and that the formula uses."""
    from indicators.codelists import has_list
    from workbench.services import observations
    from workbench.services.cubes import cube

    held = {row.code: row for row in observations.variables(ws)}
    wholes = _wholes(made)
    for code in _names(made):
        if code in base.variables or code not in held or not _OWN.fullmatch(code):
            continue
        dims = dict.fromkeys(dim for cut in cube(ws, code).breakdowns for dim, _ in cut.dims)
        yield Variable(
            code=code,
            name=words(code, None),
            definition=words(code, None),
            unit=held[code].unit or "any",
            # a person who calls it a share says so
            subset_of=next((each for each in wholes if each != code), None),
            dimensions=tuple(dim for dim in dims if dim in base.code_lists or has_list(dim)),
        )


def _wholes(made: Indicator) -> tuple[str, ...]:
    from indicators.formula.parse import parse
    from indicators.formula.tree import variables

    if made.kind not in (Kind.SHARE, Kind.COHORT) or made.denominator is None:
        return ()
    try:
        return variables(parse(made.denominator.formula))[:1]
    except FormulaError:
        return ()


def _without_unused(text: str, pack: Pack) -> str:
    """The pack without inputs that only a former formula needed."""
    needed = {code for each in pack.indicators.values() for code in _names(each)}
    needed |= {each.subset_of for each in pack.variables.values() if each.subset_of}
    for code, each in pack.variables.items():
        is_made_here = {getattr(each.name, spoken) for spoken in LANGUAGES} == {code}
        if is_made_here and code not in needed:
            text = replaced(text, "variable", code, "")
    return text
