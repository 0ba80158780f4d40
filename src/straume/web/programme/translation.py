"""Texts of a project in three languages."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.programme.models import Project


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = ("name", "full_name", "programme", "note")
