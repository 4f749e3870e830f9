# Two commands matter: `make run` and `make test`. Both share one set-up.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501

.DEFAULT_GOAL := help
.PHONY: help run test readers collect lint types bench trust lock audit score clean chromium pictures corpus hostile

help:
	@echo "make run    install, build the database, open the dashboard, collect in the background"
	@echo "make test   install what tests need, then lint, types and all tests"
	@echo "make collect, make bench, make readers, make trust, make hostile, make pictures, make score, make lint, make types, make clean"

$(VENV)/.installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/.installed
	@BIN=$(BIN) PORT=$(PORT) sh .streamlit/run.sh

collect: $(VENV)/.installed
	$(BIN)/python -m collectors collect

chromium:
	@sh tests/chromium.sh

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

test: $(VENV)/.installed-dev chromium lint types
	$(BIN)/python -m pytest -n 2 --dist loadfile

# exports in programs that are not ours and too large for every test: LibreOffice and the player of TimelineJS;
# CSL-JSON against its published schema where CSL_SCHEMA names that file
readers: $(VENV)/.installed-dev chromium
	@sh tests/readers.sh $(VENV)/readers
	$(BIN)/python -m pytest -n 0 -rs tests/data/export/test_timelinejs_player.py tests/data/export/test_xlsx.py tests/data/export/test_briefing.py tests/data/export/test_references.py

# the annotated collection to measure against: make score COLLECTION=annotated.jsonl
score: $(VENV)/.installed
	$(BIN)/python -m collectors score $(COLLECTION)

# ratios against stated floors; pages at 10,000 pieces, or at others: make bench SIZES="10000 100000 1000000"
bench: $(VENV)/.installed-dev chromium
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_pages $(SIZES)
	$(BIN)/python -m tests.bench_scale $(SIZES)
	$(BIN)/python -m tests.bench_exports

# hostile strings on every page: 250 a field in one round, 5,000 in twenty: make hostile ROUNDS=1
hostile: $(VENV)/.installed-dev chromium
	$(BIN)/python -m tests.hostile $(ROUNDS)

# what the pages look like: the pictures of README, or every page into a folder: make pictures OUT=folder
pictures: $(VENV)/.installed-dev chromium
	$(BIN)/python -m tests.pictures $(OUT)

# a synthetic collection to measure with: make corpus N=100000 INTO=folder
corpus: $(VENV)/.installed-dev
	$(BIN)/python -m tests.corpus $(N) $(INTO)

# that nothing is lost and no one gets in, each proof with its figures: make trust, or one of them: make trust PROOF="kills 200"
trust: $(VENV)/.installed-dev
	$(BIN)/python -m tests.trust $(PROOF)

# the lock of hashes, after a change of requirements.txt; known vulnerabilities of what is locked (both need the network)
lock:
	uv pip compile requirements.txt --generate-hashes --universal --python-version 3.11 --no-annotate --no-header -o requirements-hashes.txt

audit: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet pip-audit==2.10.1
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-hashes.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
