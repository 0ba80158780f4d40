"""Texts of the programme in three languages."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.programme.models import Activity, Cycle, Project, Session, WorkPackage


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = ("name", "full_name", "programme", "note")


@register(WorkPackage)
class WorkPackageTranslation(TranslationOptions):
    fields = ("title",)


@register(Cycle)
class CycleTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title",)
