"""What the scripts of the check-in say."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "sent": _("Everything is sent."),
        "sending": _("Sending …"),
        "offline": _("No connection. Kept on this phone and not sent yet: {n}. Go on, it is sent later."),
        "offline_none": _("No connection. Go on: what you note is kept on this phone and sent later."),
        "signed_out": _(
            "You are signed out. What you noted is kept on this phone: sign in here again to send it."
        ),
        "forgetful": _("This browser keeps nothing: leave this page open until everything is sent."),
        "show_all": _("Show all {n}"),
        "is_here": _("Is here"),
        "here_since": _("Here since {at}"),
        "not_sent": _("not sent yet"),
        "welcome": _("{name} is here."),
        "already": _("{name} is here already, since {at}."),
        "count": _("Here: {here} of {all}"),
        "count_walk_ins": _("Here: {here} of {all}, without a registration: {without}"),
        "no_session": _("The activity has no session yet. Add one first."),
        "no_such_code": _("Nobody here has this code. Read it once more, or find the name in the list."),
        "not_ours": _("This is no ticket of ours. Find the name in the list."),
        "other_activity": _(
            "This ticket is for another activity. Find the name in the list, or note the person."
        ),
        "not_in_list": _(
            "This ticket has no place here: it was cancelled, or it is newer than the list on this phone. "
            "Load the page with a connection, or note the person."
        ),
        "name_needed": _("Write the name of the person."),
        "noted": _("{name} is noted. The registration is completed later."),
        "somebody": _("Somebody who is no longer in the list"),
        "understood": _("Understood"),
        "not_taken": _("Not taken over."),
        "state_corrected": _("It was put right by hand since: this person was not there."),
        "state_unknown_session": _("The session is no longer there."),
        "state_unknown_person": _("The person has no registration any more."),
        "state_no_place": _("The registration was cancelled. Tick the person by hand if they were there."),
        "camera_on": _("Scan with the camera"),
        "camera_off": _("Stop the camera"),
        "camera_https": _("A camera works over https only. Type the code, or find the name in the list."),
        "camera_failed": _("The camera cannot be used. Allow it in the browser, or type the code."),
    }
