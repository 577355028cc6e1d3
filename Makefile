# Everything sets itself up in .venv: only Python 3.11 or newer and make are needed beforehand.
# What is installed comes from requirements/*.txt, where every version and every hash is locked.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# Wheels only: building a source package would fetch build tools that no lock names.
# The lock names everything, so pip need not look for more (requirements/overrides.in says why).
LOCKED := $(PIP) install --require-hashes --no-deps --only-binary :all:
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --strip-extras --no-annotate \
	--no-emit-index-url --no-emit-find-links --overrides requirements/overrides.in --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade)
CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
DEMO := examples/submission-with-faults

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint docs spark corpora bench lock wheel clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.run ## check a shipped submission that holds faults, and show the findings
	@status=0; $(BIN)/accordant check $(DEMO) --as-of 2026-01-31 || status=$$?; \
	if [ $$status -ne 1 ]; then \
		echo "The demo expects findings (exit code 1) but got exit code $$status." >&2; exit 2; \
	fi; \
	printf '\n%s\n' "That worked: the faults were planted, and exit code 1 means that findings\
	 were made; next, run \`$(BIN)/accordant explain unknown-code\` to see what a finding means\
	 and how to mend it."

test: $(VENV)/.dev ## run every test (ARGS="-k name" to choose)
	@status=0; $(BIN)/python -m pytest $(ARGS) || status=$$?; \
	if [ $$status -eq 5 ]; then echo "pytest found no tests to run (exit code 5)." >&2; fi; \
	exit $$status

lint: $(VENV)/.dev ## style, types, the direction of imports, and generated docs in step
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m validator.reference --check

docs: $(VENV)/.dev ## write the generated parts of docs/
	$(BIN)/python -m validator.reference --write

spark: $(VENV)/.spark ## add PySpark, so that its tests are not skipped (it needs Java too)

# JSON-Schema-Test-Suite is in the source package of jsonschema, whose hash the lock has.
corpora: $(VENV)/.dev ## get other people's test data, so that its tests are not skipped (it needs npm)
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix tests/corpora
	@sed -n '/^jsonschema==/,/[^\\]$$/p' requirements/run.txt > tests/corpora/node_modules/suite.txt
	@$(PIP) download --require-hashes --no-deps --no-build-isolation --no-binary jsonschema \
		--dest tests/corpora/node_modules -r tests/corpora/node_modules/suite.txt

bench: $(VENV)/.bench ## time accordant beside other checkers
	$(BIN)/python -m benchmarks $(ARGS)

wheel: $(VENV)/.dev ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

lock: $(VENV)/.lock ## write requirements/*.txt from pyproject.toml (UPGRADE=1 for newer versions)
	$(COMPILE) --group lock --output-file requirements/lock.txt
	$(COMPILE) --group build --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements/run.txt \
		--constraints requirements/build.txt --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --group bench --constraints requirements/dev.txt \
		--output-file requirements/bench.txt
	$(COMPILE) pyproject.toml --group spark --constraints requirements/dev.txt \
		--output-file requirements/spark.txt

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) build dist .cache .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache benchmarks/data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps below keep a second run instant and away from the network.

$(BIN)/python:
	@for python in $(CANDIDATES); do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then echo "Setting up $(VENV) with $$python: a few minutes, once."; \
			$$python -m venv --clear $(VENV); exit; \
		fi; \
	done; \
	echo "accordant needs Python 3.11 or newer with its venv module, and found none as: $(CANDIDATES)\
	 (say where it is: make PYTHON=path/to/python)." >&2; exit 1

$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml | $(BIN)/python
	@$(LOCKED) -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(LOCKED) -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	@$(LOCKED) -r requirements/bench.txt
	@touch $@

# It comes as source alone: the tools that build it are in the lock, and none is fetched beside them.
$(VENV)/.spark: requirements/spark.txt $(VENV)/.dev
	@$(PIP) install --require-hashes --no-deps --no-build-isolation --only-binary :all: --no-binary pyspark -r requirements/spark.txt
	@touch $@

$(VENV)/.lock: requirements/lock.txt | $(BIN)/python
	@$(LOCKED) -r requirements/lock.txt
	@touch $@
