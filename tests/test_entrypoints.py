"""What spaCy finds by the installed package's records alone."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
import spacy

FACTORIES = {
    "quotekit",
    "quotekit_reader",
    "quotekit_quotes",
    "quotekit_attributions",
    "quotekit_speakers",
    "quotekit_claims",
    "quotekit_threats",
    "quotekit_spans",
}


def test_every_entry_point_loads() -> None:
    found = [point for point in entry_points(group="spacy_factories") if point.value.startswith("quotekit.")]
    assert {point.name for point in found} == FACTORIES
    for point in found:
        assert callable(point.load())


@pytest.mark.parametrize("name", sorted(FACTORIES))
def test_every_factory_is_found_without_an_import(name: str) -> None:
    assert spacy.blank("en").has_factory(name)


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_strangers_pipelines_pay_nothing() -> None:
    heavy = (
        "[name for name in ('onnxruntime', 'tokenizers', 'rapidfuzz', 'quotekit.components') if name in sys.modules]"
    )
    assert run(f"import sys, spacy; spacy.blank('en'); print({heavy})") == "[]"
    assert run(f"import sys, quotekit; print({heavy})") == "[]"


def test_the_network_is_opened_at_first_use_only() -> None:
    code = "import sys, spacy; spacy.blank('en').add_pipe('quotekit'); print('onnxruntime' in sys.modules)"
    assert run(code) == "False"


def test_stored_results_are_readable_without_a_quotekit_pipeline() -> None:
    assert run("import spacy; print(spacy.blank('en')('Hi')._.quotekit)") == "None"


def test_the_model_is_a_spacy_package() -> None:
    assert "en_quotekit" in spacy.util.get_installed_models() or spacy.util.is_package("en_quotekit")
    assert spacy.load("en_quotekit").pipe_names == ["quotekit"]
