"""What the walk over all addresses has to know of the public pages."""

OPEN = "what was published for everybody"
PUBLIC = {
    f"public:{name}": OPEN
    for name in (
        "accessibility", "privacy", "emblem", "projects", "project", "calendar", "calendar_file",
        "activity", "activity_file", "results", "logo",
    )
}  # fmt: skip
