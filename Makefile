# Everything is set up by the first target that needs it; a second run finds it done.
#   make demo    read the sample PDFs and answer a question, in the terminal
#   make test    all checks and tests
#   make app     open the window
#   make bench   timings beside public tools        make quality   search, answers and their checks, measured (SETS=FOLDER)
#   make torture hostile files, kills, power cuts, full disks (slow; Linux)
#   make privacy the whole journey under strace, without a network, without the guard; traces and vaults (slow; Linux)
#   make package the program's folder, a .deb and a .tar.zst in dist/ (EDITION=gpu: with torch; see packaging/README.md)
#   make package-test  the .deb and the .tar.zst in a clean Debian, with its window; needs root (sudo); see packaging/README.md
#   make check   style and types only               make clean     remove what was built

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m desktop_rag
DEMO := --library .demo/library
WORKERS ?= 2
EDITION ?= cpu
QUESTION ?= How much notice must the tenant give to end the lease?

.PHONY: demo test app bench torture privacy quality check models samples translations journey freeze package package-test clean

demo: models
	$(RUN) $(DEMO) add resources/samples --collection Samples
	$(RUN) $(DEMO) ask "$(QUESTION)"

test: check models
	$(BIN)/python -m compileall -q desktop_rag tests  # engines and readers start hundreds of times
	$(BIN)/python -m pytest -m "not slow" --numprocesses $(WORKERS) --dist loadfile

app: models
	$(RUN)

bench: models
	$(BIN)/python benchmarks/rerank.py
	$(BIN)/python benchmarks/index.py
	$(BIN)/python benchmarks/query.py
	$(BIN)/python benchmarks/scale.py

torture: models
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[torture]"
	$(BIN)/python -m pytest -m slow
	$(BIN)/python -m tests.torture.reading
	$(BIN)/python -m tests.torture.killing
	$(BIN)/python -m tests.torture.killing --power
	$(BIN)/python -m tests.torture.canary
	unshare -rm $(BIN)/python -m tests.torture.full_disk
	$(BIN)/python -m tests.torture.hostile
	$(BIN)/python -m tests.torture.vault_damage
	$(BIN)/python -m tests.torture.vault_kills
	$(BIN)/python -m tests.torture.switching

privacy: models
	$(BIN)/python -m tests.torture.network
	$(BIN)/python -m tests.torture.traces
	$(BIN)/python -m tests.torture.vault_traces

package: models
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[package]"
	$(BIN)/python packaging/build.py $(EDITION)

package-test:
	$(BIN)/python -m tests.package

quality: models
	$(BIN)/python benchmarks/quality.py $(if $(SETS),--sets $(SETS) --questions 60)
	$(BIN)/python benchmarks/statements.py
	$(BIN)/python benchmarks/injections.py
	$(if $(SETS),$(BIN)/python benchmarks/answers.py --sets $(SETS))
	$(if $(SETS),$(BIN)/python benchmarks/declining.py --sets $(SETS))

check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

models: .venv/installed
	@$(RUN) models fetch --to resources/models --yes

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Python 3.11, 3.12 or 3.13 is needed; name one with make PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@git config core.hooksPath .githooks 2>/dev/null || true
	@touch $@

samples: .venv/installed
	$(BIN)/python resources/samples/make_samples.py

journey: models
	$(BIN)/python -m tests.ui.journey
	$(BIN)/python -m tests.ui.extremes

translations: .venv/installed
	$(BIN)/python resources/translations/update.py

freeze: .venv/installed
	$(BIN)/pip freeze --exclude-editable | sed 's/+cpu//'

clean:
	rm -rf .venv .demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
