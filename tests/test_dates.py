"""Dates that a page states, and days that a phrase means."""

from __future__ import annotations

import datetime as dt

import pytest

from quotekit.dates import find_date, find_datetime, resolve

FRIDAY = dt.date(2021, 12, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-03-01", dt.date(2022, 3, 1)),
        ("1 March 2022", dt.date(2022, 3, 1)),
        ("March 1st, 2022", dt.date(2022, 3, 1)),
        ("the 1st of March 2022", dt.date(2022, 3, 1)),
        ("Sept. 4, 2019", dt.date(2019, 9, 4)),
        ("31 February 2022", None),
        ("March 2022", None),
        ("may 2 seats be free", None),
        ("no date", None),
    ],
)
def test_find_date(text: str, expected: dt.date | None) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dec 31, 2021, 08:29 PM IST", dt.datetime(2021, 12, 31, 20, 29)),
        ("31 December 2021 12.05 am", dt.datetime(2021, 12, 31, 0, 5)),
        ("2021-12-31T20:29Z", dt.datetime(2021, 12, 31, 20, 29, tzinfo=dt.timezone.utc)),
        ("31 Dec 2021 20:29 GMT", dt.datetime(2021, 12, 31, 20, 29, tzinfo=dt.timezone.utc)),
        ("31 Dec 2021", dt.datetime(2021, 12, 31)),
        ("08:29", None),
    ],
)
def test_find_datetime(text: str, expected: dt.datetime | None) -> None:
    assert find_datetime(text) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("on Friday", FRIDAY),
        ("on Thursday", dt.date(2021, 12, 30)),
        ("last Friday", dt.date(2021, 12, 24)),
        ("next Friday", dt.date(2022, 1, 7)),
        ("late on Saturday", dt.date(2021, 12, 25)),
        ("yesterday", dt.date(2021, 12, 30)),
        ("earlier today", FRIDAY),
        ("on 10 January", dt.date(2022, 1, 10)),
        ("in December", None),
        ("last week", None),
    ],
)
def test_resolve(phrase: str, expected: dt.date | None) -> None:
    assert resolve(phrase, FRIDAY) == expected


def test_a_weekday_means_nothing_without_a_day_of_publication() -> None:
    assert resolve("on Friday", None) is None
