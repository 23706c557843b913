# Every target sets up what it needs; nothing has to be installed by hand but Python 3.11+, make and git.
# CI calls the same targets.

PYTHON ?= python3
UV := .uv/bin/uv
PY := .venv/bin/python
WORKERS = $(shell $(PYTHON) -c "import os; print(2 * len(os.sched_getaffinity(0)))")  # tests wait more than they work
export UV_PYTHON_DOWNLOADS = never

.DEFAULT_GOAL := help
.PHONY: help preview test check bench storm pictures lock clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

preview: .venv/.run  ## a German digest in the terminal and in digest.html; no key needed
	$(PY) -m bot preview --out digest.html

test: .venv/.dev  ## the everyday tests
	$(PY) -m pytest -n $(WORKERS) --dist worksteal

check: .venv/.dev  ## lint, types, imports, dependencies
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/deptry .

bench: .venv/.bench  ## measured: collecting, grouping, planning, posting (takes minutes)
	$(PY) -m tests.bench

# Two controls come first: without what protects from doubles there must be some.
storm: .venv/.dev  ## bots killed while they post: nothing lost, nothing double (takes half an hour)
	$(PY) -m tests.storm --deliveries 100 --kills 5 --control
	$(PY) -m tests.storm --deliveries 100 --kills 5 --forgetful --control
	$(PY) -m tests.storm --database sqlite --deliveries 2000 --kills 200
	$(PY) -m tests.storm --database postgresql --deliveries 2000 --kills 200 --seed 2
	$(PY) -m tests.storm --database postgresql --deliveries 3000 --kills 60 --processes 3 --seed 3
	$(PY) -m tests.storm --database sqlite --deliveries 500 --kills 50 --forgetful --seed 4
	$(PY) -m tests.storm --database postgresql --deliveries 500 --kills 50 --forgetful --seed 5

pictures: .venv/.run  ## the README's pictures anew; needs chromium
	$(PY) -m docs.pictures

lock: .uv/.stamp  ## resolve the dependencies anew into the hash-pinned locks
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml \
		--group dev -c requirements.txt -o requirements/dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml \
		--group dev --group bench -c requirements/dev.txt -o requirements/bench.txt

clean:  ## remove everything that was made here
	rm -rf .uv .venv digest.html .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# The three locks contain one another: whoever has the tools for tests can preview, too.
.venv/.run: requirements.txt | .uv/.stamp
	@test -x $(PY) || $(UV) venv -q --python $(PYTHON) .venv
	$(UV) pip sync -q --require-hashes --python $(PY) requirements.txt
	@rm -f .venv/.dev .venv/.bench && touch $@

.venv/.dev: requirements/dev.txt | .uv/.stamp
	@test -x $(PY) || $(UV) venv -q --python $(PYTHON) .venv
	$(UV) pip sync -q --require-hashes --python $(PY) requirements/dev.txt
	@rm -f .venv/.bench && touch .venv/.run $@

.venv/.bench: requirements/bench.txt | .uv/.stamp
	@test -x $(PY) || $(UV) venv -q --python $(PYTHON) .venv
	$(UV) pip sync -q --require-hashes --python $(PY) requirements/bench.txt
	@touch .venv/.run .venv/.dev $@

.uv/.stamp: requirements/uv.txt
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@
