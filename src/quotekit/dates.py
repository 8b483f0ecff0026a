"""Dates in news: those that a page states, and those that “on Friday” means on the day a text was published."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""
    (?<!\d)(?P<iso_y>\d{{4}})-(?P<iso_m>\d{{1,2}})-(?P<iso_d>\d{{1,2}})(?!\d)
    | (?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b\.?(?:,?\s+(?P<y>\d{{4}})\b)?
    | \b(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d)(?:,?\s+(?P<y2>\d{{4}})\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"\b(\d{1,2})(?::|\.|h)(\d{2})(?::\d{2})?\s*([ap])?\.?m?\b|T(\d{2}):(\d{2})", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:GMT|UTC)\b|(?<=\d)Z\b|[+-]\d{2}:?\d{2}\b")
_WEEKDAY = re.compile(
    rf"\b(?P<last>last\s+)?(?P<next>next\s+)?(?P<day>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_NEAR_DAYS = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "earlier in the day": 0,
}
_NEAR_DAYS |= {"yesterday": -1, "last night": -1, "the day before": -1, "tomorrow": 1}


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_date(text: str, near: dt.date | None = None) -> dt.date | None:
    """The first calendar date in a text.

    Args:
        text: A line, or a phrase.
        near: Gives a date without a year the year that brings it closest to this day; without it such a date is None.

    >>> find_date("Updated: Dec 31, 2021, 08:29 PM IST")
    datetime.date(2021, 12, 31)
    >>> find_date("on 10 January", near=dt.date(2021, 12, 31))
    datetime.date(2022, 1, 10)
    """
    for match in _DATE.finditer(text):
        part = match.groupdict()
        if part["iso_y"]:
            found = _date(int(part["iso_y"]), int(part["iso_m"]), int(part["iso_d"]))
        else:
            month = _MONTHS[(part["m"] or part["m2"]).lower()]
            day = int(part["d"] or part["d2"])
            year = part["y"] or part["y2"]
            if year:
                found = _date(int(year), month, day)
            elif near is not None:
                options = [d for y in (near.year - 1, near.year, near.year + 1) if (d := _date(y, month, day))]
                found = min(options, key=lambda d: abs(d - near)) if options else None
            else:
                found = None
        if found is not None:
            return found
    return None


def find_datetime(text: str) -> dt.datetime | None:
    """The first full date in a text, with the clock time that follows it where there is one.

    Zones other than UTC are names with several meanings (IST is Irish, Israeli and Indian time), so the time is as
    the page shows it; only a time in UTC, or with its offset, gets a zone.

    >>> find_datetime("Updated: Dec 31, 2021, 08:29 PM IST")
    datetime.datetime(2021, 12, 31, 20, 29)
    """
    day = find_date(text)
    if day is None:
        return None
    for match in _CLOCK.finditer(text):
        hour, minute = int(match[1] or match[4]), int(match[2] or match[5])
        half = (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            zone = _ZONE.search(text, match.end())
            return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=_zone(zone[0]) if zone else None)
    return dt.datetime(day.year, day.month, day.day)


def _zone(name: str) -> dt.timezone | None:
    if name[0] not in "+-":
        return dt.timezone.utc
    hours, minutes = int(name[1:3]), int(name[-2:])
    if hours > 14 or minutes > 59:
        return None
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(offset if name[0] == "+" else -offset)


def resolve(phrase: str, published: dt.date | None) -> dt.date | None:
    """The day that a phrase means in a text published on a given day.

    News names the weekdays of the past week by their bare names, so a weekday is the last one up to the day of
    publication; "next Friday" is the one after it.

    Args:
        phrase: For example "on Friday", "yesterday", "on 10 January".
        published: The day of publication; without it only full dates are resolved.

    >>> resolve("on Friday", dt.date(2021, 12, 31)), resolve("last Monday", dt.date(2021, 12, 31))
    (datetime.date(2021, 12, 31), datetime.date(2021, 12, 27))
    """
    found = find_date(phrase, published)
    if found is not None or published is None:
        return found
    match = _WEEKDAY.search(phrase)
    if match:
        back = (published.weekday() - _WEEKDAYS[match["day"].lower()]) % 7
        if match["next"]:
            return published + dt.timedelta(days=7 - back if back else 7)
        if match["last"] and back == 0:
            back = 7
        return published - dt.timedelta(days=back)
    lowered = phrase.lower()
    for words, days in _NEAR_DAYS.items():
        if re.search(rf"\b{words}\b", lowered):
            return published + dt.timedelta(days=days)
    return None
