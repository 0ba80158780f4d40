"""Texts of needs and surveys in three languages."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.needs.models import Need, Questionnaire, Wave


@register(Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    fields = ("title",)


@register(Wave)
class WaveTranslation(TranslationOptions):
    fields = ("name",)


@register(Need)
class NeedTranslation(TranslationOptions):
    fields = ("title", "description", "whom")
