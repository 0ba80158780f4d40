"""Texts of the programme in three languages."""

from modeltranslation.translator import TranslationOptions, register

from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    AgendaItem,
    Candidate,
    CertificateRule,
    Choice,
    Cycle,
    OutputIndicator,
    PlaceRule,
    Project,
    QuizChoice,
    QuizQuestion,
    Session,
    Speaker,
    VisitStop,
    WorkPackage,
)


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


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title",)


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("post",)


@register(VisitStop)
class VisitStopTranslation(TranslationOptions):
    fields = ("what",)


@register(OutputIndicator)
class OutputIndicatorTranslation(TranslationOptions):
    fields = ("title", "how_counted")


@register(CertificateRule)
class CertificateRuleTranslation(TranslationOptions):
    fields = ("learnt", "signatory")


@register(QuizQuestion)
class QuizQuestionTranslation(TranslationOptions):
    fields = ("text",)


@register(QuizChoice)
class QuizChoiceTranslation(TranslationOptions):
    fields = ("text",)


@register(ActivityNeed)
class ActivityNeedTranslation(TranslationOptions):
    fields = ("reason",)


@register(Candidate)
class CandidateTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    fields = ("name",)


@register(PlaceRule)
class PlaceRuleTranslation(TranslationOptions):
    fields = ("note",)
