"""Noun phrases and names: which words name a party, which speaker that is, and whom a pronoun means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from quotekit.threats.scene import Tokens
from quotekit.threats.voices import Setting
from quotekit.threats.words import group, parties, times
from quotekit.types import Span, Speaker

_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
FURTHEST = 400
"""Tokens before a pronoun in which its antecedent is looked for."""
THING = frozenset(("it", "its"))
_BODIES = frozenset(("body", "union", "state"))


class Party(NamedTuple):
    """Somebody with a part in a threat."""

    piece: Tokens
    """The noun phrase."""
    name: Tokens
    """The words in it that name the party."""
    speaker_id: str | None


class Names:
    """The noun phrases of a text, with the speakers that they name.

    Args:
        setting: The text's scene and speakers.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.scene = setting.scene
        mentions = sorted(
            ((span.start, span.end, speaker) for speaker in setting.extraction.speakers for span in speaker.mentions),
            key=lambda mention: mention[:2],
        )
        self._mentions = mentions
        self._mention_starts = [start for start, _, _ in mentions]

    def head(self, piece: Tokens) -> int:
        """The token of a stretch on which the others depend."""
        for token in range(*piece):
            if self.scene.upos[token] in ("PUNCT", "SPACE"):
                continue
            if not piece[0] <= self.scene.heads[token] < piece[1] or self.scene.heads[token] == token:
                return token
        return piece[0]

    def piece_head(self, piece: Tokens) -> int:
        """The predicate of a clause, or the noun of a phrase."""
        scene = self.scene
        tops = [
            t
            for t in range(*piece)
            if scene.upos[t] not in ("PUNCT", "SPACE")
            and (scene.heads[t] == t or not piece[0] <= scene.heads[t] < piece[1])
        ]
        return next((t for t in tops if scene.is_clause(t)), self.head(piece) if not tops else tops[0])

    def named(self, piece: Tokens) -> Tokens:
        """The name beside a description: of "the mayor, Anton Petrescu" the second."""
        head = self.head(piece)
        for child in self.scene.children(head, "appos"):
            if self.scene.upos[child] == "PROPN" and child >= piece[1] and self.scene.upos[head] != "PROPN":
                return self.setting.phrase(child)
        return piece

    def without_possessive(self, piece: Tokens) -> Tokens:
        """A noun phrase without a closing "'s"."""
        first, last = piece
        while last - 1 > first and self.scene.words[last - 1] in ("'s", "'"):
            last -= 1
        first, last = self.scene.trim(first, last)
        return (first, last) if first < last else piece

    def owner(self, head: int) -> int | None:
        """The pronoun that owns a noun phrase: "its boats", "our envoy"."""
        owners = self.scene.children(head, "nmod")
        return next((t for t in owners if self.scene.reading.deps[t] == "nmod:poss"), None)

    def case_of(self, token: int) -> str:
        """The preposition of a noun, "" for none."""
        return next((self.scene.words[t] for t in self.scene.children(token, "case")), "")

    def is_time(self, token: int) -> bool:
        """Whether a word names a time: "Friday", "noon", "week", "12th"."""
        scene = self.scene
        if scene.upos[token] not in ("NOUN", "PROPN", "NUM", "ADV"):
            return False
        if _DAY_OF_MONTH.fullmatch(scene.words[token]):
            return True
        kind = times().get(scene.lemmas[token].lower()) or times().get(scene.words[token])
        if kind == "point":
            return scene.upos[token] in ("NOUN", "PROPN") or scene.words[token] in ("today", "tomorrow", "tonight")
        return kind == "unit" and scene.upos[token] == "NOUN"

    def party(self, piece: Tokens) -> Party:
        """The party that a noun phrase names."""
        piece = self.without_possessive(piece)
        speaker = self.speaker_at(piece)
        return Party(piece, piece, speaker.id if speaker is not None else None)

    def are_same(self, one: Tokens, other: Tokens) -> bool:
        """Whether two pieces are one, or name the same speaker."""
        speakers = self.speaker_at(one), self.speaker_at(other)
        return one == other or (speakers[0] is not None and speakers[0] is speakers[1])

    def _characters(self, piece: Tokens) -> tuple[int, int]:
        return self.scene.characters(piece)

    def speaker_at(self, piece: Tokens) -> Speaker | None:
        """The speaker with a mention that has the same head as a noun phrase, or nearly the same extent."""
        start, end = self._characters(piece)
        head = self.head(piece)
        head_start = int(self.scene.reading.starts[head])
        at = bisect_right(self._mention_starts, end - 1) - 1
        best: tuple[int, Speaker] | None = None
        for i in range(at, max(-1, at - 12), -1):
            low, high, speaker = self._mentions[i]
            if high <= start or low >= end:
                continue
            whole = low <= head_start < high
            if whole and (best is None or high - low > best[0]):
                best = (high - low, speaker)
        return None if best is None else best[1]

    def id_of_name(self, piece: Tokens) -> str | None:
        """The speaker with a name, where there is one."""
        start, end = self._characters(piece)
        name = self.scene.reading.text[start:end].lower()
        for speaker in self.setting.extraction.speakers:
            if name in (speaker.name.lower(), *(alias.lower() for alias in speaker.aliases)):
                return speaker.id
        return None

    def mention_of(self, speaker_id: str) -> Tokens | None:
        """The first mention of a speaker that is no pronoun."""
        speaker = self.setting.speakers.get(speaker_id)
        spans: tuple[Span, ...] = speaker.mentions if speaker is not None else ()
        for span in spans:
            tokens = self.scene.tokens(span)
            if len(tokens) and self.scene.upos[tokens[0]] != "PRON":
                return tokens.start, tokens.stop
        return None

    def mention_before(
        self, speaker_id: str | None, token: int, excluded: frozenset[int] = frozenset()
    ) -> Tokens | None:
        """The last mention of a speaker before a token that is no pronoun."""
        speaker = self.setting.speakers.get(speaker_id or "")
        mentions = speaker.mentions if speaker is not None else ()
        last = bisect_left(mentions, int(self.scene.reading.starts[token]), key=lambda span: span.start)
        for span in reversed(mentions[:last]):
            tokens = self.scene.tokens(span)
            if not len(tokens) or tokens.start in excluded or tokens.stop > token:
                continue
            if self.scene.upos[self.head((tokens.start, tokens.stop))] != "PRON":
                return tokens.start, tokens.stop
        return None

    def antecedent(self, pronoun: int, excluded: frozenset[int]) -> Tokens | None:
        """The nearest party before a pronoun that agrees with it, in its sentence or before; subjects first."""
        scene = self.scene
        word = scene.words[pronoun]
        begin, _ = scene.sentence(pronoun)
        for low, high in ((begin, pronoun), (max(0, begin - FURTHEST // 4), begin)):
            fitting = [t for t in range(max(low, pronoun - FURTHEST), high) if t not in excluded and self.fits(t, word)]
            fitting = [t for t in fitting if scene.upos[t] != "PRON"]
            if fitting:
                subjects = [t for t in fitting if scene.deps[t] == "nsubj"]
                if high == begin:
                    # Of sentences before, whom the last one is about counts, not who stands in its side clauses.
                    last = scene.sentence((subjects or fitting)[-1])[0]
                    subjects = [t for t in subjects if t >= last and scene.deps[scene.heads[t]] == "root"] or subjects
                return self.without_possessive(self.setting.phrase((subjects or fitting)[-1]))
        return None

    def fits(self, token: int, word: str) -> bool:
        """Whether a noun can be whom a pronoun means."""
        scene = self.scene
        if scene.upos[token] not in ("NOUN", "PROPN") or scene.deps[token] in ("compound", "flat", "amod", "fixed"):
            return False
        if self.is_time(token):
            return False
        return self.setting.is_party(token) and self.agrees(token, word)

    def agrees(self, token: int, word: str) -> bool:
        """Whether a noun can be meant by a pronoun, as far as number and kind tell."""
        scene = self.scene
        plural = scene.reading.morph[token] == "Plur" or bool(scene.children(token, "conj"))
        kind = parties().get(scene.lemmas[token], "")
        # One name alone may be a place's that the reader has taken for a person's.
        labels = {e.label for e in scene.entities_in((token, token + 1)) if e.label != "PERSON" or e.last - e.first > 1}
        if word in group("plural"):
            return plural or (kind or "person") not in group("people")
        if word in THING:
            return not plural and kind not in group("people") and "PERSON" not in labels
        return not plural and kind not in _BODIES and not labels & {"ORG", "LOC"}
