"""The one door to computation: series, explanations, and what an indicator needs."""

from indicators.compute.explain import Explanation, InputCell, explain
from indicators.compute.pieces import Piece, PieceKind
from indicators.compute.pipeline import compute, compute_columns, prepare
from indicators.compute.task import required, state

__all__ = [
    "Explanation",
    "InputCell",
    "Piece",
    "PieceKind",
    "compute",
    "compute_columns",
    "explain",
    "prepare",
    "required",
    "state",
]
