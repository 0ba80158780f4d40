"""Texts that institutions write in three languages (modeltranslation: name_lv, name_lt, name_en …)."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.places.models import Institution, Promise


@register(Institution)
class InstitutionTranslation(TranslationOptions):
    fields = ("name",)


@register(Promise)
class PromiseTranslation(TranslationOptions):
    fields = ("text", "given_by")
