"""What the walk over all addresses has to know of the public pages."""

from datetime import date

from straume.web.programme.models import Project
from straume.web.public.models import ResultStory, ToolUse

OPEN = "what was published for everybody"
LEARN = "learning pages are open to everybody"
PUBLIC = {
    f"public:{name}": OPEN
    for name in (
        "accessibility", "privacy", "emblem", "projects", "project", "calendar", "calendar_file",
        "activity", "activity_file", "results", "logo", "sign_up", "confirm",
    )
}  # fmt: skip
PUBLIC |= {f"public:{name}": LEARN for name in ("learn", "tool", "tool_template", "tool_template_file")}
RUN = "who has a role learns that the coordinators of the lead bodies do this (403)"
SHARED = {
    "public:say_use": "whoever is a practitioner somewhere says so for their own place",
    "public:publicity": RUN,
    "public:change_publicity": RUN,
    "public:add_story": RUN,
    "public:change_story": RUN,
}
NUMBERS = {"use_pk": ToolUse, "project_pk": Project, "story_pk": ResultStory}


def values(name: str) -> list[str]:
    return {"tool": ["5s"], "code": ["lli-59"]}.get(name, [])  # the project of the demo


def make_things(*, livani, taxes, alice, bob) -> None:
    ToolUse.objects.create(
        tool="5s", institution=livani, unit=taxes, since_on=date(2018, 1, 1), contact_post="Office"
    )
