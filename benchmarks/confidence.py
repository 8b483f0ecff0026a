"""What `min_confidence` costs and gains: ``python benchmarks/confidence.py --data CORPORA [--picture FILE.svg]``.

For each threshold the attributions of PolNeAR dev at or above it: precision and recall (contents overlap by 0.3, with
the right source and cue), as a table and as a picture.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from accuracy import frame_of
from scoring import Tally, score_attributions

import quotekit
from quotekit.confidence import keep_confident

THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97)
WIDTH, HEIGHT, EDGE = 560, 360, 48


def curve(data: Path) -> list[tuple[float, Tally]]:
    """Each threshold with what is right, there and found at it."""
    rows = [json.loads(line) for line in (data / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    found = list(quotekit.extract_many(row["text"] for row in rows))
    points = []
    for least in THRESHOLDS:
        kept = [[frame_of(a) for a in keep_confident(extraction, least).attributions] for extraction in found]
        scored = score_attributions([(r["text"], r["attributions"], k) for r, k in zip(rows, kept, strict=True)])
        points.append((least, scored["rel@0.3"]))
    return points


def drawn(points: list[tuple[float, Tally]]) -> str:
    """The curve as SVG, in colours that show on light and dark pages."""

    def x(share: float) -> float:
        return EDGE + share * (WIDTH - 2 * EDGE)

    def y(share: float) -> float:
        return HEIGHT - EDGE - (share - 0.5) * 2 * (HEIGHT - 2 * EDGE)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" '
        'font-size="12" fill="#777">',
        "<title>Precision and recall of attributions by min_confidence, PolNeAR dev</title>",
    ]
    for tenth in range(0, 11, 2):
        share = tenth / 10
        lines.append(
            f'<line x1="{x(share):.0f}" y1="{y(0.5):.0f}" x2="{x(share):.0f}" y2="{y(1):.0f}" stroke="#8884"/>'
            f'<text x="{x(share):.0f}" y="{y(0.5) + 18:.0f}" text-anchor="middle">{share:.1f}</text>'
        )
    for tenth in range(5, 11):
        share = tenth / 10
        lines.append(
            f'<line x1="{x(0):.0f}" y1="{y(share):.0f}" x2="{x(1):.0f}" y2="{y(share):.0f}" stroke="#8884"/>'
            f'<text x="{x(0) - 8:.0f}" y="{y(share) + 4:.0f}" text-anchor="end">{share:.1f}</text>'
        )
    path = " ".join(f"{x(tally.recall):.1f},{y(tally.precision):.1f}" for _, tally in points)
    lines.append(f'<polyline points="{path}" fill="none" stroke="#3987e5" stroke-width="2"/>')
    for at, (least, tally) in enumerate(points):
        left, top = x(tally.recall), y(tally.precision)
        lines.append(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3.5" fill="#3987e5"/>')
        if at % 2 == 0:
            lines.append(f'<text x="{left + 7:.1f}" y="{top - 6:.1f}">{least:g}</text>')
    lines.append(f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">recall</text>')
    lines.append(f'<text x="{EDGE}" y="{EDGE - 20}">precision, by min_confidence</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--picture", type=Path, help="where to draw the curve")
    arguments = parser.parse_args()
    points = curve(arguments.data)
    print("min_confidence  precision  recall   F1  attributions")
    for least, tally in points:
        figures = (100 * tally.precision, 100 * tally.recall, 100 * tally.f1)
        print(f"{least:14g} {figures[0]:10.1f} {figures[1]:7.1f} {figures[2]:6.1f} {tally.predicted:9d}")
    if arguments.picture:
        arguments.picture.write_text(drawn(points), encoding="utf-8")


if __name__ == "__main__":
    main()
