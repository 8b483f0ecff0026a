"""Whether products of whole numbers in int8 are exact on this processor."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

__all__ = ["are_exact"]

_PRODUCT = bytes.fromhex(
    "08093a5a0a1a0a01610a016212036f7574220d4d61744d756c496e7465676572120770726f647563745a0f0a0161120a0a08080212040a000a005a"
    "0f0a0162120a0a08080312040a000a0062110a036f7574120a0a08080612040a000a0042040a001012"
)
"""The graph ``out = MatMulInteger(a, b)`` of uint8 by int8, IR version 9 and opset 18, as onnx.helper writes it."""


@functools.cache
def are_exact() -> bool:
    """Whether onnxruntime multiplies uint8 by int8 without loss here; asked of the processor once.

    The instructions for it that came first (AVX2, AVX-512) add two products in 16 bits, where large ones overflow.
    Those of VNNI and AMX, and other kinds of processors, add them in 32 bits.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(_PRODUCT, options, providers=["CPUExecutionProvider"])
    # The largest numbers, as many as a word has in the network; some rows more than the processor takes at once.
    largest = np.full((17, 384), 255, dtype=np.uint8)
    weights = np.full((384, 32), 127, dtype=np.int8)
    weights[:, 1::2] = -127
    (found,) = session.run(None, {"a": largest, "b": weights})
    return is_product(found, largest, weights)


def is_product(found: NDArray[np.int32], left: NDArray[np.uint8], right: NDArray[np.int8]) -> bool:
    """Whether numbers are the product of two matrices, to the last digit.

    >>> left, right = np.full((1, 2), 255, np.uint8), np.full((2, 1), 127, np.int8)
    >>> is_product(np.array([[64770]]), left, right), is_product(np.array([[32767]]), left, right)
    (True, False)
    """
    return np.array_equal(found, left.astype(np.int32) @ right.astype(np.int32))
