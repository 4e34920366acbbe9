"""One result a place, made anew only when its state changed."""

from __future__ import annotations

from collections.abc import Callable

from workbench.services.memory import Memory


def counting() -> tuple[Callable[[], int], list[int]]:
    """Something to make, and how often it was made."""
    made: list[int] = []

    def make() -> int:
        made.append(len(made) + 1)
        return made[-1]

    return make, made


def test_a_result_is_made_once_a_state() -> None:
    memory, (make, made) = Memory(), counting()

    assert [memory.kept(("a",), 1, make) for _ in range(3)] == [1, 1, 1]
    assert memory.kept(("a",), 2, make) == 2
    assert memory.kept(("a",), 1, make) == 3, "the older state is no longer held"
    assert made == [1, 2, 3]


def test_places_do_not_disturb_one_another() -> None:
    memory, (make, _) = Memory(), counting()

    first = memory.kept(("a",), 1, make)
    second = memory.kept(("b",), 1, make)

    assert memory.kept(("a",), 1, make) == first != second


def test_what_was_nothing_is_held_too() -> None:
    memory: Memory = Memory()
    made: list[None] = []

    for _ in range(2):
        assert memory.kept(("none",), 0, lambda: made.append(None)) is None
    assert len(made) == 1


def test_equal_labels_become_the_same() -> None:
    memory = Memory()
    first, second = (tuple(f"XV-0{number}" for number in (1, 2)) for _ in range(2))

    assert first is not second
    assert memory.same(first) is memory.same(second)


def test_all_is_let_go() -> None:
    memory, (make, made) = Memory(), counting()
    memory.kept(("a",), 1, make)
    memory.clear()
    memory.kept(("a",), 1, make)
    assert made == [1, 2]
