# Compound Atlas. `make run` starts the app; `make test` runs every test. Both set up everything they need.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
STAMP := .venv/.installed

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Compound Atlas needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep -oE '^uv==[^ ]+' requirements-dev.txt)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

install: $(STAMP) ## make .venv with everything

run: $(STAMP) ## start the app on the seed data (PORT=8501)
	@$(BIN)/python cli.py prepare
	@echo "Compound Atlas: http://127.0.0.1:$(PORT)"
	@$(BIN)/streamlit run asgi.py --server.port $(PORT)

browser: ## make sure a Chromium for the browser tests is there
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || test -n "$$CHROMIUM_PATH" || \
	{ SUDO=$$( [ "$$(id -u)" = 0 ] || echo sudo ); $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium; }

test: $(STAMP) browser ## run the whole suite, the browser tests too
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(STAMP) browser ## format, lint, types, layers, tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --cov --cov-report=term:skip-covered

bench: $(STAMP) browser ## measure speed (ratios within one run)
	$(BIN)/python -m benchmarks

lock: $(STAMP) ## pin requirements*.in with hashes
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --python-version 3.11 requirements-dev.in -o requirements-dev.txt

.PHONY: help install run browser test check bench lock
