# Everything runs from .venv, which pip makes from constraints.txt; nothing is installed outside this folder.

PYTHON ?= $(shell for python in python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$python && break; done)

.PHONY: help .venv demo test test-repeats test-web check format docs bench soak wheel lock clean
.DELETE_ON_ERROR:

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

# Two stamps, each written last: a half-made environment is begun again, and a change of pyproject.toml that left the
# lock alone costs seconds.
.venv: .venv/.installed

.venv/.locked: constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	touch $@

.venv/.installed: .venv/.locked pyproject.toml
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv  ## play the example federation from draft charter to archive, into ./demo
	.venv/bin/federation demo

test: .venv  ## run the tests, on SQLite and where the database matters on PostgreSQL
	.venv/bin/pytest -n auto --dist worksteal -m "not repeat and not soak and not web"

test-repeats: .venv  ## run on PostgreSQL what `make test` runs on SQLite alone, and what it tries but in part
	.venv/bin/pytest -n auto --dist worksteal -m repeat

test-web: .venv  ## the pages in a real browser: the machine's Chromium (FEDERATION_CHROMIUM=…), or the one that Playwright brings
	@test -n "$$FEDERATION_CHROMIUM" || command -v chromium chromium-browser google-chrome >/dev/null || \
		.venv/bin/playwright install chromium
	.venv/bin/pytest -n auto --dist worksteal tests/web/browser

check: .venv  ## lint, format, types
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

format: .venv  ## put the code into the agreed form
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

docs: .venv  ## make the generated pages again, and check that the documentation says what the program does
	.venv/bin/python scripts/make_docs.py
	.venv/bin/pytest tests/docs

bench: .venv  ## measure speed
	for script in bench/[a-z]*.py; do .venv/bin/python $$script || exit 1; done

soak: .venv  ## every test with other examples, again and again (ROUNDS=5); demonstrations and servers killed
	for round in $$(seq $(or $(ROUNDS),5)); do .venv/bin/pytest -n auto --dist worksteal --hypothesis-profile soak -m "not web" || exit 1; done
	.venv/bin/python -m scripts.soak_demo
	.venv/bin/python -m scripts.soak_casting

wheel: .venv  ## build the wheel into dist/
	.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# uv resolves but installs nothing and is not needed otherwise: `pip install uv` anywhere, then `make lock UV=…/uv`.
# No --index-url and no --emit-index-url: the lock names versions and hashes, and leaves the registry to pip's own settings.
lock:  ## resolve pyproject.toml into constraints.txt again (UPGRADE=--upgrade takes newer versions)
	$(or $(UV),uv) pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes \
		--no-emit-index-url --quiet $(UPGRADE) -o constraints.txt

clean:  ## remove what was built; .venv stays
	rm -rf build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/output
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
