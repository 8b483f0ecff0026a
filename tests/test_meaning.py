"""The layer that reads passages whose parts are marked, and what is told from it."""

from __future__ import annotations

import multiprocessing
import pickle

import numpy as np
import pytest
import spacy

import quotekit
from quotekit.claims.meanings import Meanings, passages_of
from quotekit.reader import shipped_reader
from quotekit.reader.meaning import LONGEST, Part, Passage, passage_around, read_passage
from quotekit.reader.reading import Reading
from quotekit.reader.session import Session
from quotekit.threats.candidates import candidates
from quotekit.threats.conditionals import conditionals_in
from quotekit.threats.learned import passage_of
from quotekit.threats.scene import Scene
from quotekit.threats.survey import survey_of
from quotekit.threats.voices import Setting

STRIKE = (
    "The mayor of Ostrow met the drivers on Monday. "
    "“We will strike if the council cuts the pay,” the drivers' union said. The talks go on."
)


def reading_of(text: str) -> Reading:
    (reading,) = shipped_reader().read([spacy.blank("en")(text)])
    return reading


def words(reading: Reading, first: int, last: int) -> str:
    return reading.text[int(reading.starts[first]) : int(reading.ends[last - 1])]


def test_a_passage_is_whole_sentences() -> None:
    reading = reading_of(STRIKE)
    at = next(i for i in range(len(reading)) if reading.word(i) == "strike")
    passage = passage_around(reading, [(at, at + 1, Part.CONSEQUENCE)])
    assert words(reading, passage.first, passage.last) == STRIKE[47:-17]
    assert passage.parts.tolist().count(Part.CONSEQUENCE) == 1
    wider = passage_around(reading, [(at, at + 1, Part.CONSEQUENCE)], before=1, after=1)
    assert words(reading, wider.first, wider.last) == STRIKE


@pytest.mark.parametrize("at", [0, 100, 399])
def test_a_long_sentence_is_cut_around_what_is_marked(at: int) -> None:
    reading = reading_of("so " * 400)
    passage = passage_around(reading, [(at, at + 1, Part.CONTENT)], before=3, after=3)
    assert len(passage.parts) <= LONGEST
    assert passage.first <= at < passage.last <= len(reading)
    assert passage.parts[at - passage.first] == Part.CONTENT


def test_what_is_marked_is_longer_than_a_passage() -> None:
    passage = passage_around(reading_of("so " * 400), [(5, 390, Part.CONTENT)])
    assert len(passage.parts) == LONGEST
    assert passage.first <= 5


def test_parts_change_what_words_mean() -> None:
    reading = reading_of(STRIKE)
    plain = passage_around(reading, [(12, 14, Part.OUTSIDE)])
    marked = passage_around(reading, [(12, 14, Part.CONSEQUENCE)])
    one, other = read_passage(reading, plain), read_passage(reading, marked)
    assert one is not None
    assert other is not None
    assert one.shape == other.shape == (len(plain.parts), 384)
    assert not np.allclose(one, other, atol=0.05)


def test_a_reading_by_hand_has_no_meanings() -> None:
    reading = Reading.from_rows("Go!", [(0, 2, "VERB", "root", 0), (2, 3, "PUNCT", "punct", 0)])
    assert read_passage(reading, passage_around(reading, [(0, 1, Part.CONTENT)])) is None
    assert Meanings.of(reading, ()) is None


def test_attributions_of_one_sentence_share_a_passage() -> None:
    text = (
        "“It is late,” Ida Berg said, and she added that the ship had left. Two days went by. "
        "Otto Lind denied that it had sunk."
    )
    extraction = quotekit.extract(text)
    reading = reading_of(text)
    found = [words(reading, p.first, p.last) for p in passages_of(reading, extraction.attributions)]
    assert found == [text[: text.index(" Two")], text[text.index("Otto") :]]


def test_every_content_has_a_meaning() -> None:
    text = "\n\n".join(f"“The boat number {i} has left the quay,” Ida Berg said." for i in range(40))
    extraction = quotekit.extract(text)
    reading = reading_of(text)
    meanings = Meanings.of(reading, extraction.attributions)
    assert meanings is not None
    assert len(extraction.attributions) == 40
    for attribution in extraction.attributions:
        tokens = [t for span in attribution.content for t in reading.tokens_in(span.start, span.end)]
        assert np.linalg.norm(meanings.mean(tokens)) > 1.0


def test_what_is_settled_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(reading: Reading, passage: Passage) -> object:
        read.append(words(reading, passage.first, passage.last))
        return read_passage(reading, passage)

    monkeypatch.setattr("quotekit.claims.meanings.read_passage", noted)
    told = "“The boat left the quay at noon,” Otto Lind said."
    found = quotekit.extract(f"“Thank you very much,” Ida Berg said. {told}")
    assert [claim.act for claim in found.claims] == ["thanks", "assertion"]
    assert read == [told]


def test_a_passage_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“The boat left the quay at noon,” Otto Lind said."
    reading, extraction = reading_of(text), quotekit.extract(text)
    (passage,) = passages_of(reading, extraction.attributions)
    states = read_passage(reading, passage)
    assert states is not None
    meanings = Meanings.of(reading, extraction.attributions)
    assert meanings is not None
    first = [meanings.mean([token]) for token in range(len(reading))]
    monkeypatch.setattr("quotekit.claims.meanings.read_passage", None)
    again = [meanings.mean([token]) for token in range(len(reading))]
    marked = passage.parts != Part.OUTSIDE
    assert np.array_equal(first, again)
    assert np.array_equal(np.array(first)[marked], states[marked].astype(np.float16))
    assert not np.array(first)[~marked].any()


def test_candidates_are_named_once_and_nobody_is_one() -> None:
    reading = reading_of(STRIKE)
    extraction = quotekit.extract(STRIKE)
    scene = Scene(reading, extraction.attributions)
    setting = Setting(scene, extraction)
    (conditional,) = conditionals_in(scene)
    voice = setting.voice(conditional.condition_head, None)
    passage = passage_of(scene, conditional)
    found = candidates(setting, conditional, voice, (passage.first, passage.last), (None, None))
    pieces = [one.piece for one in found]
    assert pieces.count(None) == 1
    assert len(set(pieces)) == len(pieces)
    named = {words(reading, *piece) for piece in pieces if piece is not None}
    assert {"The mayor of Ostrow", "Ostrow", "We", "the council", "the drivers"} <= named
    nobody = next(one for one in found if one.piece is None)
    assert nobody.look["rules: target"] == nobody.look["rules: threatener"] == 1.0


def _in_another_process(session: Session) -> int:
    states, parts = np.zeros((1, 3, 384), dtype=np.float32), np.zeros((1, 3), dtype=np.int32)
    return int(session.run(states=states, parts=parts).shape[1])


def test_a_session_goes_to_other_processes() -> None:
    from quotekit.reader.meaning import _session

    session = _session()
    session.open()
    again = pickle.loads(pickle.dumps(session))
    assert not again.is_open
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_in_another_process, (session,)) == 3


def test_a_content_is_read_where_it_is_marked() -> None:
    rest = " ".join(f"The {word} of the pier had rusted through by May." for word in ("roof", "rail", "floor") * 5)
    text = f"Ida Berg said the pier was old, and she added: “{rest}”"
    reading = reading_of(text)
    extraction = quotekit.extract(text)
    passages = list(passages_of(reading, extraction.attributions))
    meanings = Meanings.of(reading, extraction.attributions)
    assert meanings is not None
    first = extraction.attributions[0]
    tokens = [t for span in first.content for t in reading.tokens_in(span.start, span.end)]
    home = next(p for p in passages if all(p.parts[t - p.first] == Part.CONTENT for t in tokens))
    states = read_passage(reading, home)
    assert states is not None
    expected = states[[t - home.first for t in tokens]].mean(axis=0)
    assert np.allclose(meanings.mean(tokens), expected, atol=0.01)


def test_a_survey_is_made_again_when_what_it_rests_on_changes() -> None:
    reading = reading_of(STRIKE)
    extraction = quotekit.extract(STRIKE)
    survey = survey_of(reading, extraction)
    claimed = [a.model_copy(update={"claim_id": "c9"}) for a in extraction.attributions]
    assert survey_of(reading, extraction.model_copy(update={"attributions": tuple(claimed)})) is survey
    silent = [a.model_copy(update={"cue": None}) for a in extraction.attributions]
    assert survey_of(reading, extraction.model_copy(update={"attributions": tuple(silent)})) is not survey
    survey = survey_of(reading, extraction)
    assert survey_of(reading, extraction.model_copy(update={"speakers": ()})) is not survey


def test_what_is_kept_does_not_travel_with_a_reading() -> None:
    reading = reading_of(STRIKE)
    survey_of(reading, quotekit.extract(STRIKE))
    assert reading.kept
    again = pickle.loads(pickle.dumps(reading))
    assert again.kept == {}
    assert np.array_equal(again.heads, reading.heads)
