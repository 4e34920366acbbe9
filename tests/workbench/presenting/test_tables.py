"""Table twins: never an empty value, never a zero for a missing one."""

from __future__ import annotations

from indicators.model.codes import Flags, Status
from tests.workbench.presenting import charts as c
from workbench.presenting.tables import remark, trend_table


def test_states_are_words_and_a_true_zero_is_a_number() -> None:
    series = c.make_series({2020: 0, 2021: None, 2022: "5-9", 2023: 12}, provisional=[2023])

    table = trend_table("t", series, unit="persons", name="Victims")

    assert [column.title for column in table.columns] == [
        "Year",
        "Victims, persons",
        "Range",
        "Remark",
    ]
    assert table.rows == (
        ("2023", "12", "–", "provisional"),
        ("2022", "5–9", "5 to 9", "hidden by the source"),
        ("2021", "no data", "–", "no data"),
        ("2020", "0", "–", ""),
    )


def test_months_head_their_own_column() -> None:
    table = trend_table("t", c.make_series({"2020-05": 3}), unit="", name="Calls")

    assert table.columns[0].title == "Month"
    assert table.rows[0][0].replace("\u00a0", " ") == "May 2020"


def test_every_flag_has_words() -> None:
    flags = Flags.P | Flags.B | Flags.D | Flags.E | Flags.I | Flags.U

    assert len(remark(Status.A, flags).split(", ")) == 6
    assert remark(Status.X, Flags.NONE) == "not applicable"
