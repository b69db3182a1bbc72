# Two commands do all the set-up: `make run` and `make test`.
# They need make and Python 3.11 or later; everything else goes into .venv.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test lint lock clean

run: $(VENV)/.run
	@$(BIN)/endleaf convert archives -o output

test: $(VENV)/.test
	@sh tests/browser/chromium.sh
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Packages are pinned with their hashes; endleaf itself is installed in place.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip --disable-pip-version-check install -q --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip --disable-pip-version-check install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(BIN)/python -m pip --disable-pip-version-check install -q --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.lint: requirements/lint.txt $(VENV)/.test
	$(BIN)/python -m pip --disable-pip-version-check install -q --require-hashes -r requirements/lint.txt
	@touch $@

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "endleaf needs Python 3.11 or later: install it, or name it: make PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is not complete: on Debian, apt-get install python3-venv"; exit 2; }

# The pins, made anew from pyproject.toml (needs uv). No registry's address is written into them.
UV_COMPILE = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock:
	$(UV_COMPILE) pyproject.toml requirements/build.in -o requirements/run.txt
	$(UV_COMPILE) pyproject.toml requirements/build.in --group test -c requirements/run.txt -o requirements/test.txt
	$(UV_COMPILE) pyproject.toml requirements/build.in --group test --group lint -c requirements/test.txt -o requirements/lint.txt

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
