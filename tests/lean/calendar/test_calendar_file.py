"""The JSON form of a calendar: what it gives back and how it refuses."""

import json
from datetime import date

import pytest

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import OFFICE_HOURS, WorkCalendar

GOOD = {
    "timezone": "Europe/Riga",
    "country": "LV",
    "weekly": {"monday": [["08:00", "12:00"], ["13:00", "18:00"]], "friday": [["08:00", "24:00"]]},
    "closures": [{"from": "2018-07-09", "to": "2018-07-13"}],
    "moved_days": False,
}


def test_a_calendar_comes_back_from_its_form():
    for calendar in (
        WorkCalendar.from_dict(GOOD),
        WorkCalendar.default(country="LT", timezone="Europe/Vilnius"),
        WorkCalendar.always(),
    ):
        assert WorkCalendar.from_dict(json.loads(json.dumps(calendar.to_dict()))) == calendar


def test_the_form_is_read_as_written(tmp_path):
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    calendar = WorkCalendar.from_file(file)
    assert calendar.weekly[0] == ((480, 720), (780, 1080))
    assert calendar.weekly[4] == ((480, 1440),)
    assert calendar.weekly[1] == ()
    assert calendar.closures == ((date(2018, 7, 9), date(2018, 7, 13)),)
    assert not calendar.moved_days
    assert calendar.shortened_eves


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"timezone": "Europe/Rīga"}, "calendar_timezone_unknown"),
        ({"timezone": 2}, "calendar_timezone_unknown"),
        ({"timezone": ""}, "calendar_timezone_unknown"),
        ({"timezone": "../etc/passwd"}, "calendar_timezone_unknown"),
        ({"country": "EE"}, "calendar_country_unknown"),
        ({"holidays": []}, "calendar_unknown_key"),
        ({"weekly": []}, "calendar_weekly_not_an_object"),
        ({"weekly": {"montag": []}}, "calendar_weekday_unknown"),
        ({"weekly": {}}, "calendar_without_hours"),
        ({"weekly": {"monday": "08:00-17:00"}}, "calendar_hours_unreadable"),
        ({"weekly": {"monday": [["08:00"]]}}, "calendar_hours_unreadable"),
        ({"weekly": {"monday": [["8", "17:00"]]}}, "calendar_time_unreadable"),
        ({"weekly": {"monday": [["08:00", "25:00"]]}}, "calendar_time_unreadable"),
        ({"weekly": {"monday": [["17:00", "08:00"]]}}, "calendar_interval_backwards"),
        ({"weekly": {"monday": [["08:00", "08:00"]]}}, "calendar_interval_backwards"),
        ({"weekly": {"monday": [["08:00", "12:00"], ["11:00", "17:00"]]}}, "calendar_interval_overlaps"),
        ({"closures": {}}, "calendar_closures_not_a_list"),
        ({"closures": [{"from": "2018-07-09"}]}, "calendar_closure_unreadable"),
        ({"closures": [{"from": "9.7.2018", "to": "2018-07-10"}]}, "calendar_closure_unreadable"),
        ({"closures": [{"from": "2018-07-13", "to": "2018-07-09"}]}, "calendar_closure_backwards"),
        ({"moved_days": "no"}, "calendar_not_yes_or_no"),
    ],
)
def test_each_fault_has_its_code(change, code):
    with pytest.raises(WrongCall) as refusal:
        WorkCalendar.from_dict({**GOOD, **change})
    assert refusal.value.code == code


def test_what_is_not_a_form_at_all(tmp_path):
    with pytest.raises(WrongCall) as refusal:
        WorkCalendar.from_dict([])
    assert refusal.value.code == "calendar_not_an_object"
    with pytest.raises(WrongCall) as refusal:
        WorkCalendar.from_dict({"weekly": {}})
    assert refusal.value.code == "calendar_missing_key"
    with pytest.raises(WrongCall) as refusal:
        WorkCalendar(OFFICE_HOURS[:5], "Europe/Riga")
    assert refusal.value.code == "calendar_not_seven_days"
    broken = tmp_path / "calendar.json"
    for content in (b"{", b"\xff\xfe\x00"):
        broken.write_bytes(content)
        with pytest.raises(WrongCall) as refusal:
            WorkCalendar.from_file(broken)
        assert refusal.value.code == "calendar_file_unreadable"
    with pytest.raises(WrongCall) as refusal:
        WorkCalendar.from_file(tmp_path / "missing.json")
    assert refusal.value.code == "calendar_file_unreadable"
