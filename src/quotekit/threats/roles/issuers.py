"""Who says a threat, and for whom: of “the union's leader said that it would strike” the leader, for the union."""

from __future__ import annotations

from quotekit.threats.conditionals import Conditional
from quotekit.threats.roles.naming import Names, Party
from quotekit.threats.scene import Tokens
from quotekit.threats.voices import THIRD_PERSON, Voice
from quotekit.threats.words import group, parties
from quotekit.types import Attribution

_OF = frozenset(("of", "for", "from"))
_AT = frozenset(("at", "in", "with"))


class Issuers:
    """Who makes the threats of a text.

    Args:
        names: Its noun phrases.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.setting = names.setting
        self.scene = names.scene
        self._framed = {
            self.scene.tokens(attribution.source).start: attribution
            for attribution in self.scene.attributions
            if attribution.source is not None
        }

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
            hearer = self.hearer_in(source)
            if hearer is not None and (start := self.scene.reading.subtree(hearer)[0]) > source[0]:
                source = (source[0], start)
            told = self._told_of(voice, source)
            if told is not None:
                return self.names.party(told)
            return self.names.party(self.names.named(self._author(source) or source))
        if voice.attribution is not None and voice.attribution.speaker_id is not None:
            mention = self.names.mention_of(voice.attribution.speaker_id)
            if mention is not None:
                return Party(mention, mention, voice.attribution.speaker_id)
        return None

    def _told_of(self, voice: Voice, source: Tokens) -> Tokens | None:
        """Whom "he" means that somebody quoted tells of: “He said: If one word gets out, I …,” she recalled."""
        scene = self.scene
        head = self.names.head(source)
        index = scene.content[head]
        if voice.attribution is None or index < 0 or scene.words[head] not in THIRD_PERSON:
            return None
        attribution = scene.attributions[index]
        if attribution.kind != "direct" or attribution is not voice.attribution:
            return None
        speaker = self.names.speaker_at(source)
        if speaker is not None and speaker.id != attribution.speaker_id:
            return None
        own = () if attribution.source is None else scene.tokens(attribution.source)
        return self.names.antecedent(head, frozenset(own))

    def _author(self, source: Tokens) -> Tokens | None:
        """Who is behind a document that speaks: "the letter from the bank", "the note that the gang left"."""
        scene = self.scene
        head = self.names.head(source)
        if not self._is_document(source):
            return None
        for child in scene.children(head, "nmod"):
            cases = {scene.words[t] for t in scene.children(child, "case")}
            if cases & group("author") and self.setting.is_party(child) and scene.upos[child] != "PRON":
                return self.setting.phrase(child)
        for verb in scene.children(head, "acl", "acl:relcl"):
            for sent in (verb, *scene.children(verb, "conj")):
                doers = [t for t in scene.children(sent, "obl") if self.names.case_of(t) == "by"]
                subject = scene.subject(sent)
                if subject is not None and scene.reading.deps[subject] == "nsubj":
                    doers.append(subject)
                for doer in doers:
                    if scene.upos[doer] in ("NOUN", "PROPN") and self.setting.is_party(doer):
                        return self.setting.phrase(doer)
        return None

    def _is_document(self, source: Tokens) -> bool:
        speaker = self.names.speaker_at(source)
        return speaker is not None and speaker.kind == "document"

    def hearer_in(self, source: Tokens) -> int | None:
        """Whom a source speaks to, in headlines: "Landlord to students: …"."""
        scene = self.scene
        for child in scene.children(self.names.head(source), "nmod"):
            if source[0] < child < source[1] and any(scene.words[t] == "to" for t in scene.children(child, "case")):
                return child
        return None

    def speaking(self, voice: Voice) -> Party | None:
        """The issuer as the one who acts, by a noun phrase: of "he said" whom "he" means."""
        issuer = self.issuer(voice)
        if issuer is None:
            return None
        head = self.names.head(issuer.piece)
        if self.scene.upos[head] != "PRON":
            return issuer
        said = () if voice.attribution is None else voice.attribution.content
        excluded = frozenset(t for span in said for t in self.scene.tokens(span))
        meant = self.names.mention_before(issuer.speaker_id, head, excluded) or self.names.antecedent(head, excluded)
        if meant is None:
            return issuer
        author = self._author(meant)
        return self.names.party(author) if author is not None else issuer._replace(piece=meant, name=meant)

    def spoken_for(self, voice: Voice) -> Party | None:
        """The body for which somebody speaks: "the union's leader", "a spokesman for the bank", "Acme chief Lund"."""
        if voice.source is None:
            return None
        scene = self.scene
        source = voice.source
        if scene.upos[self.names.head(source)] == "PRON":
            speaker = self.names.speaker_at(source)
            source = self.names.mention_before(speaker.id if speaker is not None else None, source[0]) or source
        source = self._author(source) or source
        head = self.names.head(source)
        if not self._speaks_as_person(source, head):
            return None
        if scene.lemmas[head] in group("own account"):
            # "The emir's brother" speaks for himself.
            return None
        body = self._body_in(head, source)
        if body is not None:
            return self.names.party(body)
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
            whole = self.names.party(source)
            is_whole = whole is not None and named == whole.name
            return Party(source, named, whole.speaker_id if is_whole else self.names.id_of_name(named))
        described = self._body_beside(head, source)
        return self.names.party(described) if described is not None else None

    def _body_in(self, head: int, source: Tokens) -> Tokens | None:
        """The body that a noun phrase names beside its head: a possessor, or what stands behind "of" or "for"."""
        scene = self.scene
        for child in scene.children(head, "nmod", "compound", "appos"):
            if not source[0] <= child < source[1] or scene.lemmas[child] in ("staff", "state"):
                # "Chief of Staff", "secretary of state"
                continue
            cases = {scene.words[t] for t in scene.children(child, "case")}
            if (
                cases & {"'s", "'"}
                and cases & _OF
                and self._owned_behind(child, source) in scene.children(head, "nmod")
            ):
                # "Ann Lee of the drivers' branch": the branch, which the parse sets beside its owners.
                return (self.setting.phrase(child)[0], self.setting.phrase(self._owned_behind(child, source))[1])
            if scene.upos[child] == "PRON":
                is_owner = scene.reading.deps[child] == "nmod:poss"
                owner = self.names.antecedent(child, frozenset(range(*source))) if is_owner else None
                if owner is not None:
                    return owner
            elif (
                scene.reading.deps[child] == "nmod:poss"
                or cases & {"'s", "'"}
                or (cases & _OF and (self.setting.is_party(child) or self._is_headed(head, child)))
                or (cases & _OF and scene.upos[head] == "PROPN" and self._is_definite(child))
                or (cases & _AT and self._is_body(child))
            ):
                return self._inmost(child)
        return None

    def _owned_behind(self, owner: int, source: Tokens) -> int:
        """The noun behind an owner's "'s"; -1 for none."""
        scene = self.scene
        mark = next((t for t in scene.children(owner, "case") if scene.words[t] in ("'s", "'")), -2)
        nouns = (t for t in range(mark + 1, source[1]) if scene.upos[t] in ("NOUN", "PROPN"))
        return next((t for t in nouns if scene.deps[t] != "compound"), -1) if mark >= 0 else -1

    def _is_definite(self, noun: int) -> bool:
        """Whether a noun with "the" may be a body that somebody is of: "Ann Lee of the drivers' branch"."""
        scene = self.scene
        is_known = any(scene.words[t] in ("the", "'s", "'") for t in scene.children(noun, "det", "nmod", "case"))
        is_owned = any(scene.reading.deps[t] == "nmod:poss" for t in scene.children(noun, "nmod"))
        return (is_known or is_owned) and scene.upos[noun] == "NOUN" and not self.names.is_time(noun)

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
        if last < end and scene.lemmas[last] in group("speak for") and scene.words[last].endswith("ing"):
            # "Petra Lund, speaking for the dockers"
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
        owner = self.names.owner(office)
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
        return self.scene.upos[token] == "PROPN" or (kind is not None and kind not in group("not a body"))

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
        speaker = self.names.speaker_at(source)
        if kind != "lawyer" and speaker is not None and speaker.kind in ("organization", "group"):
            return False
        return speaker is None or speaker.kind == "person" or not kind or kind in group("speaking person")
