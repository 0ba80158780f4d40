"""The lean tools by name, one list for the whole house. Japanese names stay as practitioners use them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class LeanTool(models.TextChoices):
    FIVE_S = "5s", pgettext_lazy("lean tool", "5S")
    A3 = "a3", pgettext_lazy("lean tool", "A3")
    VALUE_STREAM = "value_stream", pgettext_lazy("lean tool", "value-stream map")
    ASAICHI = "asaichi", pgettext_lazy("lean tool", "Asaichi")
    KAIZEN = "kaizen", pgettext_lazy("lean tool", "Kaizen")
    STANDARD_WORK = "standard_work", pgettext_lazy("lean tool", "standard work")
    GEMBA = "gemba", pgettext_lazy("lean tool", "Gemba walk")
    FIVE_WHYS = "five_whys", pgettext_lazy("lean tool", "five whys")
    BOARD = "board", pgettext_lazy("lean tool", "visual board")
    KANBAN = "kanban", pgettext_lazy("lean tool", "Kanban")
    POKA_YOKE = "poka_yoke", pgettext_lazy("lean tool", "Poka-yoke")
    OTHER = "other", pgettext_lazy("lean tool", "another one, or none")
