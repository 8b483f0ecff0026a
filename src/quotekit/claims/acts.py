"""What somebody does by saying something: threatens, apologises, asks, promises.

The inventory and its order follow Searle (A Taxonomy of Illocutionary Acts, 1975), cut to what news reports; where two
acts fit, the earlier in `quotekit.types.Act` holds. A content is judged by its main clauses: who acts in them, with
which modal, whether they ask, order or deny, and what their words mean. The cue decides where the content does not.

The tests below say so by rule. What they find is weighed together with the network's encoding of the words by
`quotekit.claims.learned`; a reading without encodings has the rules' answer.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from operator import contains
from typing import NamedTuple, get_args

import numpy as np

from quotekit.claims import learned
from quotekit.claims.meanings import Meanings
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading
from quotekit.speakers.names import noun_kind
from quotekit.threats.judgement import appraise
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.survey import survey_of
from quotekit.threats.voices import FIRST_PERSON, THIRD_PERSON
from quotekit.threats.words import group
from quotekit.types import Act, Attribution, Extraction

_ORDER: tuple[Act, ...] = get_args(Act)
_FUTURE = frozenset(("will", "shall", "would"))
_POSSIBLE = frozenset(("may", "might", "can", "could"))
_DUTY = frozenset(("must", "should", "shall"))
_TELLING = frozenset(
    ("say", "comment", "tell", "disclose", "reveal", "discuss", "name", "answer", "confirm", "elaborate")
)
_QUALIFIERS = frozenset(("amod", "acl", "advcl", "nmod", "compound", "appos", "parataxis", "conj"))
_HARM = -0.5
"""Appraisal from which a deed is harm and not a nuisance."""
_FORMULAS: dict[str, Act] = {"apology": "apology", "thanks": "thanks", "greeting": "other", "beware": "warning"}
"""Kinds of words that are an act by being said."""
_LONGEST_FORMULA = 9
_LONGEST_LEAD = 4
"""Tokens between a cue and its content that belong to the cue: "expressed its deep regret for"."""
_BARRED: frozenset[Act] = frozenset(("denial", "refusal"))
"""Acts that those who only leave something open do not do."""
_LEVELS = (_HARM, -0.1, 0.3)


def strongest(acts: Iterable[Act]) -> Act:
    """The act of a claim that is stated several times: where two fit, the earlier of the inventory.

    >>> strongest(["assertion", "threat", "prediction"])
    'threat'
    """
    return min(acts, key=_ORDER.index)


@functools.cache
def _cue_acts() -> dict[tuple[str, str], Act]:
    """Act of each cue and complement."""
    return {(row[0], row[2]): row[1] for row in load_table("cue_acts")}  # type: ignore[misc]


@functools.cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases of each kind by their first word."""
    result: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in load_table("act_words"):
        words = tuple(phrase.lower().split())
        result.setdefault(words[0], []).append((words, kind))
    return result


class _Clause(NamedTuple):
    """A main clause of a content."""

    head: int
    subject: int | None
    is_own: bool
    """Whether its subject is the speaker, or the body spoken for."""
    arranged: bool
    """Whether it leaves out who will act: "it will be repaid"."""
    modal: str | None
    negated: bool
    imperative: bool
    infinitive: bool
    past: bool
    names_party: bool
    """Whether its subject can be a party: a name, a pronoun for people, a noun for them."""
    kinds: frozenset[str]
    """Kinds of the words and phrases that are its predicate or belong to it directly."""
    harm: float
    """How unwelcome the deed itself is, -1 to 1, whatever its objects are called."""


class _Said(NamedTuple):
    """One content with what its act depends on."""

    attribution: Attribution
    cue: str
    cue_act: Act | None
    pieces: tuple[Tokens, ...]
    clauses: tuple[_Clause, ...]
    kinds: frozenset[str]
    """Kinds of the words and phrases in it."""
    opening: frozenset[str]
    """Kinds of those that it begins with."""
    harm: float
    """How unwelcome what it tells is, -1 to 1."""
    asks: bool
    """Whether it ends with a question mark, or begins with a question word under a cue that asks."""
    conditionals: tuple[int, ...]
    """The conditionals in it, by their place in the survey."""
    threatens: bool
    """Whether one of them is a threat by the rules."""
    leaves_open: bool
    """Whether a denial or refusal is itself denied: "did not deny", "would not rule out"."""
    possible: bool
    """Whether it is only left open: "did not rule out"."""
    settled: Act | None
    """The act where the cue or the speaker's own formula settles it: "condemned the vote", "Thank you"."""

    @property
    def has_condition(self) -> bool:
        """Whether there is a conditional in it."""
        return bool(self.conditionals)


class Told(NamedTuple):
    """What the learned choice of an act goes by."""

    look: dict[str, float]
    """What rules and lists find, by name."""
    words: tuple[list[int], list[int], list[int]]
    """Tokens of the content, of the cue, and the head of the content's first clause."""


class ActReader:
    """Reads the acts of one text.

    Args:
        reading: The reading.
        extraction: With attributions and speakers.
        meanings: What the words of its attributions mean; None where that is not known.
    """

    def __init__(self, reading: Reading, extraction: Extraction, meanings: Meanings | None) -> None:
        self.reading = reading
        self.meanings = meanings
        self.attributions = extraction.attributions
        self.survey = survey_of(reading, extraction)
        self.scene, self.setting = self.survey.scene, self.survey.setting
        self.mentions = {
            speaker.id: frozenset(
                head for span in speaker.mentions if (head := reading.head_of(span.start, span.end)) is not None
            )
            for speaker in extraction.speakers
        }

    def acts(self) -> list[Act]:
        """The act of each attribution."""
        conditional = self._conditional()
        said = [self._said(attribution, conditional) for attribution in self.attributions]
        if self.meanings is None:
            return [_by_rules(one) for one in said]
        # What is found as a conditional threat is one here too: the threat comes first in the inventory.
        acts = ["threat" if self._holds_threat(one) else one.settled for one in said]
        # The words of what is settled need not be read.
        chosen = iter(self._chosen([one for one, act in zip(said, acts, strict=True) if act is None], self.meanings))
        return [next(chosen) if act is None else act for act in acts]

    def _chosen(self, said: list[_Said], meanings: Meanings) -> list[Act]:
        """The likeliest act of each, by what it looks like and what its words mean."""
        told = [self._told(one) for one in said]
        encodings = [np.concatenate([meanings.mean(part) for part in one.words]) for one in told]
        return learned.choose([one.look for one in told], encodings, [_barred(one) for one in said])

    def _holds_threat(self, said: _Said) -> bool:
        cue = said.attribution.cue
        if cue is not None and cue.negated:
            return False
        return any(self.survey.judgement(at).is_threat for at in said.conditionals)

    def told(self) -> list[Told]:
        """What the learned choice goes by, of each attribution."""
        conditional = self._conditional()
        return [self._told(self._said(attribution, conditional)) for attribution in self.attributions]

    def _told(self, said: _Said) -> Told:
        words = [token for first, last in said.pieces for token in range(first, last)]
        cue = said.attribution.cue
        heads = [clause.head for clause in said.clauses[:1]]
        return Told(_look(said, self.scene), (words, [] if cue is None else list(self.scene.tokens(cue.span)), heads))

    def _conditional(self) -> list[tuple[int, int]]:
        """Where each conditional begins, and its place in the survey."""
        return sorted(
            (min(first for first, _ in (*conditional.consequences, *conditional.conditions)), at)
            for at, (conditional, _) in enumerate(self.survey.found)
        )

    def _said(self, attribution: Attribution, conditional: list[tuple[int, int]]) -> _Said:
        ranges = [self.reading.tokens_in(span.start, span.end) for span in attribution.content]
        pieces = tuple((r.start, r.stop) for r in ranges if len(r))
        clauses = stated = tuple(self._clause(head, attribution) for head in self._main_clauses(pieces))
        cue = attribution.cue.lemma if attribution.cue is not None else ""
        cue_act = self._cue_act(attribution, clauses)
        leaves_open = cue_act in ("denial", "refusal") and not self._declines(attribution)
        leaves_open = leaves_open and self._is_cue_negated(attribution)
        if leaves_open:
            # "Did not deny that", "would not rule out": what is said stands, or may come.
            possible, cue_act = cue_act == "refusal", None
        else:
            possible = False
        if cue_act in (None, "assertion") and not leaves_open:
            cue_act, clauses = self._performed(clauses, attribution, cue_act)
        inside = [
            at
            for first, last in pieces
            for _, at in conditional[bisect_left(conditional, (first,)) : bisect_left(conditional, (last,))]
        ]
        harm = appraise(self.setting, pieces, frozenset()).valence if pieces else 0.0
        text = self.reading.text[attribution.content[-1].start : attribution.content[-1].end + 1]
        asks = text.rstrip("\"”»’' \n").endswith("?") or (cue_act == "question" and self._is_asked(pieces))
        kinds = self._kinds(pieces)
        begin = self._first_word(pieces)
        opening = frozenset(kind for at, _, kind in self._phrases_in(*pieces[0]) if at == begin) if pieces else kinds
        if leaves_open:
            settled: Act | None = None if possible else "assertion"
        elif asks and cue_act == "question" and self._is_asked(pieces, 1):
            settled = "question"
        else:
            settled = self._settled_by_cue(attribution, clauses, harm)
            if settled is None and not asks and not inside:
                settled = self._formula(attribution, pieces, stated, opening)
        return _Said(
            attribution,
            cue,
            cue_act,
            pieces,
            clauses,
            kinds,
            opening,
            harm,
            asks,
            tuple(inside),
            any(self.survey.found[at][1].score >= 0 for at in inside),
            leaves_open,
            possible,
            settled,
        )

    def _first_word(self, pieces: tuple[Tokens, ...]) -> int:
        """The first token of a content that is no quotation mark; -1 of an empty one."""
        return next((t for piece in pieces for t in range(*piece) if self.scene.upos[t] != "PUNCT"), -1)

    def _cue_phrase(self, attribution: Attribution) -> list[int]:
        """Tokens of a cue with what leads from it to its content: "expressed deep regret for", "hit out at"."""
        if attribution.cue is None:
            return []
        scene = self.scene
        tokens = list(scene.tokens(attribution.cue.span))
        after = scene.tokens(attribution.content[0])
        between = range(tokens[-1] + 1, after[0]) if tokens and len(after) else range(0)
        source = scene.tokens(attribution.source) if attribution.source is not None else ()
        if 0 < len(between) <= _LONGEST_LEAD and not any(t in source or scene.upos[t] == "PUNCT" for t in between):
            tokens.extend(between)
        return tokens

    def _settled_by_cue(self, attribution: Attribution, clauses: tuple[_Clause, ...], harm: float) -> Act | None:
        """The act of a cue that leaves nothing to weigh: what it reports is no clause, or it has one act only."""
        cue, scene = attribution.cue, self.scene
        if cue is None or not clauses or self._declines(attribution):
            return None
        tokens = self._cue_phrase(attribution)
        words = [scene.words[t] for t in tokens[1:]]
        after = scene.tokens(attribution.content[0])
        if len(after) and scene.upos[after[0]] == "ADP":
            words.append(scene.words[after[0]])
        keys = [" ".join((cue.lemma, *words[:size])) for size in range(len(words), -1, -1)]
        always = next((_cue_acts()[key, "any"] for key in keys if (key, "any") in _cue_acts()), None)
        if cue.negated:
            return always if "not" in words else None  # "pleaded not guilty"
        if always is not None or attribution.kind == "direct":
            return always
        head = clauses[0].head
        if scene.is_clause(head) or clauses[0].infinitive:
            return None
        nouns = [*(scene.lemmas[t] for t in tokens[1:]), scene.lemmas[head]]
        carried = {"named": group("act carrier") | group("act voice"), "voiced": group("act voice")}
        for complement, verbs in carried.items():
            named = [_cue_acts()[noun, complement] for noun in nouns if (noun, complement) in _cue_acts()]
            if named and cue.lemma in verbs:
                return named[0]
        found = next((_cue_acts()[key, "noun"] for key in keys if (key, "noun") in _cue_acts()), None)
        if found == "promise" and clauses[0].harm <= _HARM:
            deed = appraise(self.setting, ((head, head + 1),), frozenset())
            if deed.valence <= _HARM and deed.means != "economic":
                return "threat"  # Who vows revenge names the deed; who promises lower taxes does not.
        # What is foreseen or promised to somebody, and a claim that is disputed, are weighed by what they are.
        weighed = (
            (found == "prediction" and harm <= _HARM)
            or (found == "promise" and self._is_party(head))
            or (found == "warning" and any(map(scene.is_infinitive, after)))
            or (found == "opinion" and "reported" in clauses[0].kinds)
        )
        return None if weighed else found

    def _formula(
        self,
        attribution: Attribution,
        pieces: tuple[Tokens, ...],
        clauses: tuple[_Clause, ...],
        opening: frozenset[str],
    ) -> Act | None:
        """The act of a short utterance that is little more than a formula: "Thank you", "I am so sorry"."""
        if not pieces or len(clauses) > 1 or not self._is_neutral(attribution):
            return None
        scene = self.scene
        tokens = [t for piece in pieces for t in range(*piece) if scene.upos[t] != "PUNCT"]
        if len(tokens) > _LONGEST_FORMULA or any(scene.words[t] in ("but", "no") for t in tokens):
            return None
        own = bool(clauses) and clauses[0].is_own and not clauses[0].infinitive
        if own and clauses[0].modal is None and not clauses[0].negated:
            # In "We condemn this attack" the verb does what it says.
            verb = scene.lemmas[clauses[0].head]
            act = _cue_acts().get((verb, "any")) or _cue_acts().get((verb, "noun"))
            done = (
                act is not None
                and verb not in group("act carrier")
                and not clauses[0].past
                and not scene.children(clauses[0].head, "ccomp", "xcomp")
            )
            if done and scene.upos[clauses[0].head] == "VERB":
                return act
        kinds = opening
        if own and (not clauses[0].past or attribution.kind == "indirect") and clauses[0].modal is None:
            kinds = opening | clauses[0].kinds
        if any(scene.words[t] in ("not", "n't", "never") for t in tokens):
            return "thanks" if own and {"thanks", "enough"} <= clauses[0].kinds else None
        act = next((act for kind, act in _FORMULAS.items() if kind in kinds), None)
        # "I am sorry for your loss" is no apology.
        return "other" if act == "apology" and "greeting" in self._kinds(pieces) - opening else act

    def _is_neutral(self, attribution: Attribution) -> bool:
        """Whether a cue tells only that something was said."""
        cue = attribution.cue
        return cue is None or _cue_acts().get((cue.lemma, ""), "assertion") == "assertion"

    def _cue_act(self, attribution: Attribution, clauses: tuple[_Clause, ...]) -> Act | None:
        """The act that the cue names, by its complement where that matters; None where it fits any."""
        if attribution.cue is None:
            return None
        base = attribution.cue.lemma
        tokens = self.scene.tokens(attribution.cue.span)
        lemmas = [self.scene.lemmas[t] for t in self._cue_phrase(attribution)]
        if self._declines(attribution):
            return "refusal"
        first = clauses[0] if clauses else None
        wants = lemmas[1:] if first is None or not first.infinitive else [*lemmas[1:], self.scene.lemmas[first.head]]
        if "know" in wants or "hear" in wants:
            return "question"
        complement = ""
        if first is not None:
            if first.infinitive:
                complement = (
                    "own infinitive" if first.is_own and (base, "own infinitive") in _cue_acts() else "infinitive"
                )
            elif first.negated:
                complement = "negated"
            elif first.subject is not None and not first.infinitive:
                complement = "clause"
        written = " ".join(self.scene.words[t] for t in tokens).partition(" ")[2]
        after = self.scene.tokens(attribution.content[0])
        if not written and len(after) and self.scene.upos[after[0]] == "ADP":
            written = self.scene.words[after[0]]
        keys = [(f"{base} {written}", ""), (base, complement), (base, "")]
        found = next((_cue_acts()[key] for key in keys if key in _cue_acts()), None)
        return found or self._by_words(lemmas)

    def _declines(self, attribution: Attribution) -> bool:
        """Whether the source would not say: "will not comment on", "would not say who"."""
        head = self._cue_head(attribution)
        if head is None or not self._is_cue_negated(attribution):
            return False
        scene = self.scene
        return scene.modal(head) in ("will", "would") and scene.lemmas[head] in _TELLING

    def _cue_head(self, attribution: Attribution) -> int | None:
        span = attribution.cue.span if attribution.cue is not None else None
        return self.reading.head_of(span.start, span.end) if span is not None else None

    def _is_cue_negated(self, attribution: Attribution) -> bool:
        """Whether the text negates the reporting: "did not deny", "would not rule out"."""
        if attribution.cue is None:
            return False
        head = self._cue_head(attribution)
        return attribution.cue.negated or (
            head is not None
            and any(self.scene.words[t] in ("not", "n't", "never") for t in self.scene.children(head, "advmod", "aux"))
        )

    def _performed(
        self, clauses: tuple[_Clause, ...], attribution: Attribution, cue_act: Act | None
    ) -> tuple[Act | None, tuple[_Clause, ...]]:
        """What the speaker does in so many words: "We reject that", "I think they will lose"."""
        if not clauses or not clauses[0].is_own or clauses[0].modal is not None or clauses[0].negated:
            return cue_act, clauses
        head = clauses[0].head
        complement = next(iter(self.scene.children(head, "ccomp", "xcomp")), None)
        infinitive = complement is not None and self.scene.is_infinitive(complement)
        lemma = self.scene.lemmas[head]
        act = (_cue_acts().get((lemma, "infinitive")) if infinitive else None) or _cue_acts().get((lemma, ""))
        if act is None or act == "assertion":
            return cue_act, clauses
        if complement is not None:
            clauses = (self._clause(complement, attribution), *clauses[1:])
        return act, clauses

    def _by_words(self, lemmas: list[str]) -> Act | None:
        """The act of a cue of several words ("expressed regret")."""
        kinds = self._kinds_of(lemmas)
        for kind, act in (("apology", "apology"), ("thanks", "thanks")):
            if kind in kinds:
                return act  # type: ignore[return-value]
        found = (_cue_acts().get((lemma, "")) for lemma in reversed(lemmas))
        return next((act for act in found if act is not None and act != "assertion"), None)

    def _main_clauses(self, pieces: tuple[Tokens, ...]) -> list[int]:
        """Heads of the clauses that a content states itself: of each sentence the root, and what is coordinated."""
        scene = self.scene
        heads: list[int] = []
        for first, last in pieces:
            for token in range(first, last):
                head = scene.heads[token]
                outside = head == token or not first <= head < last
                coordinated = head in heads and scene.deps[token] in ("conj", "parataxis")
                if (
                    (outside or coordinated)
                    and (scene.is_clause(token) or (outside and token == first))
                    and (scene.upos[token] not in ("PUNCT", "SPACE"))
                ):
                    heads.append(token)
        if not heads and pieces:
            start, end = self.reading._starts[pieces[0][0]], self.reading._ends[pieces[0][1] - 1]
            head_token = self.reading.head_of(start, end)
            heads = [head_token] if head_token is not None else []
        return heads

    def _clause(self, head: int, attribution: Attribution) -> _Clause:
        scene = self.scene
        subject = scene.subject(head)
        infinitive = scene.is_infinitive(head)
        if subject is None and scene.deps[head] == "conj":
            subject = scene.inherited_subject(head)
        modal = scene.modal(head)
        if modal is None and scene.lemmas[head] in ("go", "force", "compel") and scene.children(head, "xcomp"):
            modal = "will"
        return _Clause(
            head=head,
            subject=subject,
            is_own=self._is_own(subject, attribution, infinitive),
            arranged=self._is_arranged(head, subject),
            modal=modal,
            negated=scene.is_negated(head),
            imperative=scene.is_imperative(head) and (attribution.kind != "indirect" or _stands_alone(attribution)),
            infinitive=infinitive,
            names_party=subject is not None and self._is_party(subject),
            past=modal is None
            and any(self.reading.morph[t] in ("Past", "PastPart") for t in (head, *scene.children(head, "aux", "cop"))),
            kinds=frozenset(self._kinds_near(head)),
            harm=self._deed(head),
        )

    def _is_arranged(self, head: int, subject: int | None) -> bool:
        """Whether a clause leaves out who will act: who says "it will be repaid" says it of the own side."""
        scene = self.scene
        if subject is None or scene.modal(head) not in _FUTURE or not scene.children(head, "aux"):
            return False
        passive = any(self.reading.deps[t] == "aux:pass" for t in self.reading.children(head))
        agent = any(scene.words[t] == "by" for o in scene.children(head, "obl") for t in scene.children(o, "case"))
        return passive and not agent

    def _kinds_near(self, head: int) -> set[str]:
        """Kinds of the phrases of a clause that hold its predicate, or a word that hangs on it."""
        scene = self.scene
        near = {head, *scene.children(head)}
        for complement in scene.children(head, "xcomp", "ccomp"):
            near.update((complement, *scene.children(complement)))
        first, last = min(near), max(near) + 1
        return {
            kind
            for token, size, kind in self._phrases_in(first, last)
            if any(part in near for part in range(token, token + size))
        }

    def _deed(self, head: int) -> float:
        """Appraises a clause's predicate and objects without their modifiers: not "lost" in "bring back lost jobs"."""
        scene = self.scene
        first, last = self.reading.subtree(head)
        left_out: set[int] = set()
        for token in range(first, last):
            if token == head or scene.deps[token].partition(":")[0] not in _QUALIFIERS or token in left_out:
                continue
            left_out.update(range(*self.reading.subtree(token)))
        kept = [t for t in range(head, last) if t not in left_out]
        return appraise(self.setting, tuple(_stretches(kept)), frozenset()).valence

    def _is_party(self, subject: int) -> bool:
        scene = self.scene
        if scene.upos[subject] == "PRON":
            return scene.words[subject] in ("he", "she", "they", "you", "who")
        return scene.upos[subject] == "PROPN" or bool(noun_kind(scene.lemmas[subject])[0])

    def _is_own(self, subject: int | None, attribution: Attribution, infinitive: bool) -> bool:
        """Whether a clause's subject is its speaker: by grammar ("I", "promised to"), or as a mention."""
        scene = self.scene
        if subject is None:
            # "They want the police to withdraw": the infinitive's agent stands before it.
            words = scene.tokens(attribution.content[0])
            return infinitive and not (len(words) and scene.upos[words[0]] in ("DET", "PRON", "PROPN", "NOUN", "ADJ"))
        word = scene.words[subject]
        if word in FIRST_PERSON:
            return True
        if attribution.speaker_id is not None and subject in self.mentions.get(attribution.speaker_id, ()):
            return True
        indirect = attribution.kind != "direct" and attribution.source is not None
        owners = [scene.words[t] for t in scene.children(subject, "nmod") if self.reading.deps[t] == "nmod:poss"]
        if any(w in FIRST_PERSON or (indirect and w in THIRD_PERSON) for w in owners):
            # "his government", "our troops"
            return True
        if not indirect or attribution.source is None:
            return False
        if word in THIRD_PERSON:
            return True
        # "Russia will act, Lavrov said": who speaks for a country or body announces what it does.
        own = {scene.lemmas[t] for t in scene.tokens(attribution.source)}
        speaker = next((s for s in self.setting.extraction.speakers if s.id == attribution.speaker_id), None)
        if speaker is not None and speaker.affiliation is not None:
            own.update(speaker.affiliation.lower().split())
        return scene.upos[subject] == "PROPN" and scene.lemmas[subject] in own

    def _kinds(self, pieces: tuple[Tokens, ...]) -> frozenset[str]:
        return frozenset(kind for piece in pieces for _, _, kind in self._phrases_in(*piece))

    def _phrases_in(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """First token, length and kind of each known phrase in a stretch."""
        known = self._phrases
        begin, end = bisect_left(known, (first,)), bisect_left(known, (last,))
        return (phrase for phrase in known[begin:end] if phrase[0] + phrase[1] <= last)

    @cached_property
    def _phrases(self) -> list[tuple[int, int, str]]:
        """All known phrases of the text, in its order."""
        return sorted(_known_phrases(list(zip(self.scene.lemmas, self.scene.words, strict=True))))

    def _kinds_of(self, lemmas: list[str]) -> set[str]:
        return {kind for _, _, kind in _known_phrases([(lemma, lemma) for lemma in lemmas])}

    def _is_asked(self, pieces: tuple[Tokens, ...], near: int = 4) -> bool:
        """Whether a content is a question by its first words: "whether it rained", "has anybody seen the dog"."""
        if not pieces:
            return False
        scene, first, last = self.scene, self._first_word(pieces), pieces[0][1]
        opening = scene.words[first : min(first + near, last)]
        inverted = scene.upos[first] == "AUX" and any(c > first for c in scene.children(scene.heads[first], "nsubj"))
        return inverted or not group("question opener").isdisjoint(opening)


def _known_phrases(forms: list[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Place, length and kind of each known phrase in words given by their lemma and form."""
    phrases = _phrases()
    for at, form in enumerate(forms):
        for first in {*form} if form[0] in phrases or form[1] in phrases else ():
            for phrase, kind in phrases.get(first, ()):
                following = forms[at : at + len(phrase)]
                if len(following) == len(phrase) and all(map(contains, following, phrase)):
                    yield at, len(phrase), kind


def _stands_alone(attribution: Attribution) -> bool:
    """Whether a content without marks is a sentence of its own: "Let us in, they said"."""
    cue = attribution.cue
    return cue is not None and attribution.content[-1].end <= cue.span.start


def _stretches(tokens: list[int]) -> Iterator[Tokens]:
    """Runs of neighbouring tokens."""
    begin = 0
    for at in range(1, len(tokens) + 1):
        if at == len(tokens) or tokens[at] != tokens[at - 1] + 1:
            yield tokens[begin], tokens[at - 1] + 1
            begin = at


def _look(said: _Said, scene: Scene) -> dict[str, float]:
    """What an attribution looks like, by name: what the rules say of it, what they say it by, and its plain words."""
    attribution = said.attribution
    named = {
        "rules": _by_rules(said),
        "cue act": said.cue_act or "none",
        "kind": attribution.kind,
        "harm": _level(said.harm),
        "clauses": str(min(len(said.clauses), 3)),
    }
    flags = {
        "asks": said.asks,
        "threatens": said.threatens,
        "condition": said.has_condition,
        "possible": said.possible,
        "likely": "likely" in said.kinds,
        "short": _is_short(said),
        "cue": attribution.cue is not None,
        "cue negated": attribution.cue is not None and attribution.cue.negated,
        "source": attribution.source is not None,
    }
    if attribution.cue is not None:
        named["cue lemma"] = attribution.cue.lemma
        named["cue category"] = attribution.cue.category
    if said.clauses:
        first = said.clauses[0]
        subject = first.subject
        named |= {
            "modal": first.modal or "none",
            "deed": _level(first.harm),
            "head": scene.lemmas[first.head],
            "head is": f"{scene.upos[first.head]} {scene.reading.morph[first.head]}".rstrip(),
            "subject": "none" if subject is None else scene.words[subject],
            "subject is": "none" if subject is None else scene.upos[subject],
        }
        flags |= {
            "own": first.is_own,
            "arranged": first.arranged,
            "negated": first.negated,
            "imperative": first.imperative,
            "infinitive": first.infinitive,
            "past": first.past,
            "party": first.names_party,
            "own will": first.is_own and first.modal in _FUTURE,
            "other's wrong": first.names_party and not first.is_own and first.past and "wrong" in said.kinds,
        }
    found = {f"{name} {value}": 1.0 for name, value in named.items()}
    found |= {name: 1.0 for name, is_so in flags.items() if is_so}
    found |= {f"test {act}": 1.0 for act, fits in _TESTS if fits(said)}
    found |= {f"word {kind}": 1.0 for kind in said.kinds}
    found |= {f"opens {kind}": 1.0 for kind in said.opening}
    if said.pieces:
        words = (scene.words[t] for t in range(*said.pieces[0]) if scene.upos[t] != "PUNCT")
        found[f"first {next(words, '')}"] = 1.0
    found |= {f"has {scene.lemmas[token]}": 1.0 for piece in said.pieces for token in range(*piece)}
    return found


def _level(harm: float) -> str:
    return ("harm", "bad", "open", "good")[bisect_right(_LEVELS, harm)]


def _barred(said: _Said) -> frozenset[Act]:
    """Acts that an attribution cannot be: who will not strike threatens nobody with a strike."""
    renounces = bool(said.clauses) and all(c.negated and c.is_own and c.harm >= -_HARM for c in said.clauses)
    return (_BARRED if said.leaves_open else frozenset()) | (frozenset(("threat",)) if renounces else frozenset())


def _by_rules(said: _Said) -> Act:
    """What the rules alone say: what is settled, or the first act of the inventory whose test it meets."""
    if said.settled is not None:
        return said.settled
    return next(act for act, fits in _TESTS if fits(said))


# ---- the tests, in the order of the inventory --------------------------------------------------------------------


def _commits(said: _Said) -> bool:
    """Whether the speaker announces an act of the own side."""
    if "likely" in said.kinds:
        return False
    return any(_is_commitment(c) for c in said.clauses)


def _is_commitment(clause: _Clause) -> bool:
    return (clause.is_own or clause.arranged) and not clause.past and (clause.modal in _FUTURE or clause.infinitive)


def _refuses_by_words(said: _Said) -> bool:
    own = [c for c in said.clauses if c.is_own]
    negated = any(c.negated and (c.modal in _FUTURE | {"can", "could"} or "ready" in said.kinds) for c in own)
    return negated or "ruled out" in said.kinds or (bool(own) and "unwilling" in said.kinds)


def _is_threat(said: _Said) -> bool:
    if said.attribution.cue is not None and said.attribution.cue.negated:
        return False
    if said.cue_act == "threat" or said.threatens:
        return True
    if said.cue_act not in (None, "assertion", "promise", "warning") or said.has_condition:
        return False
    if _refuses_by_words(said):
        return False
    return any(_is_commitment(c) and c.harm <= _HARM for c in said.clauses) and "likely" not in said.kinds


def _is_apology(said: _Said) -> bool:
    own = any((c.is_own or c.subject is None) and not c.negated for c in said.clauses)
    return said.cue_act == "apology" or "apology" in said.opening or ("apology" in said.kinds and own)


def _is_thanks(said: _Said) -> bool:
    # "We cannot thank them enough" is thanks too.
    meant = not said.asks and (any(not c.negated for c in said.clauses) or "enough" in said.kinds)
    return said.cue_act == "thanks" or ("thanks" in said.kinds and meant)


def _is_question(said: _Said) -> bool:
    return said.asks


def _is_refusal(said: _Said) -> bool:
    if said.cue_act == "refusal":
        return "reported" not in said.kinds
    return said.cue_act not in ("denial", "accusation", "demand") and _refuses_by_words(said)


def _is_denial(said: _Said) -> bool:
    if said.cue_act == "denial" or (said.cue_act == "refusal" and "reported" in said.kinds):
        return True
    own_not = any(c.is_own and c.negated and c.past for c in said.clauses)
    return said.cue_act in (None, "assertion", "opinion") and (own_not or "denial" in said.kinds)


def _is_accusation(said: _Said) -> bool:
    if said.cue_act == "accusation":
        return True
    return (
        "wrong" in said.kinds
        and said.cue_act in (None, "assertion", "opinion")
        and any(c.names_party and not c.is_own and c.past and not c.negated for c in said.clauses)
    )


def _is_demand(said: _Said) -> bool:
    if said.cue_act == "demand":
        return "beware" not in said.opening
    if "offer" in said.opening:
        return False
    if any(c.imperative for c in said.clauses) and said.cue_act != "warning" and "danger" not in said.kinds:
        return True
    duty = any(not c.is_own and c.modal in _DUTY for c in said.clauses[:1])
    asked = any("request" in c.kinds for c in said.clauses) and not any(c.is_own for c in said.clauses)
    return (duty or asked) and said.cue_act in (
        None,
        "assertion",
        "opinion",
        "offer",
    )


def _is_offer(said: _Said) -> bool:
    if said.cue_act == "offer":
        return True
    if said.cue_act not in (None, "assertion"):
        return False
    own = any(c.is_own for c in said.clauses)
    ready = own and ("ready" in said.kinds or (_commits(said) and said.has_condition))
    return "offer" in said.kinds or (ready and said.harm > _HARM)


def _is_promise(said: _Said) -> bool:
    if said.cue_act == "promise":
        return True
    return said.cue_act in (None, "assertion") and _commits(said)


def _is_warning(said: _Said) -> bool:
    if said.cue_act == "warning" or "beware" in said.opening:
        return True
    if said.possible and (said.harm <= _HARM or "danger" in said.kinds):
        return True
    return said.cue_act in (None, "assertion", "opinion", "prediction") and any(map(_is_danger_ahead, said.clauses))


def _is_danger_ahead(clause: _Clause) -> bool:
    ahead = clause.imperative or (not clause.is_own and not clause.past and clause.modal in _FUTURE | _POSSIBLE)
    return ahead and not clause.negated and (clause.harm <= _HARM or "danger" in clause.kinds)


def _is_prediction(said: _Said) -> bool:
    if said.cue_act == "prediction" or said.possible:
        return True
    ahead = any(not c.past and c.modal in _FUTURE for c in said.clauses)
    return said.cue_act in (None, "assertion", "opinion") and (ahead or "likely" in said.kinds)


def _is_opinion(said: _Said) -> bool:
    return said.cue_act == "opinion" or (said.cue_act in (None, "assertion") and "evaluative" in said.kinds)


def _is_other(said: _Said) -> bool:
    return said.cue_act == "other" or ("greeting" in said.kinds and _is_short(said))


def _is_greeting(said: _Said) -> bool:
    return "greeting" in said.opening and _is_short(said)


def _is_short(said: _Said) -> bool:
    return said.cue_act is None and sum(b - a for a, b in said.pieces) <= 12


_TESTS: tuple[tuple[Act, Callable[[_Said], bool]], ...] = (
    ("threat", _is_threat),
    ("apology", _is_apology),
    ("thanks", _is_thanks),
    ("other", _is_greeting),
    ("question", _is_question),
    ("refusal", _is_refusal),
    ("denial", _is_denial),
    ("accusation", _is_accusation),
    ("demand", _is_demand),
    ("offer", _is_offer),
    ("promise", _is_promise),
    ("warning", _is_warning),
    ("other", _is_other),
    ("prediction", _is_prediction),
    ("opinion", _is_opinion),
    ("assertion", lambda _: True),
)
