# Everything below works on a bare machine with Python 3.11, 3.12 or 3.13 and make.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
TESTS ?= -n 2 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run test slow check lock messages

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | \
	  while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: ## install, load the demo into an empty database, serve on 127.0.0.1:8000 (PORT=… changes it)
	@$(PYTHON) .ci/prepare.py --port "$(PORT)" --env
	@exec $(PY) manage.py prepare --port "$(PORT)" --serve

test: ## the quick tests on SQLite, without services (about a minute; the first time makes its database)
	@$(PYTHON) .ci/prepare.py
	@$(PYTEST) $(TESTS) -m "not browser and not services and not slow"

slow: ## measure every test and note in tests/slow.txt which ones `make test` leaves to .ci/run
	@$(PYTHON) .ci/prepare.py
	@$(PYTEST) $(TESTS) -m "not browser and not services" --note-slow

check: ## format, lint, types, imports, settings, migrations, catalogue, generated docs
	@$(PYTHON) .ci/prepare.py
	@PY=$(PY) .ci/check

lock: ## pin requirements.txt anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --only-binary :all: \
	  --extra test --custom-compile-command "make lock" pyproject.toml -o requirements.txt

messages: ## bring the Chinese catalogue up to date with the code
	@$(PYTHON) .ci/prepare.py
	@$(PY) manage.py catalogue --update
