"""Who is to comply: of “Miners told the board they would walk out unless it paid” the board."""

from __future__ import annotations

from quotekit.threats.conditionals import Conditional
from quotekit.threats.judgement import Judgement
from quotekit.threats.roles.issuers import Issuers
from quotekit.threats.roles.naming import Names, Party
from quotekit.threats.scene import Tokens
from quotekit.threats.voices import FIRST_PERSON, SECOND_PERSON, THIRD_PERSON, Voice
from quotekit.threats.words import conduct_nouns, group


class Targets:
    """Who is to comply with the threats of a text, one after the other.

    Args:
        names: Its noun phrases.
        issuers: Who makes its threats.
    """

    last: Tokens | None
    """The target of the last threat that named one; the next one's, where nothing else tells."""

    def __init__(self, names: Names, issuers: Issuers) -> None:
        self.names = names
        self.issuers = issuers
        self.setting = names.setting
        self.scene = names.scene
        self.last = None

    def target(self, conditional: Conditional, judgement: Judgement, threatener: Party | None) -> Tokens | None:
        """The party whose conduct the condition is about."""
        if conditional.form == "relative":
            return self._one_meant(conditional)
        heads = [self.names.piece_head(piece) for piece in conditional.conditions]
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
            found = self.names.without_possessive(self.setting.phrase(subject))
            if self.scene.words[found[0]] == "either" and found[1] - found[0] > 1:
                found = found[0] + 1, found[1]
            if threatener is None or not found[0] <= self.names.head(threatener.piece) < found[1]:
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
        return at - 1 if is_person and not self.names.is_time(at - 1) else None

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
        if scene.is_conduct(subject) or self.names.is_time(subject):
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
            if scene.lemmas[head] == "let":
                # "Let the firm hire them. Then we walk out."
                dared = (t for t in scene.children(head, "xcomp", "ccomp") if t > head)
                return next((s for t in dared if (s := scene.subject(t)) is not None), None)
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
        asked = [t for t in scene.children(governor, "iobj", "obj") if not self.names.is_time(t)]
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
            if not self.setting.is_party(child) or scene.words[child] in FIRST_PERSON or self.names.is_time(child):
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
        hearer = self.issuers.hearer_in(voice.source) if voice.source is not None else None
        if hearer is not None:
            return self._resolved(hearer, spoken)
        attribution = self.issuers.attribution(conditional, voice) if voice.attribution is None else voice.attribution
        if attribution is not None and attribution.addressee is not None:
            tokens = scene.tokens(attribution.addressee)
            if len(tokens):
                head = self.names.head((tokens.start, tokens.stop))
                if scene.upos[head] == "PRON":
                    return self._resolved(head, spoken)
                if self._only_listens(head):
                    return None
                first, last = tokens.start, tokens.stop
                while first < last - 1 and scene.upos[first] == "ADP":
                    first += 1
                return self.names.without_possessive((first, last))
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
                owner = self.names.owner(token)
                if owner is not None and scene.upos[owner] == "PRON":
                    # "recall its ambassador": the threatener's own.
                    continue
                if is_hit and scene.upos[token] in ("NOUN", "PROPN") and self.setting.is_party(token):
                    return self.names.without_possessive(self.setting.phrase(token))
        return None

    def _hearer_of(self, governor: int, excluded: frozenset[int]) -> int | None:
        """To whom a verb or noun of saying is addressed: "told them", "shouted at the guard", "threat to the bank"."""
        scene = self.scene
        if scene.upos[governor] == "NOUN":
            for child in scene.children(governor, "nmod"):
                if self.names.case_of(child) == "to" and self.setting.is_party(child):
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
            hears = hears or (self.setting.is_party(child) and self.names.case_of(child) in ("", "to", "at"))
            hears = hears and scene.words[child] not in FIRST_PERSON and not self._only_listens(child)
            if hears and not self.names.is_time(child) and child not in excluded:
                return child
        return None

    def _only_listens(self, head: int) -> bool:
        """Whether a hearer is the press, which hears what is meant for others."""
        return bool({self.scene.lemmas[head], self.scene.words[head].removesuffix("s")} & group("press"))

    def _resolved(self, head: int, excluded: frozenset[int]) -> Tokens:
        if self.scene.upos[head] == "PRON":
            return self.names.antecedent(head, excluded) or (head, head + 1)
        return self.names.without_possessive(self.setting.phrase(head))

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
        hears = hearer is not None and self.names.agrees(self.names.head(hearer), word)
        for deps in (("nsubj", "obj", "iobj"), ("nmod", "obl")):
            for token in (t for piece in conditional.consequences for t in range(*piece)):
                if token in taken or scene.deps[token] not in deps or not self.names.fits(token, word):
                    continue
                if "nmod" in deps and self.names.case_of(token) not in group("touching"):
                    continue
                if scene.upos[token] != "PRON":
                    return self.names.without_possessive(self.setting.phrase(token))
            if hears:
                return hearer
        return self.names.antecedent(pronoun, frozenset(taken)) or self._earlier() or hearer

    def _earlier(self) -> Tokens | None:
        return self.last

    def _bare(self, pronoun: int) -> Tokens | None:
        return pronoun, pronoun + 1
