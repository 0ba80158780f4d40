"""What is asked on the day and after months: the same in every activity, so that activities compare."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# on the day: at most five questions, four scales and one in own words
SCALES = {
    "useful": _("What I heard is useful in my work."),
    "clear": _("The pace, the language and the interpretation suited me."),
    "took_part": _("I could ask, try things out and take part."),
    "will_try": _("I know what I will try first."),
}
MAIN_SCALE = "useful"
AGREES_FROM = 4
STEPS = {
    5: pgettext_lazy("scale", "fully agree"),
    4: pgettext_lazy("scale", "rather agree"),
    3: pgettext_lazy("scale", "partly"),
    2: pgettext_lazy("scale", "rather not"),
    1: pgettext_lazy("scale", "not at all"),
}

# after three and six months
USES = {
    "regularly": _("Yes, it is part of our work now"),
    "sometimes": _("Yes, now and then"),
    "stopped": _("We tried it and stopped"),
    "not_yet": _("Not yet"),
}
IN_USE = ("regularly", "sometimes")
HINDERED = {
    "time": _("no time for it"),
    "leaders": _("no support from those who lead"),
    "others": _("others did not join in"),
    "skill": _("we did not know how to go on"),
    "law": _("rules or the law stood in the way"),
    "nothing": _("nothing"),
}
