"""From the reader's spans to the attributions that users receive; readings are made by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest
import spacy

import quotekit
from quotekit.attributions import find_attributions
from quotekit.quotes import find_quotes
from quotekit.reader.reading import Entity, Frame, Reading, RoleSpan
from quotekit.types import Attribution, DocumentInfo, Extraction, Span

_BLANK = spacy.blank("en")
_TAG = re.compile(r"</?(source|cue|content)>")


def reading_of(marked: str, parse: str = "", *, entities: tuple[tuple[str, str], ...] = ()) -> Reading:
    """A reading of a marked text with one frame a cue: contents and source of the same sentence-like line belong to it.

    Args:
        marked: Text with <source>, <cue> and <content> around the spans.
        parse: "word/UPOS/dep/head word" for the words whose syntax matters.
        entities: Words and their label.
    """
    text, roles, opened, at = "", [], 0, 0
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        if tag[0].startswith("</"):
            roles.append(RoleSpan(tag[1], opened, len(text), 0.9))  # type: ignore[arg-type]
        else:
            opened = len(text)
    text += marked[at:]
    doc = _BLANK(text)
    words = [token.text for token in doc]
    upos = {**dict.fromkeys(words, "NOUN"), **{w: "PUNCT" for w in words if not re.search(r"\w", w)}}
    deps, heads = dict.fromkeys(words, "dep"), {word: word for word in words}
    for row in parse.split():
        word, upos[word], deps[word], heads[word] = row.split("/")
    rows = [(t.idx, t.idx + len(t), upos[t.text], deps[t.text], words.index(heads[t.text])) for t in doc]
    cues = [i for i, role in enumerate(roles) if role.role == "cue"]
    frames = []
    for cue in cues:
        line = text.count("\n\n", 0, roles[cue].start)
        here = [i for i, r in enumerate(roles) if text.count("\n\n", 0, r.start) == line]
        source = next((i for i in here if roles[i].role == "source"), None)
        frames.append(Frame(cue, source, tuple(i for i in here if roles[i].role == "content"), 0.9))
    named = tuple(Entity(words.index(w), words.index(w) + 1, label) for w, label in entities)
    return Reading.from_rows(text, rows, roles=tuple(roles), frames=tuple(frames), entities=named)


def attributions_of(reading: Reading, document: DocumentInfo | None = None) -> tuple[Attribution, ...]:
    extraction = find_quotes(reading, Extraction(text=reading.text, document=document))
    return find_attributions(reading, extraction).attributions


def only(reading: Reading, document: DocumentInfo | None = None) -> Attribution:
    (attribution,) = attributions_of(reading, document)
    return attribution


def texts(spans: tuple[Span, ...]) -> list[str]:
    return [span.text for span in spans]


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        pytest.param(
            "<content>“We wait,”</content> <source>he</source> <cue>said</cue>.",
            ["“We wait,”"],
            id="marks-and-comma-kept",
        ),
        pytest.param(
            "<source>He</source> <cue>said</cue> <content>that it rained.</content>",
            ["it rained"],
            id="that-and-stop-left-out",
        ),
        pytest.param(
            "<content>“We wait</content>,” <source>he</source> <cue>said</cue>.", ["“We wait,”"], id="grown-to-the-mark"
        ),
        pytest.param(
            "<content>We wait</content>, <source>he</source> <cue>said</cue>, <content>and hope.</content>",
            ["We wait", "and hope"],
            id="two-pieces",
        ),
        pytest.param(
            "<source>He</source> <cue>said</cue> <content>it was the U.S.</content>",
            ["it was the U.S."],
            id="abbreviation",
        ),
        pytest.param(
            "<source>He</source> <cue>said</cue> <content>it was “over</content>”.",
            ["it was “over”"],
            id="mixed-to-its-mark",
        ),
    ],
)
def test_contents(marked: str, content: list[str]) -> None:
    assert texts(only(reading_of(marked, "that/SCONJ/mark/rained")).content) == content


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        pytest.param("<content>“We wait,”</content> <source>he</source> <cue>said</cue>.", "direct", id="direct"),
        pytest.param("<source>He</source> <cue>said</cue> <content>they wait</content>.", "indirect", id="indirect"),
        pytest.param(
            "<source>He</source> <cue>said</cue> <content>they would “wait and see what comes of it”</content>.",
            "mixed",
            id="mixed",
        ),
    ],
)
def test_kind(marked: str, kind: str) -> None:
    assert only(reading_of(marked)).kind == kind


SAID = "<source>He</source> <cue>{}</cue> <content>it rained</content>."


@pytest.mark.parametrize(
    ("cue", "parse", "span", "lemma", "negated"),
    [
        pytest.param("has said", "has/AUX/aux/said said/VERB/root/said", "said", "say", False, id="auxiliary"),
        pytest.param("also said", "also/ADV/advmod/said said/VERB/root/said", "said", "say", False, id="adverb"),
        pytest.param(
            "did not say", "did/AUX/aux/say not/PART/advmod/say say/VERB/root/say", "say", "say", True, id="negated"
        ),
        pytest.param(
            "never denied", "never/ADV/advmod/denied denied/VERB/root/denied", "denied", "deny", True, id="never"
        ),
        pytest.param(
            "said in a statement",
            "said/VERB/root/said in/ADP/case/statement a/DET/det/statement statement/NOUN/obl/said",
            "said",
            "say",
            False,
            id="phrase-after-the-verb",
        ),
        pytest.param(
            "according to",
            "according/VERB/case/rained to/ADP/fixed/according",
            "according to",
            "according to",
            False,
            id="according-to",
        ),
        pytest.param(":", "", ":", ":", False, id="colon"),
    ],
)
def test_cue(cue: str, parse: str, span: str, lemma: str, negated: bool) -> None:
    found = only(reading_of(SAID.format(cue), parse)).cue
    assert found is not None
    assert (found.span.text, found.lemma, found.negated) == (span, lemma, negated)


@pytest.mark.parametrize(
    ("cue", "category"),
    [("said", "speech"), ("wrote", "writing"), ("believes", "thought"), ("fears", "attitude"), ("flibbed", "other")],
)
def test_cue_category(cue: str, category: str) -> None:
    found = only(reading_of(SAID.format(cue), f"{cue}/VERB/root/{cue}")).cue
    assert found is not None
    assert found.category == category


@pytest.mark.parametrize(
    ("source", "parse", "expected"),
    [
        pytest.param(
            "Tom Reilly, the Labour leader,",
            "Tom/PROPN/nsubj/said leader/NOUN/appos/Tom",
            "Tom Reilly",
            id="apposition",
        ),
        pytest.param("Sen. Ann Lee, D-Vt.,", "Lee/PROPN/flat/Sen.", "Sen. Ann Lee", id="party"),
        pytest.param(
            "Reilly, Gomez and Lee",
            "Reilly/PROPN/nsubj/said Gomez/PROPN/conj/Reilly and/CCONJ/cc/Lee Lee/PROPN/conj/Reilly",
            "Reilly, Gomez and Lee",
            id="list",
        ),
        pytest.param("Obama's", "Obama/PROPN/nmod:poss/Obama", "Obama", id="possessive"),
        pytest.param(
            "Russian foreign minister Sergey Lavrov", "", "Russian foreign minister Sergey Lavrov", id="title-kept"
        ),
    ],
)
def test_source(source: str, parse: str, expected: str) -> None:
    marked = f"<source>{source}</source> <cue>said</cue> <content>it rained</content>."
    found = only(reading_of(marked, f"{parse} said/VERB/root/said".strip())).source
    assert found is not None
    assert found.text == expected


def test_addressee_and_time() -> None:
    marked = "<source>Lavrov</source> <cue>told</cue> news agency Sputnik on Friday <content>it rained</content>."
    parse = (
        "told/VERB/root/told news/NOUN/compound/agency agency/NOUN/obj/told Sputnik/PROPN/appos/agency "
        "on/ADP/case/Friday Friday/PROPN/obl/told"
    )
    reading = reading_of(
        marked, parse.replace("Sputnik/PROPN/appos", "Sputnik/PROPN/flat"), entities=(("Friday", "DATE"),)
    )
    found = only(reading, DocumentInfo(published=dt.datetime(2021, 12, 31)))
    assert found.addressee is not None
    assert found.addressee.text == "news agency Sputnik"
    assert found.time is not None
    assert (found.time.text, found.date) == ("on Friday", dt.date(2021, 12, 31))


def test_who_is_told_something_does_not_say_it() -> None:
    marked = "<source>The growers</source> were <cue>told</cue> <content>it rained</content>."
    parse = "The/DET/det/growers growers/NOUN/nsubj:pass/told were/AUX/aux:pass/told told/VERB/root/told"
    found = only(reading_of(marked, parse))
    assert found.source is None
    assert found.addressee is not None
    assert found.addressee.text == "The growers"


def test_an_age_is_no_time() -> None:
    reading = reading_of(
        "<source>Okafor</source>, 54, <cue>said</cue> <content>it rained</content>.",
        "54/NUM/nummod/said said/VERB/root/said",
        entities=(("54", "DATE"),),
    )
    assert only(reading).time is None


def test_addressee_holds_a_name_that_the_parse_hung_elsewhere() -> None:
    marked = "<source>Lund</source> <cue>told</cue> news agency Sputnik <content>it rained</content>."
    parse = "told/VERB/root/told news/NOUN/compound/agency agency/NOUN/obj/told Sputnik/PROPN/nsubj/rained"
    found = only(reading_of(marked, parse, entities=(("Sputnik", "ORG"),)))
    assert found.addressee is not None
    assert found.addressee.text == "news agency Sputnik"


def test_speech_that_the_reader_left_alone_is_kept() -> None:
    reading = reading_of(
        "<content>“We wait,”</content> <source>he</source> <cue>said</cue>.\n\n“It is late, and we are tired.”"
    )
    untagged = attributions_of(reading)[1]
    assert texts(untagged.content) == ["“It is late, and we are tired.”"]
    assert (untagged.source, untagged.cue, untagged.kind) == (None, None, "direct")


def test_a_name_at_the_end_of_a_headline_is_its_source() -> None:
    reading = reading_of(
        "Rain will fall on Tuesday: Minister Lund\n\nIt rained.",
        "Minister/PROPN/dep/Lund Lund/PROPN/nsubj/Lund",
        entities=(("Lund", "PERSON"),),
    )
    found = only(reading)
    assert found.source is not None
    assert found.cue is not None
    assert (found.source.text, found.cue.span.text, texts(found.content)) == (
        "Minister Lund",
        ":",
        ["Rain will fall on Tuesday"],
    )


def test_a_report_inside_a_headline_does_not_hide_its_source() -> None:
    reading = reading_of(
        "Rain will fall if <source>Gomez</source> <cue>ignores</cue> <content>her plan</content>: Minister Lund",
        "Minister/PROPN/dep/Lund Lund/PROPN/nsubj/Lund",
        entities=(("Lund", "PERSON"),),
    )
    outer, inner = attributions_of(reading)
    assert texts(outer.content) == ["Rain will fall if Gomez ignores her plan"]
    assert texts(inner.content) == ["her plan"]


@pytest.mark.parametrize("line", ["The score: Lund won", "Lund: rain will fall", "Where it rained: a map of the north"])
def test_other_colons_make_no_headline_source(line: str) -> None:
    reading = reading_of(f"{line}\n\nIt rained.", entities=(("Lund", "PERSON"),) if "Lund" in line else ())
    assert attributions_of(reading) == ()


def test_a_headline_is_no_part_of_what_the_lead_reports() -> None:
    reading = reading_of(
        "<content>It rained</content>: a map of the north.\n\n"
        "<content>It will rain</content>, <source>he</source> <cue>said</cue>."
    )
    frames = (reading.frames[0]._replace(contents=(0, 1)),)
    assert texts(only(dataclasses.replace(reading, frames=frames)).content) == ["It will rain"]


def test_a_content_that_begins_with_unless_has_its_main_clause() -> None:
    marked = "They will strike <content>unless he pays</content>, <source>she</source> <cue>said</cue>."
    parse = (
        "They/PRON/nsubj/strike will/AUX/aux/strike strike/VERB/ccomp/said unless/SCONJ/mark/pays he/PRON/nsubj/pays "
        "pays/VERB/advcl/strike said/VERB/root/said"
    )
    assert texts(only(reading_of(marked, parse)).content) == ["They will strike unless he pays"]


def test_a_lone_pronoun_is_nothing_said() -> None:
    marked = "the list <content>which</content> <source>she</source> <cue>published</cue>"
    assert attributions_of(reading_of(marked, "which/PRON/obj/published published/VERB/acl:relcl/list")) == ()


def test_no_span_runs_into_page_junk() -> None:
    marked = "<source>He</source> <cue>said</cue> <content>it rained\nugc_banner\nand blew</content>."
    reading = reading_of(marked)
    start = reading.text.index("ugc_banner")
    junk = DocumentInfo(boilerplate=(Span.of(reading.text, start, start + len("ugc_banner")),))
    assert texts(only(reading, junk).content) == ["it rained", "and blew"]


def test_a_frame_in_page_junk_is_dropped() -> None:
    reading = reading_of(SAID.format("said"))
    junk = DocumentInfo(boilerplate=(Span.of(reading.text, 0, len(reading.text)),))
    assert attributions_of(reading, junk) == ()


def test_what_follows_a_tag_in_its_paragraph_goes_on_with_the_quotation() -> None:
    extraction = quotekit.extract(
        "“We are tired,” said Ama Boateng, who has worked at the mill since 2009. “We want to go home.”\n\n"
        "“But we will stay,” she added."
    )
    assert [[span.text for span in a.content] for a in extraction.attributions] == [
        ["“We are tired,”", "“We want to go home.”"],
        ["“But we will stay,”"],
    ]


def test_a_quotation_belongs_to_the_tag_right_behind_it() -> None:
    extraction = quotekit.extract(
        "“It was a good place to start,” Mr. Weber said. “One of the reasons I came,” Mr. Weber said, “is the sea.”"
    )
    assert [[span.text for span in a.content] for a in extraction.attributions] == [
        ["“It was a good place to start,”"],
        ["“One of the reasons I came,”", "“is the sea.”"],
    ]


def test_paragraphs_without_blank_lines_between_them_are_paragraphs() -> None:
    extraction = quotekit.extract(
        "The vote on the bridge was postponed until the spring, to the anger of many who had come.\n"
        "“It is a disgrace,” councillor Gwen Moore said on Friday. “Who will pay for it now?”\n"
        "“I have thought about it for a long time,” said Jim Okoro, her colleague. “I see no way out.”"
    )
    assert [(a.source and a.source.text, len(a.content)) for a in extraction.attributions] == [
        ("councillor Gwen Moore", 2),
        ("Jim Okoro", 2),
    ]
