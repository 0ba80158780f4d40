"""What to ask of a service: findings of a case log or of a list of steps, and the figures around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from straume.lean.assess.assessing import Deadline as Deadline
    from straume.lean.assess.assessing import assess as assess


def __getattr__(name: str) -> Any:
    """`assess` and `Deadline`, imported when they are asked for: the records alone need no engine."""
    if name in ("assess", "Deadline"):
        from straume.lean.assess import assessing

        return getattr(assessing, name)
    raise AttributeError(name)
