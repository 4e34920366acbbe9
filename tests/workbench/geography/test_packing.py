"""Polygons as short text."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.geography.packing import packed, unpacked
from workbench.geography.shapes import ring

POINT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
RING = st.lists(POINT, min_size=4, max_size=8).map(lambda points: ring([*points, points[0]]))


@given(polygons=st.lists(st.lists(RING, min_size=1, max_size=2).map(tuple), max_size=3))
def test_polygons_come_back_to_half_a_step(polygons: list[tuple[np.ndarray, ...]]) -> None:
    back = unpacked(packed(polygons))

    assert [len(polygon) for polygon in back] == [len(polygon) for polygon in polygons]
    for before, after in zip(polygons, back, strict=True):
        for old, new in zip(before, after, strict=True):
            assert np.abs(old - new).max() <= 0.5001e-5
            assert np.array_equal(new[0], new[-1])


def test_the_text_is_a_list_of_steps() -> None:
    assert packed([(ring([[1, 2], [1.00001, 2], [1, 2.5], [1, 2]]),)]) == (
        "[[[100000,200000,1,0,-1,50000,0,-50000]]]"
    )
