"""The answer key: what was put in, and how a user finds it.

The texts are marked for the translators; the file holds the English ones.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from indicators.errors import N_
from sample_data.generator.country import AREA
from sample_data.generator.seeds import SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One planted truth.

    Attributes:
        id: ``T01`` ...
        variable, area: where it is.
        what: what was put in.
        value: the number put in, in ``unit``.
        low, high: what is accepted.
        test: the test that a user would run.
        table: name of the table whose seed list guards it.
    """

    id: str
    variable: str
    what: str
    value: float
    unit: str
    low: float
    high: float
    test: str
    table: str
    area: str = AREA


def _truth(
    key: str, variable: str, what: str, answer: tuple[float, str, float, float], test: str,
    table: str, area: str = AREA,
) -> Truth:  # fmt: skip
    value, unit, low, high = answer
    return Truth(
        id=key, variable=variable, area=area, what=what, value=value, unit=unit, low=low,
        high=high, test=test, table=table,
    )  # fmt: skip


TRUTHS = (
    _truth("T01", "inv_opened", N_("The law of January 2011 raised the level by 30 percent; the trend did not change."),
           (1.30, "ratio", 1.20, 1.42), N_("Interrupted monthly series with season and a 2020 pulse, step at 2011-01; the interval contains 1.30."), "inv_opened"),
    _truth("T02", "coh_cnv", N_("The share convicted within five years rose by four points a cohort from 2012 to 2016 and was flat before and after."),
           (4.0, "points a cohort", 3.0, 5.0), N_("Slope of the share over the cohorts 2012-2016 among the complete cohorts 2005-2019."), "pro_persons"),
    _truth("T03", "n_vic_old_scope", N_("Yearly change of +3 percent until 2013, +11 percent until 2019, -2 percent after."),
           (2, "joinpoints", 2, 2), N_("Joinpoint trend: change years 2012-2014 and 2018-2020, slopes within three points."), "vic_detected"),
    _truth("T04", "vic_detected", N_("Forced criminality is counted from 2017; the total is 18 percent higher only because of scope."),
           (18.0, "percent", 16.0, 20.0), N_("Difference of vic_detected and n_vic_old_scope, 2017-2024 pooled; it is no effect of a measure."), "vic_detected"),
    _truth("T05a", "n_campaigns", N_("Campaigns of the pandemic year fell to 35 percent."),
           (0.35, "ratio", 0.29, 0.41), N_("Count trend with a pulse at 2020."), "n_campaigns"),
    _truth("T05b", "inv_opened", N_("Investigations of the pandemic year fell to 72 percent."),
           (0.72, "ratio", 0.64, 0.80), N_("Interrupted monthly series with a pulse for 2020."), "inv_opened"),
    _truth("T06", "hot_relevant", N_("The campaign surge of 2015 changed nothing."),
           (0.0, "log ratio", 0.0, 0.0), N_("Interrupted series at 2015, level and slope: the interval of the level covers 0."), "hot_relevant"),
    _truth("T07", "id_days", N_("In the pilot regions XV-02, XV-06 and XV-12 the median wait fell by 35 percent from 2018."),
           (-35.0, "percent", -42.0, -28.0), N_("Difference in differences on the log of regional medians."), "vic_detected", "XV-02|XV-06|XV-12"),
    _truth("T08", "bud_exec", N_("Money against trafficking per 100 of money against drugs rises from 4.0 to 9.5 in a straight line."),
           (9.5, "per 100", 9.2, 9.8), N_("RES-02 in 2024; every year within 0.3 points of the line."), "bud_exec"),
    _truth("T09", "n_insp_found", N_("Findings follow the number of inspections with an elasticity of 0.6: detection, not prevalence."),
           (0.6, "elasticity", 0.5, 0.7), N_("Count model on the log of insp_risk with region effects."), "insp_risk"),
    _truth("T10", "n_migrant_reg", N_("The yearly peak is in August with an amplitude of 12 percent."),
           (12.0, "percent", 8.0, 16.0), N_("Seasonal decomposition of the monthly series; month within one. The same swing is in inv_opened."), "n_migrant_reg"),
    _truth("T11", "repat_done", N_("Yearly numbers scatter far more than a Poisson count (size 6)."),
           (6.0, "k", 0.0, 0.0), N_("Pearson statistic of a Poisson trend: Poisson must be rejected."), "repat_done"),
    _truth("T12", "coh_cnv", N_("Of the cohorts 2005-2011 together 46 percent are convicted within five years."),
           (0.46, "share", 0.43, 0.49), N_("PRS-06 at five years, pooled; PRS-04 of the same years is lower because charges grow."), "pro_persons"),
    _truth("T13a", "vic_detected", N_("Inequality of detection between the regions at the start (2005-2007)."),
           (0.41, "Gini", 0.38, 0.44), N_("Gini of three-year rates over 13 areas, XV-09 with XV-14."), "vic_detected"),
    _truth("T13b", "vic_detected", N_("Inequality of detection between the regions at the end (2022-2024)."),
           (0.29, "Gini", 0.26, 0.32), N_("Gini of three-year rates over 13 areas, XV-09 with XV-14."), "vic_detected"),
    _truth("T14", "vic_detected", N_("XV-10 has fewer than 20 victims in every year, mostly fewer than 5."),
           (0, "victims", 0, 19), N_("Funnel limits and suppression: flagged, not ranked."), "vic_detected", "XV-10"),
    _truth("T15a", "vic_detected", N_("62 percent of victims of forced labour are men; until 2013 41 percent are recorded."),
           (41.0, "percent", 37.0, 45.0), N_("SEX by FORM, men among LAB, 2005-2013 pooled."), "vic_detected"),
    _truth("T15b", "vic_detected", N_("After the training of 2014 55 percent are recorded."),
           (55.0, "percent", 51.0, 59.0), N_("SEX by FORM, men among LAB, 2014-2024 pooled."), "vic_detected"),
    _truth("T16", "lst_cells", N_("The true number of victims of 2022 is 2,300; 816 are on a list; police and civil society share cases (odds ratio 2)."),
           (2300, "persons", 1900, 2750), N_("Log-linear model with the police-NGO term on lists_2022.csv; independence gives too little."), "lists_2022"),
    _truth("T17", "vic_detected", N_("The first release has 93 percent of the final number."),
           (7.5, "percent", 6.5, 8.5), N_("Compare the three releases: mean revision."), "releases"),
    _truth("T18", "pro_persons", N_("170 was typed for 17 in 2012; the national total is right."),
           (17, "persons", 17, 17), N_("Outlier check; the regions together exceed the national total."), "pro_persons", "XV-08"),
    _truth("T19", "cnv_persons", N_("23 convictions were typed in 2009, with 9 persons prosecuted in 2008 and 10 in 2009; the national total is right."),
           (23, "persons", 23, 23), N_("Rule: convictions above the prosecutions of the year and the year before together."), "pro_persons", "XV-05"),
    _truth("T20", "vic_detected", N_("The split of 2014 takes 26 percent of XV-09 away; nothing else changed."),
           (0.74, "ratio", 0.64, 0.84), N_("Share of the nation before and after, XV-09 alone; with XV-14 added the step covers none."), "vic_detected", "XV-09"),
)  # fmt: skip


def answers_text(attempts: dict[str, int]) -> str:
    """The answer key as JSON; ``seeds`` says which child seed made each table."""
    content = {
        "note": "Invented data. Keep this file away from learners.",
        "seed": SEED,
        "seeds": dict(sorted(attempts.items())),
        "answers": [asdict(truth) for truth in TRUTHS],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
