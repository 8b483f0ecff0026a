"""quotekit in pipelines that are built differently."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import json
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hosts
import pytest
import spacy
from fakes import same
from hypothesis import HealthCheck, given, settings
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, DocBin, Span
from test_properties import news

import quotekit
from quotekit.errors import ClashError, ConfigError, InputError, QuotekitError, RosterError
from quotekit.extensions import set_document
from quotekit.roster import read_roster

TEXT = "“We wait,” Anna Lund said."
ARTICLE = """Dockers in Port Varna set a deadline

“If the port does not withdraw its plan, we will walk out on Friday,” union leader Tomas Hagen told reporters.
“I’m tired,” he added. He said that 300 jobs were at risk.

Harbour chief Mira Sollund denied that the plan was unsafe. According to her, “we’ve done nothing wrong”.
"""
STEPS = ["reader", "quotes", "attributions", "speakers", "claims", "threats"]


def pairs(doc: Doc) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in doc.spans["quotekit"]]


def blank(**config: Any) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit", config=config)
    return nlp


def steps() -> Language:
    """The single steps, and the group of spans."""
    nlp = spacy.blank("en")
    for step in STEPS:
        nlp.add_pipe(f"quotekit_{step}")
    nlp.add_pipe("quotekit_spans")
    return nlp


# What each host writes itself, by spaCy's names.
HOSTS = {
    "trained-on-clearnlp-labels": (hosts.trained, ["TAG", "DEP", "HEAD", "SENT_START"]),
    "small-english-architecture": (hosts.small, ["TAG", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]),
    "gazetteer-on-blanks-merged": (hosts.gazetteer, ["ENT_IOB", "ENT_TYPE"]),
    "sentences-by-rule": (hosts.sentences, ["SENT_START"]),
}


@functools.cache
def host(name: str) -> Language:
    return HOSTS[name][0]()


@functools.cache
def expected(text: str = ARTICLE) -> quotekit.Extraction:
    return quotekit.extract(text)


def test_the_article_has_what_the_pipelines_are_compared_by() -> None:
    found = expected()
    names = [found.speaker(said.speaker_id).name for said in found.attributions]  # type: ignore[union-attr]
    assert names == ["Tomas Hagen", "Tomas Hagen", "Tomas Hagen", "Mira Sollund", "Mira Sollund"]
    assert [threat.condition[0].text for threat in found.threats] == ["the port does not withdraw its plan"]
    # Pronouns at a quotation mark, which tokens that keep their marks would hide.
    assert {"we", "I", "he", "He"} <= {mention.text for mention in found.speakers[0].mentions}


def test_in_another_language_the_text_reads_the_same() -> None:
    nlp = spacy.blank("fi")
    nlp.add_pipe("quotekit")
    assert nlp(ARTICLE)._.quotekit == expected()


@pytest.mark.parametrize("name", HOSTS)
def test_in_a_host_of_its_own_kind(name: str) -> None:
    nlp = host(name)
    annotations = HOSTS[name][1]
    before = nlp(ARTICLE)
    assert all(before.has_annotation(annotation) for annotation in annotations)
    nlp.add_pipe("quotekit")
    try:
        after = nlp(ARTICLE)
        many = list(nlp.pipe([ARTICLE, TEXT]))
    finally:
        nlp.remove_pipe("quotekit")
    for annotation in annotations:
        assert after.to_array([annotation]).tolist() == before.to_array([annotation]).tolist(), annotation
    assert [token.text for token in after] == [token.text for token in before]
    for annotation in ("SENT_START", "POS", "LEMMA", "DEP", "ENT_IOB"):
        assert after.has_annotation(annotation), annotation
    assert after._.quotekit == expected()
    assert same([doc._.quotekit for doc in many], [expected(), expected(TEXT)])
    assert [text for label, text in pairs(after) if label == "CUE"][:2] in (["told", "added"], ["told", "added."])


def test_the_trained_host_has_learned_clearnlp_labels() -> None:
    doc = host("trained-on-clearnlp-labels")("Radu closed the bridge on Monday. Lund said it rained.")
    assert {"nsubj", "dobj", "prep", "pobj", "ccomp"} <= {token.dep_ for token in doc}


def test_single_steps_with_a_component_between_give_the_same() -> None:
    @Language.component("count_speakers")
    def count_speakers(doc: Doc) -> Doc:
        doc.user_data["speakers"] = [speaker.name for speaker in doc._.quotekit.speakers]
        return doc

    nlp = steps()
    nlp.add_pipe("count_speakers", after="quotekit_speakers")
    doc = nlp(ARTICLE)
    assert doc._.quotekit == expected()
    assert doc.user_data["speakers"][:2] == ["Tomas Hagen", "Mira Sollund"]
    assert pairs(doc) == pairs(blank()(ARTICLE))
    problems = nlp.analyze_pipes()["problems"]
    assert not any(problems.values())


@pytest.mark.parametrize("step", STEPS[:-1])
def test_a_missing_step_is_told_before_and_at_the_run(step: str) -> None:
    nlp = spacy.blank("en")
    for name in STEPS:
        if name != step:
            nlp.add_pipe(f"quotekit_{name}")
    problems = nlp.analyze_pipes()["problems"]
    if step == "claims":
        # Threats do without; they then name no claim.
        assert not any(problems.values())
        assert nlp(ARTICLE)._.quotekit.threats[0].claim_id is None
        return
    assert any(f"doc._.quotekit_{step}" in problem for problem in problems.values())
    with pytest.raises(ConfigError, match=rf'nlp\.add_pipe\("quotekit_{step}", before='):
        nlp(ARTICLE)


def test_quotekit_alone_needs_nothing() -> None:
    nlp = blank()
    assert nlp.analyze_pipes()["problems"] == {"quotekit": []}
    assert set(nlp.analyze_pipes()["summary"]["quotekit"]["assigns"]) >= {"doc._.quotekit", "doc.spans", "token.dep"}


# Tokens --------------------------------------------------------------------------------------------------------------

SPLITS: dict[str, Callable[[Language, str], Doc]] = {
    "at-blanks": lambda nlp, text: hosts.Whitespace(nlp.vocab)(text),
    "characters": lambda nlp, text: hosts.Characters(nlp.vocab)(text),
    "one-token": lambda nlp, text: Doc(nlp.vocab, words=[text], spaces=[False]),
    "spacy": lambda nlp, text: nlp.make_doc(text),
    "merged": lambda nlp, text: merged(nlp.make_doc(text)),
}


def merged(doc: Doc) -> Doc:
    """Every three tokens made one, as far as they go."""
    with doc.retokenize() as retokenizer:
        for at in range(0, len(doc) - 2, 3):
            retokenizer.merge(doc[at : at + 3])
    return doc


NLP = blank()


@pytest.mark.parametrize("split", SPLITS)
def test_any_tokens_give_the_same(split: str) -> None:
    doc = NLP(SPLITS[split](NLP, ARTICLE))
    assert doc.text == ARTICLE
    assert doc._.quotekit == expected()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(news.filter(lambda text: text and "\ud800" not in text))
def test_any_text_in_any_tokens_gives_the_same(text: str) -> None:
    found = quotekit.extract(text)
    for split in SPLITS.values():
        doc = split(NLP, text)
        assert doc.text == text
        assert NLP(doc)._.quotekit == found
        # What is filled in is a tree for each sentence, whatever the tokens are.
        assert all(sentence.root.head == sentence.root for sentence in doc.sents)


def test_merged_tokens_of_quotekits_own_tokenizer_are_not_taken_for_its_own() -> None:
    nlp = quotekit.load()
    doc = nlp(merged(nlp.make_doc(ARTICLE)))
    assert doc._.quotekit == expected()


def test_noun_chunks_and_entities_that_are_merged_before_and_after() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit", name="first")
    nlp.add_pipe("merge_noun_chunks")
    nlp.add_pipe("merge_entities")
    nlp.add_pipe("quotekit")
    doc = nlp(ARTICLE)
    assert "Tomas Hagen" in {token.text for token in doc} or "union leader Tomas Hagen" in {token.text for token in doc}
    assert doc._.quotekit == expected()
    nlp.remove_pipe("quotekit")
    # spaCy leaves span groups behind when it merges; they can be written anew.
    nlp.add_pipe("quotekit_spans")
    doc = nlp(ARTICLE)
    assert doc._.quotekit == expected()
    assert ("SOURCE", "union leader Tomas Hagen") in pairs(doc)


def test_spans_without_a_result_say_what_to_do() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit_spans")
    with pytest.raises(ConfigError, match=r'no result on the Doc.*nlp\.add_pipe\("quotekit", before="quotekit_spans"'):
        nlp(TEXT)


# Switching ------------------------------------------------------------------------------------------------------------


def test_disabled_and_enabled() -> None:
    nlp = blank()
    with nlp.select_pipes(disable=["quotekit"]):
        doc = nlp(TEXT)
        assert doc._.quotekit is None
        assert "quotekit" not in doc.spans
    assert nlp(TEXT)._.quotekit == expected(TEXT)
    nlp.disable_pipe("quotekit")
    assert nlp(TEXT)._.quotekit is None
    nlp.enable_pipe("quotekit")
    assert nlp(TEXT)._.quotekit == expected(TEXT)


def test_read_twice_and_added_twice() -> None:
    nlp = blank()
    doc = nlp(TEXT)
    once = pairs(doc), doc.to_json()
    nlp.add_pipe("quotekit", name="again")
    again = nlp(nlp(doc))
    assert (pairs(again), again.to_json()) == once
    assert len(again.user_data) == 1


def test_taken_over_from_another_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit", source=blank(spans_key="said"))
    doc = nlp(TEXT)
    assert doc._.quotekit == expected(TEXT)
    assert len(doc.spans["said"]) == 3


def test_components_before_and_after_see_what_they_should() -> None:
    seen: list[bool] = []

    @Language.component("before")
    def before(doc: Doc) -> Doc:
        seen.append(doc._.quotekit is None)
        doc.user_data["mine"] = 1
        return doc

    @Language.component("after")
    def after(doc: Doc) -> Doc:
        seen.append(len(doc._.quotekit.attributions) == 1)
        return doc

    nlp = spacy.blank("en")
    for name in ("before", "quotekit", "after"):
        nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert seen == [True, True]
    assert doc.user_data["mine"] == 1


# Config ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"steps": ["quote"]},
            r"quotekit: steps does not know quote\. .*quotes, attributions, speakers, claims",
        ),
        ({"steps": "quotes"}, r"quotekit: steps is 'quotes', which is no list"),
        (
            {"steps": ["quotes", "speakers"]},
            r"steps has speakers, but not attributions, which it needs\. Add",
        ),
        ({"fill": ["sents", "tags"]}, r"quotekit: fill does not know tags\. .*sents, pos, lemmas, deps, ents"),
        ({"fill": None}, r"quotekit: fill is None, which is no list"),
        ({"batch_size": 0}, r"quotekit: batch_size is 0\. Give a whole number of 1 or more\."),
        ({"batch_size": None}, r"quotekit: batch_size is None"),
        ({"threads": "two"}, r"quotekit: threads is 'two'\. .*1 or more, or None to leave the choice"),
        ({"threads": True}, r"quotekit: threads is True"),
        ({"min_confidence": 50}, r"quotekit: min_confidence is 50; give a number from 0"),
        ({"min_confidence": "high"}, r"min_confidence is 'high'"),
        ({"spans_key": ""}, r"quotekit: spans_key is ''\. Give the name of a span group, or None for no group"),
        ({"model": 3}, r"quotekit: model is 3\. Give a folder's path, or None"),
        ({"roster": [{"id": "Q1"}]}, r"roster\[0\]: 'name' is empty"),
        ({"roster": {"id": "Q1"}}, r"roster is a dict\. Give a list"),
        ({"roster": "nowhere.json"}, r"quotekit: the roster nowhere\.json cannot be read: No such file.*JSON file"),
    ],
)
def test_a_wrong_setting_names_the_right_ones(config: dict[str, Any], message: str) -> None:
    with pytest.raises(QuotekitError, match=message) as caught:
        blank(**config)
    assert isinstance(caught.value, ValueError)


def test_the_single_components_check_their_settings_too() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ConfigError, match="quotekit_reader: threads is 0"):
        nlp.add_pipe("quotekit_reader", config={"threads": 0})
    with pytest.raises(ConfigError, match="quotekit_spans: spans_key is None"):
        nlp.add_pipe("quotekit_spans", config={"spans_key": None})
    with pytest.raises(RosterError, match="nowhere"):
        nlp.add_pipe("quotekit_speakers", config={"roster": "nowhere.json"})


def test_only_some_steps() -> None:
    found = blank(steps=["attributions", "quotes"])(ARTICLE)._.quotekit
    assert len(found.quotes) == len(expected().quotes)
    assert len(found.attributions) == len(expected().attributions)
    assert (found.speakers, found.claims, found.threats) == ((), (), ())
    assert blank(steps=[])(ARTICLE)._.quotekit == quotekit.Extraction(text=ARTICLE, document=expected().document)
    threats = blank(steps=["quotes", "attributions", "speakers", "threats"])(ARTICLE)._.quotekit.threats
    assert [threat.condition for threat in threats] == [threat.condition for threat in expected().threats]


def test_min_confidence_leaves_out_what_extract_leaves_out() -> None:
    least = max(said.confidence for said in expected().attributions)
    found = blank(min_confidence=least)(ARTICLE)._.quotekit
    assert 0 < len(found.attributions) < len(expected().attributions)
    assert found == quotekit.extract(ARTICLE, min_confidence=least)


def test_batch_size_bounds_what_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = blank(batch_size=2)
    reader: Any = nlp.get_pipe("quotekit")
    sizes: list[int] = []
    read = reader.reader.read
    monkeypatch.setattr(reader.reader, "read", lambda docs, skip: (sizes.append(len(docs)), read(docs, skip))[1])
    assert len(list(nlp.pipe([TEXT] * 5))) == 5
    assert len(list(nlp.pipe([TEXT] * 2, batch_size=1))) == 2
    assert sizes == [2, 2, 1, 1, 1]


def test_docs_that_came_before_the_stream_failed_are_given_first() -> None:
    def texts() -> Iterator[str]:
        yield from [TEXT] * 5
        raise OSError("the feed is gone")

    found: list[Doc] = []
    with pytest.raises(OSError, match="the feed is gone"):
        found.extend(blank(batch_size=2).pipe(texts()))
    assert len(found) == 5


def test_a_stream_is_read_a_batch_ahead_and_no_further() -> None:
    taken: list[int] = []

    def texts() -> Iterator[str]:
        for at in range(100):
            taken.append(at)
            yield TEXT

    docs = blank(batch_size=2).pipe(texts())
    next(iter(docs))
    assert len(taken) == 4


ROSTER = [{"id": "P7", "name": "Ana Lund", "aliases": ["A. Lund"]}, {"id": "P8", "name": "Bo Lind"}]


def test_a_roster_as_a_list_is_saved_with_the_pipeline(tmp_path: Path) -> None:
    nlp = blank(roster=ROSTER)
    assert [speaker.external_id for speaker in nlp(TEXT)._.quotekit.speakers] == ["P7"]
    assert nlp(TEXT)._.quotekit == quotekit.extract(TEXT, roster=ROSTER)
    nlp.to_disk(tmp_path)
    again: Any = spacy.load(tmp_path).get_pipe("quotekit")
    assert again.roster == read_roster(ROSTER)


@pytest.mark.parametrize("name", ["roster.json", "roster.jsonl"])
def test_a_roster_from_a_file(name: str, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(entry) for entry in ROSTER)
    (tmp_path / name).write_text(lines if name.endswith("l") else json.dumps(ROSTER), encoding="utf-8")
    assert blank(roster=str(tmp_path / name))(TEXT)._.quotekit.speakers[0].external_id == "P7"
    nlp = spacy.blank("en")
    for step in STEPS:
        nlp.add_pipe(f"quotekit_{step}", config={"roster": str(tmp_path / name)} if step == "speakers" else {})
    assert nlp(TEXT)._.quotekit.speakers[0].external_id == "P7"
    (tmp_path / name).write_text('{"id": ', encoding="utf-8")
    with pytest.raises(RosterError, match="is no JSON"):
        blank(roster=str(tmp_path / name))


def test_what_is_known_of_each_text() -> None:
    nlp = blank()
    text = "“No,” Bo Lind said on Friday."
    known = [("Bridge to close", dt.date(2022, 5, 4)), (None, None)]
    docs = [set_document(nlp.make_doc(text), title=title, published=published) for title, published in known]
    found = [doc._.quotekit for doc in nlp.pipe(docs)]
    assert found == [quotekit.extract(text, title=title, published=published) for title, published in known]
    assert str(found[0].attributions[0].date) == "2022-04-29"
    assert Doc(nlp.vocab).from_bytes(docs[0].to_bytes())._.quotekit == found[0]
    with pytest.raises(InputError, match="published must be a datetime or a date, not str"):
        set_document(nlp.make_doc(text), published="2022-05-04")  # type: ignore[arg-type]


# Saving ---------------------------------------------------------------------------------------------------------------


def test_span_group_has_labels_and_survives_saving() -> None:
    nlp = blank()
    doc = nlp(TEXT)
    assert pairs(doc) == [("SOURCE", "Anna Lund"), ("CUE", "said"), ("CONTENT", "“We wait,”")]
    (again,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert pairs(again) == pairs(doc)
    assert pairs(nlp(doc)) == pairs(again)


@pytest.mark.parametrize("make", [blank, steps], ids=["whole", "single-steps"])
def test_a_doc_goes_through_everything(make: Callable[[], Language]) -> None:
    nlp = make()
    doc = nlp(ARTICLE)
    binned = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes())
    copies = [
        *binned.get_docs(nlp.vocab),
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        pickle.loads(pickle.dumps(doc)),
        copy.deepcopy(doc),
        doc.copy(),
    ]
    for again in copies:
        assert again._.quotekit == expected()
        assert pairs(again) == pairs(doc)
    (without,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab)
    assert without._.quotekit is None


def test_a_pipeline_goes_through_everything(tmp_path: Path) -> None:
    nlp = blank(min_confidence=0.1, spans_key="said")
    nlp.to_disk(tmp_path)
    filled = blank(min_confidence=0.1, spans_key="said").from_bytes(nlp.to_bytes())
    for again in (
        spacy.load(tmp_path),
        filled,
        filled.from_disk(tmp_path),
        pickle.loads(pickle.dumps(nlp)),
        spacy.blank("en").from_config(nlp.config),
    ):
        doc = again(TEXT)
        assert doc._.quotekit == expected(TEXT)
        assert len(doc.spans["said"]) == 3


SCRIPT = """
import multiprocessing, sys
import spacy

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("quotekit", config={"threads": 1})
    texts = [(text, i) for i, text in enumerate(["“No,” Bo Lind said.", "", "It rained.", "She left, Kim Ray said."])]
    alone = [(doc._.quotekit, i) for doc, i in nlp.pipe(texts, as_tuples=True)]
    both = list(nlp.pipe(texts, as_tuples=True, n_process=2, batch_size=2))
    assert [(doc._.quotekit, i) for doc, i in both] == alone
    print([len(doc.spans["quotekit"]) for doc, _ in both])
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_two_processes(method: str, tmp_path: Path) -> None:
    if method == "fork" and sys.platform in ("win32", "darwin"):
        pytest.skip("no safe fork here")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script), method], capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip() == "[3, 0, 0, 3]"


# Merging and cutting --------------------------------------------------------------------------------------------------


def merge(*docs: Doc, **options: Any) -> Doc:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = Doc.from_docs(list(docs), **options)
    assert whole is not None
    return whole


@pytest.mark.parametrize("make", [blank, steps], ids=["whole", "single-steps"])
def test_merged_docs_have_what_was_found_in_each(make: Callable[[], Language]) -> None:
    nlp = make()
    parts = [nlp(text) for text in (ARTICLE, "", TEXT, "It rained.")]
    whole = merge(*parts)
    found = whole._.quotekit
    assert found.text == whole.text
    assert pairs(whole) == [pair for part in parts for pair in pairs(part)]
    each = [part._.quotekit for part in parts]
    for field in ("speakers", "quotes", "attributions", "claims", "threats"):
        assert len(getattr(found, field)) == sum(len(getattr(one, field)) for one in each)
    assert [span.text for span in found.spans()] != []
    said = found.attributions[-1]
    assert (said.cue.span.text, said.content[0].text) == ("said", "“We wait,”")
    assert found.speaker(said.speaker_id).name == "Anna Lund"
    assert [quote.attribution_id for quote in found.quotes if quote.id in said.quote_ids] == [said.id]
    (claim,) = (claim for claim in found.claims if claim.id == said.claim_id)
    assert claim.attribution_ids == (said.id,)
    assert found.threats[0].claim_id == expected().threats[0].claim_id
    # The merged Doc can be merged, saved and read again as any other.
    assert merge(whole, nlp(TEXT))._.quotekit.attributions[-1].source.text == "Anna Lund"
    assert Doc(nlp.vocab).from_bytes(whole.to_bytes())._.quotekit == found
    assert nlp(whole)._.quotekit == quotekit.extract(whole.text)
    assert len(merge(whole, nlp(TEXT))._.quotekit.speakers) == len(quotekit.extract(whole.text).speakers) + 1


def test_one_doc_alone_stays_as_it_is() -> None:
    assert merge(NLP(ARTICLE))._.quotekit == expected()
    assert merge(NLP(TEXT), NLP.make_doc("  "))._.quotekit.attributions[0].source.text == "Anna Lund"


def test_merged_with_a_doc_that_was_not_read_there_is_no_result() -> None:
    assert merge(NLP(TEXT), NLP.make_doc("It rained."))._.quotekit is None
    assert merge(NLP.make_doc("It rained."), NLP(TEXT))._.quotekit is None
    assert merge(NLP(TEXT), NLP(TEXT), exclude=["user_data"])._.quotekit is None


def test_merged_without_white_space_between() -> None:
    whole = merge(NLP(TEXT), NLP(TEXT), ensure_whitespace=False)
    assert [said.source.start for said in whole._.quotekit.attributions] == [11, 11 + len(TEXT)]


@pytest.mark.parametrize("with_data", [True, False])
def test_a_piece_of_a_doc_has_no_result_of_the_whole(with_data: bool) -> None:
    doc = NLP(ARTICLE)
    for first, last in ((0, 5), (3, 20), (len(doc) - 5, len(doc))):
        piece = doc[first:last].as_doc(copy_user_data=with_data)
        assert piece._.quotekit is None
        # A later step does not take the reading of the whole for the piece's.
        assert NLP(piece)._.quotekit == quotekit.extract(piece.text)
    assert doc[:].as_doc(copy_user_data=True)._.quotekit == expected()


def test_single_steps_do_not_read_on_in_a_merged_doc() -> None:
    nlp = spacy.blank("en")
    for step in STEPS[:2]:
        nlp.add_pipe(f"quotekit_{step}")
    whole = merge(nlp(TEXT), nlp(TEXT))
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit_attributions")
    with pytest.raises(ConfigError, match="finds no reading on the Doc"):
        nlp(whole)


# Span groups ----------------------------------------------------------------------------------------------------------


def test_tokens_that_keep_punctuation_give_exact_characters_and_whole_tokens() -> None:
    doc = NLP(Doc(NLP.vocab, words=TEXT.split(" "), spaces=[True] * 4 + [False]))
    (said,) = doc._.quotekit.attributions
    assert said.cue.span.text == "said"
    assert pairs(doc)[1] == ("CUE", "said.")


def test_a_group_of_other_code_is_not_overwritten() -> None:
    doc = NLP.make_doc(TEXT)
    doc.spans["quotekit"] = [doc[0:1]]
    with pytest.raises(ClashError, match=r"is taken by other code.*spans_key"):
        NLP(doc)
    assert len(doc.spans["quotekit"]) == 1


def test_no_group() -> None:
    assert list(blank(spans_key=None)(TEXT).spans) == []


@pytest.mark.parametrize("text", ["", "  \n"])
def test_empty_docs_have_an_empty_group(text: str) -> None:
    assert pairs(NLP(text)) == []


def test_a_matcher_looks_inside_the_group() -> None:
    matcher = Matcher(NLP.vocab)
    matcher.add("PERSON", [[{"ENT_TYPE": "PERSON", "OP": "+"}]], greedy="LONGEST")
    doc = NLP(ARTICLE)
    sources = [span for span in doc.spans["quotekit"] if span.label_ == "SOURCE"]
    found: list[Span] = [match for source in sources for match in matcher(source, as_spans=True)]
    assert [span.text for span in found] == ["Tomas Hagen", "Mira Sollund"]
