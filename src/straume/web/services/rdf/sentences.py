"""What is wrong with a file and what to do, and what of it is not kept – by code."""

from __future__ import annotations

from django.utils.translation import gettext as _

from straume.lean.errors import Problem


def sentence(problem: Problem) -> str:
    """What is wrong, where, and what helps."""
    text = _problems()[problem.code] % {**problem.params}
    if problem.place.line is not None:
        return _("Line %(line)s: %(problem)s") % {"line": problem.place.line, "problem": text}
    return text


def note(one: Problem) -> str:
    """What of a readable file is not kept."""
    params = {**one.params}
    if "what" in params:
        params["what"] = _kinds()[params["what"]]
    return _notes()[one.code] % params


def _problems() -> dict[str, str]:
    return {
        "rdf_ending": _("A file that ends in “%(ending)s” is not read. Give a .ttl, .jsonld or .rdf file."),
        "rdf_empty": _("The file is empty. Export it again and choose the new file."),
        "rdf_too_large": _(
            "The file is larger than %(megabytes)s MB. Split the catalogue into several files."
        ),
        "rdf_encoding": _("The letters are not written as UTF-8. Save the file as UTF-8 and try again."),
        "rdf_nul": _("There is a character that no text holds (NUL). Export the file again."),
        "rdf_entities": _(
            "The file defines entities or a document type. Take the DOCTYPE out; CPSV-AP needs none."
        ),
        "rdf_remote_context": _(
            "The file fetches its context from %(address)s. Write the context into the file."
        ),
        "rdf_too_deep": _("The file is nested too deeply to be a catalogue. Export it again."),
        "rdf_too_many": _(
            "The file holds more than %(most)s statements. Split the catalogue into several files."
        ),
        "rdf_not_readable": _(
            "The file cannot be read in the format that its name ends in. Check this place."
        ),
        "rdf_no_service": _(
            "The file describes no public service (cpsv:PublicService). Choose another file."
        ),
        "rdf_no_identifier": _("The service “%(service)s” has no identifier (dct:identifier). Give it one."),
        "rdf_no_name": _("The service “%(service)s” has no name (dct:title). Give it one."),
        "rdf_identifier_form": _(
            "The identifier “%(identifier)s” is too long or has other characters than letters without "
            "diacritics, digits and . _ : / -. Change it."
        ),
        "rdf_identifier_twice": _("Two services have the identifier “%(identifier)s”. Keep one of them."),
        "rdf_too_long": _("“%(text)s …” in “%(service)s” is longer than %(most)s characters. Shorten it."),
        "rdf_duration": _(
            "The time “%(duration)s” of “%(service)s” is not a duration such as P30D. Change it."
        ),
        "rdf_day": _("“%(day)s” in “%(service)s” is not a day such as 2018-01-31. Change it."),
        "rdf_amount": _("The cost “%(amount)s” of “%(service)s” is not an amount of money. Change it."),
        "rdf_currency": _(
            "The currency “%(currency)s” of “%(service)s” is not a code such as EUR. Change it."
        ),
        "rdf_deadline": _(
            "The deadline “%(days)s %(clock)s” of “%(service)s” is not a number of calendar or working days. "
            "Change it."
        ),
        "rdf_law_ends_first": _("The act “%(law)s” of “%(service)s” ends before it begins. Change its days."),
    }


def _notes() -> dict[str, str]:
    return {
        "rdf_not_kept": _("“%(service)s”: %(what)s are not kept, the catalogue has no place for them."),
        "rdf_languages_not_kept": _("“%(service)s”: texts in %(languages)s are not kept; lv, lt and en are."),
        "rdf_language_as_english": _(
            "“%(service)s” has a text in “%(language)s” alone. It stands under English for now."
        ),
        "rdf_channel_unknown": _(
            "“%(service)s”: a channel of a kind that we do not know is kept as “Other”."
        ),
        "rdf_theme_unknown": _("“%(service)s”: a thematic area that we do not know is kept as “Other”."),
        "rdf_law_without_title": _("“%(service)s”: a legal basis without a title is not kept."),
    }


def _kinds() -> dict[str, str]:
    return {
        "contact points": _("contact points"),
        "requirements": _("requirements"),
        "types of input": _("types of input"),
        "participations": _("participations"),
        "classifications": _("classifications"),
        "related services": _("related services"),
        "required services": _("required services"),
        "audiences": _("audiences"),
        "life events": _("life events without an identifier"),
        "rules": _("rules that are no deadline"),
    }
