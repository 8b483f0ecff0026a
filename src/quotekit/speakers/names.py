"""Names: what is title and what is name in them, and when two of them name the same person or body."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from quotekit.lexicon import load_table

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv", "v"))
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "to", "a", "an", "&", "’s", "'s", "de", "del", "do", "da", "dos", "das",
     "di", "du", "des", "der", "die", "und", "et", "y", "e", "la", "las", "los", "les", "le", "pela", "pelo", "para",
     "por", "pour", "per", "en", "em", "au", "aux", "van", "voor", "für", "della", "delle", "dei", "degli")
)  # fmt: skip
"""Words inside names of which acronyms have no letter."""
DAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
     "april", "may", "june", "july", "august", "september", "october", "november", "december")
)  # fmt: skip
"""What says when, and never who."""
_FEWEST_ABBREVIATED = 3
"""Words of a name whose acronym may have more than their first letters."""
_SHORTEST_PLURAL = 3
"""Fewest letters of an acronym's plural."""
_LIKE = 88.0
"""Least likeness, 0 to 100, of two spellings of one name ("Yanukovich" and "Yanukovych" are alike by their keys)."""
_SHORTEST_LIKE = 6
"""Letters that two names need for their likeness to say anything."""
_QUARTERS = {"N.": "North", "S.": "South", "E.": "East", "W.": "West"}
"""How headlines shorten the first word of places."""
_NOT_LETTERS = re.compile(r"[^\w\s&-]|_")
_TWICE = re.compile(r"(.)\1+")


_VOWELS = re.compile(r"[aeiou]+")
_INITIALS = re.compile(r"(?:\w\.-?){2,}")
_NICKNAME_MARKS = frozenset("“”\"‘’'„«»")


class PersonName(NamedTuple):
    """A person's name, as keys (see `key`).

    >>> parse_person(["Hillary", "Rodham", "Clinton"])
    PersonName(given=('hilari', 'rodham'), last='klinton', suffix='')
    """

    given: tuple[str, ...]
    last: str
    suffix: str


def is_honour(word: str) -> bool:
    """Whether a word behind a name says what somebody is, and so that it is a person: Adaeze Obi KC.

    >>> is_honour("KC"), is_honour("Jr.")
    (True, False)
    """
    return word.replace(".", "") in _honours()


def is_generation(word: str) -> bool:
    """Whether a word after a name tells father and son apart.

    >>> is_generation("Jr."), is_generation("III"), is_generation("Hill")
    (True, True, False)
    """
    return plain(word) in _GENERATIONS


def is_nickname_mark(word: str) -> bool:
    """Whether a token is a mark around a nickname.

    >>> is_nickname_mark("“"), is_nickname_mark("(")
    (True, False)
    """
    return word in _NICKNAME_MARKS


def nickname(words: Sequence[str]) -> str:
    """What stands between quotation marks in a name, as a key; empty where nothing does.

    >>> nickname(["Ramon", "“", "Shorty", "”", "Delacroix"])
    'shorti'
    """
    marks = [i for i, word in enumerate(words) if is_nickname_mark(word)]
    return key("".join(words[marks[0] + 1 : marks[1]])) if len(marks) == 2 else ""


@functools.cache
def body_endings() -> frozenset[str]:
    """Words that end the names of firms and other bodies, and of hardly anything else."""
    return frozenset(row[0] for row in load_table("body_endings"))


@functools.cache
def body_openings() -> frozenset[str]:
    """Words that begin the names of firms and other bodies, in languages other than English."""
    return frozenset(row[0] for row in load_table("body_openings"))


def is_small(word: str) -> bool:
    """Whether a word is written small inside names of bodies: Sindicato Unificado *de* Mineros.

    >>> is_small("de"), is_small("De"), is_small("said")
    (True, False, False)
    """
    return word.islower() and (word in _SMALL or word in particles())


@functools.cache
def _honours() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("honours"))


@functools.cache
def titles() -> dict[str, tuple[str, str, str]]:
    """Kind and gender of each title, and the noun by which a later description takes it up."""
    return {row[0]: (row[1], row[2], row[3]) for row in load_table("titles")}


@functools.cache
def roles() -> dict[str, tuple[str, str, str]]:
    """Kind, gender and use of each noun for those who speak."""
    return {row[0]: (row[1], row[2], row[3]) for row in load_table("roles")}


@functools.cache
def _given_names() -> dict[str, str]:
    return {key(row[0]): row[1] for row in load_table("given_names")}


@functools.cache
def _nicknames() -> dict[str, str]:
    return {key(row[0]): key(row[1]) for row in load_table("nicknames")}


@functools.cache
def _aliases() -> dict[str, str]:
    return {row[0]: row[1] for row in load_table("name_aliases")}


@functools.cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Nouns that a later description may take up by another."""
    return {row[0]: tuple(row[1].split(", ")) for row in load_table("role_synonyms")}


@functools.cache
def _agent_nouns() -> dict[str, frozenset[str]]:
    return {row[0]: _listed(row[1]) for row in load_table("agent_nouns")}


@functools.cache
def agent_nouns(verb: str) -> frozenset[str]:
    """What somebody is called who does so.

    >>> "teacher" in agent_nouns("teach"), "chairman" in agent_nouns("chair"), "scorer" in agent_nouns("score")
    (True, True, True)
    """
    stem = verb[:-1] if verb.endswith("e") else verb
    made = {f"{stem}er", f"{stem}or", f"{stem}{stem[-1:]}er", f"co-{stem}er"}
    return _agent_nouns().get(verb, frozenset()) | made


@functools.cache
def counterparts() -> dict[str, frozenset[str]]:
    """What somebody is called by those of whom each noun makes him or her a relative, client or rival."""
    return {row[0]: _listed(row[1]) for row in load_table("counterparts")}


@functools.cache
def person_nouns() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The nouns for people that mean the same as each, and the wider ones."""
    rows = load_table("person_nouns")
    return {row[0]: (_listed(row[1]), _listed(row[2])) for row in rows}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split(", ") if words else ())


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """Words that a rule treats alike, by the name of their group in `lexicon/speaker_word_groups.tsv`.

    >>> "club" in words_of("defined bodies")
    True
    """
    return frozenset(word for of, word in load_table("speaker_word_groups") if of == name)


@functools.cache
def newspapers() -> frozenset[str]:
    """Names of newspapers that are nouns for people, in lower case."""
    return frozenset(row[0] for row in load_table("newspapers"))


@functools.cache
def particles() -> frozenset[str]:
    """Small words inside last names."""
    return frozenset(row[0] for row in load_table("name_particles"))


@functools.cache
def demonyms() -> dict[str, str]:
    """Place of each adjective."""
    return {row[0]: row[1] for row in load_table("demonyms")}


@functools.cache
def countrymen() -> dict[str, str]:
    """Place of each noun for who comes from there: Swede, Kentuckian, Glaswegian."""
    return {row[0]: row[1] for row in load_table("countrymen")}


@functools.lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word in lower case without full stops and possessive.

    >>> plain("Gen."), plain("Lavrov’s")
    ('gen', 'lavrov')
    """
    word = word.casefold().replace(".", "")
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word


@functools.lru_cache(maxsize=65536)
def key(word: str) -> str:
    """What spellings of one name have in common: no case, no accents, and the usual ways of transliterating made one.

    >>> key("Sergey") == key("Sergei"), key("Zelenskyy") == key("Zelensky"), key("Núñez")
    (True, True, 'nunez')
    """
    word = unicodedata.normalize("NFKD", plain(word))
    word = "".join(c for c in word if c.isalnum())
    word = word.replace("y", "i").replace("ck", "k").replace("ph", "f").replace("x", "ks")
    word = re.sub("c(?!h)", "k", word)
    return _TWICE.sub(r"\1", word)


def title_length(words: Sequence[str]) -> int:
    """How many of the first words are titles; at least one word is left for the name.

    >>> title_length(["Lt.", "Gov.", "Dan", "Patrick"]), title_length(["Dean", "Smith"]), title_length(["Pope"])
    (2, 0, 0)
    """
    at = 0
    while at < len(words) - 1:
        for size in (3, 2, 1):
            if at + size < len(words) and " ".join(plain(w) for w in words[at : at + size]) in titles():
                break
        else:
            break
        if size == 1 and key(words[at]) in _given_names() and len(words) - at <= 2:
            # Dean Smith, Earl Warren
            break
        at += size
    return at


def title_gender(words: Sequence[str]) -> str:
    """Gender that titles or nouns tell; empty where they tell none.

    >>> title_gender(["Mrs."]), title_gender(["campaign", "spokeswoman"]), title_gender(["foreign", "minister"])
    ('f', 'f', '')
    >>> title_gender(["Master"]), title_gender(["Harbour", "master"])
    ('m', '')
    """
    for at, word in enumerate(map(plain, words)):
        kind, gender, _ = titles().get(word, ("", "", ""))
        if kind in ("address", "honorific") and at and plain(words[at - 1]) not in titles():
            # A harbour master may be a woman.
            gender = ""
        gender = gender or roles().get(word, ("", "", ""))[1]
        if gender:
            return gender
    return ""


def parse_person(words: Sequence[str]) -> PersonName:
    """Splits a name without titles into given names, last name and suffix.

    Particles ("von der", "bin", "al-") are left out, so that the last name alone is found again with and without them.

    >>> parse_person(["Donald", "Trump", "Jr."]).suffix, parse_person(["Ursula", "von", "der", "Leyen"]).last
    ('jr', 'leien')
    """
    marks = [i for i, word in enumerate(words) if is_nickname_mark(word)]
    if len(marks) == 2 and marks[1] < len(words) - 1:
        words = [*words[: marks[0]], *words[marks[1] + 1 :]]
    kept = [w for w in words if any(c.isalnum() for c in w) and plain(w) not in ("'s", "’s", "")]
    # "J.R." is two names as "J. R." is.
    kept = [part for w in kept for part in (re.findall(r"\w", w) if _INITIALS.fullmatch(w) else (w,))]
    suffix = ""
    while len(kept) > 1 and (plain(kept[-1]) in _GENERATIONS or is_honour(kept[-1])):
        ending = plain(kept.pop())
        if ending in _GENERATIONS:
            suffix = ending
    # Al Gore and Ben Carson have given names that look like particles.
    parts = [w for w in kept if plain(w) not in particles() or (w is kept[0] and w[:1].isupper() and is_given(w))]
    parts = parts or kept
    keys = [_last_key(w) if i == len(parts) - 1 else key(w) for i, w in enumerate(parts)]
    keys = [k for k in keys if k]
    if not keys:
        return PersonName((), "", suffix)
    return PersonName(tuple(keys[:-1]), keys[-1], suffix)


def _last_key(word: str) -> str:
    lower = word.casefold()
    for particle in ("al-", "el-", "as-", "ash-", "ad-", "ar-", "bin-", "ben-"):
        if lower.startswith(particle) and len(word) > len(particle) + 2:
            return key(word[len(particle) :])
    return key(word)


def name_gender(name: PersonName) -> str:
    """Gender that most bearers of the first given name have; empty where it is unknown.

    >>> name_gender(parse_person(["Hillary", "Clinton"]))
    'f'
    """
    return _given_names().get(name.given[0], "") if name.given else ""


def is_given(word: str) -> bool:
    """Whether a word is known as a given name.

    >>> is_given("Angela"), is_given("Kremlin")
    (True, False)
    """
    return key(word) in _given_names() or key(word) in _nicknames()


def same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names can be one person's.

    >>> names = [parse_person(n.split()) for n in ("Donald J. Trump", "Donald Trump", "Melania Trump")]
    >>> same_person(names[0], names[1]), same_person(names[1], names[2])
    (True, False)
    """
    if one.suffix != other.suffix or not one.given or not other.given:
        return False
    if one.last == other.last:
        return _same_given(one.given, other.given)
    if same_last(one.last, other.last):
        return one.given[0] == other.given[0] and _same_given(one.given, other.given)
    is_long = min(len(one.last), len(other.last)) >= _SHORTEST_LIKE
    # Other vowels: Osama and Usama Qasim, Qosim.
    if is_long and one.last[-1] == other.last[-1] and _VOWELS.sub("*", one.last) == _VOWELS.sub("*", other.last):
        return _same_given(one.given, other.given)
    # Orbán Viktor and Viktor Orbán
    return len(one.given) == len(other.given) == 1 and one.given[0] == other.last and one.last == other.given[0]


def same_last(one: str, other: str) -> bool:
    """Whether two last names, as keys, can be spellings of one.

    >>> same_last(key("Yanukovich"), key("Yanukovych")), same_last(key("Lund"), key("Lind"))
    (True, False)
    """
    return one == other or (min(len(one), len(other)) >= _SHORTEST_LIKE and fuzz.ratio(one, other) >= _LIKE)


def _same_given(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if all(_alike(a, b) for a, b in zip(one, other, strict=False)):
        return True
    # J. Edgar Hoover and Edgar Hoover
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and len(long) == 2 and len(short[0]) > 1 and short[0] == long[1]


def _is_other_spelling(one: str, other: str) -> bool:
    """Whether two names differ in the vowels inside them alone: Mohammed and Muhammad, but not Dennis and Denise."""
    return (
        min(len(one), len(other)) >= 5
        and one[-1] == other[-1] not in "aeiou"
        and _VOWELS.sub("*", one) == _VOWELS.sub("*", other)
    )


def _alike(one: str, other: str) -> bool:
    if one == other or (1 in (len(one), len(other)) and one[:1] == other[:1]):
        return True
    if _nicknames().get(one, one) == _nicknames().get(other, other):
        return True
    if _is_other_spelling(one, other):
        return True
    if min(len(one), len(other)) < _SHORTEST_LIKE or fuzz.ratio(one, other) < _LIKE:
        return False
    genders = _given_names().get(one), _given_names().get(other)
    # Daniel and Daniele, Gabriel and Gabriela are people of their own.
    return not (None not in genders and genders[0] != genders[1]) and not (
        one.startswith(other) or other.startswith(one)
    )


def body_key(words: Sequence[str]) -> str:
    """What the spellings of a body's or place's name have in common.

    >>> body_key(["The", "U.S."]) == body_key(["America"]), body_key(["Foreign", "Ministry"])
    (True, 'foreign ministry')
    >>> body_key(["N.", "Korea"])
    'north korea'
    """
    if len(words) == 2:
        words = [_QUARTERS.get(words[0], words[0]), words[1]]
    kept = [plain(_NOT_LETTERS.sub("", w.replace(".", ""))) for w in words]
    kept = [w for w in kept if w and w not in ("'s", "’s", "s")]
    if len(kept) > 1 and kept[0] in ("the", "a", "an"):
        kept = kept[1:]
    if len(kept) > 2 and kept[1] == "of" and kept[0] in ("ministry", "department"):
        # Ministry of Health, Health Ministry
        kept = [*(w for w in kept[2:] if w != "the"), kept[0]]
    name = " ".join(kept)
    return _aliases().get(name, name)


def initials(words: Sequence[str]) -> frozenset[str]:
    """The acronyms that a name can have: with and without its small words.

    >>> sorted(initials(["North", "Atlantic", "Treaty", "Organization"]))
    ['nato']
    """
    parts = [p for w in words for p in re.split(r"[-–]", w) if p and p[0].isalnum()]
    if parts and parts[0].lower() == "the":
        parts = parts[1:]
    if len(parts) < 2:
        return frozenset()
    large = [p for p in parts if p.lower() not in _SMALL or (p[0].isupper() and p.lower() not in ("of", "the", "and"))]
    return frozenset("".join(p[0] for p in some).lower() for some in (parts, large) if len(some) > 1)


def abbreviates(letters: str, name: str, most_inner: int) -> bool:
    """Whether an acronym has the first letter of each large word of a name, in order, and a few of those inside.

    >>> abbreviates("odedc", "odan electricity distribution company", 2)
    True
    >>> abbreviates("nesco", "northern electricity supply company", 2), abbreviates("odec", "odan company", 2)
    (True, False)
    """
    words = [word for word in name.split() if word not in _SMALL]
    inner = len(letters) - len(words)
    if len(words) < _FEWEST_ABBREVIATED or not 0 < inner <= most_inner:
        return False
    return _spells(letters, words)


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the first of each word, each with any of those inside it that follow."""
    if not words:
        return not letters
    if not letters or letters[0] != words[0][0] or len(letters) < len(words):
        return False
    word, inside, taken = words[0], 1, 1
    while not _spells(letters[taken:], words[1:]):
        inside = word.find(letters[taken], inside) + 1 if taken < len(letters) else 0
        if not inside:
            return False
        taken += 1
    return True


def is_plural_acronym(word: str) -> bool:
    """Whether a word is several of what letters stand for: an ordinary noun.

    >>> is_plural_acronym("NGOs"), is_plural_acronym("NGO"), is_plural_acronym("As")
    (True, False, False)
    """
    return len(word) >= _SHORTEST_PLURAL and word.endswith("s") and word[:-1].isalpha() and word[:-1].isupper()


def is_acronym(word: str) -> bool:
    """Whether a word looks like one.

    >>> is_acronym("OSCE"), is_acronym("U.S."), is_acronym("Nato")
    (True, True, False)
    """
    letters = word.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()


def noun_kind(noun: str) -> tuple[str, str]:
    """What a noun stands for, and its gender.

    >>> noun_kind("minister"), noun_kind("podiatrist"), noun_kind("theorem")
    (('person', ''), ('person', ''), ('', ''))
    """
    known = roles().get(noun)
    if known is not None:
        return known[:2]
    last = noun.rpartition("-")[2]
    if last != noun and last in roles():
        return roles()[last][:2]
    if noun.endswith("-year-old"):
        return "person", ""
    for ending, gender in (("woman", "f"), ("women", "f"), ("man", "m"), ("men", "m")):
        if noun.endswith(ending) and len(noun) > len(ending) + 2 and noun not in demonyms():
            return "person", gender
    if len(noun) > 5 and noun.endswith(
        ("ist", "ician", "ologist", "person", "crat", "smith", "worker", "maker", "monger")
    ):
        return "person", ""
    if len(noun) > 8 and noun.endswith(("master", "mistress", "keeper")):
        return "person", ""
    known_person = person_nouns().get(noun)
    if known_person is not None:
        return "person", "f" if "woman" in known_person[1] else ""
    return "", ""
