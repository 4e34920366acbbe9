"""Events and breaks of the invented country, in four languages."""

from __future__ import annotations

from dataclasses import dataclass

from sample_data.generator.offices import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated event as it stands in events.csv; lists are joined by ``|``."""

    id: str
    kind: str
    start: str
    names: Names
    end: str = ""
    areas: str = ""
    pillar: str = ""
    recommendations: str = ""
    delay: int = 0
    document: str = ""
    variables: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A dated break as it stands in breaks.csv."""

    id: str
    kind: str
    start: str
    texts: Names
    variables: str = ""
    areas: str = ""


EVENTS = (
    Event(
        id="law_2011", kind="law", start="2011-01", pillar="PRS", recommendations="2|6",
        document="Act 3/2011", variables="inv_opened|coh_cnv",
        names=(
            "Law against trafficking in persons in force",
            "Entra en vigor la ley contra la trata de personas",
            "Entra em vigor a lei contra o tráfico de pessoas",
            "Entrée en vigueur de la loi contre la traite des personnes",
        ),
    ),
    Event(
        id="training_2014", kind="programme", start="2014", pillar="PRT", recommendations="2|7",
        document="Circular 12/2013", variables="vic_detected",
        names=(
            "Training of labour inspectors on male victims",
            "Formación de la inspección del trabajo sobre víctimas masculinas",
            "Capacitação da inspeção do trabalho sobre vítimas do sexo masculino",
            "Formation de l’inspection du travail aux victimes masculines",
        ),
    ),
    Event(
        id="campaign_2015", kind="campaign", start="2015", end="2015", pillar="PRV",
        recommendations="7|8", variables="hot_relevant",
        names=(
            "National campaign “Open your eyes”", "Campaña nacional «Abre los ojos»",
            "Campanha nacional “Abra os olhos”", "Campagne nationale « Ouvrez les yeux »",
        ),
    ),
    Event(
        id="users_2016", kind="law", start="2016", pillar="PRV", recommendations="8",
        document="Act 9/2015", variables="use_pro",
        names=(
            "Law on the knowing use of services of a victim",
            "Ley sobre el uso consciente de servicios de una víctima",
            "Lei sobre o uso consciente de serviços de uma vítima",
            "Loi sur le recours en connaissance de cause aux services d’une victime",
        ),
    ),
    Event(
        id="budget_2016", kind="budget", start="2016", pillar="PRT", recommendations="3",
        document="Budget Act 2016", variables="bud_exec|bud_alloc",
        names=(
            "Budget law with a line of its own", "Ley de presupuestos con partida propia",
            "Lei orçamentária com rubrica própria", "Loi de finances avec une ligne propre",
        ),
    ),
    Event(
        id="scope_2017", kind="other", start="2017", recommendations="9",
        document="Circular 2/2017", variables="vic_detected",
        names=(
            "Forced criminality is counted from now on",
            "Se empieza a contar la delincuencia forzada",
            "Passa-se a contar a criminalidade forçada",
            "La criminalité forcée est comptée à partir de maintenant",
        ),
    ),
    Event(
        id="pilot_2018", kind="programme", start="2018", areas="XV-02|XV-06|XV-12", pillar="PRT",
        recommendations="7", document="Decree 41/2017", variables="id_days",
        names=(
            "Pilot victim centres in three regions", "Centros piloto para víctimas en tres regiones",
            "Centros-piloto para vítimas em três regiões",
            "Centres pilotes pour les victimes dans trois régions",
        ),
    ),
    Event(
        id="pandemic_2020", kind="shock", start="2020-01", end="2020-12",
        variables="inv_opened|n_campaigns",
        names=("Pandemic year", "Año de pandemia", "Ano de pandemia", "Année de pandémie"),
    ),
)  # fmt: skip

BREAKS = (
    Change(
        id="boundary_2014", kind="boundary", start="2014", areas="XV-09|XV-14",
        texts=(
            "XV-14 Mitteland was part of XV-09 Hohenmark until 2013.",
            "XV-14 Mitteland formó parte de XV-09 Hohenmark hasta 2013.",
            "XV-14 Mitteland fez parte de XV-09 Hohenmark até 2013.",
            "XV-14 Mitteland faisait partie de XV-09 Hohenmark jusqu’en 2013.",
        ),
    ),
    Change(
        id="scope_2017", kind="definition", start="2017", variables="vic_detected",
        texts=(
            "Victims of forced criminality are counted from 2017 on.",
            "Las víctimas de delincuencia forzada se cuentan desde 2017.",
            "As vítimas de criminalidade forçada são contadas a partir de 2017.",
            "Les victimes de criminalité forcée sont comptées à partir de 2017.",
        ),
    ),
)  # fmt: skip
