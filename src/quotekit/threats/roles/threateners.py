"""Who will act on a threat: of “The ministry said the navy would turn the ships back” the navy."""

from __future__ import annotations

from quotekit.threats.conditionals import Conditional
from quotekit.threats.judgement import Judgement
from quotekit.threats.roles.deadlines import Deadlines
from quotekit.threats.roles.issuers import Issuers
from quotekit.threats.roles.naming import THING, Names, Party
from quotekit.threats.voices import FIRST_PERSON, THIRD_PERSON, Voice
from quotekit.threats.words import group, parties


class Threateners:
    """Who will act on the threats of a text.

    Args:
        names: Its noun phrases.
        issuers: Who makes its threats.
        deadlines: Its time limits: who sets one, acts when it has passed.
    """

    def __init__(self, names: Names, issuers: Issuers, deadlines: Deadlines) -> None:
        self.names = names
        self.issuers = issuers
        self.deadlines = deadlines
        self.setting = names.setting
        self.scene = names.scene

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
            owner = self.names.owner(head)
            owner_word = scene.words[owner] if owner is not None else ""
            is_party = self.setting.is_party(head)
            if word in group("speaking alone") or (owner_word == "my" and not is_party):
                return self.issuers.speaking(voice)
            if word in FIRST_PERSON or (owner_word == "our" and not is_party):
                return self.issuers.spoken_for(voice) or self.issuers.speaking(voice)
            if owner is not None and owner_word in ("its", "their") and not is_party:
                return self._behind_pronoun(owner, voice)
            if self._is_nobody(head):
                return self.issuers.spoken_for(voice) or self.issuers.speaking(voice)
            if scene.upos[head] != "PRON":
                return self.names.party(self.setting.phrase(head))
            if word in THIRD_PERSON and not self._is_who_complies(conditional, head, voice):
                return self._behind_pronoun(head, voice)
        deed = conditional.consequence_head
        # Who is to "face eviction" bears it; who brings it about is not told, as in a passive.
        is_borne = deed is not None and self.setting.undergoes(deed)
        is_told = voice.source is not None and not voice.is_direct
        if agent.kind == "self" and is_told and not (agent.passive or is_borne):
            return self.issuers.speaking(voice)
        return self.issuers.spoken_for(voice) or self.issuers.speaking(voice)

    def _giver(self, conditional: Conditional) -> Party | None:
        """Who sets the time limit of an ultimatum: it is theirs to act when it has passed."""
        scene = self.scene
        verb = self.deadlines.granting(conditional.conditions[0][0])
        if verb is None or scene.lemmas[verb] in ("have", "get"):
            return None
        subject = scene.subject(verb)
        if any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(verb)):
            subject = next((t for t in scene.children(verb, "obl") if self.names.case_of(t) == "by"), None)
        if subject is None or not self.setting.is_party(subject):
            return None
        if scene.upos[subject] == "PRON":
            found = self.names.antecedent(subject, frozenset())
            return self.names.party(found) if found is not None else None
        return self.names.party(self.setting.phrase(subject))

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
        return self.names.fits(other, scene.words[pronoun])

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
        return self.names.party(self.setting.phrase(noun)) if begins and scene.upos[noun] in ("NOUN", "PROPN") else None

    def _behind_pronoun(self, head: int, voice: Voice) -> Party | None:
        """Whom "he", "it" or "they" means as the agent: the source where number and kind agree, else its body."""
        word = self.scene.words[head]
        if voice.source is not None and not voice.is_direct:
            said = self.names.head(voice.source)
            is_mouthpiece = self.scene.lemmas[said] in group("mouthpiece")
            if word in ("he", "she") and (self.scene.reading.morph[said] == "Plur" or is_mouthpiece):
                # "Aides to the prince said that he would", "The prince's spokeswoman said that he would"
                served = [t for t in range(*voice.source) if t != said and self.names.fits(t, word)]
                if served:
                    return self.names.party(self.setting.phrase(served[-1]))
                if is_mouthpiece:
                    return self.issuers.speaking(voice)
                found = self.names.antecedent(head, frozenset())
                return self.names.party(found) if found is not None else self.issuers.speaking(voice)
            if word in THING | group("plural") and self._is_person(voice):
                return self.issuers.spoken_for(voice) or self.issuers.speaking(voice)
            return self.issuers.speaking(voice)
        found = self.names.antecedent(head, frozenset())
        return self.names.party(found) if found is not None else self.issuers.speaking(voice)

    def _is_person(self, voice: Voice) -> bool:
        if voice.source is None:
            return False
        speaker = self.names.speaker_at(voice.source)
        if speaker is None:
            return parties().get(self.scene.lemmas[self.names.head(voice.source)]) in group("people")
        return speaker.kind == "person"
