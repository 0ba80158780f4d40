from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "straume.web.needs"
    label = "needs"
    verbose_name = _("Needs")

    def ready(self) -> None:
        from straume.web.needs import elsewhere, surveys_elsewhere, thread

        elsewhere.register()
        surveys_elsewhere.register()
        thread.register()
