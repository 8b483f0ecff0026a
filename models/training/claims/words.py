"""Makes `models/en_quotekit/claims/words.npz`: vectors of words, from the embeddings of the encoder's word pieces.

    python models/training/claims/words.py

Takes the pieces that are whole words of spaCy's tables, centres their embeddings, keeps the 64 directions in which they
differ most and rounds them to a byte. Needs the package onnx, to look into the exported network.
"""

from __future__ import annotations

import json

import numpy as np
import onnx
from onnx import numpy_helper

from quotekit.lemma import _tables
from quotekit.reader import shipped_path

WIDTH = 64


def main() -> None:
    """Writes the vectors."""
    folder = shipped_path()
    graph = onnx.load(str(folder / "reader.onnx")).graph
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    # The table of embeddings is the one with a row for each piece, its scales the one with a number for each.
    tables = [numpy_helper.to_array(t) for t in graph.initializer if list(t.dims)[:1] == [len(vocabulary)]]
    table = max(tables, key=lambda t: t.size).astype(np.float32)
    for scale in tables:
        if scale.size == len(vocabulary):
            table = table * scale.reshape(-1, 1)
    known = frozenset().union(*_tables().known.values())
    names = [w for w in vocabulary if w.isascii() and w.isalpha() and (len(w) > 1) and w in known]
    vectors = table[[vocabulary[w] for w in names]]
    vectors = vectors - vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    _, _, directions = np.linalg.svd(vectors, full_matrices=False)
    short = vectors @ directions[:WIDTH].T
    short = np.rint(short / np.abs(short).max(axis=1, keepdims=True) * 127).astype(np.int8)
    out = folder.parent / "claims" / "words.npz"
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(out, words=np.array(" ".join(names)), vectors=short)
    print(f"{len(names)} words, {out.stat().st_size:,} bytes in {out}")


if __name__ == "__main__":
    main()
