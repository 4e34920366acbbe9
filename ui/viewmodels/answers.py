"""Questions to the services, and their answers as charts, words and tables; called in workers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from indicators.errors import C_, N_
from ui.viewmodels.impact import Fragility, ImpactQuestion, ImpactView
from ui.viewmodels.pillars import ROLES, SHAPES
from ui.viewmodels.series_screen import SeriesChoice
from ui.viewmodels.trends import POINTS_ONLY, ModelChoice, TrendQuestion, TrendView
from workbench.presenting.spec import Table

if TYPE_CHECKING:
    from indicators.model.period import Period
    from indicators.model.results import ImpactResult, ModelResult, Refusal
    from indicators.model.series import Breakdown, Series
    from workbench.presenting.sentences import Words
    from workbench.services.analysis import ImpactAnswer, TrendAnswer
    from workbench.services.workspace import Workspace

MODELS: tuple[tuple[str, str, str], ...] = (
    (
        "count_trend",
        N_("Percent change of counts"),
        N_("One percentage for all years; small years weigh less."),
    ),
    (
        "apc_loglinear",
        N_("Percent change of rates and amounts"),
        N_("One percentage for all years."),
    ),
    (
        "theil_sen",
        N_("Typical change by ranks"),
        N_("The middle of all changes; single odd years weigh little."),
    ),
    (
        "joinpoint",
        N_("Changes of pace or direction"),
        N_("Straight pieces that bend in the years where the pace changed."),
    ),
    (
        "breaks",
        N_("Sudden step"),
        N_("One year from which everything is higher or lower."),
    ),
)
"""Ways to read a change, in the order of the list, with their line of explanation."""


SLOW = ("joinpoint",)
"""Models that take a second or more: they are fitted only when they are chosen."""

# series that can be looked at


def series_choices(ws: Workspace) -> tuple[SeriesChoice, ...]:
    """Computable indicators and inputs with values for whole areas, by pillar."""
    from indicators.model.codes import LANGUAGES
    from ui.viewmodels.indicators import ORDER
    from workbench.presenting.naming import pillar_of
    from workbench.services import indicators, observations, packs

    known = packs.catalogue(ws)
    inputs = []
    for row in observations.variables(ws):
        variable = known.variables.get(row.code)
        names = (
            {code: variable.name.in_language(code) for code in LANGUAGES}
            if variable is not None
            else {"en": row.code}
        )
        inputs.append(
            SeriesChoice(
                code=row.code,
                names=names,
                pillar=pillar_of(row.code),
                unit=row.unit,
                is_input=True,
            )
        )
    computed = [
        SeriesChoice(
            code=row.indicator.code,
            names={code: row.indicator.name.in_language(code) for code in LANGUAGES},
            pillar=row.indicator.pillar,
            unit=row.indicator.unit,
        )
        for row in indicators.catalogue(ws)
        if row.state == "computable"
    ]
    both = (*computed, *inputs)
    return tuple(choice for pillar in ORDER for choice in both if choice.pillar is pillar)


def _years(first_year: int, last_year: int) -> tuple[Period | None, Period | None]:
    from indicators.model.period import Period

    if not first_year:
        return None, None
    return Period.of_year(first_year), Period.of_year(last_year)


def _cut(text: str) -> Breakdown:
    from indicators.model.series import Breakdown

    return Breakdown.parse(text)


# trend


def read_trend(ws: Workspace, question: TrendQuestion) -> TrendView:
    """Ask for a trend; the other models are asked whether the series is long enough for them."""
    from workbench.services import analysis, pictures

    first, last = _years(question.first_year, question.last_year)

    def ask(model: str | None) -> TrendAnswer:
        return analysis.trend(
            ws,
            question.code,
            question.area,
            breakdown=_cut(question.cut),
            model=model,
            first=first,
            last=last,
            use_provisional=question.use_provisional,
            cross_breaks=question.before_break,
        )

    bare = question.model == POINTS_ONLY
    answer = ask(None if bare else (question.model or None))
    proposed = answer if not question.model or bare else ask(None)
    return TrendView(
        models=_models(ask, answer, proposed),
        model=POINTS_ONLY if bare else answer.model,
        has_provisional=_has_provisional(answer.series),
        has_break=bool(answer.breaks),
        chart=pictures.trend_chart(ws, answer, with_model=not bare),
        words=_points_words(answer) if bare else pictures.trend_words(answer),
        numbers=None if bare else numbers_table(answer.result),
        used="" if bare else used_words(answer.result, answer.series),
    )


def _points_words(answer: TrendAnswer) -> Words:
    from workbench.i18n import _, local, message
    from workbench.presenting.sentences import Words
    from workbench.presenting.sureness import Sureness

    name = local(answer.subject.name)
    lead = message(N_("{name}: the points are shown without a line."), {"name": name})
    sure = Sureness(bars=0, word=_("none"), line=_("Nothing is claimed."))
    return Words(lead=lead, key="", doubt=(), sure=sure)


def _has_provisional(series: Series) -> bool:
    from indicators.model.codes import Flags

    return bool(len(series.flags)) and bool(int(series.flags[-1]) & int(Flags.P))


def _models(
    ask: Callable[[str | None], TrendAnswer], answer: TrendAnswer, proposed: TrendAnswer
) -> tuple[ModelChoice, ...]:
    from indicators.model.results import Refusal
    from workbench.i18n import _, refusal_text

    choices = []
    for model, title, line in MODELS:
        known = {answer.model: answer, proposed.model: proposed}
        if model in SLOW and model not in known:
            choices.append(_unasked(model, title, line, answer.series))
            continue
        result = (known[model] if model in known else ask(model)).result
        refused = isinstance(result, Refusal)
        reason = refusal_text(result) if isinstance(result, Refusal) else _(line)
        recommended = proposed.model == model and not refused
        if recommended and proposed.reason:
            reason = _(proposed.reason)
        choices.append(
            ModelChoice(
                id=model, title=title, reason=reason, recommended=recommended, enabled=not refused
            )
        )
    choices.sort(key=lambda choice: (not choice.recommended, not choice.enabled))
    choices.append(ModelChoice(id=POINTS_ONLY, title=N_("Points only"), reason=_("No line.")))
    return tuple(choices)


def _unasked(model: str, title: str, line: str, series: Series) -> ModelChoice:
    """A model that takes long: only the length of the series is looked at."""
    import math

    from indicators.stats.limits import LENGTHS
    from workbench.i18n import _, message

    count = sum(1 for value in series.values if math.isfinite(value))
    needed = LENGTHS[model].points
    if count >= needed:
        return ModelChoice(id=model, title=title, reason=_(line))
    sentence = C_(
        "Only {n} value; {needed} would be enough.",
        "Only {n} values; {needed} would be enough.",
        by="n",
    )
    reason = message(sentence, {"n": count, "needed": needed})
    return ModelChoice(id=model, title=title, reason=reason, enabled=False)


def used_words(result: ModelResult | Refusal, series: Series) -> str:
    """How many years were used and which were left out."""
    from indicators.model.results import Refusal
    from workbench.i18n import message, period_text
    from workbench.presenting.sureness import used_text

    if isinstance(result, Refusal):
        return ""
    out = [period for period in series.periods if not result.first <= period <= result.last]
    out += [period for period in result.missing if period not in out]
    text = used_text(result)
    if out:
        years = ", ".join(period_text(period) for period in sorted(set(out))[:6])
        text = f"{text} " + message(N_("Left out: {years}."), {"years": years})
    return text


def numbers_table(result: ModelResult | Refusal) -> Table | None:
    """The numbers of a model for the folded table."""
    from indicators.model.results import Refusal
    from workbench.i18n import _, number
    from workbench.presenting.spec import Alignment, Column

    if isinstance(result, Refusal):
        return None

    def shown(value: float | None) -> str:
        return "" if value is None else number(value, 3)

    rows: list[tuple[str, str, str]] = [
        (_("Method"), f"{result.method} {result.method_version}", ""),
        (_("Estimate"), shown(result.estimate), f"{shown(result.low)} – {shown(result.high)}"),
        (_("Level of the range"), number(100 * result.level, 0) + " %", ""),
    ]
    if result.p_value is not None:
        rows.append((_("p-value"), shown(result.p_value), ""))
    rows.append((_("Points used"), number(result.n), ""))
    if result.df is not None:
        rows.append((_("Degrees of freedom"), number(result.df), ""))
    if result.covariance:
        rows.append((_("Standard errors"), result.covariance, ""))
    for entry in result.diagnostics:
        limits = "" if entry.low is None else f"{shown(entry.low)} – {shown(entry.high)}"
        rows.append((entry.name.replace("_", " "), shown(entry.value), limits))
    columns = (
        Column(id="name", title=_("Number")),
        Column(id="value", title=_("Value"), align=Alignment.RIGHT),
        Column(id="range", title=_("Range"), align=Alignment.RIGHT),
    )
    return Table(title=_("Numbers"), columns=columns, rows=tuple(rows))


# impact


def read_impact(ws: Workspace, question: ImpactQuestion) -> ImpactView:
    """Ask what followed an event."""
    from workbench.services import analysis, pictures

    first, last = _years(question.first_year, question.last_year)
    answer = analysis.impact(
        ws,
        question.code,
        question.area,
        question.event,
        breakdown=_cut(question.cut),
        design="level_slope" if question.design == "level_slope" else "level",
        delay=question.delay,
        first=first,
        last=last,
    )
    chart = pictures.impact_chart(ws, answer)
    lettered = [event for event in chart.events if event.letter]
    return ImpactView(
        chart=chart,
        words=pictures.impact_words(answer),
        numbers=numbers_table(answer.result),
        fragility=fragility_of(answer),
        rivals=tuple((item.letter, ", ".join(item.tip[:2])) for item in lettered),
        used=used_words(answer.result, answer.series),
    )


def fragility_of(answer: ImpactAnswer) -> Fragility:
    """False dates beside the real one, and what they say."""
    from indicators.model.results import Refusal
    from workbench.presenting.sentences import impact_amount
    from workbench.presenting.sureness import fragility
    from workbench.services import pictures

    result = answer.result
    if isinstance(result, Refusal):
        return Fragility()
    pillar = pictures.pillar(answer.subject)
    amount = impact_amount(result, pictures.unit_word(answer.subject))
    return Fragility(
        rows=_date_rows(result),
        ticks=_ticks(result),
        role=ROLES[pillar],
        shape=SHAPES[pillar],
        sentences=fragility(result, amount),
    )


_MOST_DATES = 8


def _date_rows(result: ImpactResult) -> tuple[tuple[str, float, float, float, bool], ...]:
    if not result.placebos or result.start is None:
        return ()
    step = max(1, -(-len(result.placebos) // _MOST_DATES))
    kept = result.placebos[::-1][::step][::-1]
    rows = [(item.start, item.estimate, item.low, item.high, False) for item in kept]
    rows.append((result.start, result.estimate, result.low, result.high, True))
    rows.sort(key=lambda row: row[0])
    return tuple(
        (f"’{period.year % 100:02d}", value, low, high, real)
        for period, value, low, high, real in rows
    )


def _ticks(result: ImpactResult) -> tuple[tuple[float, str], ...]:
    from workbench.i18n import number

    ends = [abs(end) for item in result.placebos for end in (item.low, item.high)]
    ends += [abs(result.low), abs(result.high)]
    most = sorted(ends)[len(ends) * 3 // 4] if ends else 1.0
    size = next(
        (
            step
            for step in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 40, 50, 100, 200, 400)
            if step >= most * 0.6
        ),
        most,
    )
    return ((size, f"+{number(size)}"), (0.0, "0"), (-size, f"−{number(size)}"))
