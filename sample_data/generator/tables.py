"""All tables of the country, drawn once: what the files are written from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.model.series import Integers
from sample_data.generator import (
    coordination,
    investigations,
    people,
    prevention,
    protection,
    resources,
    trials,
    victim_tables,
    victims,
)
from sample_data.generator.cells import Ledger
from sample_data.generator.investigations import Investigations
from sample_data.generator.seeds import settle
from sample_data.generator.victims import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Everything that was drawn.

    Attributes:
        yearly, monthly: rows by variable.
        register: the detected victims.
        opened: the investigations.
        attempts: number of the child seed of every table with a truth; 0 is the first.
    """

    yearly: Ledger
    monthly: Ledger
    register: Register
    opened: Investigations
    attempts: dict[str, int]


def _victims(yearly: Ledger, attempts: dict[str, int]) -> Register:
    register, attempts["vic_detected"] = settle(
        "vic_detected", victims.register, victim_tables.missed
    )
    victim_tables.write_register(yearly, register)
    victim_tables.write_services(yearly, register)
    victim_tables.write_days(yearly, register)
    awarded = register.persons.counts(register.groups["awarded"]).sum(axis=0)
    protection.write_awards(yearly, awarded)
    return register


def _justice(yearly: Ledger, monthly: Ledger, attempts: dict[str, int]) -> Investigations:
    opened, attempts["inv_opened"] = settle(
        "inv_opened", investigations.investigations, investigations.missed
    )
    investigations.write_investigations(yearly, opened)
    investigations.write_suspects(yearly, opened)
    investigations.write_drug_files(yearly)
    investigations.write_months(monthly, "inv_opened", opened.monthly)
    made, attempts["pro_persons"] = settle("pro_persons", trials.trials, trials.missed)
    trials.write_trials(yearly, made)
    trials.write_users(yearly)
    return opened


def _protection(yearly: Ledger, monthly: Ledger, attempts: dict[str, int]) -> None:
    returned, attempts["repat_done"] = settle(
        "repat_done", protection.returns, protection.returns_missed
    )
    protection.write_returns(yearly, returned)
    arrived, attempts["n_migrant_reg"] = settle(
        "n_migrant_reg", protection.arrivals, protection.arrivals_missed
    )
    protection.write_arrivals(yearly, monthly, arrived)
    protection.write_agreements(yearly)
    protection.write_reintegration(yearly)
    protection.write_shelters(yearly, monthly)


def _prevention(yearly: Ledger, attempts: dict[str, int]) -> None:
    campaigns, attempts["n_campaigns"] = settle(
        "n_campaigns", prevention.campaigns, prevention.campaigns_missed
    )
    yearly.both("n_campaigns", campaigns)
    contacts, attempts["hot_relevant"] = settle(
        "hot_relevant", prevention.hotline, prevention.hotline_missed
    )
    yearly.nation("hot_relevant", contacts)
    inspected, attempts["insp_risk"] = settle(
        "insp_risk", prevention.inspections, prevention.inspections_missed
    )
    prevention.write_inspections(yearly, inspected)
    prevention.write_reach(yearly)
    prevention.write_training(yearly)
    prevention.write_programmes(yearly)
    prevention.write_surveys(yearly)


def _rest(yearly: Ledger, detected: Integers, attempts: dict[str, int]) -> None:
    money, attempts["bud_exec"] = settle("bud_exec", resources.budgets, resources.budgets_missed)
    resources.write_budgets(yearly, money)
    resources.write_prices(yearly)
    resources.write_assets(yearly)
    people.write_population(yearly)
    for write in (
        coordination.write_plan,
        coordination.write_referrals,
        coordination.write_alliances,
        coordination.write_assistance,
        coordination.write_duties,
        coordination.write_laws,
        coordination.write_integrity,
        coordination.write_specialists,
    ):
        write(yearly)
    coordination.write_sources(yearly, detected)


def country() -> Country:
    """The whole country; every table has passed its reference estimators."""
    yearly, monthly = Ledger(), Ledger()
    attempts: dict[str, int] = {}
    register = _victims(yearly, attempts)
    opened = _justice(yearly, monthly, attempts)
    _protection(yearly, monthly, attempts)
    _prevention(yearly, attempts)
    everyone = np.ones(register.persons.n, dtype=bool)
    _rest(yearly, register.persons.counts(everyone).sum(axis=0), attempts)
    return Country(
        yearly=yearly, monthly=monthly, register=register, opened=opened, attempts=attempts
    )
