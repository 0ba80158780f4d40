"""Texts of the working groups and of practice cards in three languages."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.groups.models import (
    Adoption,
    AgendaPoint,
    Decision,
    GroupAction,
    Meeting,
    PracticeCard,
    WorkingGroup,
)


@register(WorkingGroup)
class WorkingGroupTranslation(TranslationOptions):
    fields = ("name", "purpose", "in_scope", "out_of_scope", "deliverables", "legacy")


@register([Meeting, AgendaPoint])
class TitleTranslation(TranslationOptions):
    fields = ("title",)


@register(Decision)
class DecisionTranslation(TranslationOptions):
    fields = ("text",)


@register(GroupAction)
class GroupActionTranslation(TranslationOptions):
    fields = ("what",)


@register(PracticeCard)
class PracticeCardTranslation(TranslationOptions):
    fields = ("title", "problem", "done", "works_when", "requires", "measure")


@register(Adoption)
class AdoptionTranslation(TranslationOptions):
    fields = ("learnt", "measure")
