"""Who plays which part in a threat: threatener, issuer, target; how the target escapes, and until when."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from quotekit.threats.conditionals import Conditional
from quotekit.threats.judgement import Judgement, deed_of
from quotekit.threats.scene import Tokens
from quotekit.threats.voices import FIRST_PERSON, SECOND_PERSON, THIRD_PERSON, Setting, Voice
from quotekit.threats.words import conduct, conduct_nouns, group, parties, times
from quotekit.types import Attribution, Direction, Span, Speaker

_PLURAL = frozenset(("they", "them", "their", "we", "us", "our"))
_THING = frozenset(("it", "its"))
_LIMITS = frozenset(("by", "before", "within", "until", "till", "in", "at", "on", "during"))
"""Prepositions of a time limit; "from" is one of a beginning."""
_PEOPLE = frozenset(("person", "official", "onlooker", "lawyer"))
_FURTHEST = 400
"""Tokens before a pronoun in which its antecedent is looked for."""


class Party(NamedTuple):
    """Somebody with a part in a threat."""

    piece: Tokens
    """The noun phrase."""
    name: Tokens
    """The words in it that name the party."""
    speaker_id: str | None


class Roles(NamedTuple):
    """The parts of one threat."""

    threatener: Party | None
    issuer: Party | None
    target: Tokens | None
    direction: Direction | None
    deadline: Tokens | None
    attribution: Attribution | None


class Casting:
    """Gives the parts of a text's threats, one after the other: what one threat tells helps with the next.

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
        self._framed = {
            self.scene.tokens(attribution.source).start: attribution
            for attribution in self.scene.attributions
            if attribution.source is not None
        }
        self._last_target: Tokens | None = None

    def roles(self, conditional: Conditional, judgement: Judgement) -> Roles:
        """The parts of one threat.

        Args:
            conditional: Condition and consequence.
            judgement: Who speaks and acts in it.
        """
        voice = judgement.voice
        direction = self.direction(conditional)
        threatener = self.threatener(conditional, judgement)
        target = self.target(conditional, judgement, threatener)
        if target is not None and self.scene.upos[self._head(target)] != "PRON":
            self._last_target = target
        return Roles(
            threatener=threatener,
            issuer=self.issuer(voice),
            target=target,
            direction=direction,
            deadline=None if direction == "deterrent" else self.deadline(conditional),
            attribution=self.attribution(conditional, voice),
        )

    # ---- who says it -----------------------------------------------------------------------------------------

    def attribution(self, conditional: Conditional, voice: Voice) -> Attribution | None:
        """The attribution that holds a threat."""
        scene = self.scene
        if voice.source is not None:
            inner = self._framed.get(voice.source[0])
            if inner is not None and inner is not voice.attribution:
                held = {t for span in inner.content for t in scene.tokens(span)}
                if any(first in held for first, _ in (*conditional.consequences, *conditional.conditions)):
                    return inner
        for first, _ in (*conditional.consequences, *conditional.conditions):
            if scene.content[first] >= 0:
                return scene.attributions[scene.content[first]]
        return voice.attribution

    def issuer(self, voice: Voice) -> Party | None:
        """Who makes the threat: the voice, behind a document the one who wrote it."""
        if voice.source is not None:
            source = voice.source
            hearer = self._hearer_in(source)
            if hearer is not None and (start := self.scene.reading.subtree(hearer)[0]) > source[0]:
                source = (source[0], start)
            return self._party(self._named(self._author(source) or source))
        if voice.attribution is not None and voice.attribution.speaker_id is not None:
            mention = self._mention_of(voice.attribution.speaker_id)
            if mention is not None:
                return Party(mention, mention, voice.attribution.speaker_id)
        return None

    def _author(self, source: Tokens) -> Tokens | None:
        """Who is behind a document that speaks: "the letter from the bank", "the union's statement"."""
        head = self._head(source)
        if not self._is_document(source):
            return None
        for child in self.scene.children(head, "nmod"):
            cases = {self.scene.words[t] for t in self.scene.children(child, "case")}
            is_author = source[0] <= child < source[1] and cases & {"from", "by", "of", "'s", "'"}
            if is_author and self.setting.is_party(child) and self.scene.upos[child] != "PRON":
                return self.setting.phrase(child)
        return None

    def _is_document(self, source: Tokens) -> bool:
        speaker = self._speaker_at(source)
        return speaker is not None and speaker.kind == "document"

    # ---- who acts --------------------------------------------------------------------------------------------

    def threatener(self, conditional: Conditional, judgement: Judgement) -> Party | None:
        """Who will act: the consequence's agent, else the body for which the issuer speaks, else the issuer."""
        scene, agent, voice = self.scene, judgement.agent, judgement.voice
        head = agent.head
        if head is not None and agent.kind in ("self", "party"):
            word = scene.words[head]
            if word in ("i", "me", "my", "mine") or self._possessed_by(head, "my"):
                return self._speaking(voice)
            if word in FIRST_PERSON:
                return self._spoken_for(voice) or self._speaking(voice)
            if scene.upos[head] != "PRON":
                return self._party(self.setting.phrase(head))
            if word in THIRD_PERSON:
                return self._behind_pronoun(head, voice)
        if agent.kind == "self" and not agent.passive and voice.source is not None and not voice.is_direct:
            return self._speaking(voice)
        return self._spoken_for(voice) or self._speaking(voice)

    def _possessed_by(self, head: int, word: str) -> bool:
        return any(self.scene.words[t] == word for t in self.scene.children(head, "nmod"))

    def _behind_pronoun(self, head: int, voice: Voice) -> Party | None:
        """Whom "he", "it" or "they" means as the agent: the source where number and kind agree, else its body."""
        word = self.scene.words[head]
        if voice.source is not None and not voice.is_direct:
            if word in _THING | _PLURAL and self._is_person(voice):
                return self._spoken_for(voice) or self._speaking(voice)
            return self._speaking(voice)
        found = self._antecedent(head, ())
        return self._party(found) if found is not None else self._speaking(voice)

    def _is_person(self, voice: Voice) -> bool:
        if voice.source is None:
            return False
        speaker = self._speaker_at(voice.source)
        return speaker is not None and speaker.kind == "person"

    def _speaking(self, voice: Voice) -> Party | None:
        """The issuer as the one who acts."""
        return self.issuer(voice)

    def _spoken_for(self, voice: Voice) -> Party | None:
        """The body for which somebody speaks: "the union's leader", "a spokesman for the bank", "Acme chief Lund"."""
        if voice.source is None:
            return None
        scene = self.scene
        source = self._author(voice.source) or voice.source
        head = self._head(source)
        if not self._speaks_as_person(source, head):
            return None
        for child in scene.children(head, "nmod", "compound", "appos"):
            if not source[0] <= child < source[1]:
                continue
            cases = {scene.words[t] for t in scene.children(child, "case")}
            if scene.upos[child] == "PRON":
                owner = self._antecedent(child, source) if scene.reading.deps[child] == "nmod:poss" else None
                if owner is not None:
                    return self._party(owner)
            elif (
                scene.reading.deps[child] == "nmod:poss"
                or cases & {"'s", "'"}
                or (cases & {"of", "for", "from"} and self.setting.is_party(child))
            ):
                return self._party(self.setting.phrase(child))
        body = next(
            (
                (e.first, e.last)
                for e in scene.reading.entities
                if source[0] <= e.first
                and e.last <= source[1]
                and e.label in ("ORG", "LOC")
                and not e.first <= head < e.last
            ),
            None,
        )
        if body is not None and scene.upos[body[1] - 1] != "ADJ":
            whole = self._party(source)
            return Party(
                source, body, self._id_of_name(body) if whole is None or body != whole.name else whole.speaker_id
            )
        return None

    def _speaks_as_person(self, source: Tokens, head: int) -> bool:
        """Whether a source is somebody who can speak for a body, and no body itself."""
        speaker = self._speaker_at(source)
        if speaker is not None and speaker.kind in ("organization", "group"):
            return False
        kind = parties().get(self.scene.lemmas[head], "")
        return speaker is None or speaker.kind == "person" or kind in ("official", "lawyer", "person", "worker", "")

    # ---- who is to comply ------------------------------------------------------------------------------------

    def target(self, conditional: Conditional, judgement: Judgement, threatener: Party | None) -> Tokens | None:
        """The party whose conduct the condition is about."""
        heads = [self._piece_head(piece) for piece in conditional.conditions]
        for head in heads:
            subject = self._who_acts(conditional, head)
            if subject is None:
                continue
            word = self.scene.words[subject]
            if word in SECOND_PERSON:
                return self._addressee(conditional, judgement.voice) or self._earlier() or self._bare(subject)
            if word in THIRD_PERSON:
                found = self._meant(conditional, judgement, subject, threatener)
                return found or self._bare(subject)
            if word in FIRST_PERSON or not self.setting.is_actor(subject, self.scene.heads[subject]):
                continue
            if conditional.form == "relative":
                return None
            piece = self._without_possessive(self.setting.phrase(subject))
            if threatener is None or not piece[0] <= self._head(threatener.piece) < piece[1]:
                return piece
        if conditional.form == "relative":
            return None
        if conditional.form == "subject" and conditional.marker is not None:
            return None
        return self._addressee(conditional, judgement.voice) or self._earlier()

    def _who_acts(self, conditional: Conditional, head: int) -> int | None:
        """Head of the noun phrase that names who would meet a condition."""
        scene = self.scene
        if not scene.is_clause(head):
            return self._doer(head)
        passive = any(scene.reading.deps[c] == "aux:pass" for c in scene.children(head))
        if passive:
            return self._doer(head)
        subject = scene.subject(head)
        if subject is None and conditional.form in ("or", "and", "juxtaposed"):
            if scene.is_infinitive(head):
                governor = scene.heads[head]
                asked = scene.children(governor, "obj", "iobj") if governor != head else []
                return asked[0] if asked else None
            return None
        if subject is None:
            helped = [s for t in scene.children(head, "aux") if (s := scene.subject(t)) is not None]
            subject = helped[0] if helped else scene.inherited_subject(head)
        if subject is not None and not self.setting.is_actor(subject, head):
            return self._doer(subject)
        return subject

    def _doer(self, head: int) -> int | None:
        """Who is behind a passive or a noun: "by the army", "Iran's attacks", "an apology from the paper"."""
        scene = self.scene
        for child in scene.children(head, "obl", "nmod"):
            cases = {scene.words[t] for t in scene.children(child, "case")}
            if not self.setting.is_party(child) or scene.words[child] in FIRST_PERSON or self._is_time(child):
                continue
            if cases & {"by", "from"} or (cases & {"'s", "'", "of"} and conduct_nouns().get(scene.lemmas[head])):
                return child
        return None

    def _addressee(self, conditional: Conditional, voice: Voice) -> Tokens | None:
        """To whom a threat is said."""
        scene = self.scene
        governor = conditional.governor
        if governor is None and conditional.consequence_head is not None:
            above = scene.heads[conditional.consequence_head]
            governor = above if scene.is_report(above) else None
        if governor is not None and scene.upos[governor] == "VERB":
            told = [c for c in scene.children(governor) if scene.reading.deps[c] == "nsubj:pass"]
            if told and self.setting.is_actor(told[0], governor) and scene.words[told[0]] not in FIRST_PERSON:
                return self._resolved(told[0])
            for child in scene.children(governor, "obj", "iobj", "obl"):
                cases = {scene.words[t] for t in scene.children(child, "case")}
                is_told = scene.lemmas[governor] in group("address") and scene.deps[child] != "obl"
                hears = is_told and scene.upos[child] in ("NOUN", "PROPN")
                hears = hears or (self.setting.is_party(child) and cases <= {"to"})
                hears = hears and scene.words[child] not in FIRST_PERSON
                if hears and scene.lemmas[child] not in times() and child not in self._tokens_of(conditional):
                    return self._resolved(child)
        hearer = self._hearer_in(voice.source) if voice.source is not None else None
        if hearer is not None:
            return self._resolved(hearer)
        attribution = self.attribution(conditional, voice) if voice.attribution is None else voice.attribution
        if attribution is not None and attribution.addressee is not None:
            tokens = scene.tokens(attribution.addressee)
            if len(tokens):
                head = self._head((tokens.start, tokens.stop))
                if scene.upos[head] == "PRON":
                    return self._resolved(head)
                first, last = tokens.start, tokens.stop
                while first < last - 1 and scene.upos[first] == "ADP":
                    first += 1
                return self._without_possessive((first, last))
        return None

    def _hearer_in(self, source: Tokens) -> int | None:
        """Whom a source speaks to, in headlines: "Landlord to students: …"."""
        scene = self.scene
        for child in scene.children(self._head(source), "nmod"):
            if source[0] < child < source[1] and any(scene.words[t] == "to" for t in scene.children(child, "case")):
                return child
        return None

    def _resolved(self, head: int) -> Tokens:
        if self.scene.upos[head] == "PRON":
            return self._antecedent(head, ()) or (head, head + 1)
        return self._without_possessive(self.setting.phrase(head))

    def _tokens_of(self, conditional: Conditional) -> frozenset[int]:
        return frozenset(t for piece in (*conditional.conditions, *conditional.consequences) for t in range(*piece))

    def _meant(
        self, conditional: Conditional, judgement: Judgement, pronoun: int, threatener: Party | None
    ) -> Tokens | None:
        """Whom the pronoun of a condition means: somebody in the consequence, the hearer, somebody named before."""
        scene = self.scene
        word = scene.words[pronoun]
        taken = set(range(*threatener.piece)) if threatener is not None else set()
        if judgement.voice.source is not None:
            taken |= set(range(*judgement.voice.source))
        for piece in conditional.consequences:
            for token in range(*piece):
                if token > pronoun and scene.words[token] in THIRD_PERSON:
                    continue
                if token in taken or not self._fits(token, word) or scene.deps[token] not in ("nsubj", "obj", "iobj"):
                    continue
                if scene.upos[token] != "PRON":
                    return self._without_possessive(self.setting.phrase(token))
        hearer = self._addressee(conditional, judgement.voice)
        if hearer is not None and self._agrees(self._head(hearer), word):
            return hearer
        return self._antecedent(pronoun, tuple(sorted(taken))) or self._earlier() or hearer

    def _antecedent(self, pronoun: int, excluded: tuple[int, ...]) -> Tokens | None:
        """The nearest party before a pronoun that agrees with it, in its sentence or before; subjects first."""
        scene = self.scene
        word = scene.words[pronoun]
        out = set(range(*excluded)) if len(excluded) == 2 and excluded[0] < excluded[1] else set(excluded)
        begin, _ = scene.sentence(pronoun)
        for low, high in ((begin, pronoun), (max(0, begin - _FURTHEST // 4), begin)):
            fitting = [t for t in range(max(low, pronoun - _FURTHEST), high) if t not in out and self._fits(t, word)]
            fitting = [t for t in fitting if scene.upos[t] != "PRON"]
            if fitting:
                subjects = [t for t in fitting if scene.deps[t] == "nsubj"]
                return self._without_possessive(self.setting.phrase((subjects or fitting)[-1]))
        return None

    def _fits(self, token: int, word: str) -> bool:
        scene = self.scene
        if scene.upos[token] not in ("NOUN", "PROPN") or scene.deps[token] in ("compound", "flat", "amod", "fixed"):
            return False
        return self.setting.is_party(token) and self._agrees(token, word)

    def _agrees(self, token: int, word: str) -> bool:
        """Whether a noun can be meant by a pronoun, as far as number and kind tell."""
        scene = self.scene
        plural = scene.reading.morph[token] == "Plur" or bool(scene.children(token, "conj"))
        if word in _PLURAL:
            return plural or parties().get(scene.lemmas[token], "person") not in _PEOPLE
        if word in _THING:
            return not plural and parties().get(scene.lemmas[token], "") not in _PEOPLE
        return not plural

    def _earlier(self) -> Tokens | None:
        return self._last_target

    def _bare(self, pronoun: int) -> Tokens | None:
        return pronoun, pronoun + 1

    # ---- how the target escapes ------------------------------------------------------------------------------

    def direction(self, conditional: Conditional) -> Direction | None:
        """By not doing something (deterrent), or by doing or stopping it (compellent); None where both are asked."""
        found = {self._direction(conditional, self._piece_head(piece)) for piece in conditional.conditions}
        return found.pop() if len(found) == 1 else None

    def _direction(self, conditional: Conditional, head: int) -> Direction:
        scene = self.scene
        averts = conditional.polarity == "compliance"
        if not scene.is_clause(head) and scene.upos[head] != "VERB":
            kinds = conduct_nouns().get(scene.lemmas[head], "")
            modifiers = {scene.words[t] for t in scene.children(head, "amod", "det")}
            idle = (
                "omit" in kinds or "go_on" in kinds or bool(modifiers & {"late", "missed", "continued", "no", "unpaid"})
            )
            return "compellent" if averts or idle else "deterrent"
        negated = scene.is_negated(head)
        kinds = conduct().get(deed_of(self.setting, head)[1], conduct().get(scene.lemmas[head], ""))
        still = any(scene.words[t] in ("still", "longer") for t in scene.children(head, "advmod"))
        # "Keeps attacking": the parse may take the first verb for an auxiliary of the second.
        still = still or any("go_on" in conduct().get(scene.lemmas[t], "") for t in scene.children(head, "aux"))
        marker = scene.words[conditional.marker[0]] if conditional.marker is not None else ""
        if averts:
            return "deterrent" if negated and "omit" not in kinds and "go_on" not in kinds else "compellent"
        if negated:
            return "deterrent" if "omit" in kinds else "compellent"
        lasting = (
            marker in ("as", "so") and scene.words[conditional.marker[0] + 1] == "long" if conditional.marker else False
        )
        return "compellent" if "omit" in kinds or "go_on" in kinds or still or lasting else "deterrent"

    # ---- until when ------------------------------------------------------------------------------------------

    def deadline(self, conditional: Conditional) -> Tokens | None:
        """The time limit of a demand: in the condition, in an ultimatum before it, or the date when harm begins."""
        scene = self.scene
        for piece in conditional.conditions:
            found = self._limit_in(piece, _LIMITS)
            if found is not None and scene.words[found[1] - 1] != "then":
                return found
        given = self._time_given(conditional)
        if given is not None:
            return given
        for piece in conditional.consequences:
            found = self._limit_in(piece, frozenset(("from", "on", "by", "starting", "beginning", "at")))
            if found is not None:
                return found
        return None

    def _limit_in(self, piece: Tokens, prepositions: frozenset[str]) -> Tokens | None:
        scene = self.scene
        for token in range(*piece):
            if not self._is_time(token) or scene.deps[token] in ("compound", "amod", "nummod"):
                continue
            top = token
            while scene.deps[top] in ("nmod", "compound", "flat", "nummod") and piece[0] <= scene.heads[top] < piece[1]:
                if self._is_limited(top, prepositions):
                    break
                if scene.heads[top] == top:
                    break
                top = scene.heads[top]
            case = next((t for t in scene.children(top, "case", "mark") if scene.words[t] in prepositions), None)
            if case is not None and case < top:
                end = self._end_of(top, piece)
                return scene.trim(case, end)
            if "by" in prepositions and scene.deps[top] in ("obl", "advmod") and not scene.children(top, "case"):
                first = min([t for t in scene.children(top, "det", "nummod", "amod") if t < top], default=top)
                if scene.upos[first] == "DET" or scene.upos[top] == "ADV" or times().get(scene.lemmas[top]) == "point":
                    return scene.trim(first, self._end_of(top, piece))
        return None

    def _is_limited(self, token: int, prepositions: frozenset[str]) -> bool:
        return any(self.scene.words[t] in prepositions for t in self.scene.children(token, "case"))

    def _end_of(self, head: int, piece: Tokens) -> int:
        end = head + 1
        for child in self.scene.children(head, "nmod", "nummod", "flat", "compound", "appos", "amod"):
            if child > head:
                end = max(end, self.scene.reading.subtree(child)[1])
        return min(end, piece[1])

    def _is_time(self, token: int) -> bool:
        scene = self.scene
        if scene.upos[token] not in ("NOUN", "PROPN", "NUM", "ADV"):
            return False
        kind = times().get(scene.lemmas[token].lower()) or times().get(scene.words[token])
        if kind == "point":
            return scene.upos[token] in ("NOUN", "PROPN") or scene.words[token] in ("today", "tomorrow", "tonight")
        return kind == "unit" and scene.upos[token] == "NOUN"

    def _time_given(self, conditional: Conditional) -> Tokens | None:
        """The hours or days that an ultimatum gives: "gave them 48 hours to leave"."""
        scene = self.scene
        begin, _ = scene.sentence((conditional.conditions or conditional.consequences)[0][0])
        first = scene.sentence(begin - 1)[0] if begin > 0 else begin
        last = max(piece[1] for piece in (*conditional.conditions, *conditional.consequences))
        for token in range(max(first, begin - _FURTHEST), min(last, begin + _FURTHEST)):
            if times().get(scene.lemmas[token]) != "unit" or scene.upos[token] != "NOUN":
                continue
            number = [t for t in scene.children(token, "nummod", "det") if t < token]
            verb = scene.heads[token]
            if number and scene.lemmas[verb] in group("grant") and scene.deps[token] in ("obj", "iobj"):
                demands = (*scene.children(token, "acl"), *scene.children(verb, "xcomp", "advcl"))
                if any(scene.is_infinitive(demand) for demand in demands):
                    return min(scene.reading.subtree(number[0])[0], number[0]), token + 1
        return None

    # ---- noun phrases and speakers ---------------------------------------------------------------------------

    def _head(self, piece: Tokens) -> int:
        """The token of a stretch on which the others depend."""
        for token in range(*piece):
            if self.scene.upos[token] in ("PUNCT", "SPACE"):
                continue
            if not piece[0] <= self.scene.heads[token] < piece[1] or self.scene.heads[token] == token:
                return token
        return piece[0]

    def _piece_head(self, piece: Tokens) -> int:
        """The predicate of a clause, or the noun of a phrase."""
        scene = self.scene
        tops = [
            t
            for t in range(*piece)
            if scene.upos[t] not in ("PUNCT", "SPACE")
            and (scene.heads[t] == t or not piece[0] <= scene.heads[t] < piece[1])
        ]
        return next((t for t in tops if scene.is_clause(t)), self._head(piece) if not tops else tops[0])

    def _named(self, piece: Tokens) -> Tokens:
        """The name beside a description: of "the mayor, Anton Petrescu" the second."""
        head = self._head(piece)
        for child in self.scene.children(head, "appos"):
            if self.scene.upos[child] == "PROPN" and child >= piece[1] and self.scene.upos[head] != "PROPN":
                return self.setting.phrase(child)
        return piece

    def _without_possessive(self, piece: Tokens) -> Tokens:
        first, last = piece
        while last - 1 > first and self.scene.words[last - 1] in ("'s", "'"):
            last -= 1
        first, last = self.scene.trim(first, last)
        return (first, last) if first < last else piece

    def _party(self, piece: Tokens) -> Party:
        piece = self._without_possessive(piece)
        speaker = self._speaker_at(piece)
        return Party(piece, piece, speaker.id if speaker is not None else None)

    def _characters(self, piece: Tokens) -> tuple[int, int]:
        return self.scene.characters(piece)

    def _speaker_at(self, piece: Tokens) -> Speaker | None:
        """The speaker with a mention that has the same head as a noun phrase, or nearly the same extent."""
        start, end = self._characters(piece)
        head = self._head(piece)
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

    def _id_of_name(self, piece: Tokens) -> str | None:
        start, end = self._characters(piece)
        name = self.scene.reading.text[start:end].lower()
        for speaker in self.setting.extraction.speakers:
            if name in (speaker.name.lower(), *(alias.lower() for alias in speaker.aliases)):
                return speaker.id
        return None

    def _mention_of(self, speaker_id: str) -> Tokens | None:
        speaker = self.setting.speakers.get(speaker_id)
        spans: tuple[Span, ...] = speaker.mentions if speaker is not None else ()
        for span in spans:
            tokens = self.scene.tokens(span)
            if len(tokens) and self.scene.upos[tokens[0]] != "PRON":
                return tokens.start, tokens.stop
        return None
