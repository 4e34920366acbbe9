"""Names that are almost known."""

from workbench.importing.likeness import nearest

KNOWN = {"XV-11": ("Jarvenpaa",), "XV-12": ("Zone 11",), "XVA": ("Valdoria",)}


def test_a_typing_error_is_offered_with_its_score() -> None:
    found = nearest("Jarvenpa", KNOWN)

    assert found is not None
    assert (found.code, found.score >= 0.92) == ("XV-11", True)


def test_known_names_other_figures_and_countries_are_never_offered() -> None:
    assert [nearest(t, KNOWN) for t in ("JARVENPAA", "Zone 12", "Italy", "Somewhere")] == [
        None
    ] * 4
