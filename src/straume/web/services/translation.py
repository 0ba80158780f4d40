"""Which texts of the catalogue exist in each language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from straume.web.services.models import (
    Channel,
    CompetentAuthority,
    Cost,
    Evidence,
    LegalResource,
    LifeEvent,
    Output,
    PublicService,
)


@register(PublicService)
class PublicServiceTexts(TranslationOptions):
    fields = ("name", "description", "keywords")


@register([LifeEvent, CompetentAuthority])
class NamedTexts(TranslationOptions):
    fields = ("name",)


@register([Evidence, Output])
class DescribedTexts(TranslationOptions):
    fields = ("name", "description")


@register([Channel, Cost])
class DescriptionTexts(TranslationOptions):
    fields = ("description",)


@register(LegalResource)
class LegalResourceTexts(TranslationOptions):
    fields = ("title",)
