"""The packaged files as plain data."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from indicators.codelists import has_code
from indicators.model.codes import LANGUAGES, Flags, Status
from indicators.model.period import Period
from sample_data import valdoria
from tests.sample_data import shipped

FACTS = Path(valdoria.__file__).parent / "facts"
SUBSETS = {
    "vic_presumed": "vic_detected",
    "vic_presumed_id": "vic_presumed",
    "vic_identified": "vic_detected",
    "vic_proactive": "vic_detected",
    "vic_repeat": "vic_detected",
    "vic_geo_known": "vic_detected",
    "vic_punished": "vic_detected",
    "vic_assisted": "vic_detected",
    "vic_assisted_state": "vic_assisted",
    "vic_assisted_uncond": "vic_assisted",
    "stay_granted": "stay_eligible",
    "child_unacc": "vic_detected",
    "child_guardian": "child_unacc",
    "repat_safe": "repat_done",
    "reint_12m": "reint_cohort",
    "vic_in_proc": "vic_assisted",
    "vic_legal_rep": "vic_in_proc",
    "vic_special_measures": "vic_testified",
    "vic_withdrew": "vic_in_proc",
    "comp_ordered": "vic_in_proc",
    "svc_satisf": "svc_resp",
    "vic_off_involved": "vic_interviewed",
    "inv_proactive": "inv_opened",
    "coh_cnv": "coh_pro",
    "case_coh_cnv": "case_coh_open",
    "org_inv_drug_screened": "org_inv_drug",
    "org_inv_drug_tip": "org_inv_drug_screened",
    "staff_trained": "staff_total",
    "kap_aware": "kap_n",
    "kap_tolerant": "kap_n",
    "kap_demand": "kap_n",
    "kap_n_eff": "kap_n",
    "mun_prog": "mun_risk",
    "insp_risk": "insp_scope",
    "risk_reached": "pop_risk",
    "nap_done": "nap_due",
    "ag_attended": "ag_possible",
    "ref_accepted": "ref_made",
    "mla_ontime": "mla_recv",
    "cso_mou": "cso_prov",
    "use_disposed": "use_pro",
    "use_cnv": "use_disposed",
    "off_outcome": "off_alleg",
    "obl_met": "obl_due",
    "rec_full": "rec_due",
    "rec_part": "rec_due",
    "law_met": "law_total",
    "src_ontime": "src_expected",
    "dim_unknown": "dim_cells",
}
NOT_ADDED = ("kap_n_eff",)
CORE = [
    "vic_detected",
    "pop_total",
    "kap_tolerant",
    "kap_n",
    "kap_n_eff",
    "staff_trained",
    "staff_total",
    "risk_reached",
    "pop_risk",
    "insp_risk",
    "insp_scope",
    "vic_presumed_id",
    "vic_presumed",
    "id_days",
    "vic_proactive",
    "vic_assisted",
    "vic_assisted_state",
    "stay_granted",
    "stay_eligible",
    "repat_safe",
    "repat_done",
    "comp_ordered",
    "vic_in_proc",
    "vic_punished",
    "pro_persons",
    "inv_proactive",
    "inv_opened",
    "fst_disposed",
    "coh_cnv",
    "coh_pro",
    "cnv_persons",
    "proc_days",
    "org_inv_drug_screened",
    "org_inv_drug",
    "vic_legal_rep",
    "vic_special_measures",
    "vic_testified",
    "nap_done",
    "nap_due",
    "ref_accepted",
    "ref_made",
    "mla_ontime",
    "mla_recv",
    "cso_mou",
    "cso_prov",
    "bud_exec",
    "defl",
    "bud_drug_exec",
    "bud_alloc",
    "bud_intl",
    "use_law",
    "use_pro",
    "off_outcome",
    "off_alleg",
    "case_coh_open",
    "case_coh_cnv",
    "obl_met",
    "obl_due",
    "rec_full",
    "rec_part",
    "rec_due",
    "law_met",
    "law_total",
    "vic_geo_known",
    "vic_src_records",
    "dim_unknown",
    "dim_cells",
    "src_ontime",
    "src_expected",
]


def test_every_delivery_has_the_rows_and_variables_it_declares() -> None:
    for delivery in valdoria.deliveries():
        cells = shipped.read(valdoria.folder() / delivery.file)

        assert len(cells) == delivery.rows, delivery.file
        assert {key[0] for key in cells} == set(delivery.variables)
        assert set(delivery.publisher) == set(LANGUAGES)
        assert delivery.fictitious
    assert len(valdoria.deliveries()) >= 8


def test_sizes_are_those_of_the_specification() -> None:
    rows = {delivery.file: delivery.rows for delivery in valdoria.deliveries()}

    monthly = sum(n for file, n in rows.items() if "monthly" in file)
    assert monthly == 7_092
    assert 45_000 < sum(rows.values()) - monthly < 65_000
    assert [len(shipped.read(path)) for path in valdoria.releases()] == [582] * 3
    assert len(valdoria.regions()) == 15
    assert len(valdoria.events()) == 8


def test_inputs_of_the_core_indicators_are_there() -> None:
    present = {key[0] for key in shipped.yearly()}

    assert set(CORE) <= present


def test_every_code_is_listed_and_every_cell_readable() -> None:
    cuts = {pair for key in shipped.yearly() for pair in key[3]}
    for dimension, code in cuts:
        assert has_code(dimension, code), (dimension, code)
    for key, cell in shipped.yearly().items():
        status = Status[cell.status]
        Flags.of_letters(cell.flags)
        Period.parse(key[2])
        if status is Status.S:
            assert cell.value == "<5"
        elif status is Status.M:
            assert cell.value == ".."
        elif status is Status.X:
            assert cell.value == "n/a"
        else:
            assert (float(cell.value) == 0) == (status is Status.Z)


def test_parts_never_exceed_their_base() -> None:
    numbers, compared = shipped.numbers(), dict.fromkeys(SUBSETS, 0)
    for (variable, area, period, cut), value in numbers.items():
        base = SUBSETS.get(variable)
        if base is None:
            continue
        if variable.endswith("coh_cnv"):
            cut = frozenset(pair for pair in cut if pair[0] != "K")
        whole = numbers.get((base, area, period, cut))
        if whole is not None:
            compared[variable] += 1
            assert value <= whole, (variable, area, period, cut)
    assert all(compared.values())


def test_nation_is_the_sum_of_the_regions_but_for_the_planted_errors() -> None:
    numbers, cells = shipped.numbers(), shipped.yearly()
    sums: dict[tuple[str, str, frozenset[tuple[str, str]]], float] = {}
    incomplete = set()
    for (variable, area, period, cut), cell in cells.items():
        if area == "XVA" or any(dim in {"STAT", "DAY"} for dim, _ in cut):
            continue
        key = (variable, period, cut)
        if cell.status in "AZ":
            sums[key] = sums.get(key, 0.0) + float(cell.value)
        else:
            incomplete.add(key)
    wrong = {
        (variable, period)
        for (variable, period, cut), total in sums.items()
        if (variable, period, cut) not in incomplete
        and variable not in NOT_ADDED
        and abs(total - numbers[variable, "XVA", period, cut]) > 1e-9
    }

    assert wrong == {("pro_persons", "2012"), ("cnv_persons", "2009")}
    assert len(sums) > 1_000


def test_forms_exceed_the_total_because_one_victim_can_have_two() -> None:
    forms = sum(
        shipped.line("vic_detected", first=2017, FORM=form)
        for form in ("SEX", "LAB", "CRM", "BEG", "OTH")
    )
    sexes = sum(shipped.line("vic_detected", SEX=sex) for sex in ("F", "M", "X", "_U"))

    assert np.all(forms > shipped.line("vic_detected", first=2017))
    assert np.array_equal(sexes, shipped.line("vic_detected"))


def test_monthly_investigations_add_up_to_the_year() -> None:
    months = shipped.months("police_monthly.csv", "inv_opened").reshape(20, 12)

    assert np.array_equal(months.sum(axis=1), shipped.line("inv_opened"))


def test_small_regions_have_suppressed_cells_and_totals_stay() -> None:
    suppressed = {key for key, cell in shipped.yearly().items() if cell.status == "S"}

    assert {area for _, area, _, _ in suppressed} == {"XV-10", "XV-13"}
    assert 200 < len(suppressed) < 1_000
    assert not np.isnan(shipped.line("vic_detected", "XV-10")).any()


def test_last_year_is_provisional_where_offices_revise() -> None:
    cells = shipped.yearly()

    for variable, flag in (("vic_detected", "P"), ("cnv_persons", "P"), ("pop_total", "")):
        assert cells[variable, "XVA", "2024", frozenset()].flags == flag
        assert cells[variable, "XVA", "2023", frozenset()].flags == ""
    assert cells["vic_detected", "XVA", "2017", frozenset()].flags == "B"
    assert cells["vic_detected", "XV-09", "2014", frozenset()].flags == "B"


def test_cohorts_show_only_years_that_are_over() -> None:
    for k in range(6):
        line = shipped.line("coh_cnv", K=str(k))

        assert np.isfinite(line[: 20 - k]).all()
        assert np.isnan(line[20 - k :]).all()


def test_regions_carry_their_history() -> None:
    regions = {region.code: region for region in valdoria.regions()}

    assert regions["XV-14"].valid_from == Period.of_year(2014)
    assert regions["XV-14"].predecessor == "XV-09"
    assert regions["XV-14"].predecessor_share == pytest.approx(0.023 / 0.089, abs=1e-4)
    assert regions["XVA"].parent is None
    assert regions["XV-04"].names["es"] == "Cañada Real"
    assert all(set(region.names) == set(LANGUAGES) for region in regions.values())
    assert ("vic_detected", "XV-14", "2013", frozenset()) not in shipped.yearly()


def test_events_and_breaks_are_read_as_the_model_has_them() -> None:
    events = {event.id: event for event in valdoria.events()}
    breaks = {change.id: change for change in valdoria.breaks()}

    assert events["law_2011"].start == Period.of_month(2011, 1)
    assert events["law_2011"].recommendations == (2, 6)
    assert events["pandemic_2020"].end == Period.of_month(2020, 12)
    assert breaks["scope_2017"].variables == ("vic_detected",)
    assert breaks["boundary_2014"].areas == ("XV-09", "XV-14")
    for texts in [*(e.name for e in events.values()), *(b.text for b in breaks.values())]:
        assert set(texts) == set(LANGUAGES)
        assert all(texts.values())


def test_answer_key_names_every_truth() -> None:
    answers = valdoria.answers()

    assert {answer.id[:3] for answer in answers} == {f"T{n:02d}" for n in range(1, 21)}
    assert all(answer.low <= answer.high for answer in answers)


def test_case_records_are_k_anonymous_and_complete() -> None:
    path = valdoria.folder() / "cases_2018_2024.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Fictional data")
    records = [tuple(record) for record in csv.reader(lines[2:])]

    assert len(records) == shipped.line("vic_detected", first=2018).sum()
    assert min(records.count(kind) for kind in set(records)) >= 5


def test_wide_delivery_holds_the_same_numbers() -> None:
    from openpyxl import load_workbook

    book = load_workbook(valdoria.wide_delivery())
    rows = list(book.active.iter_rows(values_only=True))

    assert rows[1][:3] == ("variable", "area", "SEC")
    wide = {row[:3]: row[3:] for row in rows[2:]}
    assert wide["insp_risk", "XVA", None] == tuple(shipped.line("insp_risk"))
    assert wide["insp_scope", "XV-04", None][5] == ".."
    assert "fictional" in rows[0][0]


def test_published_facts_are_the_32_with_their_sources() -> None:
    with (FACTS / "sdg16_2_2_published_facts.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))

    assert len(facts) == 32
    assert all(fact["source"] for fact in facts)


def test_paths_of_further_files_exist() -> None:
    assert valdoria.national_pack().is_file()
    assert [path.name for path in valdoria.exercises()] == ["old_scope_noisy.csv"]
    assert len(valdoria.releases()) == 3
