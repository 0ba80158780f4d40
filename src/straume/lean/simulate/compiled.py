"""The decorator of the compiled kernels: machine code is kept beside the source, so it is made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code of a function over arrays; typed as the function itself."""
    return cast("Callable[P, R]", njit(cache=True)(function))


def inner(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, for functions that allocate nothing: arrays are not counted in and out, which is what
    would take most of their time.
    """
    options: dict[str, Any] = {"cache": True, "_nrt": False, "forceinline": True}
    return cast("Callable[P, R]", njit(**options)(function))
