# Two commands do everything on a fresh machine with Python 3.11 to 3.13 and make:
#   make run     environment, dependencies, the dashboard in your browser
#   make demo    draw coins, train a small network on them, the dashboard on the result
#   make test    environment, dependencies, style, types, all tests but those that train for minutes
#   make check   style and types only
# Another Python than python3: make run PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: run demo test check

run: $(INSTALLED)
	$(BIN)/python scripts/phantom.py
	$(BIN)/streamlit run dashboard/app.py

# Everything lies in the folder .demo, which may be deleted at any time.
demo: export COINVISION_ARTIFACTS := .demo
demo: export COINVISION_COLLECTIONS := .demo/collections
demo: $(INSTALLED)
	$(BIN)/python scripts/phantom.py --out .demo/collections/demo --coins 480
	$(BIN)/python scripts/prepare.py .demo/collections/demo --out .demo/datasets/demo
	$(BIN)/python scripts/train.py .demo/datasets/demo --network small --input color --epochs 8 --runs .demo/runs
	$(BIN)/python scripts/evaluate.py demo-small-color-fold0-seed0 --dataset .demo/datasets/demo
	$(BIN)/python scripts/explain.py demo-small-color-fold0-seed0 --dataset .demo/datasets/demo
	$(BIN)/streamlit run dashboard/app.py

test: check
	$(BIN)/python -m pytest -m "not slow"

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else \
	"Coinvision needs Python 3.11 to 3.13, and %s is %d.%d; name another: make run PYTHON=python3.12" \
	% ("$(PYTHON)", *v))'
	@echo "Installing into .venv; this takes some minutes the first time."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $(INSTALLED)
