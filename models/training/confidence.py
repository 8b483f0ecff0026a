"""Fits confidence to how often attributions are right: ``python confidence.py --data CORPORA``.

Writes quotekit/lexicon/confidence.tsv. Measured on PolNeAR dev, as no text of the training will do: what the network
has learned by heart it is too sure of. It is also fitted
on either half of the articles and measured on the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

import quotekit
from quotekit.attributions import building

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from accuracy import frame_of
from scoring import calibration_error, score_attributions

KNOTS = (0.4, 0.55, 0.65, 0.75, 0.85, 0.95, 1.0)
TABLE = Path(quotekit.__file__).parent / "lexicon" / "confidence.tsv"
HEADER = """# How often attributions are right, by the probability that the reader gives them; straight between rows.
# Source: models/training/confidence.py on PolNeAR dev (right: contents overlap by 0.3, with source and cue);
# licence: MIT.
# probability\tshare
"""


def measured(data: Path) -> list[list[tuple[float, bool]]]:
    """For each article the reader's own probability of every frame, and whether it is right."""
    building._confidences = lambda: ((0.0, 1.0), (0.0, 1.0))  # type: ignore[assignment]
    rows = [json.loads(line) for line in (data / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    result = []
    for row, found in zip(rows, quotekit.extract_many(row["text"] for row in rows), strict=True):
        pairs = []
        for attribution in found.attributions:
            alone = score_attributions([(row["text"], row["attributions"], [frame_of(attribution)])])
            pairs.append((attribution.confidence, alone["rel@0.3"].right > 0))
        result.append(pairs)
    return result


def fitted(pairs: list[tuple[float, bool]]) -> np.ndarray:
    """The share at each knot, by least squares of the line between them; never falling."""
    raw = np.clip([probability for probability, _ in pairs], KNOTS[0], KNOTS[-1])
    design = np.stack([np.interp(raw, KNOTS, row) for row in np.eye(len(KNOTS))], axis=1)
    shares = np.linalg.lstsq(design, np.array([float(right) for _, right in pairs]), rcond=None)[0]
    return np.clip(np.maximum.accumulate(shares), 0.05, 0.99)


def error(shares: np.ndarray, pairs: list[tuple[float, bool]]) -> float:
    return calibration_error([(float(np.interp(raw, KNOTS, shares)), right) for raw, right in pairs])


def main() -> None:
    """Writes the table, and prints the calibration error on articles that were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    articles = measured(parser.parse_args().data)
    halves = [[pair for article in articles[at::2] for pair in article] for at in (0, 1)]
    for fit, test in ((0, 1), (1, 0)):
        print(f"fitted on half {fit}, error on half {test}: {error(fitted(halves[fit]), halves[test]):.3f}")
    shares = fitted([*halves[0], *halves[1]])
    rows = [f"{knot}\t{share:.3f}\n" for knot, share in zip(KNOTS, shares, strict=True)]
    TABLE.write_text(HEADER + "".join(rows), encoding="utf-8")
    print("".join(rows), f"error on what it was fitted on: {error(shares, [*halves[0], *halves[1]]):.3f}", sep="")


if __name__ == "__main__":
    main()
