from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "straume.web.groups"
    label = "groups"
    verbose_name = _("Working groups")

    def ready(self) -> None:
        from straume.web.groups import cards_elsewhere, elsewhere, ideas_elsewhere, thread

        elsewhere.register()
        cards_elsewhere.register()
        ideas_elsewhere.register()
        thread.register()
