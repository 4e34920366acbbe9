"""Lists inside sentences."""

from workbench.importing.remark_texts import SHOWN, listed


def test_a_short_list_is_shown_whole() -> None:
    assert listed(["A", "B"]) == "A, B"
    assert listed([]) == ""
    assert listed(str(n) for n in range(SHOWN)) == "0, 1, 2, 3, 4, 5, 6, 7"


def test_a_long_list_says_how_many_more() -> None:
    assert listed(str(n) for n in range(SHOWN + 3)) == "0, 1, 2, 3, 4, 5, 6, 7 (+3)"
