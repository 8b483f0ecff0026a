"""Relative clauses on whoever fits: “Anyone who prints it will be sued”, “We will drop any firm caught cheating”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import clauses_of, predicate_from
from quotekit.threats.conditionals.main_clauses import governor_of
from quotekit.threats.conditionals.stretches import extent_of, limit_of, until_tag
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import governors, group


def find(scene: Scene) -> Iterator[Found]:
    """Relative clauses on "anyone", "any firm" or a bare plural, with pronoun or without."""
    for clause in range(len(scene.words)):
        is_reduced = _is_reduced(scene, clause)
        draft = (_with_reduced(scene, clause) if is_reduced else None) or _with_reduced_object(scene, clause)
        if draft is not None:
            yield Found(draft, 2, clause)
        if is_reduced or draft is not None:
            continue
        if scene.deps[clause] not in ("acl", "nsubj", "csubj", "obj", "obl", "ccomp") or not scene.is_clause(clause):
            continue
        free = _free_relative(scene, clause)
        noun = clause if free is not None else scene.heads[clause]
        if scene.deps[noun] == "nmod" and not _is_open(scene, noun) and _is_plain_plural(scene, scene.heads[noun]):
            # "patients of the practice who miss their turn will …": it describes the patients.
            above = scene.heads[noun]
            noun = above if scene.modal(scene.heads[above]) in ("will", "would", "shall") else noun
        is_relative = scene.is_relative(clause) or scene.words[noun] == "whoever"
        if free is None and not (scene.deps[clause] == "acl" and is_relative and noun < clause):
            continue
        pronoun = (
            free
            if free is not None
            else next((t for t in scene.children(clause, "nsubj") if scene.words[t] in group("relative")), None)
        )
        verb = scene.heads[noun]
        if free is None and pronoun is None and scene.words[noun] == "whoever":
            pronoun = noun
        # "A dealer that sells below the price will …" means any such dealer.
        is_any = _is_indefinite(scene, noun) and scene.modal(verb) in ("will", "shall")
        is_any = is_any and scene.reading.morph[clause] in ("Pres", "Inf")
        if pronoun is None or (free is None and not _is_open(scene, noun) and not is_any):
            continue
        if scene.deps[noun] == "nmod" and scene.upos[verb] == "NOUN":
            # "the envoys of any country that …": what is done to them is told above.
            verb = scene.heads[verb]
        cut = _cut_from_subject(scene, noun, clause) if scene.deps[noun] in ("nsubj", "obj") and free is None else None
        if cut is not None:
            begin, verb = cut
            condition = scene.trim(pronoun + 1, begin)
            consequences = predicate_from(scene, begin, verb)
            has_pronoun = scene.words[noun] in group("open pronoun") and pronoun == noun + 1
            opens = (noun, pronoun + 1) if has_pronoun else None
            if consequences and condition[0] < condition[1]:
                draft = Conditional("relative", opens, "trigger", (condition,), consequences, clause, verb, None)
                yield Found(draft, 2, clause)
            continue
        if (
            verb == noun
            or not scene.is_clause(verb)
            or scene.modal(verb) not in ("will", "would", "shall", "can", "could", "may", "must", None)
        ):
            continue
        relation = scene.deps[noun] if free is None else scene.deps[clause]
        after = pronoun + 1
        word = scene.words[noun]
        if free is not None:
            marker: Tokens | None = (pronoun, pronoun + 1)
        elif word in group("open pronoun") and pronoun == noun + 1:
            marker = (noun, pronoun + 1)
        else:
            any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
            marker = None if any_ is None else (any_, any_ + 1)
        if relation in ("nsubj", "csubj") and verb > clause:
            commas = [t for t in range(clause, verb) if scene.words[t] == ","]
            if free is not None and any(not (scene.tag[t - 1] or scene.tag[t + 1]) for t in commas):
                continue
            helpers = [t for t in scene.children(verb, "aux", "cop") if t > clause]
            begin = min([verb, *helpers])
            condition = scene.trim(after, begin)
            consequences = predicate_from(scene, begin, verb)
        elif (
            relation in ("obj", "obl", "nmod", "iobj")
            and verb < clause
            and (scene.modal(verb) in ("will", "would", "shall") or _is_announced(scene, verb))
        ):
            limit = limit_of(scene, clause)
            condition = extent_of(scene, after, limit, set(scene.own_tokens(clause)), clause)
            blocked = set(range(pronoun, condition[1]))
            consequences = clauses_of(scene, verb, blocked, pronoun, fronted=False)
        else:
            continue
        if condition[0] < condition[1] and consequences and condition[0] <= clause < condition[1]:
            governor = governor_of(scene, verb)
            draft = Conditional("relative", marker, "trigger", (condition,), consequences, clause, verb, governor)
            yield Found(draft, 2, clause)


def find_whoever(scene: Scene) -> Iterator[Found]:
    """A "whoever" that the parse has not as a subject clause: the words' order tells its verb and the main one.

    “Whoever signs it, he said, will be carried out”: up to the first helper of what comes it is the condition.
    """
    for at in range(len(scene.words) - 2):
        if scene.words[at] != "whoever" or scene.upos[at + 1] not in ("VERB", "AUX", "NOUN"):
            continue
        end = scene.first_stop(at, scene.sentence(at)[1])
        helpers = (t for t in range(at + 2, end) if scene.words[t] in group("foretelling") and scene.upos[t] == "AUX")
        helper = next(helpers, None)
        if helper is None or not helper < scene.heads[helper] < end:
            continue
        condition = until_tag(scene, at + 1, helper)
        rest = range(condition[1], helper)
        if any(not (scene.is_break(t) or scene.tag[t]) for t in rest) or condition[0] >= condition[1]:
            continue
        main = scene.heads[helper]
        consequences = predicate_from(scene, helper, main)
        if consequences:
            marker, governor = (at, at + 1), governor_of(scene, main)
            draft = Conditional("relative", marker, "trigger", (condition,), consequences, at + 1, main, governor)
            yield Found(draft, 2, at)


def find_bare(scene: Scene) -> Iterator[Found]:
    """Bare plurals with a relative clause that the parse hangs elsewhere: "banks that keep paying them will lose …"."""
    for noun in range(len(scene.words) - 2):
        if scene.words[noun + 1] not in ("who", "that") or not _is_open(scene, noun) or scene.upos[noun] != "NOUN":
            continue
        verb = noun + 2
        if scene.upos[verb] != "VERB" or scene.deps[verb] == "acl" or scene.heads[noun + 1] != verb:
            continue
        limit = limit_of(scene, verb)
        at = next((t for t in range(verb + 1, limit) if scene.words[t] in ("will", "would", "'ll")), None)
        if at is not None and scene.deps[noun] == "nsubj" and scene.heads[at] > at:
            main = scene.heads[at]
            condition, consequences = scene.trim(verb, at), predicate_from(scene, at, main)
        else:
            main = scene.heads[noun]
            main = scene.heads[main] if scene.deps[noun] == "nmod" else main
            if at is not None or not scene.is_clause(main) or main > noun:
                continue
            if scene.modal(main) not in ("will", "would", "shall") and not _is_announced(scene, main):
                continue
            condition = extent_of(scene, verb, limit, set(scene.own_tokens(verb)), verb)
            consequences = clauses_of(scene, main, set(range(noun + 1, condition[1])), noun + 1, fronted=False)
        if consequences and condition[0] < condition[1]:
            governor = governor_of(scene, main)
            draft = Conditional("relative", None, "trigger", (condition,), consequences, verb, main, governor)
            yield Found(draft, 2, noun)


def _cut_from_subject(scene: Scene, noun: int, clause: int) -> Tokens | None:
    """First word and verb of the predicate of a subject that the parse has given to the speech tag behind it.

    "Anyone who signs it can forget the treaty, their envoy told them": the first modal behind the relative is its.
    """
    tag = scene.heads[noun]
    if not (scene.tag[tag] or scene.is_report(tag)) or tag < clause or not _is_open(scene, noun):
        return None
    if not any(scene.is_break(t) for t in range(clause, tag)):
        return None
    for token in range(clause + 1, tag):
        if scene.is_break(token):
            return None
        if scene.upos[token] == "AUX" and scene.words[token] in group("foretelling"):
            return (token, scene.heads[token]) if scene.heads[token] > token else None
    return None


def _is_reduced(scene: Scene, clause: int) -> bool:
    """Whether a clause is a relative without its pronoun: "anyone caught in the park"."""
    noun = clause - 1
    return (
        noun >= 0
        and scene.upos[clause] == "VERB"
        and scene.deps[clause] in ("acl", "csubj", "ccomp", "advcl")
        and scene.reading.morph[clause] in ("Past", "PastPart", "PresPart", "Ger")
        and not [t for t in scene.children(clause, "nsubj", "aux", "mark") if t != noun and t < clause]
        and scene.deps[noun] in ("nsubj", "root")
        and scene.content[noun] == scene.content[clause]
        and _is_open(scene, noun)
    )


def _with_reduced(scene: Scene, clause: int) -> Conditional | None:
    """The conditional that the subject "anyone caught in the park" makes with the next predicate."""
    noun = clause - 1
    limit = limit_of(scene, clause)
    cut = _cut_from_subject(scene, noun, clause)
    if cut is not None:
        any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
        condition, consequences = scene.trim(clause if any_ is None else noun, cut[0]), predicate_from(scene, *cut)
        marker = None if any_ is None else (any_, any_ + 1)
        if not consequences or condition[0] >= condition[1]:
            return None
        return Conditional("relative", marker, "trigger", (condition,), consequences, clause, cut[1], None)
    later = (t for t in range(clause + 1, limit) if scene.is_clause(t))
    verb = next((t for t in later if scene.modal(t) is not None or scene.reading.morph[t] == "Pres"), None)
    if verb is None or scene.modal(verb) not in ("will", "would", "shall", "may", None):
        return None
    if scene.subject(verb) not in (None, noun):
        return None
    begin = min([verb, *(t for t in scene.children(verb, "aux", "cop") if t > clause)])
    condition = scene.trim(clause, begin)
    consequences = predicate_from(scene, begin, verb)
    if not consequences or any(scene.is_break(t) or scene.tag[t] for t in range(*condition)):
        return None
    any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
    marker = None if any_ is None else (any_, any_ + 1)
    if scene.words[noun] in group("open pronoun"):
        marker = (noun, noun + 1)
    governor = governor_of(scene, verb)
    return Conditional("relative", marker, "trigger", (condition,), consequences, clause, verb, governor)


def _with_reduced_object(scene: Scene, clause: int) -> Conditional | None:
    """The conditional that an object makes with its verb: "will drop any supplier caught using child labour"."""
    noun = clause - 1
    if noun < 1 or scene.upos[clause] != "VERB" or scene.reading.morph[clause] not in ("Past", "PastPart"):
        return None
    any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
    is_open = any_ is not None or scene.words[noun] in ("anyone", "anybody")
    verb = scene.heads[noun]
    if verb == clause and scene.deps[clause] == "ccomp" and not scene.is_report(scene.heads[clause]):
        # The participle is read as a verb, and the object as its subject.
        verb = scene.heads[clause]
    elif scene.deps[noun] not in ("obj", "iobj") or scene.subject(clause) is not None:
        return None
    if not is_open or verb >= noun:
        return None
    if scene.children(clause, "aux", "mark") or scene.content[verb] != scene.content[clause]:
        return None
    if scene.modal(verb) not in ("will", "would", "shall") and not _is_announced(scene, verb):
        return None
    condition = extent_of(scene, clause, limit_of(scene, clause), set(scene.own_tokens(clause)), clause)
    consequences = clauses_of(scene, verb, set(range(clause, condition[1])), clause, fronted=False)
    if condition[0] >= condition[1] or not consequences:
        return None
    marker = (any_, any_ + 1) if any_ is not None else (noun, noun + 1)
    governor = governor_of(scene, verb)
    return Conditional("relative", marker, "trigger", (condition,), consequences, clause, verb, governor)


def _free_relative(scene: Scene, clause: int) -> int | None:
    """The "whoever" of a clause that is itself a subject or object."""
    if clause > 0 and scene.words[clause - 1] == "whoever" and scene.deps[clause] == "csubj":
        return clause - 1
    return next(
        (t for t in scene.children(clause, "nsubj") if scene.words[t] == "whoever" and scene.deps[clause] != "acl"),
        None,
    )


def _is_indefinite(scene: Scene, noun: int) -> bool:
    return scene.upos[noun] == "NOUN" and any(scene.words[t] in ("a", "an") for t in scene.children(noun, "det"))


def _is_plain_plural(scene: Scene, noun: int) -> bool:
    return scene.upos[noun] == "NOUN" and scene.deps[noun] == "nsubj" and _is_open(scene, noun)


def _is_announced(scene: Scene, verb: int) -> bool:
    """Whether an infinitive tells what somebody threatens, vows or is ready to do."""
    above = scene.heads[verb]
    return (
        scene.is_infinitive(verb) and above != verb and governors().get(scene.lemmas[above]) in ("threaten", "commit")
    )


def _is_open(scene: Scene, noun: int) -> bool:
    """Whether a noun names whoever fits, not somebody known: "anyone", "any driver", bare plurals."""
    if scene.words[noun] in group("open pronoun"):
        return True
    determiners = {scene.words[t] for t in scene.children(noun, "det", "nmod", "nummod") if t < noun}
    if determiners & group("open determiner") or scene.words[noun] == "whoever":
        return True
    return not determiners and scene.upos[noun] == "NOUN" and scene.reading.morph[noun] == "Plur"
