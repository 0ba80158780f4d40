# The only list of commands. `make demo` opens the product, `make test` passes its tests; `make help` lists the rest.
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
STEP := tools/step
WEB := DJANGO_SETTINGS_MODULE=straume.web.settings_test

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test test-sqlite test-pages test-postgres test-cluster check style format types layers \
	templates inline translations links publiccode documents-index migrations bench translate clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: ## everything that running Straume needs, in .venv (PYTHON=… to choose one)
	@tools/setup --no-dev --inexact

dev: ## the same and what the tests and checks need
	@tools/setup

demo: setup ## open Straume with the demo: prints the address and a sign-in link per role (PORT=…, DATA=… to choose)
	@$(BIN)/straume demo $(if $(PORT),--port $(PORT)) $(if $(DATA),--data $(DATA))

test: dev ## all tests, those in a browser included, on SQLite and on PostgreSQL
	@tools/need chromium postgresql java
	@$(MAKE) --keep-going test-sqlite test-pages test-postgres test-cluster

test-sqlite:
	@$(STEP) "tests" $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not cluster and not every_page" $(TESTS)

test-pages:
	@$(STEP) "every page in a browser" $(BIN)/pytest -q -n 2 -m every_page tests/browser

test-postgres:
	@$(STEP) "tests of the web on PostgreSQL" $(BIN)/python tools/postgres.py \
		$(BIN)/pytest -q -n 2 --dist loadfile --migrations -m "not browser" tests/web

test-cluster:
	@$(STEP) "tests on a cluster" $(BIN)/pytest -q -m cluster tests/lean/cluster

check: dev ## style, types, layers, templates, translations, documents, migrations
	@$(MAKE) --keep-going style format types layers templates inline translations links publiccode migrations

style:
	@$(STEP) "ruff check" $(BIN)/ruff check --quiet

format:
	@$(STEP) "ruff format" $(BIN)/ruff format --quiet --diff

types:
	@$(STEP) "mypy" $(BIN)/mypy --no-error-summary

layers:
	@$(STEP) "import-linter" $(BIN)/lint-imports --no-cache

templates:
	@$(STEP) "djlint" $(BIN)/djlint --quiet --lint src/straume

inline:
	@$(STEP) "no inline style or script" $(BIN)/python tools/inline.py src/straume

translations:
	@$(STEP) "translations" $(BIN)/python tools/translations.py check

links:
	@$(STEP) "links" $(BIN)/python tools/links.py

publiccode:
	@$(STEP) "publiccode.yml" $(BIN)/python tools/publiccode.py

migrations:
	@$(WEB) $(STEP) "no migration is missing" $(BIN)/django-admin makemigrations --check --dry-run

bench: ## measure speed against peers; writes benchmarks/RESULTS.md
	@tools/setup --group bench
	@$(BIN)/python benchmarks/run.py $(ARGS)

translate: dev ## bring every .po up to date with the source; translations stay
	@$(BIN)/python tools/translations.py update

documents-index: ## list the pages of docs/decisions and docs/methods in their indices
	@$(BIN)/python tools/indices.py

clean: ## remove what the other commands made, the demo's data apart
	rm -rf .venv .tools build dist test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
