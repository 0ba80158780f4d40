"""Sessions, agenda, speakers, materials and reasons of an activity."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.needs.models import Need
from straume.web.places.forms.units import day_field
from straume.web.programme.forms.activity import ProgrammeTextsForm
from straume.web.programme.models import Activity, ActivityNeed, AgendaItem, Material, Session, Speaker
from straume.web.services.forms.texts import in_languages

LARGEST_MATERIAL = 25 * 1024 * 1024
# ending → how such a file begins; "" where plain text has no mark of its own
MATERIALS = {
    "pdf": b"%PDF",
    "pptx": b"PK",
    "docx": b"PK",
    "xlsx": b"PK",
    "odp": b"PK",
    "odt": b"PK",
    "ods": b"PK",
    "zip": b"PK",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8",
    "jpeg": b"\xff\xd8",
    "txt": b"",
    "csv": b"",
}


def time_field(label: Any, **kwargs: Any) -> forms.TimeField:
    """A time of day, with the browser's own picker."""
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs
    )


class SessionForm(ProgrammeTextsForm):
    texts = ("title",)
    one_needed = ("title",)
    on = day_field(gettext_lazy("Day"))
    starts = time_field(gettext_lazy("From"))
    ends = time_field(gettext_lazy("Until"))

    class Meta:
        model = Session
        fields = [*in_languages("title"), "place", "room"]
        help_texts = {"place": gettext_lazy("Only where it differs from the place of the activity.")}

    def __init__(self, *args: Any, instance: Session, **kwargs: Any) -> None:
        activity = instance.activity
        initial: dict[str, Any] = {"on": activity.from_on, "starts": "09:30", "ends": "12:30"}
        if instance.pk:
            begins, finishes = (timezone.localtime(at) for at in (instance.starts_at, instance.ends_at))
            initial = {"on": begins.date(), "starts": begins.time(), "ends": finishes.time()}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.order_fields([*in_languages("title"), "on", "starts", "ends", "place", "room", "key"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on, starts, ends = (cleaned.get(name) for name in ("on", "starts", "ends"))
        activity = self.instance.activity
        if on and not activity.from_on <= on <= activity.until_on:
            self.add_error("on", _("The activity is not held on this day. Change its days first."))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end lies before the beginning. Set a later time."))
        if on and starts and ends:
            self.instance.starts_at = timezone.make_aware(datetime.combine(on, starts))
            self.instance.ends_at = timezone.make_aware(datetime.combine(on, ends))
        return cleaned

    def fields_changed(self) -> set[str]:
        """Fields of the session, as the model names them."""
        moved = {"on": "starts_at", "starts": "starts_at", "ends": "ends_at"}
        return {moved.get(name, name) for name in self.changed_data}


class AgendaItemForm(ProgrammeTextsForm):
    texts = ("title",)
    one_needed = ("title",)
    starts = time_field(gettext_lazy("From"))
    ends = time_field(gettext_lazy("Until"), required=False)

    class Meta:
        model = AgendaItem
        fields = [*in_languages("title"), "starts", "ends", "speakers"]
        widgets = {"speakers": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, instance: AgendaItem, **kwargs: Any) -> None:
        initial = {} if instance.pk else {"starts": next_time(instance.session)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        speakers = Speaker.objects.filter(activity=instance.session.activity)
        self.fields["speakers"].queryset = speakers  # type: ignore[attr-defined]
        if not speakers.exists():
            del self.fields["speakers"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end lies before the beginning. Set a later time."))
        begins, finishes = (
            timezone.localtime(at).time()
            for at in (self.instance.session.starts_at, self.instance.session.ends_at)
        )
        if starts and not begins <= starts <= finishes:
            self.add_error(
                "starts",
                _("The session lasts from %(begins)s to %(ends)s. Write a time within it.")
                % {"begins": f"{begins:%H:%M}", "ends": f"{finishes:%H:%M}"},
            )
        return cleaned


def next_time(session: Session) -> Any:
    """Where the last item ended, else where the session begins."""
    last = session.agenda.last()
    return last.ends if last and last.ends else timezone.localtime(session.starts_at).time()


class SpeakerForm(ProgrammeTextsForm):
    texts = ("post",)
    consented_on = day_field(
        gettext_lazy("Agreed to be named in public on"),
        required=False,
        help_text=gettext_lazy("Empty: the name stays inside, public pages show the post alone."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail, if the person uses Straume"),
        required=False,
        help_text=gettext_lazy(
            "They then see on their own page that their name stands here. It is not shown."
        ),
    )

    class Meta:
        model = Speaker
        fields = ["name", *in_languages("post"), "institution", "consented_on"]

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.person:
            self.fields["email"].initial = self.instance.person.email

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        same = Speaker.objects.filter(activity=self.instance.activity, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("This speaker is written down already. Change that entry."))
        return name

    def clean_consented_on(self) -> Any:
        day = self.cleaned_data["consented_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come. Write the day of the consent."))
        return day

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        person = User.objects.filter(email__iexact=email).first() if email else None
        if email and person is None:
            raise forms.ValidationError(_("Nobody in Straume has this address. Leave it empty."))
        self.instance.person = person
        return email


class MaterialForm(forms.ModelForm[Material]):
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Material
        fields = ["title", "language", "file"]
        help_texts = {
            "file": gettext_lazy(
                "PDF, slides, document, table, picture, plain text or ZIP, up to 25 MB. Everybody with a "
                "role can download it, so nobody is named in it who did not agree."
            )
        }

    def clean_file(self) -> Any:
        """By its ending and by how it begins: a renamed program is neither."""
        uploaded = self.cleaned_data["file"]
        ending = PurePath(uploaded.name).suffix[1:].lower()
        if ending not in MATERIALS:
            raise forms.ValidationError(
                _("Files of this kind are not taken. Save it as PDF and choose that file.")
            )
        if uploaded.size > LARGEST_MATERIAL:
            raise forms.ValidationError(_("The file is larger than 25 MB. Make it smaller or split it."))
        begin = uploaded.read(4096)
        uploaded.seek(0)
        if not begin.startswith(MATERIALS[ending]) or (not MATERIALS[ending] and b"\0" in begin):
            raise forms.ValidationError(
                _("The file is not what its name says. Open it and save it again as PDF.")
            )
        return uploaded


class ActivityNeedForm(ProgrammeTextsForm):
    texts = ("reason",)
    one_needed = ("reason",)

    class Meta:
        model = ActivityNeed
        fields = ["need", *in_languages("reason")]
        labels = {"need": gettext_lazy("Need")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Need.objects.exclude(status=Need.Status.DROPPED)
        if self.instance.pk:
            del self.fields["need"]
        else:
            taken = ActivityNeed.objects.filter(activity=self.instance.activity).values("need")
            self.fields["need"].queryset = chosen.exclude(pk__in=taken)  # type: ignore[attr-defined]
            self.fields["need"].empty_label = _("Choose …")  # type: ignore[attr-defined]


class NeedActivityForm(ProgrammeTextsForm):
    """The same link, made from the page of the need."""

    texts = ("reason",)
    one_needed = ("reason",)

    class Meta:
        model = ActivityNeed
        fields = ["activity", *in_languages("reason")]
        labels = {"activity": gettext_lazy("Activity")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = ActivityNeed.objects.filter(need=self.instance.need).values("activity")
        chosen = Activity.objects.exclude(status=Activity.Status.CANCELLED).exclude(pk__in=taken)
        self.fields["activity"].queryset = chosen.order_by("-from_on")  # type: ignore[attr-defined]
        self.fields["activity"].empty_label = _("Choose …")  # type: ignore[attr-defined]
        self.fields["activity"].label_from_instance = lambda one: f"{one} ({one.from_on:%Y-%m-%d})"  # type: ignore[attr-defined]
