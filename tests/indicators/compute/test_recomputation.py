"""The values of the sample country, worked out again from its files with plain pandas.

Nothing here uses the definitions, the formulas or the store: the rules are those of the
catalogue's table, typed again. A value must be there on both sides or on neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.model.period import Period
from indicators.model.results import IndicatorSeries
from indicators.model.series import TOTAL, Breakdown
from workbench.services import indicators as services
from workbench.services.workspace import Workspace, open_workspace

pytestmark = pytest.mark.xdist_group("sample")

FOLDER = Path(__file__).parents[3] / "sample_data" / "valdoria"
YEARS = range(2005, 2025)
NOT_CUTS = {"variable", "area", "period", "value", "status", "flags", "unit"}
CONVICTED = ("CNV_TIP", "CNV_OTH", "ACQ", "DIS", "EXT")
FORMS = ("SEX", "LAB", "CRM", "BEG", "MAR", "ORG", "ARM", "REP", "OTH")

Line = pd.Series
"""One value a year; nan where the file has no number."""


class Files:
    """The long tables of the offices, yearly rows only."""

    def __init__(self) -> None:
        parts = []
        for path in sorted(FOLDER.glob("*.csv")):
            frame = pd.read_csv(path, comment="#", dtype=str, keep_default_na=False)
            if "variable" in frame and "status" in frame:
                cuts = sorted(set(frame.columns) - NOT_CUTS)
                key = [
                    ",".join(f"{cut}={code}" for cut, code in zip(cuts, row, strict=True) if code)
                    for row in frame[cuts].itertuples(index=False)
                ]
                parts.append(frame.assign(cut=key)[frame["period"].str.fullmatch(r"\d{4}")])
        rows = pd.concat(parts)
        rows = rows[rows["status"].isin(["A", "Z"])]
        self.lines: Mapping[tuple[str, str, str], Line] = {
            (str(key[0]), str(key[1]), str(key[2])): pd.Series(
                group["value"].astype(float).to_numpy(), index=group["period"].astype(int)
            ).reindex(YEARS)
            for key, group in rows.groupby(["variable", "area", "cut"])
        }

    def line(self, variable: str, area: str = "XVA", cut: str = "") -> Line:
        """The yearly values of one series; all nan when the files do not have it."""
        return self.lines.get((variable, area, cut), pd.Series(np.nan, index=YEARS))


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


@pytest.fixture(scope="module")
def project(sample_project: Path) -> Iterator[Workspace]:
    with open_workspace(sample_project, read_only=True) as workspace:
        yield workspace


def computed(project: Workspace, code: str, area: str = "XVA", cut: str = "", **k: str) -> Line:
    series = found(project, code, area, cut, **k)
    values = {value.period.year: value.value for value in series.values}
    return pd.Series([values.get(year) for year in YEARS], index=YEARS, dtype=float)


def found(
    project: Workspace, code: str, area: str = "XVA", cut: str = "", **k: str
) -> IndicatorSeries:
    (series,) = services.compute(
        project,
        [code],
        areas=[area],
        breakdowns=[Breakdown.parse(cut) if cut else TOTAL],
        parameters=k or None,
    )
    return series


def agree(own: Line, expected: Line, *, least: int) -> None:
    """Equal values, equal gaps, and enough of them to mean something."""
    expected = expected.replace([np.inf, -np.inf], np.nan)
    assert expected.notna().sum() >= least
    pd.testing.assert_series_equal(
        own, expected, rtol=1e-12, check_names=False, check_index_type=False
    )


def divided(top: Line, bottom: Line) -> Line:
    return top / bottom.where(bottom != 0)


@pytest.mark.parametrize("area", ["XVA", "XV-01", "XV-08", "XV-10", "XV-14"])
def test_share_of_assisted_victims(project: Workspace, files: Files, area: str) -> None:
    expected = 100 * divided(files.line("vic_assisted", area), files.line("vic_detected", area))

    agree(computed(project, "PRT-04", area), expected, least=3)


@pytest.mark.parametrize("cut", ["SEX=F", "SEX=M", "AGE=Y12T17", "FORM=LAB"])
def test_share_of_a_part_over_the_same_part(project: Workspace, files: Files, cut: str) -> None:
    part, whole = (files.line(name, "XVA", cut) for name in ("vic_assisted", "vic_detected"))

    agree(computed(project, "PRT-04", cut=cut), 100 * divided(part, whole), least=20)


def test_range_of_a_share_is_the_root_of_its_equation(project: Workspace, files: Files) -> None:
    x, n = (files.line(name) for name in ("vic_assisted", "vic_detected"))
    z = 1.959963984540054
    for value in found(project, "PRT-04").values:
        year = value.period.year
        assert value.low is not None
        assert value.high is not None
        for limit in (value.low / 100, value.high / 100):
            # Wilson: the limits solve (p - limit)^2 = z^2 limit (1 - limit) / n
            gap = (x[year] / n[year] - limit) ** 2
            assert gap == pytest.approx(z**2 * limit * (1 - limit) / n[year], rel=1e-9)


def test_share_with_chosen_outcomes(project: Workspace, files: Files) -> None:
    outcomes = [files.line("fst_disposed", cut=f"OUT={code}") for code in CONVICTED]

    agree(computed(project, "PRS-05"), 100 * divided(outcomes[0], sum(outcomes)), least=20)


def test_share_of_a_survey_and_of_an_inventory(project: Workspace, files: Files) -> None:
    tolerant = 100 * divided(files.line("kap_tolerant"), files.line("kap_n"))
    trained = 100 * divided(files.line("staff_trained"), files.line("staff_total"))

    agree(computed(project, "PRV-02"), tolerant, least=5)
    agree(computed(project, "PRV-03"), trained, least=20)


@pytest.mark.parametrize("area", ["XVA", "XV-03", "XV-09", "XV-14"])
def test_rate_per_population(project: Workspace, files: Files, area: str) -> None:
    expected = 1e5 * divided(files.line("vic_detected", area), files.line("pop_total", area))

    agree(computed(project, "PVL-01", area), expected, least=11)


def test_rate_of_women_over_women_and_of_a_form_over_everybody(
    project: Workspace, files: Files
) -> None:
    women = divided(files.line("vic_detected", cut="SEX=F"), files.line("pop_total", cut="SEX=F"))
    forced = divided(files.line("vic_detected", cut="FORM=LAB"), files.line("pop_total"))

    agree(computed(project, "PVL-01", cut="SEX=F"), 1e5 * women, least=20)
    agree(computed(project, "PVL-01", cut="FORM=LAB"), 1e5 * forced, least=20)
    assert found(project, "PVL-01", cut="FORM=LAB").whole_population


def test_range_of_a_rate_is_exact(project: Workspace, files: Files) -> None:
    from scipy.stats import poisson

    people = files.line("pop_total", "XV-10")
    for value in found(project, "PVL-01", "XV-10").values:
        count, base = value.numerator, people[value.period.year]
        assert count is not None
        assert value.low is not None
        assert value.high is not None
        assert poisson.cdf(count, value.high * base / 1e5) == pytest.approx(0.025)
        if count > 0:
            assert poisson.sf(count - 1, value.low * base / 1e5) == pytest.approx(0.025)
        else:
            assert value.low == 0


def test_ratio_of_convictions_to_earlier_victims(project: Workspace, files: Files) -> None:
    victims = files.line("vic_detected")
    earlier = (victims.shift(1) + victims.shift(2)) / 2

    agree(computed(project, "PRS-08"), 100 * divided(files.line("cnv_persons"), earlier), least=18)


def test_ratio_of_sums_of_money(project: Workspace, files: Files) -> None:
    executed, allocated = files.line("bud_exec"), files.line("bud_alloc")
    confiscated, seized = (
        files.line(name).rolling(3).sum() for name in ("asset_confiscated", "asset_seized")
    )

    agree(computed(project, "RES-03"), 100 * divided(executed, allocated), least=20)
    agree(computed(project, "PRS-10"), 100 * divided(confiscated, seized), least=10)


def test_ratio_in_constant_money_per_person(project: Workspace, files: Files) -> None:
    spent = files.line("bud_exec") * 1e6 / files.line("defl") / files.line("pop_total")

    agree(computed(project, "RES-01"), spent, least=20)


@pytest.mark.parametrize("k", [1, 3, 5])
def test_cohort_shares_stand_only_when_complete(project: Workspace, files: Files, k: int) -> None:
    share = 100 * divided(files.line("coh_cnv", cut=f"K={k}"), files.line("coh_pro"))
    complete = share[[year for year in YEARS if year + k <= 2024]].reindex(YEARS)

    agree(computed(project, "PRS-06", k=str(k)), complete, least=20 - k)


def test_cohort_without_outcome(project: Workspace, files: Files) -> None:
    opened, convicted = files.line("case_coh_open"), files.line("case_coh_cnv", cut="K=4")
    share = 100 * divided(opened - convicted, opened)
    complete = share[[year for year in YEARS if year + 4 <= 2024]].reindex(YEARS)

    agree(computed(project, "INT-04"), complete, least=16)


def test_relation_of_a_group_at_risk_to_all(project: Workspace, files: Files) -> None:
    groups = sorted(
        cut[4:]
        for name, area, cut in files.lines
        if name == "pop_risk" and area == "XVA" and cut.startswith("RSK=")
    )

    def pooled(line: Line) -> Line:
        return line.rolling(3).sum()

    whole = pooled(files.line("vic_detected")) / pooled(files.line("pop_total"))
    assert len(groups) == 3
    for group in groups:
        part = divided(
            pooled(files.line("vic_detected", cut=f"RSK={group}")),
            pooled(files.line("pop_risk", cut=f"RSK={group}")),
        )
        agree(computed(project, "PVL-04", g=group), divided(part, whole), least=5)


def test_relation_of_forced_labour_in_courts_and_among_victims(
    project: Workspace, files: Files
) -> None:
    charged = {form: files.line("pro_persons", cut=f"FORM={form}") for form in FORMS}
    victims = {form: files.line("vic_detected", cut=f"FORM={form}").shift(1) for form in FORMS}
    in_courts = divided(charged["LAB"], sum(charged.values()))
    among_victims = divided(victims["LAB"], sum(victims.values()))

    agree(computed(project, "PRS-13"), divided(in_courts, among_victims), least=5)


def test_weighted_shares_of_money_and_of_recommendations(project: Workspace, files: Files) -> None:
    outside, own = files.line("bud_intl"), files.line("bud_exec")
    done = files.line("rec_full") + 0.5 * files.line("rec_part")

    agree(computed(project, "RES-04"), 100 * divided(outside, outside + own), least=20)
    agree(computed(project, "ACC-03"), 100 * divided(done, files.line("rec_due")), least=20)


def test_weighted_share_of_corridors_under_agreement(project: Workspace, files: Files) -> None:
    partners = ["XVB", "XVC", "XVD", "XVE", "XVF"]
    covered = whole = pd.Series(0.0, index=YEARS)
    for partner in partners:
        cases = files.line("vic_corr", cut=f"COR={partner}").fillna(0).rolling(3).sum()
        covered = covered + cases * files.line("cor_agr", cut=f"COR={partner}")
        whole = whole + cases

    agree(computed(project, "COO-05"), 100 * divided(covered, whole), least=18)


def test_change_of_outside_money(project: Workspace, files: Files) -> None:
    real = files.line("bud_intl") / files.line("defl")
    before = (real.shift(1) + real.shift(2) + real.shift(3)) / 3

    agree(computed(project, "RES-06"), 100 * (divided(real, before) - 1), least=17)


def test_the_last_year_is_in_the_files() -> None:
    assert Period.of_year(2024).year == YEARS[-1]
