"""How the kernels of this room are compiled: once, kept beside the source, so that no request waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function for its first argument types and keep the machine code on disk."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))
