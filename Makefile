PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# What the checks are installed with; dev,ray,spark for the tests on Ray and Spark as well, which are large.
EXTRAS ?= dev
# What decides whether the environment must be made anew; the sources themselves are used in place.
METADATA := pyproject.toml models/en_quotekit/meta.json

.PHONY: demo test docs outputs clean

demo: $(VENV)/installed
	$(BIN)/quotekit extract $(wildcard seeds/*.txt)

test: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src
	$(BIN)/pytest

# The site, in build/site: build/site/index.html is its first page. A broken link or a missing page ends it.
docs: $(VENV)/docs
	$(BIN)/mkdocs build --strict --quiet

# What the documents' code prints, written anew into the documents.
outputs: $(VENV)/dev
	$(BIN)/python tests/documents.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("quotekit needs Python 3.10 or newer, $(PYTHON) is " + sys.version.split()[0] + "; try make PYTHON=python3.12") if sys.version_info < (3, 10) else None'
	@# Half an environment, as without Debian's python3-venv, would pass for a whole one next time.
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/installed: $(METADATA) | $(BIN)/python
	@echo "Installing quotekit into $(VENV); the first time takes a minute or two ..." >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/dev: $(METADATA) | $(BIN)/python
	@echo "Installing quotekit and what its checks need into $(VENV); the first time takes a minute or two ..." >&2
	@$(PIP) install --editable '.[$(EXTRAS)]'
	@touch $@ $(VENV)/installed

$(VENV)/docs: $(METADATA) | $(BIN)/python
	@echo "Installing what the site needs into $(VENV) ..." >&2
	@$(PIP) install --editable '.[docs]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
