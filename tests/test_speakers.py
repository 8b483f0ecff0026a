"""Who speaks: titles, aliases, pronouns, groups and documents, on passages read by the shipped network."""

from __future__ import annotations

import pytest

import quotekit
from quotekit.dialogue import Turn, take_turns
from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.wholes import whole_names
from quotekit.types import Extraction, Speaker

PASSAGES = {
    "surname": (
        "Finance minister Carla Ruiz said the budget was balanced. Ruiz said it would pass on Tuesday. "
        "“It is a good budget,” she added."
    ),
    "two with one surname": (
        "Hillary Clinton said the court was wrong. Bill Clinton said the court was right. "
        "“I have read the ruling twice,” Bill Clinton said."
    ),
    "pronouns": (
        "Anna Lund said the bridge was safe. Peter Moe said it was not. He said the piers were cracked. "
        "She said they had been repaired."
    ),
    "nominal": (
        "Tom Reilly, the chief executive of Atlas Shipping, said the yard would close. "
        "The chief executive said 300 jobs would go. The company said it would help workers to find new ones."
    ),
    "group": (
        "The United States and its allies said they would study the plan. They agreed, however, to meet on Friday."
    ),
    "document": "A report by the audit office said the dam was unsafe. The report said it should be emptied.",
    "acronym": (
        "The World Health Organization said cases had doubled. The WHO said it would send doctors to the north."
    ),
    "spelling": (
        "President Volodymyr Zelensky said the offer was dead. “We will not sign it,” Zelenskyy told reporters."
    ),
    "anonymous": (
        "An official who asked not to be named said the talks had failed. “Nobody trusts them,” the official said."
    ),
    "nickname": "William Gates said the price would fall. Bill Gates said it would fall by half.",
    "next paragraph": (
        "“We came here in 1962,” said Maria Costa, the baker. “My father built the oven.”\n\n"
        "“He never wrote a recipe down.”"
    ),
    "particle": (
        "Oil minister Hassan al-Tijani said the line would be shut. Al-Tijani did not say when. "
        "“Ask the engineers,” al-Tijani told reporters."
    ),
    "office": "Mayor Jenny Durkan's office said the city would not renew the contract. Durkan said she was pleased.",
    "in a place": "His counterpart in Juba, Rebecca Nyandeng, rejected the plan. Nyandeng said it was dead.",
    "turns": (
        "“Where did you leave the boat?” asked Martha.\n\n“By the old mill,” said Owen.\n\n“Is it tied up?”\n\n"
        "“With two ropes.”\n\n“And where are the oars?”\n\n“Under the bench, where you put them.”"
    ),
    "action": (
        "“Will you come with us?” asked Martha.\n\nOwen shook his head. “There is too much to do.”\n\n"
        "“You always say so,” said Martha.\n\n“Because it is always true.”\n\n“And tomorrow?”\n\n“I shall see.”"
    ),
    "two roles": (
        "Elena Marsh, a farmer's daughter, won the vote. Marsh said taxes would fall. "
        "The former senator and governor said the wages of nurses would rise."
    ),
    "place before a role": (
        "Senator Carl Boone said the dam was old. The Ohio senator said it leaked. "
        "“It has leaked for years,” Boone said."
    ),
    "members": (
        "Ruth Adler and Simon Katz said the museum would close. Adler said the roof was broken. "
        "Katz said there was no money to mend it."
    ),
    "counted": "Norwegians said the price was fair. Many Norwegians said it was far too high.",
    "kin": (
        "Senator Paul Renner said his brother, Max Renner, had sold the farm. Max Renner lives in Ghent. "
        "Renner said the money was gone."
    ),
    "relative": "The judge fined Greta Holm, who said the fine was unfair.",
    "nobody": "The rain fell for three days. The river rose.",
}


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    return dict(zip(PASSAGES, quotekit.extract_many(PASSAGES.values()), strict=True))


def named(extraction: Extraction, name: str) -> Speaker:
    found = [speaker for speaker in extraction.speakers if speaker.name == name]
    assert len(found) == 1, [speaker.name for speaker in extraction.speakers]
    return found[0]


def said(extraction: Extraction, words: str) -> str | None:
    """Name of the speaker of the attribution whose content holds these words."""
    (attribution,) = [a for a in extraction.attributions if any(words in s.text for s in a.content)]
    return next((s.name for s in extraction.speakers if s.id == attribution.speaker_id), None)


def test_a_title_is_no_part_of_the_name_and_a_surname_means_the_same(read: dict[str, Extraction]) -> None:
    speaker = named(read["surname"], "Carla Ruiz")
    assert speaker.kind == "person"
    assert [title.lower() for title in speaker.titles] == ["finance minister"]
    assert speaker.aliases == ("Ruiz",)
    assert [span.text for span in speaker.mentions] == ["Finance minister Carla Ruiz", "Ruiz", "she"]
    assert len(read["surname"].speakers) == 1


def test_two_people_with_one_surname_stay_apart(read: dict[str, Extraction]) -> None:
    extraction = read["two with one surname"]
    assert said(extraction, "wrong") == "Hillary Clinton"
    assert said(extraction, "right") == "Bill Clinton"
    assert said(extraction, "ruling") == "Bill Clinton"


def test_a_pronoun_means_whom_it_fits(read: dict[str, Extraction]) -> None:
    assert said(read["pronouns"], "cracked") == "Peter Moe"
    assert said(read["pronouns"], "repaired") == "Anna Lund"


def test_a_description_takes_up_a_name_and_a_company_is_no_person(read: dict[str, Extraction]) -> None:
    extraction = read["nominal"]
    assert said(extraction, "300 jobs") == "Tom Reilly"
    assert said(extraction, "help workers") == "Atlas Shipping"
    assert named(extraction, "Atlas Shipping").kind == "organization"


def test_a_group_is_a_speaker(read: dict[str, Extraction]) -> None:
    extraction = read["group"]
    speaker = named(extraction, "The United States and its allies")
    assert speaker.kind == "group"
    assert said(extraction, "meet on Friday") == speaker.name


def test_a_document_is_a_speaker(read: dict[str, Extraction]) -> None:
    extraction = read["document"]
    (speaker,) = {said(extraction, "unsafe"), said(extraction, "emptied")}
    assert next(s.kind for s in extraction.speakers if s.name == speaker) == "document"


def test_an_acronym_means_the_body(read: dict[str, Extraction]) -> None:
    extraction = read["acronym"]
    assert said(extraction, "doubled") == said(extraction, "send doctors") == "World Health Organization"
    assert "WHO" in named(extraction, "World Health Organization").aliases


def test_spellings_of_one_name_are_one_person(read: dict[str, Extraction]) -> None:
    assert said(read["spelling"], "offer was dead") == said(read["spelling"], "sign it") == "Volodymyr Zelensky"


def test_somebody_without_a_name_is_a_speaker(read: dict[str, Extraction]) -> None:
    extraction = read["anonymous"]
    assert said(extraction, "talks had failed") == said(extraction, "trusts them")
    assert next(s.kind for s in extraction.speakers if s.name == said(extraction, "trusts them")) == "person"


def test_a_short_form_of_a_given_name_is_the_same_person(read: dict[str, Extraction]) -> None:
    assert [speaker.aliases for speaker in read["nickname"].speakers] == [("Bill Gates",)]


def test_the_next_paragraph_of_a_speech_has_its_speaker(read: dict[str, Extraction]) -> None:
    extraction = read["next paragraph"]
    assert said(extraction, "recipe") == "Maria Costa"
    assert {quote.speaker_id for quote in extraction.quotes} == {named(extraction, "Maria Costa").id}


def test_people_who_talk_with_each_other_take_turns(read: dict[str, Extraction]) -> None:
    extraction = read["turns"]
    assert [said(extraction, words) for words in ("tied up", "two ropes", "oars", "bench")] == [
        "Martha",
        "Owen",
        "Martha",
        "Owen",
    ]


def test_whoever_acts_before_the_words_says_them(read: dict[str, Extraction]) -> None:
    assert said(read["action"], "too much to do") == "Owen"
    assert said(read["action"], "always true") == "Owen"


def test_one_person_may_have_two_roles(read: dict[str, Extraction]) -> None:
    assert said(read["two roles"], "wages of nurses") == "Elena Marsh"


def test_a_place_before_a_role_is_no_owner(read: dict[str, Extraction]) -> None:
    assert [speaker.name for speaker in read["place before a role"].speakers] == ["Carl Boone"]


def test_members_of_a_group_speak_for_themselves_later(read: dict[str, Extraction]) -> None:
    extraction = read["members"]
    assert said(extraction, "would close") == "Ruth Adler and Simon Katz"
    assert said(extraction, "roof") == "Ruth Adler"
    assert said(extraction, "no money") == "Simon Katz"


def test_many_are_not_all(read: dict[str, Extraction]) -> None:
    extraction = read["counted"]
    assert said(extraction, "far too high") == "Many Norwegians"
    assert said(extraction, "fair") == "Norwegians"


def test_a_relative_does_not_take_over_the_bare_surname(read: dict[str, Extraction]) -> None:
    assert said(read["kin"], "money was gone") == "Paul Renner"


def test_a_relative_pronoun_means_the_name_before_it(read: dict[str, Extraction]) -> None:
    assert said(read["relative"], "unfair") == "Greta Holm"


def test_what_each_speaker_says_can_be_looked_up(read: dict[str, Extraction]) -> None:
    extraction = read["pronouns"]
    by_speaker = extraction.by_speaker()
    assert [(speaker.name, len(said)) for speaker, said in by_speaker.items()] == [("Anna Lund", 2), ("Peter Moe", 2)]
    (moe,) = extraction.speakers_named("moe") or extraction.speakers_named("Peter Moe")
    assert extraction.attributions_of(moe) == extraction.attributions_of(moe.id) == by_speaker[moe]
    assert {quote.speaker_id for quote in read["next paragraph"].quotes_of("s1")} == {"s1"}
    assert all(claim.speaker_id == moe.id for claim in extraction.claims_of(moe))


def turn(paragraph: int, words: str, party: int | None = None, addressed: int | None = None) -> Turn:
    return Turn(paragraph, words, is_bare=True, party=party, addressed=set() if addressed is None else {addressed})


def test_whoever_is_called_by_name_answers() -> None:
    turns = [turn(0, "Who did it?", party=1, addressed=3), turn(1, "Not I."), turn(2, "Then who?"), turn(3, "Her.")]
    take_turns(turns)
    assert [one.party for one in turns] == [1, 3, 1, 3]


def test_nobody_calls_himself_by_name() -> None:
    turns = [turn(0, "Yes?", party=1), turn(1, "No.", party=2), turn(2, "Why, Ann?", addressed=1), turn(3, "So.", 3)]
    take_turns(turns)
    assert [one.party for one in turns] == [1, 2, 3, 3]


def test_an_open_quotation_goes_on() -> None:
    turns = [turn(0, "First,", party=1), turn(1, "A question?", party=2), turn(2, "Second.")]
    turns[1].is_open = True
    take_turns(turns)
    assert turns[2].party == 2


def test_turns_end_where_narration_goes_on_for_long() -> None:
    turns = [turn(0, "Yes?", party=1), turn(1, "No.", party=2), turn(9, "Who is there?")]
    take_turns(turns)
    assert turns[2].party is None


def test_where_nobody_speaks_there_is_no_speaker(read: dict[str, Extraction]) -> None:
    assert read["nobody"].speakers == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Donald J. Trump", "Donald Trump", True),
        ("Donald Trump", "Melania Trump", False),
        ("Donald Trump", "Donald Trump Jr.", False),
        ("Sergey Lavrov", "Sergei Lavrov", True),
        ("Viktor Orbán", "Viktor Orban", True),
        ("Anna Schmidt", "Anna Schmitz", False),
        ("Robert Kennedy", "Bob Kennedy", True),
        ("Gabriel Boric", "Gabriela Boric", False),
    ],
)
def test_same_person(one: str, other: str, same: bool) -> None:
    people = [names.parse_person(name.split()) for name in (one, other)]
    assert names.same_person(*people) == same
    assert names.same_person(*reversed(people)) == same


def test_a_particle_is_a_name_s_own_however_it_is_written(read: dict[str, Extraction]) -> None:
    speaker = named(read["particle"], "Hassan al-Tijani")
    assert {a.speaker_id for a in read["particle"].attributions} == {speaker.id}


def test_somebody_s_office_is_not_that_person(read: dict[str, Extraction]) -> None:
    office = named(read["office"], "Mayor Jenny Durkan's office")
    person = named(read["office"], "Jenny Durkan")
    assert (office.kind, person.kind) == ("organization", "person")
    assert [a.speaker_id for a in read["office"].attributions][:2] == [office.id, person.id]


def test_a_description_with_a_place_is_the_person_named_after_it(read: dict[str, Extraction]) -> None:
    speaker = named(read["in a place"], "Rebecca Nyandeng")
    assert [a.speaker_id for a in read["in a place"].attributions] == [speaker.id, speaker.id]


@pytest.mark.parametrize("entities", [[(1, 3, "LOC")], [(1, 2, "LOC"), (2, 3, "LOC")]])
def test_no_place_begins_with_a_preposition(entities: list[tuple[int, int, str]]) -> None:
    rows = [(0, 7, "NOUN", "root", 0), (8, 10, "ADP", "case", 2), (11, 17, "PROPN", "nmod", 0)]
    reading = Reading.from_rows("growers of Marrow", rows, entities=tuple(Entity(*entity) for entity in entities))
    assert [(entity.first, entity.last) for entity in whole_names(reading)] == [(2, 3)]
