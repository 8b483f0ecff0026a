from __future__ import annotations

import datetime as dt
import itertools
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from fakes import same

import quotekit
from quotekit.errors import InputError, QuotekitError, RosterError

TEXTS = [
    "“We wait,” Anna Lund said on Friday.",
    "",
    "It rained.",
    "Bo Lind, the mayor, told reporters that the bridge would stay shut.\n\nHe said: “It is not safe.”",
    "“Never.”",
]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"It rained.", r"extract\(\) needs a str, not bytes. Decode it first"),
        (None, r"extract\(\) needs a str, not None. Pass '' for an empty text"),
        (["a", "b"], r"not list. For several texts call extract_many\(\)"),
        (Path("a.txt"), r"not Posix?Path. Read the file first|not WindowsPath. Read the file first"),
        (3, "not int. Pass the text itself"),
    ],
)
def test_what_is_no_text_is_refused(text: object, message: str) -> None:
    with pytest.raises(InputError, match=message) as info:
        quotekit.extract(text)  # type: ignore[arg-type]
    assert isinstance(info.value, (QuotekitError, TypeError))


def test_other_arguments_of_a_wrong_type() -> None:
    with pytest.raises(InputError, match="published must be a datetime or a date, not str"):
        quotekit.extract("a", published="2021-12-31")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="title must be a str, not int"):
        quotekit.extract("a", title=3)  # type: ignore[arg-type]
    with pytest.raises(RosterError, match="'name' is empty"):
        quotekit.extract("a", roster=[{"id": 1, "name": ""}])


def test_kinds_of_str() -> None:
    class Name(str):
        def __str__(self) -> str:
            return "something else"

    found = quotekit.extract(Name(TEXTS[0]))
    assert found == quotekit.extract(TEXTS[0])
    assert type(found.text) is str


def test_title_and_date_of_the_caller_are_kept() -> None:
    found = quotekit.extract(TEXTS[0], title="Waiting", published=dt.date(2021, 12, 31))
    assert found.document is not None
    assert found.document.title == "Waiting"
    assert found.document.published == dt.datetime(2021, 12, 31)
    assert [attribution.date for attribution in found.attributions] == [dt.date(2021, 12, 31)]


def test_roster_names_the_speaker() -> None:
    found = quotekit.extract(TEXTS[0], roster=[{"id": "p1", "name": "Anna Lund"}, {"id": "p2", "name": "Bo Lind"}])
    assert [speaker.external_id for speaker in found.speakers] == ["p1"]


def test_many_give_what_one_by_one_gives() -> None:
    single = [quotekit.extract(text) for text in TEXTS]
    assert same(quotekit.extract_many(TEXTS), single)
    assert same(quotekit.extract_many(iter(TEXTS), batch_size=2), single)


def test_two_processes_give_what_one_gives() -> None:
    texts = TEXTS * 4
    assert same(quotekit.extract_many(texts, batch_size=3, n_process=2), quotekit.extract_many(texts))


def test_many_reads_no_further_than_it_must() -> None:
    def endless() -> Iterator[str]:
        for i in itertools.count():
            yield f"Text {i}."

    found = quotekit.extract_many(endless(), batch_size=2)
    assert [next(found).text for _ in range(3)] == ["Text 0.", "Text 1.", "Text 2."]


def test_a_bad_text_ends_the_run_after_those_before_it() -> None:
    found = quotekit.extract_many(["a", "b", None, "c"])  # type: ignore[list-item]
    assert [next(found).text, next(found).text] == ["a", "b"]
    with pytest.raises(InputError, match=r"texts\[2\]: a text must be a str, not None"):
        next(found)


def test_a_bad_text_is_skipped_where_asked(caplog: pytest.LogCaptureFixture) -> None:
    texts: Any = ["a", b"b", "c"]
    with caplog.at_level(logging.WARNING, logger="quotekit"):
        found = list(quotekit.extract_many(texts, on_error="skip"))
    assert [one and one.text for one in found] == ["a", None, "c"]
    assert caplog.messages == [
        "texts[1] is skipped: a text must be a str, not bytes. Decode it first: text.decode('utf-8')."
    ]


def test_a_text_that_breaks_a_step_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from quotekit import components

    def breaks(reading: Any, extraction: Any) -> Any:
        if "poison" in reading.text:
            raise ArithmeticError("broken")
        return extraction

    monkeypatch.setattr(components, "STEPS", (breaks,))
    found = list(quotekit.extract_many(["a", "poison", "c"], on_error="skip"))
    assert [one and one.text for one in found] == ["a", None, "c"]
    with pytest.raises(ArithmeticError, match="broken"):
        list(quotekit.extract_many(["a", "poison", "c"]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"texts": "a text"}, r"extract_many\(\) needs many texts"),
        ({"texts": 3}, "needs an iterable of str, not int"),
        ({"texts": [], "batch_size": 0}, "batch_size is 0; it must be 1 or more"),
        ({"texts": [], "n_process": 0}, "n_process is 0"),
        ({"texts": [], "on_error": "ignore"}, "choose 'raise' or 'skip'"),
    ],
)
def test_wrong_arguments_are_refused_at_once(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        quotekit.extract_many(**arguments)


def test_load_is_the_spacy_package() -> None:
    nlp, by_name = quotekit.load(), spacy.load("en_quotekit")
    assert nlp.meta == by_name.meta
    assert nlp(TEXTS[0])._.quotekit == by_name(TEXTS[0])._.quotekit == quotekit.extract(TEXTS[0])


def test_load_can_leave_components_out() -> None:
    assert quotekit.load(exclude=["quotekit"]).pipe_names == []
    assert quotekit.load(disable="quotekit").pipe_names == []


def test_any_pipeline_gives_the_same() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    single = [quotekit.extract(text) for text in TEXTS]
    assert same((doc._.quotekit for doc in nlp.pipe(TEXTS)), single)
    assert same((doc._.quotekit for doc in nlp.pipe(TEXTS * 3, n_process=2, batch_size=4)), single * 3)
