"""Letters put right and labels repeated; addresses stay."""

from workbench.importing.grid import repaired, with_labels
from workbench.importing.raw_table import RawTable


def test_letters_read_wrongly_once_are_put_right() -> None:
    for text in ("Mérida", "São Tomé", "Bahía Ñandú", "plain"):
        assert repaired(text.encode("utf-8").decode("cp1252", "strict")) == text


def test_right_letters_are_left_alone() -> None:
    assert repaired("Mérida") == "Mérida"


def test_blank_labels_repeat_only_in_rows_with_values() -> None:
    rows = [["a", "v"], ["North", "1"], ["", "2"], ["", ""], ["South", "3"]]
    table = RawTable(name="", index=1, open_slices=lambda count: iter([rows]))

    seen = list(with_labels(table, 2, [0], [1]).rows())

    assert [row[0] for row in seen] == ["a", "North", "North", "", "South"]
