"""Plain reading of local time, for the tests: shares no code with the calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(text: str, zone: str = "UTC") -> int:
    """µs since 1970 of a local time such as 2018-04-21 08:00."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return (moment - EPOCH) // timedelta(microseconds=1)


def local(at: int, zone: str) -> str:
    return (EPOCH + timedelta(microseconds=int(at))).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
