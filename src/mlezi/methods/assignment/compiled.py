"""Compiles a function with numba where that is installed; elsewhere it runs as plain Python.

The two give the same answers, bit for bit; only large rounds need the speed. A module whose functions are
compiled should be imported inside the function that uses it, since loading numba takes a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    try:
        import numba  # noqa: PLC0415 - optional
    except ImportError:
        return function
    answer: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return answer


FREE = {"nnan", "ninf", "nsz", "reassoc", "contract"}
"""What additions of scores may be spared: all numbers are whole, small and finite, so order does not matter."""


def compiled_vector(function: Callable[P, R]) -> Callable[P, R]:
    """Like `compiled`, for loops over scores."""
    try:
        import numba  # noqa: PLC0415 - optional
    except ImportError:
        return function
    answer: Callable[P, R] = numba.njit(cache=True, nogil=True, fastmath=FREE)(function)
    return answer


def compiled_inline(function: Callable[P, R]) -> Callable[P, R]:
    """Like `compiled_vector`, written into its caller: a call would count references to every array."""
    try:
        import numba  # noqa: PLC0415 - optional
    except ImportError:
        return function
    answer: Callable[P, R] = numba.njit(nogil=True, fastmath=FREE, inline="always")(function)
    return answer


def is_fast() -> bool:
    """Whether functions are compiled here."""
    try:
        import numba  # noqa: PLC0415 - optional
    except ImportError:
        return False
    return not numba.config.DISABLE_JIT
