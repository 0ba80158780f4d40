"""What is kept of public pages."""

from straume.web.public.models.learning import ToolUse
from straume.web.public.models.publicity import Publication, Publicity, ResultStory, SignUpRequest

__all__ = ["Publication", "Publicity", "ResultStory", "SignUpRequest", "ToolUse"]
