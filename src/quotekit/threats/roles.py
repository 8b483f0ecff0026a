"""Who plays which part in a threat: threatener, issuer, target; how the target escapes, and until when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from quotekit.threats.appraisal import deed_of
from quotekit.threats.candidates import candidates, likeliest
from quotekit.threats.conditionals import Conditional
from quotekit.threats.judgement import Judgement
from quotekit.threats.scene import Tokens
from quotekit.threats.voices import FIRST_PERSON, SECOND_PERSON, THIRD_PERSON, Setting, Voice
from quotekit.threats.words import conduct, conduct_nouns, group, parties, times
from quotekit.types import Attribution, Direction, Span, Speaker

_PLURAL = frozenset(("they", "them", "their", "we", "us", "our"))
_THING = frozenset(("it", "its"))
_LIMITS = frozenset(("by", "before", "within", "until", "till", "in", "at", "on", "during"))
"""Prepositions of a time limit; "from" is one of a beginning."""
_PEOPLE = frozenset(("person", "official", "onlooker", "lawyer"))
_OF = frozenset(("of", "for", "from"))
_AT = frozenset(("at", "in", "with"))
_TOUCHING = frozenset(("'s", "'", "with", "against", "of", "on", "from"))
"""Prepositions of whom a deed concerns; "to" is rather of where one goes with it ("to the police")."""
_BODIES = frozenset(("body", "union", "state"))
_NO_BODIES = frozenset(("person", "official", "onlooker", "lawyer", "rule", "fiction", "nature", "sport"))
_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_LONGEST_LIMIT = 16
"""Tokens between the verb that gives time and what the time is for."""
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
        if judgement.sense is not None:
            chosen = (threatener.piece if threatener is not None else None), target
            passage = judgement.sense.passage
            given = candidates(self.setting, conditional, voice, (passage.first, passage.last), chosen)
            piece, target = likeliest(judgement.sense, given, self._are_same)
            if piece != chosen[0]:
                threatener = self._party(piece) if piece is not None else None
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
        """Who is behind a document that speaks: "the letter from the bank", "the note that the gang left"."""
        scene = self.scene
        head = self._head(source)
        if not self._is_document(source):
            return None
        for child in scene.children(head, "nmod"):
            cases = {scene.words[t] for t in scene.children(child, "case")}
            if cases & {"from", "by", "of", "'s", "'"} and self.setting.is_party(child) and scene.upos[child] != "PRON":
                return self.setting.phrase(child)
        for verb in scene.children(head, "acl", "acl:relcl"):
            for sent in (verb, *scene.children(verb, "conj")):
                doers = [t for t in scene.children(sent, "obl") if self._case_of(t) == "by"]
                subject = scene.subject(sent)
                if subject is not None and scene.reading.deps[subject] == "nsubj":
                    doers.append(subject)
                for doer in doers:
                    if scene.upos[doer] in ("NOUN", "PROPN") and self.setting.is_party(doer):
                        return self.setting.phrase(doer)
        return None

    def _is_document(self, source: Tokens) -> bool:
        speaker = self._speaker_at(source)
        return speaker is not None and speaker.kind == "document"

    # ---- who acts --------------------------------------------------------------------------------------------

    def threatener(self, conditional: Conditional, judgement: Judgement) -> Party | None:
        """Who will act: the consequence's agent, else the body for which the issuer speaks, else the issuer."""
        scene, agent, voice = self.scene, judgement.agent, judgement.voice
        head = self._opening_self(conditional) if voice.source is not None else None
        if head is None and agent.kind in ("self", "party"):
            head = agent.head
        if head is not None and any(a <= head < b for a, b in conditional.conditions):
            # The parse gives the condition's party to the consequence as well.
            main = conditional.consequence_head if conditional.consequence_head is not None else head
            inside = {t for piece in conditional.conditions for t in range(*piece)}
            others = [c for c in scene.children(main, "nsubj") if c not in inside]
            head = others[-1] if others else None
        headlined = self._headlined(conditional) if head is None or agent.kind in ("self", "none") else None
        if headlined is not None:
            return headlined
        giver = self._giver(conditional)
        if giver is not None and (head is None or scene.words[head] in THIRD_PERSON or agent.passive):
            return giver
        if head is not None:
            word = scene.words[head]
            owner = self._owner(head)
            owner_word = scene.words[owner] if owner is not None else ""
            is_party = self.setting.is_party(head)
            if word in ("i", "me", "my", "mine") or (owner_word == "my" and not is_party):
                return self._speaking(voice)
            if word in FIRST_PERSON or (owner_word == "our" and not is_party):
                return self._spoken_for(voice) or self._speaking(voice)
            if owner is not None and owner_word in ("its", "their") and not is_party:
                return self._behind_pronoun(owner, voice)
            if self._is_nobody(head):
                return self._spoken_for(voice) or self._speaking(voice)
            if scene.upos[head] != "PRON":
                return self._party(self.setting.phrase(head))
            if word in THIRD_PERSON and not self._is_who_complies(conditional, head, voice):
                return self._behind_pronoun(head, voice)
        if agent.kind == "self" and not agent.passive and voice.source is not None and not voice.is_direct:
            return self._speaking(voice)
        return self._spoken_for(voice) or self._speaking(voice)

    def _giver(self, conditional: Conditional) -> Party | None:
        """Who sets the time limit of an ultimatum: it is theirs to act when it has passed."""
        scene = self.scene
        verb = self._granting(conditional.conditions[0][0])
        if verb is None or scene.lemmas[verb] in ("have", "get"):
            return None
        subject = scene.subject(verb)
        if any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(verb)):
            subject = next((t for t in scene.children(verb, "obl") if self._case_of(t) == "by"), None)
        if subject is None or not self.setting.is_party(subject):
            return None
        if scene.upos[subject] == "PRON":
            found = self._antecedent(subject, frozenset())
            return self._party(found) if found is not None else None
        return self._party(self.setting.phrase(subject))

    def _opening_self(self, conditional: Conditional) -> int | None:
        """The "I" or "we" with which a consequence opens: it acts, wherever the parse hangs it."""
        first = conditional.consequences[0][0] if conditional.consequences else -1
        return first if first >= 0 and self.scene.words[first] in ("i", "we") else None

    def _is_who_complies(self, conditional: Conditional, pronoun: int, voice: Voice) -> bool:
        """Whether a speaker's "it" is the condition's party: "if the firm won't listen, it will hear from us"."""
        scene = self.scene
        other = scene.subject(conditional.condition_head)
        if not voice.is_direct or other is None or other > pronoun or scene.upos[other] == "PRON":
            return False
        return self._fits(other, scene.words[pronoun])

    def _owner(self, head: int) -> int | None:
        """The pronoun that owns a noun phrase: "its boats", "our envoy"."""
        owners = self.scene.children(head, "nmod")
        return next((t for t in owners if self.scene.reading.deps[t] == "nmod:poss"), None)

    def _is_nobody(self, head: int) -> bool:
        """Whether a subject counts none ("no envoy of ours", "not one nurse"): who decides it is told elsewhere."""
        scene = self.scene
        counts = {scene.words[t] for t in scene.children(head, "det", "nummod", "advmod", "amod", "cc")}
        return bool(counts & {"no", "not", "neither"}) or scene.words[head] in ("none", "nobody")

    def _headlined(self, conditional: Conditional) -> Party | None:
        """Who is to act in a headline: "Ferry crews to walk out unless …"."""
        scene, head = self.scene, conditional.consequence_head
        if head is None or not scene.is_infinitive(head):
            return None
        noun = scene.heads[head]
        if scene.deps[head] != "acl" or scene.lemmas[noun] in group("threat noun"):
            return None
        begins = noun < head and self.setting.phrase(noun)[0] <= scene.first_of(scene.sentence(head)[0]) + 1
        return self._party(self.setting.phrase(noun)) if begins and scene.upos[noun] in ("NOUN", "PROPN") else None

    def _behind_pronoun(self, head: int, voice: Voice) -> Party | None:
        """Whom "he", "it" or "they" means as the agent: the source where number and kind agree, else its body."""
        word = self.scene.words[head]
        if voice.source is not None and not voice.is_direct:
            said = self._head(voice.source)
            if word in ("he", "she") and self.scene.reading.morph[said] == "Plur":
                # "Aides to the prince said that he would"
                found = self._antecedent(head, frozenset())
                return self._party(found) if found is not None else self._speaking(voice)
            if word in _THING | _PLURAL and self._is_person(voice):
                return self._spoken_for(voice) or self._speaking(voice)
            return self._speaking(voice)
        found = self._antecedent(head, frozenset())
        return self._party(found) if found is not None else self._speaking(voice)

    def _is_person(self, voice: Voice) -> bool:
        if voice.source is None:
            return False
        speaker = self._speaker_at(voice.source)
        if speaker is None:
            return parties().get(self.scene.lemmas[self._head(voice.source)]) in _PEOPLE
        return speaker.kind == "person"

    def _speaking(self, voice: Voice) -> Party | None:
        """The issuer as the one who acts, by a noun phrase: of "he said" whom "he" means."""
        issuer = self.issuer(voice)
        if issuer is None:
            return None
        head = self._head(issuer.piece)
        if self.scene.upos[head] != "PRON":
            return issuer
        said = () if voice.attribution is None else voice.attribution.content
        excluded = frozenset(t for span in said for t in self.scene.tokens(span))
        meant = self._mention_before(issuer.speaker_id, head, excluded) or self._antecedent(head, excluded)
        if meant is None:
            return issuer
        author = self._author(meant)
        return self._party(author) if author is not None else issuer._replace(piece=meant, name=meant)

    def _mention_before(
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
            if self.scene.upos[self._head((tokens.start, tokens.stop))] != "PRON":
                return tokens.start, tokens.stop
        return None

    def _spoken_for(self, voice: Voice) -> Party | None:
        """The body for which somebody speaks: "the union's leader", "a spokesman for the bank", "Acme chief Lund"."""
        if voice.source is None:
            return None
        scene = self.scene
        source = voice.source
        if scene.upos[self._head(source)] == "PRON":
            speaker = self._speaker_at(source)
            source = self._mention_before(speaker.id if speaker is not None else None, source[0]) or source
        source = self._author(source) or source
        head = self._head(source)
        if not self._speaks_as_person(source, head):
            return None
        if scene.lemmas[head] in group("own account"):
            # "The emir's brother" speaks for himself.
            return None
        body = self._body_in(head, source)
        if body is not None:
            return self._party(body)
        named = next(
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
        if named is not None and scene.upos[named[1] - 1] != "ADJ":
            whole = self._party(source)
            is_whole = whole is not None and named == whole.name
            return Party(source, named, whole.speaker_id if is_whole else self._id_of_name(named))
        described = self._body_beside(head, source)
        return self._party(described) if described is not None else None

    def _body_in(self, head: int, source: Tokens) -> Tokens | None:
        """The body that a noun phrase names beside its head: a possessor, or what stands behind "of" or "for"."""
        scene = self.scene
        for child in scene.children(head, "nmod", "compound", "appos"):
            if not source[0] <= child < source[1] or scene.lemmas[child] in ("staff", "state"):
                # "Chief of Staff", "secretary of state"
                continue
            cases = {scene.words[t] for t in scene.children(child, "case")}
            if scene.upos[child] == "PRON":
                is_owner = scene.reading.deps[child] == "nmod:poss"
                owner = self._antecedent(child, frozenset(range(*source))) if is_owner else None
                if owner is not None:
                    return owner
            elif (
                scene.reading.deps[child] == "nmod:poss"
                or cases & {"'s", "'"}
                or (cases & _OF and (self.setting.is_party(child) or self._is_headed(head, child)))
                or (cases & _AT and self._is_body(child))
            ):
                return self._inmost(child)
        return None

    def _is_headed(self, office: int, body: int) -> bool:
        """Whether an office is held over something definite: "the head of the growers' circle", not "head of sales"."""
        scene = self.scene
        is_definite = any(scene.words[t] == "the" for t in scene.children(body, "det"))
        return is_definite and parties().get(scene.lemmas[office]) == "official" and not scene.is_conduct(body)

    def _inmost(self, body: int) -> Tokens:
        """A body; of one that is only an office of another ("the lending fund's mission") the other."""
        scene = self.scene
        if scene.lemmas[body] in group("office"):
            for child in scene.children(body, "nmod"):
                is_owner = scene.reading.deps[child] == "nmod:poss" and scene.upos[child] != "PRON"
                if is_owner or any(scene.words[t] == "of" for t in scene.children(child, "case")):
                    return self.setting.phrase(child)
        return self.setting.phrase(body)

    def _body_beside(self, head: int, source: Tokens) -> Tokens | None:
        """The body that a description after a name tells.

        "Kari Moen, head of sales at Acme", "Per Holm, who chairs the league", "… said on behalf of the union".
        """
        scene = self.scene
        _, end = scene.sentence(head)
        last = source[1]
        while last < end and scene.upos[last] == "PUNCT" and scene.words[last] == ",":
            last += 1
        if last < end and scene.words[last] in ("who", "whose"):
            verb = scene.heads[last] if scene.words[last] == "who" else scene.heads[scene.heads[last]]
            return self._body_led(verb, last) if last < verb < end else None
        if last < end and scene.words[last] == "acting":
            return self._body_led(last, last)
        if last < end and (scene.words[last] in _OF | _AT) and last == source[1]:
            return self._body_of_office(last - 1)
        offices = [t for t in scene.children(head, "appos") if t >= last and scene.upos[t] in ("NOUN", "PROPN")]
        for office in offices[:1]:
            found = self._body_of_office(office)
            if found is not None:
                return found
        verb = scene.heads[head]
        for child in scene.children(verb, "obl") if verb != head else ():
            first = scene.reading.subtree(child)[0]
            if scene.words[first : first + 3] == ["on", "behalf", "of"]:
                owners = scene.children(child, "nmod") if scene.lemmas[child] == "behalf" else [child]
                if owners:
                    return self.setting.phrase(owners[0])
        return None

    def _body_of_office(self, office: int) -> Tokens | None:
        """The body that an office is held in: "chairman of Acme", "Tavria's minister", "head of sales at Acme"."""
        scene = self.scene
        if scene.lemmas[office] in group("own account"):
            return None
        owner = self._owner(office)
        if owner is not None and scene.upos[owner] != "PRON":
            return self._inmost(owner)
        _, end = scene.sentence(office)
        stop = next((t for t in range(office + 1, end) if scene.is_break(t) or scene.upos[t] == "VERB"), end)
        held: dict[int, int] = {}
        for token in range(office + 1, stop):
            is_owner = scene.reading.deps[token] == "nmod:poss"
            is_inner = scene.deps[token] in ("compound", "flat", "amod") or is_owner
            if scene.upos[token] in ("NOUN", "PROPN") and not is_inner:
                before = min(self.setting.phrase(token)[0], token) - 1
                while before > office and scene.upos[before] in ("DET", "ADJ", "NUM"):
                    before -= 1
                held.setdefault(before, token)
        for wanted in (_AT, _OF):
            for before, token in held.items():
                if scene.words[before] in wanted and before > office and self._is_body(token):
                    return self._inmost(token)
        return None

    def _is_body(self, token: int) -> bool:
        """Whether a noun is a name or names a body of people, and no matter that one is in charge of."""
        kind = parties().get(self.scene.lemmas[token])
        return self.scene.upos[token] == "PROPN" or (kind is not None and kind not in _NO_BODIES)

    def _body_led(self, verb: int, relative: int) -> Tokens | None:
        """The body in a relative clause: "who chairs the league", "whose party holds …", "acting for the family"."""
        scene = self.scene
        if scene.words[relative] == "whose":
            owned = scene.heads[relative]
            return (relative + 1, self.setting.phrase(owned)[1]) if scene.upos[owned] == "PROPN" else None
        if scene.lemmas[verb] in group("lead"):
            led = [t for t in scene.children(verb, "obj") if self._is_body(t)]
            if led:
                return self._inmost(led[0])
        if scene.lemmas[verb] in group("speak for"):
            for child in scene.children(verb, "obl"):
                if any(scene.words[t] == "for" for t in scene.children(child, "case")):
                    return self.setting.phrase(child)
        return None

    def _speaks_as_person(self, source: Tokens, head: int) -> bool:
        """Whether a source is somebody who can speak for a body, and no body itself."""
        kind = parties().get(self.scene.lemmas[head], "")
        speaker = self._speaker_at(source)
        if kind != "lawyer" and speaker is not None and speaker.kind in ("organization", "group"):
            return False
        return speaker is None or speaker.kind == "person" or kind in ("official", "lawyer", "person", "worker", "")

    # ---- who is to comply ------------------------------------------------------------------------------------

    def target(self, conditional: Conditional, judgement: Judgement, threatener: Party | None) -> Tokens | None:
        """The party whose conduct the condition is about."""
        if conditional.form == "relative":
            return self._one_meant(conditional)
        heads = [self._piece_head(piece) for piece in conditional.conditions]
        for piece, head in zip(conditional.conditions, heads, strict=True):
            subject = self._who_acts(conditional, head)
            if subject is None:
                subject = self._opening(conditional, piece)
            if subject is None:
                continue
            word = self.scene.words[subject]
            if word in SECOND_PERSON:
                return (
                    self._addressee(conditional, judgement.voice)
                    or self._heard_before(conditional, threatener)
                    or self._earlier()
                    or self._bare(subject)
                )
            if word in THIRD_PERSON:
                found = self._meant(conditional, judgement, subject, threatener)
                return found or self._bare(subject)
            if word in FIRST_PERSON and not judgement.voice.is_direct:
                # Told by the one who was threatened: "she said she would sue if I signed".
                return self._bare(subject)
            if word in FIRST_PERSON:
                continue
            found = self._without_possessive(self.setting.phrase(subject))
            if self.scene.words[found[0]] == "either" and found[1] - found[0] > 1:
                found = found[0] + 1, found[1]
            if threatener is None or not found[0] <= self._head(threatener.piece) < found[1]:
                return found
        return (
            self._addressee(conditional, judgement.voice)
            or self._heard_before(conditional, threatener)
            or self._struck(conditional, threatener)
            or self._earlier()
        )

    def _opening(self, conditional: Conditional, piece: Tokens) -> int | None:
        """The party with which a clause opens, where the parse has no subject for its verb: "the city let …"."""
        scene = self.scene
        first, last = piece
        if conditional.marker is not None and scene.words[conditional.marker[1] - 1] == "better":
            before = conditional.marker[0] - 1
            return before if before >= 0 and scene.upos[before] in ("NOUN", "PROPN", "PRON") else None
        if conditional.form != "clause":
            return None
        at = first
        nominal = ("DET", "ADJ", "NUM", "NOUN", "PROPN")
        while at < last and (scene.upos[at] in nominal or scene.words[at] in ("'s", "'")):
            at += 1
        verb = next((t for t in range(at, min(last, at + 6)) if scene.upos[t] == "VERB"), None)
        if at == first or verb is None or scene.upos[at - 1] not in ("NOUN", "PROPN"):
            return None
        if any(scene.reading.deps[t] == "aux:pass" for t in scene.children(verb)):
            return None
        after = next((t for t in range(verb + 1, last) if scene.upos[t] != "ADV"), last)
        has_object = after < last and scene.upos[after] in ("DET", "NOUN", "PROPN", "PRON", "NUM")
        is_person = self.setting.is_party(at - 1) or (has_object and not scene.is_conduct(at - 1))
        return at - 1 if is_person and not self._is_time(at - 1) else None

    def _one_meant(self, conditional: Conditional) -> Tokens | None:
        """The noun that a condition describes: "firms that …"; None for "anyone who …" and "any firm that …"."""
        scene = self.scene
        noun = scene.heads[conditional.condition_head]
        if scene.deps[conditional.condition_head] != "acl":
            noun = conditional.conditions[0][0] - 2
        if noun < 0 or conditional.marker is not None or scene.upos[noun] not in ("NOUN", "PROPN"):
            return None
        return self.setting.phrase(noun)

    def _can_comply(self, subject: int, verb: int) -> bool:
        """Whether a condition's subject can meet it: a party, or a noun that the parse shows to act."""
        scene = self.scene
        if self.setting.is_actor(subject, verb):
            return True
        if scene.upos[verb] != "VERB" or scene.reading.deps[subject] == "nsubj:pass" or scene.upos[subject] != "NOUN":
            return False
        if scene.is_conduct(subject) or self._is_time(subject):
            return False
        owners = [t for t in scene.children(subject, "nmod") if scene.reading.deps[t] == "nmod:poss"]
        if any(scene.upos[t] in ("NOUN", "PROPN") and self.setting.is_party(t) for t in owners):
            # "Ulmar's patrols step over the line"
            return True
        return bool(scene.children(verb, "obj", "xcomp"))

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
            return self._one_asked(head) if scene.is_infinitive(head) else None
        if subject is None:
            helped = [s for t in scene.children(head, "aux") if (s := scene.subject(t)) is not None]
            subject = helped[0] if helped else scene.inherited_subject(head)
        if subject is not None and not self._can_comply(subject, head):
            return self._doer(subject)
        return subject

    def _one_asked(self, head: int) -> int | None:
        """Who is to do what an ultimatum asks for: "gave the firm a week to pay", "has until noon to go"."""
        scene = self.scene
        governor = scene.heads[head]
        for _ in range(3):
            if scene.upos[governor] != "NOUN" or governor == scene.heads[governor]:
                break
            heard = self._hearer_of(governor, frozenset())
            if heard is not None and scene.lemmas[governor] in group("threat noun"):
                return heard
            governor = scene.heads[governor]
        if governor == head:
            return None
        asked = [t for t in scene.children(governor, "iobj", "obj") if not self._is_time(t)]
        if asked:
            return asked[0]
        subject = scene.subject(governor)
        is_told = subject is not None and scene.reading.deps[subject] == "nsubj:pass"
        return subject if is_told or scene.lemmas[governor] in ("have", "must", "need") else None

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
        spoken = frozenset(range(*voice.source)) if voice.source is not None else frozenset()
        governor = conditional.governor
        if governor is None and conditional.consequence_head is not None:
            above = scene.heads[conditional.consequence_head]
            governor = above if scene.is_report(above) else None
        excluded = spoken | self._tokens_of(conditional)
        for verb in dict.fromkeys((governor, voice.verb)):
            heard = self._hearer_of(verb, excluded) if verb is not None else None
            if heard is not None:
                return self._resolved(heard, spoken)
        hearer = self._hearer_in(voice.source) if voice.source is not None else None
        if hearer is not None:
            return self._resolved(hearer, spoken)
        attribution = self.attribution(conditional, voice) if voice.attribution is None else voice.attribution
        if attribution is not None and attribution.addressee is not None:
            tokens = scene.tokens(attribution.addressee)
            if len(tokens):
                head = self._head((tokens.start, tokens.stop))
                if scene.upos[head] == "PRON":
                    return self._resolved(head, spoken)
                if self._only_listens(head):
                    return None
                first, last = tokens.start, tokens.stop
                while first < last - 1 and scene.upos[first] == "ADP":
                    first += 1
                return self._without_possessive((first, last))
        return None

    def _heard_before(self, conditional: Conditional, threatener: Party | None) -> Tokens | None:
        """Whom the words before a threat have addressed: "gave the firm an ultimatum", "sent the editor a note"."""
        scene = self.scene
        own = self._tokens_of(conditional)
        excluded = own | (frozenset(range(*threatener.piece)) if threatener is not None else frozenset())
        begin, end = scene.sentence(min(own))
        first = scene.sentence(begin - 1)[0] if begin > 0 else begin
        for token in (*range(begin, end), *range(begin - 1, first - 1, -1)):
            if token in own or scene.upos[token] not in ("VERB", "NOUN"):
                continue
            reaches = scene.lemmas[token] in group("reach") | group("address") | group("telling")
            heard = self._hearer_of(token, excluded) if reaches else None
            if heard is not None and scene.words[heard] not in FIRST_PERSON:
                found = self._resolved(heard, excluded)
                if not excluded & set(range(*found)):
                    return found
        return None

    def _struck(self, conditional: Conditional, threatener: Party | None) -> Tokens | None:
        """The party to which a consequence is done, where nobody else is named: "will sue the paper without …"."""
        scene = self.scene
        taken = frozenset(range(*threatener.piece)) if threatener is not None else frozenset()
        for piece in conditional.consequences:
            for token in range(*piece):
                is_hit = scene.reading.deps[token] in ("obj", "iobj", "nsubj:pass") and token not in taken
                owner = self._owner(token)
                if owner is not None and scene.upos[owner] == "PRON":
                    # "recall its ambassador": the threatener's own.
                    continue
                if is_hit and scene.upos[token] in ("NOUN", "PROPN") and self.setting.is_party(token):
                    return self._without_possessive(self.setting.phrase(token))
        return None

    def _hearer_of(self, governor: int, excluded: frozenset[int]) -> int | None:
        """To whom a verb or noun of saying is addressed: "told them", "shouted at the guard", "threat to the bank"."""
        scene = self.scene
        if scene.upos[governor] == "NOUN":
            for child in scene.children(governor, "nmod"):
                if self._case_of(child) == "to" and self.setting.is_party(child):
                    return child
            if scene.lemmas[governor] != "notice":
                return None
            # "put the firm on notice that"
            warned = scene.children(scene.heads[governor], "obj", "nsubj:pass")
            return warned[0] if warned else None
        if scene.upos[governor] != "VERB":
            return None
        above = scene.heads[governor]
        if scene.lemmas[governor] == "know" and scene.lemmas[above] == "let":
            # "let the owner know that"
            return next((t for t in (*scene.children(above, "obj"), *scene.children(governor, "nsubj"))), None)
        told = [c for c in scene.children(governor) if scene.reading.deps[c] == "nsubj:pass"]
        if told and self.setting.is_actor(told[0], governor) and scene.words[told[0]] not in FIRST_PERSON:
            return told[0]
        for child in scene.children(governor, "obj", "iobj", "obl"):
            is_told = scene.lemmas[governor] in group("address") and scene.deps[child] != "obl"
            hears = is_told and scene.upos[child] in ("NOUN", "PROPN")
            hears = hears or (self.setting.is_party(child) and self._case_of(child) in ("", "to", "at"))
            hears = hears and scene.words[child] not in FIRST_PERSON and not self._only_listens(child)
            if hears and not self._is_time(child) and child not in excluded:
                return child
        return None

    def _case_of(self, token: int) -> str:
        """The preposition of a noun, "" for none."""
        return next((self.scene.words[t] for t in self.scene.children(token, "case")), "")

    def _only_listens(self, head: int) -> bool:
        """Whether a hearer is the press, which hears what is meant for others."""
        return bool({self.scene.lemmas[head], self.scene.words[head].removesuffix("s")} & group("press"))

    def _hearer_in(self, source: Tokens) -> int | None:
        """Whom a source speaks to, in headlines: "Landlord to students: …"."""
        scene = self.scene
        for child in scene.children(self._head(source), "nmod"):
            if source[0] < child < source[1] and any(scene.words[t] == "to" for t in scene.children(child, "case")):
                return child
        return None

    def _resolved(self, head: int, excluded: frozenset[int]) -> Tokens:
        if self.scene.upos[head] == "PRON":
            return self._antecedent(head, excluded) or (head, head + 1)
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
        hearer = self._addressee(conditional, judgement.voice)
        hears = hearer is not None and self._agrees(self._head(hearer), word)
        for deps in (("nsubj", "obj", "iobj"), ("nmod", "obl")):
            for token in (t for piece in conditional.consequences for t in range(*piece)):
                if token in taken or scene.deps[token] not in deps or not self._fits(token, word):
                    continue
                if "nmod" in deps and self._case_of(token) not in _TOUCHING:
                    continue
                if scene.upos[token] != "PRON":
                    return self._without_possessive(self.setting.phrase(token))
            if hears:
                return hearer
        return self._antecedent(pronoun, frozenset(taken)) or self._earlier() or hearer

    def _antecedent(self, pronoun: int, excluded: frozenset[int]) -> Tokens | None:
        """The nearest party before a pronoun that agrees with it, in its sentence or before; subjects first."""
        scene = self.scene
        word = scene.words[pronoun]
        begin, _ = scene.sentence(pronoun)
        for low, high in ((begin, pronoun), (max(0, begin - _FURTHEST // 4), begin)):
            fitting = [
                t for t in range(max(low, pronoun - _FURTHEST), high) if t not in excluded and self._fits(t, word)
            ]
            fitting = [t for t in fitting if scene.upos[t] != "PRON"]
            if fitting:
                subjects = [t for t in fitting if scene.deps[t] == "nsubj"]
                if high == begin:
                    # Of sentences before, whom the last one is about counts, not who stands in its side clauses.
                    last = scene.sentence((subjects or fitting)[-1])[0]
                    subjects = [t for t in subjects if t >= last and scene.deps[scene.heads[t]] == "root"] or subjects
                return self._without_possessive(self.setting.phrase((subjects or fitting)[-1]))
        return None

    def _fits(self, token: int, word: str) -> bool:
        scene = self.scene
        if scene.upos[token] not in ("NOUN", "PROPN") or scene.deps[token] in ("compound", "flat", "amod", "fixed"):
            return False
        if self._is_time(token):
            return False
        return self.setting.is_party(token) and self._agrees(token, word)

    def _agrees(self, token: int, word: str) -> bool:
        """Whether a noun can be meant by a pronoun, as far as number and kind tell."""
        scene = self.scene
        plural = scene.reading.morph[token] == "Plur" or bool(scene.children(token, "conj"))
        kind = parties().get(scene.lemmas[token], "")
        # One name alone may be a place's that the reader has taken for a person's.
        labels = {e.label for e in scene.entities_in((token, token + 1)) if e.label != "PERSON" or e.last - e.first > 1}
        if word in _PLURAL:
            return plural or (kind or "person") not in _PEOPLE
        if word in _THING:
            return not plural and kind not in _PEOPLE and "PERSON" not in labels
        return not plural and kind not in _BODIES and not labels & {"ORG", "LOC"}

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
            found = self._limit_in(piece, _LIMITS) or self._before(piece)
            if found is not None and scene.words[found[1] - 1] != "then":
                return found
        given = self._time_given(conditional)
        if given is not None:
            return given
        for piece in conditional.consequences:
            found = self._limit_in(piece, frozenset(("from", "on", "by", "within", "starting", "beginning", "at")))
            if found is not None:
                return found
        return None

    def _limit_in(self, piece: Tokens, prepositions: frozenset[str]) -> Tokens | None:
        scene = self.scene
        for token in range(*piece):
            if not self._is_time(token) or scene.deps[token] in ("compound", "amod", "nummod"):
                continue
            if {scene.words[t] for t in scene.children(token, "det")} & {"a", "an", "each", "every"} and not any(
                scene.words[t] in prepositions for t in scene.children(token, "case")
            ):
                # "ten crowns a month" is a rate.
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
                if scene.lemmas[top] == "time" and top == case + 1:
                    # "on time"
                    continue
                return scene.trim(case, self._end_of(top, piece))
            if "by" in prepositions and scene.deps[top] in ("obl", "advmod") and not scene.children(top, "case"):
                first = min([t for t in scene.children(top, "det", "nummod", "amod") if t < top], default=top)
                if scene.upos[first] == "DET" or scene.upos[top] == "ADV" or times().get(scene.lemmas[top]) == "point":
                    if first - 1 >= piece[0] and scene.words[first - 1] in _LIMITS:
                        first -= 1
                    return scene.trim(first, self._end_of(top, piece))
        return None

    def _before(self, piece: Tokens) -> Tokens | None:
        """The event before which a demand is to be met: "before the summer recess", "before the season starts"."""
        scene = self.scene
        for token in range(piece[0] + 1, piece[1]):
            event = scene.heads[token]
            if scene.words[token] != "before" or event <= token or scene.upos[token] not in ("ADP", "SCONJ"):
                continue
            if scene.is_clause(event) or not self.setting.is_party(event):
                end = min(scene.reading.subtree(event)[1], piece[1])
                stop = next((t for t in range(token, end) if scene.is_break(t)), end)
                return scene.trim(token, stop)
        return None

    def _is_limited(self, token: int, prepositions: frozenset[str]) -> bool:
        return any(self.scene.words[t] in prepositions for t in self.scene.children(token, "case"))

    def _end_of(self, head: int, piece: Tokens) -> int:
        end = head + 1
        for child in self.scene.children(head, "nmod", "nummod", "flat", "compound", "appos", "amod"):
            if child > head:
                end = max(end, self.scene.reading.subtree(child)[1])
        end = next((t for t in range(head + 1, end) if self.scene.is_break(t)), end)
        # "by noon on Thursday": the parse may hang the day on the verb.
        while end + 1 < piece[1] and self.scene.words[end] in ("on", "at", "of", "this", "next"):
            last = next((t for t in range(end + 1, min(end + 4, piece[1])) if self._is_time(t)), None)
            if last is None:
                break
            end = last + 1
        return min(end, piece[1])

    def _is_time(self, token: int) -> bool:
        scene = self.scene
        if scene.upos[token] not in ("NOUN", "PROPN", "NUM", "ADV"):
            return False
        if _DAY_OF_MONTH.fullmatch(scene.words[token]):
            return True
        kind = times().get(scene.lemmas[token].lower()) or times().get(scene.words[token])
        if kind == "point":
            return scene.upos[token] in ("NOUN", "PROPN") or scene.words[token] in ("today", "tomorrow", "tonight")
        return kind == "unit" and scene.upos[token] == "NOUN"

    def _time_given(self, conditional: Conditional) -> Tokens | None:
        """The hours or days that an ultimatum gives: "gave them 48 hours to leave"."""
        scene = self.scene
        for piece in conditional.conditions:
            if scene.words[piece[0]] == "to" and (granted := self._granted(piece[0])) is not None:
                return granted
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

    def _granted(self, infinitive: int) -> Tokens | None:
        """The time right before an infinitive that is given for it: "gave them until noon to go"."""
        scene = self.scene
        verb = self._granting(infinitive)
        if verb is None:
            return None
        until = next((t for t in range(verb + 1, infinitive) if scene.words[t] in ("until", "till")), None)
        if until is not None:
            return scene.trim(until, infinitive)
        unit = next((t for t in range(verb + 1, infinitive) if times().get(scene.lemmas[t]) == "unit"), None)
        if unit is None:
            return None
        at = unit
        while at - 1 > verb and (scene.upos[at - 1] in ("NUM", "ADJ") or scene.words[at - 1] in ("a", "an")):
            at -= 1
        return (at, unit + 1) if at < unit else None

    def _granting(self, infinitive: int) -> int | None:
        """The verb that gives time for an infinitive."""
        scene = self.scene
        if scene.words[infinitive] != "to":
            return None
        first, _ = scene.sentence(infinitive)
        between: list[int] = []
        for token in range(infinitive - 1, max(first, infinitive - _LONGEST_LIMIT) - 1, -1):
            if scene.upos[token] in ("VERB", "AUX") and scene.lemmas[token] in group("grant"):
                is_limit = any(scene.words[t] in ("until", "till") or times().get(scene.lemmas[t]) for t in between)
                return token if is_limit and not any(c in between for c in scene.children(token, "aux")) else None
            if scene.upos[token] == "VERB":
                return None
            between.append(token)
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

    def _are_same(self, one: Tokens, other: Tokens) -> bool:
        """Whether two pieces are one, or name the same speaker."""
        speakers = self._speaker_at(one), self._speaker_at(other)
        return one == other or (speakers[0] is not None and speakers[0] is speakers[1])

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
