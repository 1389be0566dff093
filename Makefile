# Everything a person does with this project. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
export PORT ?= 8000
export DATA_DIR ?= data

.PHONY: help install run front words test slow  check format types imports bench bench-search bench-model check-marks look migration

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: .venv/.installed front words ## Make the virtual environment, install the packages, build the front end

.venv/.installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --use-pep517 --disable-pip-version-check -r requirements.txt
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --use-pep517 --disable-pip-version-check -r requirements-dev.txt
	touch $@

front: .venv/.installed ## Bundle the front end (does nothing when nothing changed)
	sh frontend/build.sh

words: .venv/.installed ## Compile the translations
	$(BIN)/python -m school.core.catalogues

run: install ## Start the school with its demo data; PORT and DATA_DIR choose where
	@exec $(FLASK) run-school

test: install .venv/.installed-dev ## Run the whole suite, on SQLite and, where it is found, on PostgreSQL
	sh tests/run.sh

slow: install .venv/.installed-dev ## The slow tests: every page as every role by axe, the city's shape with a restored backup
	$(BIN)/pytest -n 2 --dist loadgroup -m slow
	$(BIN)/pytest -n 2 --dist loadgroup -m slow --database postgresql tests/deploy

check: install .venv/.installed-dev ## Formatting, lint, types and import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.installed-dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install .venv/.installed-dev ## CPU and statements of the hot pages beside a bare page (needs PostgreSQL)
	$(BIN)/python -m benchmarks.pages

bench-search: install .venv/.installed-dev ## The library's search over N synthetic units (50000); OBJECTS and DICTIONARY name folders of real ones
	$(BIN)/python -m benchmarks.search $(or $(N),50000) $(if $(OBJECTS),--objects $(OBJECTS)) $(if $(DICTIONARY),--dictionary $(DICTIONARY))

bench-model: install .venv/.installed-dev ## The pupil model: honesty and speed of its chances; SIMULATOR names the folder of a simulator to be driven by
	$(BIN)/python -m benchmarks.pupil_model $(if $(SIMULATOR),--simulator $(SIMULATOR)) $(if $(WORLDS),--worlds $(WORLDS))

check-marks: install ## The arithmetic of marks on N random gradebooks (100000), recounted by brute force
	$(BIN)/python -m benchmarks.gradebooks $(N)

bench-reports: install .venv/.installed-dev ## All reports and 1,300 report cards of a synthetic school as PDF, by one worker
	$(BIN)/python -m benchmarks.reports

look: install .venv/.installed-dev ## Screenshots of every page as every role, into .look/ (needs Chromium)
	$(BIN)/python -m tests.look

migration: install ## Write the next migration from the models: make migration NAME=add_rooms
	$(FLASK) db revision "$(NAME)"
