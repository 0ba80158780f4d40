from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudiesConfig(AppConfig):
    name = "straume.web.studies"
    label = "studies"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from straume.web.studies import card_evidence, elsewhere, evaluation_elsewhere, thread

        elsewhere.register()
        card_evidence.register()
        evaluation_elsewhere.register()
        thread.register()
