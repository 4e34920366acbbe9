"""The methods page of an indicator, made from its definition: for the help and for ``docs/methods``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.codelists import code_list, has_list
from indicators.compute.pieces import Piece, PieceKind
from indicators.errors import N_
from indicators.formula.tree import CHOSEN_SERIES
from indicators.framework import framework, frameworks_of
from indicators.model.codes import Direction, IndicatorSet, IntervalRule, Kind, Pillar
from indicators.model.definition import Indicator
from workbench import i18n
from workbench.exporting.document import Badge, Block, Document, Heading, Note, Paragraph
from workbench.i18n import _
from workbench.presenting import naming
from workbench.presenting.spec import Alignment, Column, Table

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from indicators.compute.explain import Explanation

__all__ = ["index", "markdown", "page"]

PILLARS = {
    Pillar.PREVENTION: N_("Prevention"),
    Pillar.PROTECTION: N_("Protection"),
    Pillar.PROSECUTION: N_("Prosecution"),
    Pillar.CROSS_CUTTING: N_("Cross-cutting"),
}
SETS = {IndicatorSet.CORE: N_("core set"), IndicatorSet.EXTENDED: N_("extended set")}
DIRECTIONS = {
    Direction.UP: N_("A higher value is better."),
    Direction.DOWN: N_("A lower value is better."),
    Direction.TARGET1: N_("The best value is 1; above and below it one side has more."),
    Direction.AMB: N_(
        "A rise can be good or bad news, so the program never says better or worse; read it with its companions."
    ),
    Direction.CTX: N_("It describes and does not judge."),
}
RANGES = {
    IntervalRule.WILSON: N_(
        "The range shows how far chance alone could move a share of so many cases (Wilson limits, 95 of 100)."
    ),
    IntervalRule.POISSON: N_(
        "The range shows how far chance alone could move a count of this size (exact Poisson limits, 95 of 100)."
    ),
    IntervalRule.ORDER: N_(
        "The range comes from the ordered single values around the middle one; below six values there is none."
    ),
    IntervalRule.DELTA: N_(
        "The range of the ratio comes from the ranges of both sides (delta method on the log scale)."
    ),
    IntervalRule.BOOTSTRAP: N_(
        "The range comes from drawing the counts again many times with a fixed seed."
    ),
    IntervalRule.PROPAGATED: N_("The range of the estimate behind it is carried through."),
    IntervalRule.NONE: N_(
        "There is no range: everything is counted in full, or money is divided, so chance plays no part."
    ),
}
BASES = {
    Kind.MODEL: N_("It is an estimate from a documented model and may refuse to answer."),
    Kind.SCORE: N_("It is a level on a fixed scale."),
    Kind.CHECK: N_("It counts the items of a checklist that are met with evidence."),
}
CALCULATIONS = {
    "median": N_(
        "The values of all cases are put in order; the one in the middle is taken, by single values, by days or as the source gives it."
    ),
    "median_revision": N_(
        "For each published year the latest value is compared with the first one; the middle of these changes is taken, without sign."
    ),
    "equal_access": N_(
        "Within one breakdown the share is taken for each group; the lowest share is divided by the highest."
    ),
    "deserts": N_(
        "The population of the regions where nobody was found, although the national rate would lead one to expect it, is divided by the population of all regions."
    ),
    "weighted_by": N_(
        "Each group counts with its size: the groups that fulfil the condition are added up and divided by all groups."
    ),
    "chain_ladder": N_(
        "The speed at which earlier groups reached a result is carried over to the later groups that are not yet complete."
    ),
    "intervention_effect": N_(
        "The trend before the event is continued, and what was observed after it is compared with that."
    ),
    "net_trend": N_(
        "A count model with the population behind it estimates the yearly change that is left when effort is held constant."
    ),
    "pillar_profile": N_(
        "Each core indicator of an action is set against its own first years; the scores of an action are averaged, and other ways to do so give the range."
    ),
}
"""What calculators do that no formula shows."""
FUNCTIONS = {"sum": N_("sum of"), "mean": N_("mean of")}
NO_CASES = N_("Where there are no cases to divide by, there is no value.")
FEW = N_(
    "With fewer than {minimum} cases the value and its counts are shown, but nothing is ranked, coloured or put into words."
)
UNREAD = N_(
    "Articles of the Palermo Protocol and of the Council of Europe convention on trafficking were read in 2026; other references were written from general knowledge, so read those before you print one."
)


def page(indicator: Indicator, language: str, catalogue: Catalogue | None = None) -> Document:
    """The page of an indicator.

    Args:
        indicator: the definition.
        language: ``en``, ``es``, ``pt`` or ``fr``.
        catalogue: of the project, for names of national packs; the built-in one by default.
    """
    with i18n.using(language):
        explained = _explained(indicator)
        return Document(
            title=f"{indicator.code} {i18n.local(indicator.name)}",
            lead=i18n.local(indicator.definition),
            language=language,
            blocks=(
                *_head(indicator, catalogue),
                *_formula(indicator, explained, catalogue),
                *_reading(indicator),
                *_example(explained, catalogue),
                *_inputs(indicator, catalogue),
                *_serves(indicator),
            ),
        )


def _explained(indicator: Indicator) -> Explanation | None:
    """The worked example from formula to result; None for the analysis of a chosen series."""
    if CHOSEN_SERIES in indicator.inputs:
        return None
    from indicators.compute.examples import AREA, LATEST, PERIOD, example_cubes
    from indicators.compute.explain import explain

    return explain(
        indicator,
        example_cubes(indicator),
        AREA,
        PERIOD,
        parameters=indicator.example.parameters,
        latest=LATEST,
    )


def _head(indicator: Indicator, catalogue: Catalogue | None) -> tuple[Block, ...]:
    unit = "%" if indicator.unit == "%" else naming.unit_text(indicator.unit, catalogue)
    rows = (
        (_("Action"), _(PILLARS[indicator.pillar])),
        (_("Set"), _(SETS[indicator.set])),
        (_("Unit"), unit),
        (_("Time"), _(indicator.time)),
        (_("Breakdowns"), ", ".join(_dimension(name) for name in indicator.breakdowns) or "–"),
    )
    columns = (Column(id="what", title=""), Column(id="is", title=""))
    return (
        Heading(text=_("At a glance"), badges=(Badge(text=_(PILLARS[indicator.pillar])),)),
        Table(title="", columns=columns, rows=rows),
    )


def _dimension(name: str) -> str:
    plain = name.strip("()")
    text = i18n.local(code_list(plain).name) if has_list(plain) else plain
    return i18n.message(N_("{name} (where known)"), {"name": text}) if name != plain else text


def _formula(
    indicator: Indicator, explained: Explanation | None, catalogue: Catalogue | None
) -> tuple[Block, ...]:
    found: list[Block] = [Heading(text=_("How it is computed"))]
    known = CALCULATIONS.get(indicator.calculator or "")
    if known is not None:
        found.append(Paragraph(text=_(known)))
    elif explained is not None:
        found.append(Paragraph(text=_in_words(explained, catalogue)))
    sentences = [_(BASES.get(indicator.kind, NO_CASES)), _(RANGES[indicator.interval])]
    if indicator.minimum_denominator and indicator.interval is not IntervalRule.NONE:
        sentences.append(i18n.message(FEW, {"minimum": indicator.minimum_denominator}))
    return (*found, Paragraph(text=" ".join(sentences)))


def _in_words(explained: Explanation, catalogue: Catalogue | None) -> str:
    """The formula with names; earlier years as such and not by their number."""
    timeless = []
    for piece in explained.words:
        if piece.kind is PieceKind.FUNCTION and piece.sign in FUNCTIONS:
            timeless.append(Piece(kind=PieceKind.SIGN, sign=_(FUNCTIONS[piece.sign])))
            continue
        if piece.kind is not PieceKind.VARIABLE or piece.period is None:
            timeless.append(piece)
            continue
        years = explained.period.year - piece.period.year
        name = naming.pieces_text((replace(piece, period=None),), catalogue)
        text = (
            i18n.counted(
                "{name} one year before", "{name} {n} years before", years, {"name": name}
            )
            if years > 0
            else name
        )
        timeless.append(Piece(kind=PieceKind.SIGN, sign=text))
    return naming.pieces_text(timeless, catalogue).replace(" , ", ", ")


def _reading(indicator: Indicator) -> tuple[Block, ...]:
    found: list[Block] = [
        Heading(text=_("How to read it")),
        Paragraph(text=f"{_(DIRECTIONS[indicator.direction])} {i18n.local(indicator.reason)}"),
    ]
    cautions = i18n.local(indicator.cautions)
    return (*found, Note(title=_("Caution"), text=cautions)) if cautions else tuple(found)


def _example(explained: Explanation | None, catalogue: Catalogue | None) -> tuple[Block, ...]:
    if explained is None:
        return ()
    rows = tuple(
        (
            naming.variable_name(cell.variable, catalogue),
            naming.breakdown_text(cell.breakdown, catalogue) or _("all"),
            i18n.period_text(cell.period),
            "–" if cell.value is None else i18n.number(cell.value),
        )
        for cell in explained.inputs
        if cell.value is not None or cell.low is not None
    )
    columns = (
        Column(id="input", title=_("Input")),
        Column(id="breakdown", title=_("Breakdown")),
        Column(id="period", title=_("Year")),
        Column(id="value", title=_("Value"), align=Alignment.RIGHT),
    )
    return (
        Heading(text=_("An example")),
        Table(title="", columns=columns, rows=rows),
        Paragraph(text=naming.pieces_text(explained.numbers, catalogue)),
    )


def _inputs(indicator: Indicator, catalogue: Catalogue | None) -> tuple[Block, ...]:
    from indicators.catalog import load_catalogue
    from indicators.compute.indicator import required

    known = (catalogue or load_catalogue()).variables
    rows = tuple(
        (
            i18n.local(known[code].name),
            i18n.local(known[code].definition),
            ", ".join(_source(source) for source in known[code].sources) or "–",
            code,
        )
        for code in required(indicator)
        if code in known
    )
    if not rows:
        return ()
    columns = (
        Column(id="input", title=_("Input")),
        Column(id="definition", title=_("What it counts")),
        Column(id="source", title=_("Who usually holds it")),
        Column(id="code", title=_("Code")),
    )
    return (Heading(text=_("What it needs")), Table(title="", columns=columns, rows=rows))


def _source(code: str) -> str:
    entry = code_list("SRC").entry(code)
    return i18n.local(entry.label) if entry else code


def _serves(indicator: Indicator) -> tuple[Block, ...]:
    whole = framework()
    rows = [
        (
            i18n.message(N_("Recommendation {number}"), {"number": goal.number}),
            i18n.local(goal.name),
        )
        for goal in whole.recommendations
        if goal.number in indicator.recommendations
    ]
    rows += [
        (i18n.message(N_("Challenge {number}"), {"number": goal.number}), i18n.local(goal.name))
        for goal in whole.challenges
        if goal.number in indicator.challenges
    ]
    outside = "; ".join(i18n.local(each.name) for each in frameworks_of(indicator.code))
    rows += [(_("Frameworks"), outside)] * bool(outside)
    references = ", ".join(indicator.frameworks)
    rows.append((_("References"), references or _("No framework that we know asks for it.")))
    columns = (Column(id="what", title=""), Column(id="is", title=""))
    found: list[Block] = [
        Heading(text=_("What it serves")),
        Table(title="", columns=columns, rows=tuple(rows)),
    ]
    return (*found, Paragraph(text=_(UNREAD))) if references else tuple(found)


# files -----------------------------------------------------------------------------------------


def index(indicators: Sequence[Indicator], language: str) -> str:
    """The list of all pages as Markdown, by action."""
    with i18n.using(language):
        lines = [f"# {_('Methods pages')}"]
        for pillar, title in PILLARS.items():
            lines += ["", f"## {_(title)}", ""]
            lines += [
                f"- [{each.code} {i18n.local(each.name)}]({each.code}.md)"
                for each in indicators
                if each.pillar is pillar
            ]
    return "\n".join(lines) + "\n"


def markdown(document: Document) -> str:
    """A page of headings, paragraphs, tables and notes as Markdown."""
    parts = [f"# {document.title}", document.lead]
    parts += [text for block in document.blocks if (text := _marked_down(block))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _marked_down(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Paragraph():
            return block.text
        case Note():
            return f"> **{block.title}.** {block.text}"
        case Table():
            return _table(block)
    return ""


def _table(table: Table) -> str:
    sides = ["---:" if column.align is Alignment.RIGHT else "---" for column in table.columns]
    rows = [[column.title for column in table.columns], sides, *table.rows]
    return "\n".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows
    )
