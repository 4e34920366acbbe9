"""Who delivers what: the invented offices, their files and the texts about them."""

from __future__ import annotations

from dataclasses import dataclass

LICENCE = "CC0-1.0"
Names = tuple[str, str, str, str]
"""English, Spanish, Brazilian Portuguese, French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office and the file it sends.

    Attributes:
        file: name of the delivery.
        dataset: dataset code.
        names: of the office, by language.
        variables: codes in the order of the file.
        provisional: whether the last year is provisional.
        monthly: whether the periods are months.
    """

    file: str
    dataset: str
    names: Names
    variables: tuple[str, ...]
    provisional: bool = False
    monthly: bool = False


_NRM = (
    "National Referral Mechanism of Valdoria", "Mecanismo Nacional de Remisión de Valdoria",
    "Mecanismo Nacional de Encaminhamento de Valdória", "Mécanisme national d’orientation de Valdorie",
)  # fmt: skip
_POLICE = (
    "National Police of Valdoria", "Policía Nacional de Valdoria",
    "Polícia Nacional de Valdória", "Police nationale de Valdorie",
)  # fmt: skip
_PROSECUTION = (
    "Public Prosecution of Valdoria", "Fiscalía General de Valdoria",
    "Ministério Público de Valdória", "Ministère public de Valdorie",
)  # fmt: skip
_COURTS = (
    "Judicial Council of Valdoria", "Consejo de la Judicatura de Valdoria",
    "Conselho da Justiça de Valdória", "Conseil de la magistrature de Valdorie",
)  # fmt: skip
_SOCIAL = (
    "Social Services of Valdoria", "Servicios Sociales de Valdoria",
    "Serviços Sociais de Valdória", "Services sociaux de Valdorie",
)  # fmt: skip
_MIGRATION = (
    "Migration Office of Valdoria", "Oficina de Migración de Valdoria",
    "Escritório de Migração de Valdória", "Office des migrations de Valdorie",
)  # fmt: skip
_LABOUR = (
    "Labour Inspectorate of Valdoria", "Inspección del Trabajo de Valdoria",
    "Inspeção do Trabalho de Valdória", "Inspection du travail de Valdorie",
)  # fmt: skip
_FINANCE = (
    "Ministry of Finance of Valdoria", "Ministerio de Hacienda de Valdoria",
    "Ministério da Fazenda de Valdória", "Ministère des finances de Valdorie",
)  # fmt: skip
_STATISTICS = (
    "Statistics Office of Valdoria", "Instituto de Estadística de Valdoria",
    "Instituto de Estatística de Valdória", "Institut de statistique de Valdorie",
)  # fmt: skip
_COORDINATION = (
    "Coordination Office against Trafficking of Valdoria",
    "Oficina de Coordinación contra la Trata de Valdoria",
    "Escritório de Coordenação contra o Tráfico de Pessoas de Valdória",
    "Bureau de coordination contre la traite de Valdorie",
)
_HOTLINE = (
    "National Hotline of Valdoria", "Línea Nacional de Ayuda de Valdoria",
    "Linha Nacional de Ajuda de Valdória", "Ligne nationale d’assistance de Valdorie",
)  # fmt: skip
_INTEGRITY = (
    "Integrity Office of Valdoria", "Oficina de Integridad de Valdoria",
    "Escritório de Integridade de Valdória", "Bureau de l’intégrité de Valdorie",
)  # fmt: skip
_RAPPORTEUR = (
    "National Rapporteur of Valdoria", "Relatoría Nacional de Valdoria",
    "Relatoria Nacional de Valdória", "Rapporteur national de Valdorie",
)  # fmt: skip
_SURVEYS = (
    "Survey Institute of Valdoria", "Instituto de Encuestas de Valdoria",
    "Instituto de Pesquisas de Valdória", "Institut de sondage de Valdorie",
)  # fmt: skip


OFFICES = (
    Office(
        file="referral_mechanism.csv",
        dataset="nrm",
        names=_NRM,
        provisional=True,
        variables=(
            "vic_detected", "n_vic_old_scope", "vic_presumed", "vic_presumed_id", "vic_identified",
            "vic_proactive", "vic_repeat", "vic_geo_known", "vic_punished", "id_days", "vic_corr",
            "vic_interviewed", "vic_off_involved", "ref_made", "ref_accepted",
        ),
    ),
    Office(
        file="social_services.csv",
        dataset="social_services",
        names=_SOCIAL,
        provisional=True,
        variables=(
            "vic_assisted", "vic_assisted_state", "vic_assisted_uncond", "svc_resp", "svc_satisf",
            "child_unacc", "child_guardian", "reint_cohort", "reint_12m", "n_shelter_places",
            "n_shelter_nights",
        ),
    ),
    Office(
        file="migration_office.csv",
        dataset="migration",
        names=_MIGRATION,
        provisional=True,
        variables=(
            "stay_eligible", "stay_granted", "repat_done", "repat_safe", "repat_days", "cor_agr",
            "n_migrant_reg",
        ),
    ),
    Office(
        file="police.csv",
        dataset="police",
        names=_POLICE,
        provisional=True,
        variables=(
            "inv_opened", "inv_proactive", "off_recorded", "sus_persons", "org_inv_drug",
            "org_inv_drug_screened", "org_inv_drug_tip",
        ),
    ),
    Office(
        file="prosecution.csv",
        dataset="prosecution",
        names=_PROSECUTION,
        provisional=True,
        variables=(
            "pro_decisions", "pro_persons", "coh_pro", "case_coh_open", "case_coh_cnv", "use_pro",
            "mla_recv", "mla_ontime", "asset_seized",
        ),
    ),
    Office(
        file="courts.csv",
        dataset="courts",
        names=_COURTS,
        provisional=True,
        variables=(
            "fst_disposed", "cnv_persons", "coh_cnv", "pend_end", "proc_days", "sen_persons",
            "sen_months", "vic_in_proc", "vic_legal_rep", "vic_testified", "vic_special_measures",
            "vic_withdrew", "comp_ordered", "comp_ordered_amt", "comp_paid_amt", "use_disposed",
            "use_cnv", "asset_confiscated",
        ),
    ),
    Office(
        file="labour_inspectorate.csv",
        dataset="labour_inspectorate",
        names=_LABOUR,
        variables=("insp_scope", "insp_risk", "n_insp_found", "n_agencies_licensed"),
    ),
    Office(
        file="ministry_of_finance.csv",
        dataset="finance",
        names=_FINANCE,
        variables=("bud_exec", "bud_alloc", "bud_intl", "bud_cso", "bud_drug_exec", "n_order_exp"),
    ),
    Office(
        file="statistics_office.csv",
        dataset="statistics",
        names=_STATISTICS,
        variables=("pop_total", "pop_risk", "defl"),
    ),
    Office(
        file="coordination_office.csv",
        dataset="coordination",
        names=_COORDINATION,
        variables=(
            "staff_total", "staff_trained", "staff_spec", "risk_reached", "mun_risk", "mun_prog",
            "n_campaigns", "n_campaign_reach", "nap_due", "nap_done", "mtg_plan", "ag_possible",
            "ag_attended", "cso_prov", "cso_mou", "obl_due", "obl_met", "rec_due", "rec_full",
            "rec_part", "law_total", "law_met", "use_law",
        ),
    ),
    Office(file="hotline.csv", dataset="hotline", names=_HOTLINE, variables=("hot_relevant",)),
    Office(
        file="integrity_office.csv",
        dataset="integrity",
        names=_INTEGRITY,
        variables=("off_alleg", "off_outcome"),
    ),
    Office(
        file="rapporteur.csv",
        dataset="rapporteur",
        names=_RAPPORTEUR,
        variables=("vic_src_records", "src_expected", "src_ontime", "dim_cells", "dim_unknown"),
    ),
    Office(
        file="surveys.csv",
        dataset="surveys",
        names=_SURVEYS,
        variables=("kap_n", "kap_n_eff", "kap_aware", "kap_tolerant", "kap_demand"),
    ),
    Office(
        file="police_monthly.csv",
        dataset="police_monthly",
        names=_POLICE,
        provisional=True,
        monthly=True,
        variables=("inv_opened",),
    ),
    Office(
        file="shelters_monthly.csv",
        dataset="shelters_monthly",
        names=_SOCIAL,
        provisional=True,
        monthly=True,
        variables=("n_shelter_nights",),
    ),
    Office(
        file="migration_monthly.csv",
        dataset="migration_monthly",
        names=_MIGRATION,
        provisional=True,
        monthly=True,
        variables=("n_migrant_reg",),
    ),
)  # fmt: skip
"""The deliveries in the order in which the demonstration imports them."""

UNITS = dict.fromkeys(("bud_exec", "bud_alloc", "bud_intl", "bud_cso", "bud_drug_exec", "n_order_exp", "comp_ordered_amt", "comp_paid_amt", "asset_seized", "asset_confiscated"), "VLD:1e6")  # fmt: skip
"""Units of the variables of money: currency and scale, at current prices."""
