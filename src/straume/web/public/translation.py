"""Public texts in three languages."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.public.models import Publicity, ResultStory


@register(Publicity)
class PublicityTranslation(TranslationOptions):
    fields = ("co_financing", "disclaimer")


@register(ResultStory)
class ResultStoryTranslation(TranslationOptions):
    fields = ("title", "text")
