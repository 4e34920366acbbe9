"""Names that are almost known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.importing.countries import is_country, labels
from workbench.importing.likeness import EASILY_CONFUSED, PROPOSED, candidates, guesses, nearest
from workbench.importing.names import Names

KNOWN = {"XV-11": ("Jarvenpaa",), "XV-12": ("Zone 11",), "XVA": ("Valdoria",)}
NAMES = Names(areas=KNOWN, variable_names={"detected victims": "vic_detected"})


def test_a_typing_error_is_offered_with_its_score() -> None:
    found = nearest("Jarvenpa", KNOWN)

    assert found is not None
    assert (found.code, found.score >= 0.92) == ("XV-11", True)


def test_known_names_other_figures_and_countries_are_never_offered() -> None:
    assert [nearest(t, KNOWN) for t in ("JARVENPAA", "Zone 12", "Italy", "Somewhere")] == [
        None
    ] * 4
    assert candidates("Jarvenpaa", KNOWN) == ()


@pytest.mark.parametrize(
    ("role", "text", "code", "sure"),
    [
        ("SEX", "Femaile", "F", True),
        ("AGE", "Minorrs", "Y0T17", True),
        ("FORM", "Sexual exploitaton", "SEX", True),
        ("STG", "Convictd", "S6", True),
        ("CIT", "Kazahstan", "KAZ", True),
        ("CIT", "Columbia", "COL", False),
        ("CIT", "Ethopia", "ETH", True),
        ("CIT", "colombianno", "COL", True),
        ("CIT", "BELICE\ufffdA", "BLZ", True),
        ("CIT", "C\ufffdte d\ufffdIvoire", "CIV", True),
        ("CIT", "PER\ufffd", "PER", False),
        ("CIT", "Mumbai, India", "IND", False),
        ("CIT", "2 maliens", "MLI", False),
        ("CIT", "Unkown", "_U", True),
        ("area", "Germny", "DEU", True),
        ("area", "Jarvenpa", "XV-11", True),
        ("variable", "Detected victim", "vic_detected", True),
    ],
)
def test_the_best_guess_for_every_kind_of_name(
    role: str, text: str, code: str, sure: bool
) -> None:
    best = guesses(role, text, NAMES)[0]

    assert best.code == code
    assert (best.score >= PROPOSED) is sure


@pytest.mark.parametrize(
    "text", ["mayores de 18", "over 18 years", "older than 18", "plus de 18 ans"]
)
def test_an_age_above_a_number_is_never_a_band_below_it(text: str) -> None:
    assert [(g.code, g.score < PROPOSED) for g in guesses("AGE", text, NAMES)] == [
        ("Y_GE18", True)
    ]


def test_an_age_up_to_a_number_is_a_doubtful_band() -> None:
    assert [(g.code, g.score) for g in guesses("AGE", "hasta 17 años", NAMES)] == [("Y0T17", 0.9)]


@pytest.mark.parametrize(
    "text",
    [
        *("3 nigériens et 1 tunisien", "0", "", "B & H", "Disputed", "M49 Region: Africa"),
        *("Caribbean (Trinidad and Tobago, Barbados, etc)", "xx"),
    ],
)
def test_nothing_is_guessed_from_several_countries_or_too_little(text: str) -> None:
    assert guesses("CIT", text, NAMES) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("Nigera", "Nigerr", "Niiger", "Nigeriia", "Guiena", "Equatorial Guinee", "Guinea Bisau"),
        *(
            "Papua New Gunea",
            "Republic of Corea",
            "North Corea",
            "Congoo",
            "Dominicca",
            "Austrlia",
        ),
        *(
            "Dominican Rebublic",
            "Slovenija",
            "Mauritannia",
            "Sweeden",
            "Irann",
            "Korea",
            "Congolese",
        ),
        *("Gambja", "Zambja", "Lybia", "Libanon", "Malii", "South Sudann", "Guayana"),
    ],
)
def test_names_that_are_easily_confused_are_never_sure(text: str) -> None:
    for role in ("CIT", "area"):
        assert all(guess.score < PROPOSED for guess in guesses(role, text, NAMES)), text


def test_a_short_code_of_another_list_is_like_nothing() -> None:
    assert [guesses("area", text, NAMES) for text in ("EEU", "CAR", "SAM")] == [(), (), ()]


def test_a_rival_close_behind_makes_the_first_doubtful() -> None:
    one = {"A": ("San Marcos de Arica",)}
    text = "San Marcoss de Arica"

    assert candidates(text, one)[0].score >= PROPOSED
    both = candidates(text, {**one, "B": ("San Marcas de Arica",)})
    assert [guess.code for guess in both] == ["A", "B"]
    assert all(guess.score < PROPOSED for guess in both)


def test_those_easily_confused_exist() -> None:
    assert all(map(is_country, EASILY_CONFUSED))
    assert labels("citizenship").keys() >= EASILY_CONFUSED


@given(st.text(max_size=25), st.sampled_from(["CIT", "area", "SEX", "AGE", "FORM", "variable"]))
def test_scores_fall_from_one_to_none(text: str, role: str) -> None:
    scores = [guess.score for guess in guesses(role, text, NAMES)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({guess.code for guess in guesses(role, text, NAMES)}) == len(scores)
