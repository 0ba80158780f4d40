"""What can be wrong with a log in XML, JSON or a database."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

MARKUP: dict[str, Text] = {
    "xml_truncated": Text(
        _("The XML breaks off before its end."),
        _("Export or copy the file again."),
    ),
    "xml_mismatched_tag": Text(
        _("An XML element is closed by the wrong tag."),
        _("Export the file again; do not edit it by hand."),
    ),
    "xml_invalid_character": Text(
        _("A character stands where XML does not allow it (position {position})."),
        _("Write & as &amp; and < as &lt; or export again."),
    ),
    "xml_duplicate_attribute": Text(
        _("An XML element has the same attribute twice."),
        _("Leave only one of the two."),
    ),
    "xml_encoding": Text(
        _("The encoding that the XML names is unknown or not the one it is written in."),
        _("Save the file as UTF-8."),
    ),
    "xml_not_well_formed": Text(
        _("The XML is not well-formed (position {position})."),
        _("Export the file again; do not edit it by hand."),
    ),
    "xml_entity": Text(
        _("The XML defines its own entities; such files are not read."),
        _("Export without entity definitions; a log does not need them."),
    ),
    "xml_external_entity": Text(
        _("The XML refers to another file or address; such files are not read."),
        _("Delete the reference (DOCTYPE) at the beginning of the file."),
    ),
    "not_xes": Text(
        _("This XML is not an XES log: its root is “{root}”."),
        _("Export the log as XES or CSV."),
    ),
    "xes_key_twice": Text(
        _("An event or case has the same attribute twice."),
        _("Leave only one value for each attribute."),
    ),
    "xes_attribute_incomplete": Text(
        _("An attribute lacks its “{missing}”."),
        _("Export the log again as XES."),
    ),
    "xes_events_outside_traces": Text(
        _("Events that belong to no case: {count}."),
        _("Export with each event inside its trace."),
    ),
    "no_events": Text(
        _("There is no event in the log."),
        _("Check the filter and the period of the export."),
    ),
    "ocel_case_type_missing": Text(
        _("An object-centric log has several kinds of objects: {types}."),
        _("Say which kind of object is the case."),
    ),
    "ocel_case_type_unknown": Text(
        _("There is no kind of object “{type}”. Kinds: {types}."),
        _("Choose one of the kinds."),
    ),
    "ocel_no_events_of_type": Text(
        _("No event refers to an object of the kind “{type}”."),
        _("Choose another kind of object as the case."),
    ),
    "ocel_reference_broken": Text(
        _("An event refers to an object that is not in the log, or the other way round."),
        _("Export the log again with all objects."),
    ),
    "ocel_field_missing": Text(
        _("An event or object lacks its “{field}”."),
        _("Export the log again."),
    ),
    "ocel_id_twice": Text(
        _("Two events or two objects have the same identifier."),
        _("Export the log again; each identifier may stand only once."),
    ),
    "ocel_event_table_missing": Text(
        _("The database lacks the table “{table}”."),
        _("Export the log again as OCEL 2.0."),
    ),
    "json_not_well_formed": Text(
        _("The JSON is not well-formed (position {position})."),
        _("Export the file again; do not edit it by hand."),
    ),
    "json_too_deep": Text(
        _("The JSON is nested too deeply for a log."),
        _("Export the log as OCEL 2.0."),
    ),
    "not_ocel": Text(
        _("This JSON is not an OCEL 2.0 log."),
        _("Export the log as OCEL 2.0, XES or CSV."),
    ),
    "sqlite_damaged": Text(
        _("The database file is damaged."),
        _("Make it again with its own export."),
    ),
    "sqlite_not_ocel": Text(
        _("This database is not an OCEL 2.0 log."),
        _("Export the table with the log as CSV."),
    ),
}
