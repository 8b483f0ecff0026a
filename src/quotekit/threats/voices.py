"""Who speaks a clause, who acts in it, and whether the one can speak for the other."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, NamedTuple

from quotekit.threats.conditionals import Conditional
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import deeds, governors, group, parties, things, times
from quotekit.types import Attribution, Extraction, Span, Speaker

FIRST_PERSON = group("first person")
SECOND_PERSON = group("second person")
THIRD_PERSON = group("third person")
REFLEXIVE = group("reflexive")
_NO_PART = frozenset(
    ["case", "appos", "acl", "parataxis", "advcl", "cc", "conj", "cop", "aux", "mark", "nsubj", "punct", "dep"]
)
"""Relations of what hangs on a noun and is no part of its phrase."""

AgentKind = Literal["self", "party", "target", "thing", "none"]


class Voice(NamedTuple):
    """Who says a clause, and how."""

    attribution: Attribution | None
    source: Tokens | None
    """The noun phrase that says it; of a nested report, the inner one."""
    cue: str
    """Dictionary form of the reporting verb; "" for none."""
    cue_kind: str
    """What that verb makes of what it reports; "" where it is neutral."""
    classes: frozenset[str]
    """What kinds of party the source is."""
    is_direct: bool
    """Whether the clause stands in quotation marks, so that "we" and "you" are those who speak and hear."""
    negated: bool
    """Whether the report is denied: "did not threaten", "denied threatening"."""
    verb: int | None = None
    """The token that reports it."""


class Agent(NamedTuple):
    """Who would bring a consequence about."""

    kind: AgentKind
    head: int | None
    """Head of the noun phrase or pronoun; None where nothing stands there."""
    passive: bool


class Setting:
    """A scene with the speakers of its text.

    Args:
        scene: The scene.
        extraction: With speakers and attributions.
    """

    def __init__(self, scene: Scene, extraction: Extraction) -> None:
        self.scene = scene
        self.extraction = extraction
        self.speakers: dict[str, Speaker] = {speaker.id: speaker for speaker in extraction.speakers}
        self._own_words: dict[int, bool] = {}
        self._sources: dict[str, list[Span]] = {}
        for attribution in extraction.attributions:
            if attribution.source is not None and attribution.speaker_id is not None:
                self._sources.setdefault(attribution.speaker_id, []).append(attribution.source)
        for sources in self._sources.values():
            sources.sort(key=lambda source: source.start)

    # ---- noun phrases ----------------------------------------------------------------------------------------

    def classes(self, piece: Tokens) -> frozenset[str]:
        """What kinds of party the words of a noun phrase name."""
        scene = self.scene
        found = set()
        for token in range(*piece):
            if scene.upos[token] in ("NOUN", "PROPN", "ADJ", "X"):
                word = scene.lemmas[token]
                kind = parties().get(word) or (parties().get(word[:-1]) if word.endswith("s") else None)
                if kind is not None:
                    found.add(kind)
        for entity in scene.entities_in(piece):
            if entity.label in ("PERSON", "ORG", "LOC"):
                found.add("named person" if entity.label == "PERSON" else "named body")
        return frozenset(found)

    def is_party(self, head: int) -> bool:
        """Whether a noun phrase names somebody who can act."""
        scene = self.scene
        if scene.upos[head] == "PRON":
            return scene.words[head] not in group("empty subject")
        if scene.upos[head] == "PROPN":
            return True
        kind = parties().get(scene.lemmas[head])
        if kind is not None:
            return kind not in group("not a party")
        return bool({"named person", "named body"} & self.classes((head, head + 1)))

    def is_actor(self, subject: int, verb: int) -> bool:
        """Whether a subject acts: a party, or another noun that does something to somebody or decides to.

        The list of parties cannot hold all who act; that a noun takes an object in the active says the same.
        """
        scene = self.scene
        if self.is_party(subject):
            return True
        if scene.upos[subject] != "NOUN" or scene.lemmas[subject] in things() or scene.lemmas[subject] in times():
            return False
        if any(scene.words[c] == "no" for c in scene.children(subject, "det")):
            return False
        is_known = parties().get(scene.lemmas[subject]) is not None or scene.is_conduct(subject)
        if is_known or scene.upos[verb] != "VERB" or scene.reading.deps[subject] != "nsubj":
            return False
        if scene.lemmas[verb] in group("stays"):
            # "The gates would stay shut": nobody acts.
            return False
        return bool(scene.children(verb, "obj", "xcomp"))

    def phrase(self, head: int) -> Tokens:
        """The noun phrase of a head, without a relative clause, an apposition or a closing "'s"."""
        scene = self.scene
        stops = {
            c
            for c in scene.children(head)
            if scene.deps[c] in _NO_PART
            and not (scene.deps[c] in ("cc", "conj") and scene.upos[head] in ("NOUN", "PROPN"))
        }
        own = [t for t in scene.own_tokens(head, stops, tags=True) if scene.tag[t] == scene.tag[head]]
        first, last = own[0], own[-1] + 1
        # A gap of a break means that the parse has reached too far.
        for token in range(head, last):
            if scene.is_break(token) and scene.words[token] != ",":
                last = token
                break
        first, last = scene.trim(first, last)
        if first < head and scene.upos[first] == "CCONJ" and scene.words[first] in ("and", "but", "or"):
            # "…, or our members walk out": the parse hangs the conjunction on the noun.
            first += 1
        return (first, last) if first < last else (head, head + 1)

    # ---- who says it -------------------------------------------------------------------------------------------

    def voice(self, clause: int, governor: int | None) -> Voice:
        """Who says a clause: the subject of the verb that governs it, or its attribution's source."""
        scene = self.scene
        index = scene.content[clause]
        attribution = scene.attributions[index] if index >= 0 else None
        is_direct = self.in_quotation(clause)
        if attribution is not None and attribution.kind != "direct" and is_direct:
            inner = self._inner_teller(clause, index)
            governor = inner if inner is not None else governor
        if is_direct and governor is None:
            governor = self._quoted_teller(clause)
        if governor is not None and (not scene.tag[governor] or attribution is None):
            subject = self.teller(governor)
            source = self.phrase(subject) if subject is not None else None
            if subject is not None and scene.words[subject] in FIRST_PERSON | THIRD_PERSON and attribution is not None:
                # "According to his wife, he said that": who tells of it is somebody else.
                is_other = attribution.cue is not None and attribution.cue.lemma.startswith("accord")
                # “He shut the door and he said: If one word gets out …,” she recalled: nor is it who tells of "he".
                is_quoted = self._is_quoted_other(subject, governor)
                outer = None if (is_other and not is_direct) or is_quoted else self.source_of(attribution)
                if outer is not None and self._may_be(subject, outer):
                    source = outer
            cue = self._cue(governor, scene.lemmas[governor])
            is_report = scene.reports_intent(governor) or cue in governors() or cue in group("telling")
            is_report = is_report or self._lets_know(governor)
            if is_report and (source is not None or attribution is None):
                return self._voice(
                    attribution,
                    source,
                    cue,
                    scene.is_negated(governor) or self.is_denied(governor),
                    is_direct,
                    governor,
                )
        if attribution is None:
            told = scene.tellers.get(scene.sentence(clause)[0])
            if told is not None and not scene.tag[clause]:
                source, verb = told
                return self._voice(None, source, scene.lemmas[verb], scene.is_negated(verb), is_direct, verb)
            return self._voice(None, None, "", False, is_direct, None)
        cue = attribution.cue.lemma if attribution.cue is not None else ""
        negated = attribution.cue.negated if attribution.cue is not None else False
        head = None
        if attribution.cue is not None:
            tokens = [t for t in scene.tokens(attribution.cue.span) if scene.upos[t] in ("VERB", "NOUN", "ADP", "ADJ")]
            head = tokens[0] if tokens else None
            if head is not None and not negated:
                negated = self.is_denied(head)
        source = self.source_of(attribution)
        hearers = [c for c in scene.children(head) if scene.reading.deps[c] == "nsubj:pass"] if head is not None else []
        if head is not None and source is not None and any(source[0] <= t < source[1] for t in hearers):
            # "Growers were told by the minister that": who is told does not tell.
            teller = self.teller(head)
            source = self.phrase(teller) if teller is not None else None
        if head is not None and self._lets_know(head):
            teller = self.teller(head)
            source = self.phrase(teller) if teller is not None else source
        cue = cue if head is None else self._cue(head, cue)
        return self._voice(attribution, source, cue, negated, is_direct, head)

    def _cue(self, head: int, lemma: str) -> str:
        """A reporting verb with its particle, where the list has them together: "rule out"."""
        particles = (self.scene.words[t] for t in self.scene.children(head, "compound", "advmod") if t > head)
        return next((cue for word in particles if (cue := f"{lemma} {word}") in governors()), lemma)

    def _inner_teller(self, clause: int, index: int) -> int | None:
        """The verb that reports a quotation inside a report: "“…,” the driver told them, according to a witness"."""
        scene = self.scene
        first, last = scene.sentence(clause)
        for verb in range(first, last):
            tells = scene.upos[verb] == "VERB" and scene.lemmas[verb] in group("telling") | group("speech")
            if tells and scene.content[verb] == index and not self.in_quotation(verb):
                subject = scene.subject(verb)
                if subject is not None and scene.content[subject] == index and not self.in_quotation(subject):
                    return verb
        return None

    def _is_quoted_other(self, subject: int, governor: int) -> bool:
        """Whether somebody quoted tells of another's words: “He said that …,” she told them."""
        scene = self.scene
        index = scene.content[governor]
        is_direct = index >= 0 and scene.attributions[index].kind == "direct"
        return is_direct and scene.content[subject] == index and scene.words[subject] in THIRD_PERSON

    def _quoted_teller(self, clause: int) -> int | None:
        """The verb before a colon that reports inside a quotation: “He shut the door and he said: If one word …”."""
        scene = self.scene
        first, _ = scene.sentence(clause)
        index = scene.content[clause]
        colon = next((t for t in range(clause, first, -1) if scene.words[t] == ":"), None)
        if colon is None or scene.content[colon] != index or scene.attributions[index].kind != "direct":
            return None
        back = range(colon - 1, max(first - 1, colon - 6), -1)
        verb = next((t for t in back if scene.upos[t] == "VERB"), None)
        is_report = verb is not None and scene.lemmas[verb] in group("telling") | group("speech")
        return verb if is_report and scene.content[verb or 0] == index else None

    def _lets_know(self, verb: int) -> bool:
        """Whether a verb is what somebody lets another do who is told: "let the owner know", "let it be known"."""
        scene = self.scene
        return scene.lemmas[verb] == "know" and scene.lemmas[scene.heads[verb]] == "let"

    def _may_be(self, pronoun: int, piece: Tokens) -> bool:
        """Whether the subject of a report inside what a source says can mean the source, as far as number tells."""
        scene = self.scene
        head = next((t for t in range(*piece) if not piece[0] <= scene.heads[t] < piece[1]), piece[0])
        if scene.words[pronoun] != "they" or scene.upos[head] == "PRON":
            return True
        kind = parties().get(scene.lemmas[head])
        is_one = scene.reading.morph[head] == "Sing" and not scene.children(head, "conj")
        return not (is_one and kind in group("people"))

    def teller(self, governor: int) -> int | None:
        """Who says what a verb governs: its subject, of a passive ("was told by the board that") the agent."""
        scene = self.scene
        if scene.upos[governor] == "NOUN" and scene.lemmas[governor] in group("threat noun"):
            # "The donors' threat to …"
            owner = next((c for c in scene.children(governor, "nmod") if scene.reading.deps[c] == "nmod:poss"), None)
            # "The donors have a plan to …"
            holds = scene.lemmas[scene.heads[governor]] in ("have", "make") and scene.deps[governor] == "obj"
            return scene.inherited_subject(scene.heads[governor]) if owner is None and holds else owner
        if self._lets_know(governor):
            return scene.inherited_subject(scene.heads[governor])
        if not any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(governor)):
            return scene.inherited_subject(governor)
        return next(
            (
                c
                for c in scene.children(governor, "obl")
                if any(scene.words[t] == "by" for t in scene.children(c, "case")) and self.is_party(c)
            ),
            None,
        )

    def _voice(
        self,
        attribution: Attribution | None,
        source: Tokens | None,
        cue: str,
        negated: bool,
        is_direct: bool,
        head: int | None,
    ) -> Voice:
        kind = governors().get(cue, "")
        if not kind and cue and " " in cue:
            kind = next((governors()[w] for w in cue.split() if w in governors()), "")
        classes = self.classes(source) if source is not None else frozenset()
        if attribution is not None and attribution.speaker_id in self.speakers:
            speaker = self.speakers[attribution.speaker_id]
            words = " ".join((*speaker.titles, speaker.affiliation or "", speaker.name)).lower().split()
            classes |= {parties()[w] for w in words if w in parties()}
            classes |= {"named person"} if speaker.kind == "person" else set()
        return Voice(attribution, source, cue, kind, frozenset(classes), is_direct, negated, head)

    def source_of(self, attribution: Attribution) -> Tokens | None:
        """The noun phrase of an attribution's source; of speech without one, the speaker's last before it."""
        if attribution.source is not None:
            tokens = self.scene.tokens(attribution.source)
            return (tokens.start, tokens.stop) if len(tokens) else None
        if attribution.speaker_id is None:
            return None
        sources = self._sources.get(attribution.speaker_id, [])
        at = bisect_left([source.start for source in sources], attribution.content[0].start)
        near = sources[max(0, at - 1) : at + 1]
        if not near:
            return None
        tokens = self.scene.tokens(min(near, key=lambda source: abs(source.start - attribution.content[0].start)))
        return (tokens.start, tokens.stop) if len(tokens) else None

    def is_denied(self, verb: int) -> bool:
        """Whether a report is denied, or nobody is asserted to have made it."""
        scene = self.scene
        if scene.is_negated(verb):
            return True
        for _ in range(4):
            head = scene.heads[verb]
            if head == verb or scene.deps[verb] not in ("ccomp", "xcomp", "acl", "advcl", "obj"):
                return False
            if governors().get(scene.lemmas[head]) == "deny" or (scene.is_negated(head) and scene.reports_intent(head)):
                return True
            verb = head
        return False

    def is_taken_back(self, noun: int) -> bool:
        """Whether a threat is withdrawn as it is told of: "dropped its threat to sue", "backed away from a vow to"."""
        scene = self.scene
        if scene.upos[noun] != "NOUN" or scene.lemmas[scene.heads[noun]] not in group("take back"):
            return False
        cases = {scene.words[t] for t in scene.children(noun, "case")}
        return scene.deps[noun] == "obj" or (scene.deps[noun] == "obl" and bool(cases & {"from", "on"}))

    def _speaks_as_self(self, index: int) -> bool:
        """Whether "I" or "we" stands in an attribution's content; looked up once."""
        known = self._own_words.get(index)
        if known is None:
            content = self.scene.attributions[index].content
            known = any(self.scene.words[t] in FIRST_PERSON for span in content for t in self.scene.tokens(span))
            self._own_words[index] = known
        return known

    def in_quotation(self, token: int) -> bool:
        """Whether a token stands in quotation marks, as far as the attribution's content tells."""
        index = self.scene.content[token]
        if index < 0:
            return False
        attribution = self.scene.attributions[index]
        if attribution.kind == "direct":
            return True
        if attribution.kind == "indirect":
            # A speaker's own words may stand without marks: "We will sue, the label wrote".
            return self._speaks_as_self(index)
        text = self.scene.reading.text
        start = int(self.scene.reading.starts[token])
        piece = next((s for s in attribution.content if s.start <= start < s.end), None)
        if piece is None:
            return False
        before = text[piece.start : start]
        opened = before.count("“") + before.count("«") - before.count("”") - before.count("»")
        return opened > 0 or (before.count('"') % 2 == 1)

    # ---- who acts --------------------------------------------------------------------------------------------

    def agent(self, conditional: Conditional, voice: Voice) -> Agent:
        """Who would bring the consequence of a conditional about."""
        head = conditional.consequence_head
        if head is None:
            return Agent("self" if voice.source is not None else "none", None, False)
        other = self.scene.subject(conditional.condition_head) if conditional.form == "clause" else None
        return self.agent_of(head, voice, conditional.governor, other)

    def agent_of(self, head: int, voice: Voice, governor: int | None, other: int | None = None) -> Agent:
        """Who acts in a clause.

        Args:
            head: The clause's predicate, or the noun that is threatened with.
            voice: Who says it.
            governor: The word of which the clause is a complement.
            other: Subject of the condition, where there is one.
        """
        scene = self.scene
        subject = scene.inherited_subject(head) if scene.is_clause(head) else None
        passive = bool(scene.children(head, "aux")) and any(
            scene.reading.deps[c] == "aux:pass" for c in scene.children(head)
        )
        passive = passive or any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(head))
        # Who "will be forced to act" acts.
        forced = [c for c in scene.children(head, "xcomp", "advcl") if scene.is_infinitive(c)]
        passive = passive and not (scene.lemmas[head] in group("compelled") and forced)
        if subject is None or scene.deps[subject] == "expl":
            if scene.is_imperative(head) and scene.is_clause(head):
                return Agent("target", None, False)
            return Agent(
                "self" if voice.source is not None and governor is not None and not scene.tag[governor] else "none",
                None,
                passive,
            )
        if passive:
            agents = [
                c for c in scene.children(head, "obl") if any(scene.words[k] == "by" for k in scene.children(c, "case"))
            ]
            doer = next((a for a in agents if self.is_party(a)), None)
            if doer is None:
                return Agent("none", subject, True)
            return Agent("self" if scene.words[doer] in FIRST_PERSON else "party", doer, True)
        word = scene.words[subject]
        if word in FIRST_PERSON or any(scene.words[c] in ("our", "my") for c in scene.children(subject, "nmod")):
            return Agent("self", subject, False)
        if word in SECOND_PERSON:
            return Agent("target", subject, False)
        if word in group("empty subject"):
            return Agent("none", subject, False)
        if word in THIRD_PERSON:
            if voice.source is not None and not voice.is_direct:
                # Losses announced to somebody are the hearer's, otherwise the speaker's own.
                return Agent("target" if self.undergoes(head) else "self", subject, False)
            return Agent("target" if other is not None and scene.words[other] == word else "party", subject, False)
        if other is not None and scene.lemmas[other] == scene.lemmas[subject]:
            return Agent("target", subject, False)
        if (
            voice.source is not None
            and governor is not None
            and scene.deps[head] == "xcomp"
            and self._covers(voice.source, subject)
        ):
            return Agent("self", subject, False)
        if other is not None and scene.words[other] in THIRD_PERSON and self.undergoes(head) and self.is_party(subject):
            return Agent("target", subject, False)
        if self.undergoes(head):
            return Agent("target", subject, False)
        return Agent("party" if self.is_actor(subject, head) else "thing", subject, False)

    def undergoes(self, head: int) -> bool:
        """Whether a verb's subject bears what happens ("lose", "face")."""
        deed = deeds().get(self.scene.lemmas[head])
        return deed is not None and deed.kind == "undergo"

    def _covers(self, piece: Tokens, token: int) -> bool:
        return piece[0] <= token < piece[1]

    def speaks_for(self, voice: Voice, head: int) -> bool | None:
        """Whether a source speaks for a party that would act: yes, no, or the text does not tell."""
        scene = self.scene
        if voice.source is None:
            return None
        party = self.phrase(head)
        words = {scene.lemmas[t] for t in range(*party) if scene.upos[t] in ("NOUN", "PROPN", "ADJ")}
        mine = {scene.lemmas[t] for t in range(*voice.source) if scene.upos[t] in ("NOUN", "PROPN", "ADJ")}
        if words & mine or any(scene.words[t] in group("possessive") for t in range(*voice.source)):
            return True
        if "onlooker" in voice.classes:
            return False
        if voice.classes & group("representative"):
            if "lawyer" in voice.classes and not voice.classes & {"official", "union", "political"}:
                return None
            return True
        return None
