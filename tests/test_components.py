from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from fakes import PlainReader
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from quotekit import extensions
from quotekit.components import STEPS, FindingStep, Quotekit, ReadingStep, checked
from quotekit.errors import ClashError, ConfigError
from quotekit.types import Extraction, Span, Speaker

TEXTS = ["It rained. It poured.", "", "“No,” she said.", "   \n", "Lund left."]
STEP_NAMES = [
    "quotekit_reader",
    "quotekit_quotes",
    "quotekit_attributions",
    "quotekit_speakers",
    "quotekit_claims",
    "quotekit_threats",
]


def make_doc(text: str) -> Doc:
    return spacy.blank("en").make_doc(text)


@pytest.fixture
def clean_slate() -> Iterator[None]:
    """Puts the extension back as it was."""
    had = Doc.get_extension("quotekit") if Doc.has_extension("quotekit") else None
    yield
    if Doc.has_extension("quotekit"):
        Doc.remove_extension("quotekit")
    if had is not None:
        Doc.set_extension("quotekit", getter=had[2])


def test_one_component_stores_the_extraction_and_fills_in() -> None:
    doc = Quotekit(reader=PlainReader())(make_doc(TEXTS[0]))
    assert doc._.quotekit.text == TEXTS[0]
    assert [sentence.text for sentence in doc.sents] == ["It rained.", "It poured."]
    assert [type(value) for value in doc.user_data.values()] == [str]


def test_pipe_reads_in_batches_and_keeps_the_order() -> None:
    reader = PlainReader()
    docs = list(Quotekit(reader=reader).pipe((make_doc(text) for text in TEXTS), batch_size=2))
    assert [doc._.quotekit.text for doc in docs] == TEXTS
    assert reader.batches == [2, 2, 1]


def test_a_bad_doc_goes_to_the_error_handler_and_takes_no_other_with_it() -> None:
    component = Quotekit(reader=PlainReader())
    failed: list[str] = []

    def note(_name: str, _component: Any, docs: list[Doc], _error: Exception) -> None:
        failed.extend(doc.text for doc in docs)

    component.set_error_handler(note)
    docs = list(component.pipe([make_doc(text) for text in ("a", "POISON", "b")]))
    assert [doc.text for doc in docs] == ["a", "b"]
    assert failed == ["POISON"]


def test_without_a_handler_the_error_is_raised() -> None:
    with pytest.raises(RuntimeError, match="chokes"):
        list(Quotekit(reader=PlainReader()).pipe([make_doc("POISON")]))


def test_single_steps_give_what_the_one_component_gives() -> None:
    whole = Quotekit(reader=PlainReader())
    steps = [ReadingStep(reader=PlainReader()), *(FindingStep(find.__name__, find) for find in STEPS)]
    for text in TEXTS:
        doc = make_doc(text)
        for step in steps:
            doc = step(doc)
        assert doc._.quotekit == whole(make_doc(text))._.quotekit


def test_a_step_without_reading_says_what_to_do() -> None:
    with pytest.raises(
        ConfigError, match=r'quotekit_claims finds no reading .* nlp\.add_pipe\("quotekit_reader", before='
    ):
        FindingStep("quotekit_claims", STEPS[3])(make_doc("It rained."))


def test_unknown_annotation_to_fill_in() -> None:
    with pytest.raises(ConfigError, match=r"quotekit: fill does not know morphs\. Give a list with some of sents, pos"):
        Quotekit(fill=["morphs", "pos"], reader=PlainReader())


def test_stored_results_survive_saving(tmp_path: Path) -> None:
    doc = ReadingStep(reader=PlainReader())(make_doc(TEXTS[0]))
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.quotekit == doc._.quotekit
    (tmp_path / "docs.spacy").write_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes())
    (loaded,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(doc.vocab)
    assert loaded._.quotekit == doc._.quotekit
    # The steps after the reader go on from a saved Doc.
    finished = STEPS[0]
    assert FindingStep("quotekit_quotes", finished)(loaded)._.quotekit.text == TEXTS[0]


def test_a_piece_of_a_doc_does_not_pass_for_the_whole() -> None:
    doc = Quotekit(reader=PlainReader())(make_doc(TEXTS[0]))
    assert doc[:3].as_doc(copy_user_data=True)._.quotekit is None


def test_pickles_without_the_opened_reader() -> None:
    component = Quotekit()
    component._opened = PlainReader()
    again = pickle.loads(pickle.dumps(component))
    assert again._opened is None
    assert again.fill == component.fill


def test_checked_refuses_what_copies_let_through() -> None:
    lund = Speaker(id="s1", name="Lund", kind="person", mentions=(Span(start=0, end=4, text="Lund"),))
    wrong = Extraction(text="It rained.").model_copy(update={"speakers": (lund,)})
    with pytest.raises(ValueError, match=r"speakers\[0\] \(s1\)"):
        checked(wrong)


@pytest.mark.usefixtures("clean_slate")
def test_a_clash_of_names_is_said_when_quotekit_is_added() -> None:
    Doc.remove_extension("quotekit")
    Doc.set_extension("quotekit", default=1)
    extensions.install(force=False)
    with pytest.raises(ClashError, match=r"doc\._\.quotekit is taken by other code.*Doc\.remove_extension\("):
        spacy.blank("en").add_pipe("quotekit")


def test_reading_survives_being_taken_apart() -> None:
    reading = PlainReader().read([make_doc(TEXTS[0])])[0]
    again = extensions.from_plain(TEXTS[0], extensions.to_plain(reading))
    for name in ("text", "upos", "morph", "deps", "entities", "roles", "frames"):
        assert getattr(again, name) == getattr(reading, name)
    for name in ("starts", "ends", "heads", "sent_starts"):
        assert (getattr(again, name) == getattr(reading, name)).all()


def test_factories_make_the_steps_in_a_pipeline() -> None:
    nlp = spacy.blank("en")
    for name in STEP_NAMES:
        nlp.add_pipe(name)
    # spaCy's own check of what components need and give finds nothing amiss.
    analysis = nlp.analyze_pipes()
    assert not any(analysis["problems"].values())


@pytest.mark.parametrize("config", [{"fill": []}, {"threads": 1}, {"fill": ["ents"]}])
def test_factory_settings_are_saved_with_the_pipeline(config: dict[str, Any], tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit", config=config)
    nlp.to_disk(tmp_path)
    again: Any = spacy.load(tmp_path).get_pipe("quotekit")
    assert again.fill == tuple(config.get("fill", again.fill))
    assert again.threads == config.get("threads")


def test_added_to_a_pipeline_that_annotates_already() -> None:
    @Language.component("own_sentences")
    def own_sentences(doc: Doc) -> Doc:
        for token in doc:
            token.is_sent_start = token.i == 2
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("own_sentences")
    doc = Quotekit(reader=PlainReader())(nlp("It rained. It poured."))
    assert [sentence.text for sentence in doc.sents] == ["It rained", ". It poured."]


def test_what_a_pipeline_of_ones_own_has_written_stays() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    words = ["Lund", "said", "it", "rained", ".", "It", "poured", "."]
    doc = Doc(
        nlp.vocab,
        words=words,
        tags=["T"] * 8,
        pos=["X"] * 8,
        morphs=["Number=Sing"] * 8,
        lemmas=["x"] * 8,
        heads=[0, 0, 0, 0, 0, 0, 0, 0],
        deps=["ROOT", *["dep"] * 7],
        ents=["B-ORG", *["O"] * 7],
    )
    doc.spans["mine"] = [doc[0:2]]
    doc.user_data["mine"] = 1
    before = doc.to_json()
    after = nlp(doc)
    assert after is doc
    del doc.spans["quotekit"]
    assert doc.to_json() == before
    assert doc.user_data["mine"] == 1
    assert [attribution.source.text for attribution in doc._.quotekit.attributions] == ["Lund"]


def test_a_saved_and_a_pickled_pipeline_give_the_same(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    text = "“We wait,” Anna Lund said. She left."
    doc = nlp(text)
    nlp.to_disk(tmp_path)
    for again in (spacy.load(tmp_path), pickle.loads(pickle.dumps(nlp))):
        assert again(text).to_json() == doc.to_json()
        assert again(text)._.quotekit == doc._.quotekit


def test_a_pickled_doc_keeps_what_was_found() -> None:
    doc = Quotekit(reader=PlainReader())(make_doc(TEXTS[0]))
    assert pickle.loads(pickle.dumps(doc))._.quotekit == doc._.quotekit
