"""How the kernels of the library are compiled: once, the machine code kept beside the source.

Set-up compiles them all (`python -m straume.lean`), so that no request waits for a compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code of a function over arrays; typed as the function itself. Other threads go on meanwhile."""
    return cast("Callable[P, R]", njit(cache=True, nogil=True)(function))


def inner(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, for functions that allocate nothing: arrays are not counted in and out, which is what
    would take most of their time.
    """
    options: dict[str, Any] = {"cache": True, "_nrt": False, "forceinline": True}
    return cast("Callable[P, R]", njit(**options)(function))
