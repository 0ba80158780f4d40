"""Which column means what: guessed from names and content, shown with its reasons, and every one can be
set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from straume.lean.errors import WrongCall
from straume.lean.events.raw import RawTable

ROLES = (
    *("case", "activity", "start", "end", "worker", "unit", "outcome", "channel", "received", "due"),
    *("closed", "status", "stop_from", "stop_to", "transition", "instance"),
)


@dataclass(frozen=True)
class ColumnMapping:
    """Role → column of the source. None: no column has this role. `steps` makes a wide table long: its
    date columns.
    """

    case: str | None = None
    activity: str | None = None
    start: str | None = None
    end: str | None = None
    worker: str | None = None
    unit: str | None = None
    outcome: str | None = None
    channel: str | None = None
    received: str | None = None
    due: str | None = None
    closed: str | None = None  # date on which the case was closed
    status: str | None = None  # word that says whether it is closed
    stop_from: str | None = None
    stop_to: str | None = None
    transition: str | None = None  # life cycle: schedule, start, complete
    instance: str | None = None  # which start belongs to which complete
    steps: tuple[str, ...] = ()
    day_first: bool | None = None  # how 01/02/2023 is read

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ColumnMapping:
        known = {field.name for field in fields(cls)}
        for role in data:
            if role not in known:
                raise WrongCall("unknown_role", role=str(role)[:40], roles=", ".join(ROLES))
        chosen: dict[str, Any] = {k: tuple(v) if k == "steps" else v for k, v in data.items()}
        return cls(**chosen)

    def to_dict(self) -> dict[str, Any]:
        """Roles that have a column; a JSON form that `from_dict` reads."""
        return {
            name: list(value) if name == "steps" else value
            for name, value in vars(self).items()
            if value not in (None, ())
        }


_NAMES: dict[str, tuple[str, ...]] = {
    "case": ("case:concept:name", "case_id", "case", "caseid", "lieta", "lietas nr", "byla", "bylos nr"),
    "activity": ("concept:name", "activity", "darbība", "solis", "veiksmas", "veikla", "žingsnis"),
    "start": ("start_timestamp", "start_time", "start", "sākums", "pradžia"),
    "end": (
        "time:timestamp",
        "end_time",
        "timestamp",
        "completed",
        "end",
        "beigas",
        "laiks",
        "pabaiga",
        "laikas",
    ),
    "worker": ("org:resource", "resource", "worker", "user", "darbinieks", "darbuotojas"),
    "unit": ("org:group", "org:role", "role", "unit", "department", "nodaļa", "skyrius"),
    "channel": ("case:channel", "channel", "kanāls", "kanalas"),
    "transition": ("lifecycle:transition",),
    "instance": (),
}


def guess(raw: RawTable) -> ColumnMapping:
    found: dict[str, str] = {}
    by_name = {name.casefold(): name for name in raw.names}
    for role, names in _NAMES.items():
        for name in names:
            if name in by_name and by_name[name] not in found.values():
                found[role] = by_name[name]
                break
    return ColumnMapping(**found)  # type: ignore[arg-type]


def overridden(guessed: ColumnMapping, given: ColumnMapping | Mapping[str, Any] | None) -> ColumnMapping:
    """The guess, with what the caller set; a role set to None has no column."""
    if given is None:
        return guessed
    if isinstance(given, ColumnMapping):
        return given
    ColumnMapping.from_dict(given)
    chosen: dict[str, Any] = {k: tuple(v) if k == "steps" else v for k, v in given.items()}
    return replace(guessed, **chosen)
