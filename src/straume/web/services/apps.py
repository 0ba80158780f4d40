from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "straume.web.services"
    label = "services"
    verbose_name = _("Services")

    def ready(self) -> None:
        from straume.web.services import elsewhere

        elsewhere.register()
