"""Coordination, duties, staff, integrity and the sources of data."""

from __future__ import annotations

import numpy as np

from indicators.model.series import Integers
from sample_data.generator.cells import Counts, Ledger, spread
from sample_data.generator.country import (
    INS,
    LAW_YEAR,
    PARTNERS,
    SRC,
    YEARS,
    growing,
    moving,
    region_shares,
)
from sample_data.generator.draws import ALL_COUNTRY
from sample_data.generator.seeds import generator

SOURCES = {"POL": 0.36, "LAB": 0.14, "SHE": 0.18, "NGO": 0.20, "HOT": 0.12}
PILLARS = {"PRV": 0.30, "PRT": 0.35, "PRS": 0.25, "XCT": 0.10}


def write_plan(ledger: Ledger) -> None:
    """Actions of the national plan (renewed every five years) and the coordination body."""
    rng = generator("nap_due")
    cycle = (np.array(YEARS) - 2005) % 5
    due = spread(rng, 24 + 3 * cycle, ALL_COUNTRY, {"PIL": PILLARS})
    ledger.counts("nap_due", due)
    ledger.counts("nap_done", due.part(rng, moving(0.35, 0.62) + 0.05 * (cycle == 4)))
    meetings = np.full(len(YEARS), 6)
    meetings[-5:] = 4
    ledger.nation("mtg_plan", meetings)
    ledger.nation("ag_possible", 16 * meetings)
    ledger.nation("ag_attended", rng.binomial(16 * meetings, moving(0.60, 0.74)))


def write_referrals(ledger: Ledger) -> None:
    """Referrals between bodies, by source, and those accepted in time."""
    rng = generator("ref_made")
    made = spread(rng, rng.poisson(growing(280, 4)), region_shares(), {"SRC": SOURCES})
    ledger.counts("ref_made", made)
    ledger.counts("ref_accepted", made.part(rng, moving(0.62, 0.81)))


def write_alliances(ledger: Ledger) -> None:
    """Civil-society providers and those under protocol."""
    rng = generator("cso_prov")
    shares = region_shares()
    cells = np.zeros(shares.shape, dtype=np.int64)
    for t, total in enumerate(np.rint(moving(31, 44)).astype(int)):
        exact = shares[:, t] * total
        cells[:, t] = np.floor(exact)
        order = np.argsort(-(exact - cells[:, t]), kind="stable")
        cells[order[: total - cells[:, t].sum()], t] += 1
    providers = Counts(dims={}, cells=cells)
    ledger.counts("cso_prov", providers)
    ledger.counts("cso_mou", providers.part(rng, moving(0.29, 0.60)))


def write_assistance(ledger: Ledger) -> None:
    """Requests for legal assistance by partner and those answered in time."""
    rng = generator("mla_recv")
    partners = dict(zip(PARTNERS, (0.34, 0.26, 0.18, 0.13, 0.09), strict=True))
    sent = spread(rng, rng.poisson(growing(18, 4)), ALL_COUNTRY, {"COR": partners})
    ledger.counts("mla_recv", sent)
    ledger.counts("mla_ontime", sent.part(rng, moving(0.30, 0.52)))


def write_duties(ledger: Ledger) -> None:
    """Obligations and recommendations, by instrument and pillar, and what was done."""
    rng = generator("obl_due")
    instruments = dict(zip(INS, (0.35, 0.25, 0.25, 0.15), strict=True))
    due = spread(rng, np.rint(moving(14, 19)), ALL_COUNTRY, {"INS": instruments})
    ledger.counts("obl_due", due)
    ledger.counts("obl_met", due.part(rng, moving(0.55, 0.76)))
    advice = spread(
        rng, np.rint(moving(20, 34)), ALL_COUNTRY, {"INS": instruments, "PIL": PILLARS}
    )
    full = advice.part(rng, moving(0.20, 0.42))
    rest = Counts(
        dims=advice.dims, cells=advice.cells.astype(np.int64) - full.cells.astype(np.int64)
    )
    ledger.counts("rec_due", advice)
    ledger.counts("rec_full", full)
    ledger.counts("rec_part", rest.part(rng, 0.375))


def write_laws(ledger: Ledger) -> None:
    """The legal checklist and the law on users of services."""
    years = np.array(YEARS)
    ledger.nation("law_total", np.full(len(years), 20))
    ledger.nation("law_met", 9 + 5 * (years >= LAW_YEAR) + 2 * (years >= 2016))
    ledger.nation("use_law", (years >= 2016).astype(int))


def write_integrity(ledger: Ledger) -> None:
    """Allegations against officials and, after three years, those with an outcome."""
    rng = generator("off_alleg")
    roles = {"POL": 0.50, "BOR": 0.27, "LAB": 0.13, "JUD": 0.10}
    alleged = spread(rng, rng.poisson(22, len(YEARS)), ALL_COUNTRY, {"ROL": roles})
    settled = alleged.part(rng, moving(0.18, 0.30))
    read = np.where(np.array(YEARS) <= YEARS[-1] - 3, settled.cells.astype(float), np.nan)
    ledger.counts("off_alleg", alleged)
    ledger.counts("off_outcome", Counts(dims=settled.dims, cells=read))


def write_specialists(ledger: Ledger) -> None:
    """Full-time equivalents of specialised staff by function."""
    parts = {"POL": 0.58, "PRO": 0.27, "JUD": 0.15}
    lines = {role: np.round(growing(34, 3) * share, 1) for role, share in parts.items()}
    ledger.nation("staff_spec", sum(lines.values()), decimals=1)
    for role, line in lines.items():
        ledger.nation("staff_spec", line, cut=(("ROL", role),), decimals=1)


def write_sources(ledger: Ledger, detected: Integers) -> None:
    """Records by source before linkage, deliveries on time, unknown values."""
    rng = generator("vic_src_records")
    records = spread(rng, np.rint(1.35 * detected), ALL_COUNTRY, {"SRC": SOURCES})
    ledger.counts("vic_src_records", records)
    cells = Counts(dims=records.dims, cells=6 * records.cells.astype(np.int64))
    ledger.counts("dim_cells", cells)
    ledger.counts("dim_unknown", cells.part(rng, moving(0.17, 0.07)))
    each = np.full((1, len(SRC), len(YEARS)), 4)
    expected = Counts(dims={"SRC": SRC}, cells=each)
    ledger.counts("src_expected", expected)
    ledger.counts("src_ontime", expected.part(rng, moving(0.60, 0.90)))
