"""Pipelines as other people build them, for quotekit to be added to."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed

# Words with tag, head and label, in the style of the ClearNLP converter, from which the published English pipelines
# learned: "dobj", "pobj" and "prep", where Universal Dependencies have "obj", "obl" and "case".
TREEBANK = """
Lund/NNP/1/nsubj said/VBD/1/ROOT it/PRP/3/nsubj rained/VBD/1/ccomp ././1/punct
The/DT/1/det mayor/NN/2/nsubj denied/VBD/2/ROOT the/DT/4/det report/NN/2/dobj ././2/punct
She/PRP/1/nsubj closed/VBD/1/ROOT the/DT/3/det bridge/NN/1/dobj on/IN/1/prep Friday/NNP/4/pobj ././1/punct
Ray/NNP/1/nsubj told/VBD/1/ROOT the/DT/3/det council/NN/1/dobj in/IN/1/prep Oslo/NNP/4/pobj ././1/punct
He/PRP/1/nsubj said/VBD/1/ROOT the/DT/3/det port/NN/4/nsubj closed/VBD/1/ccomp ././1/punct
They/PRP/1/nsubj paid/VBD/1/ROOT the/DT/3/det crew/NN/1/dobj in/IN/1/prep March/NNP/4/pobj ././1/punct
The/DT/1/det union/NN/2/nsubj warned/VBD/2/ROOT it/PRP/5/nsubj would/MD/5/aux strike/VB/2/ccomp ././2/punct
We/PRP/1/nsubj left/VBD/1/ROOT the/DT/3/det town/NN/1/dobj ././1/punct
Radu/NNP/1/nsubj signed/VBD/1/ROOT the/DT/3/det letter/NN/1/dobj at/IN/1/prep noon/NN/4/pobj ././1/punct
It/PRP/1/nsubj rained/VBD/1/ROOT in/IN/1/prep the/DT/4/det valley/NN/2/pobj ././1/punct
The/DT/1/det crew/NN/2/nsubj said/VBD/2/ROOT Lund/NNP/4/nsubj left/VBD/2/ccomp ././2/punct
The/DT/1/det minister/NN/2/nsubj read/VBD/2/ROOT the/DT/4/det report/NN/2/dobj ././2/punct
"""


def trained() -> Language:
    """A tagger and a parser with ClearNLP labels, trained on the spot."""
    nlp = spacy.blank("en")
    fix_random_seed(0)
    encoder = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": 32,
        "depth": 1,
        "embed_size": 200,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": None,
    }
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": encoder}})
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 32,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": encoder,
    }
    nlp.add_pipe("parser", config={"model": parser, "min_action_freq": 1})
    examples = [_example(nlp, line.split()) for line in TREEBANK.strip().splitlines()]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(80):
        nlp.update(examples, sgd=optimizer, drop=0.0)
    return nlp


def _example(nlp: Language, tokens: list[str]) -> Example:
    words, tags, heads, deps = zip(*(token.rsplit("/", 3) for token in tokens), strict=True)
    truth = {"tags": list(tags), "heads": [int(head) for head in heads], "deps": list(deps)}
    return Example.from_dict(Doc(nlp.vocab, words=list(words)), truth)


def small() -> Language:
    """The architecture of the published small English pipelines, with random weights and many labels."""
    path = Path(__file__).parent.parent / "benchmarks" / "speed.py"
    spec = importlib.util.spec_from_file_location("speed", path)
    assert spec is not None
    assert spec.loader is not None
    speed: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(speed)
    fix_random_seed(0)
    nlp: Language = speed.small_spacy()
    return nlp


class Whitespace:
    """Splits at blanks only, so that punctuation stays on the words."""

    def __init__(self, vocab: spacy.vocab.Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = text.split(" ")
        spaces = [True] * (len(words) - 1) + [False]
        if not words[-1]:
            words, spaces = words[:-1], spaces[:-1]
        # Of several blanks in a row, each further one is a token of its own.
        return Doc(self.vocab, words=[word or " " for word in words], spaces=[*map(_is_before_blank, words, spaces)])


def _is_before_blank(word: str, space: bool) -> bool:
    return bool(word) and space


class Characters:
    """Makes each character a token."""

    def __init__(self, vocab: spacy.vocab.Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


def gazetteer() -> Language:
    """Tokens that keep punctuation, names from a list, and each name merged into one token."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Whitespace(nlp.vocab)
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Port Varna"}, {"label": "WHO", "pattern": "Tomas Hagen"}])
    nlp.add_pipe("merge_entities")
    return nlp


def sentences() -> Language:
    """Rules for sentences and nothing else."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp
