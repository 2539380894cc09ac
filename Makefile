# Two commands do everything on a fresh machine with Python 3.11 to 3.13 and make:
#   make run     environment, dependencies, the dashboard in your browser
#   make test    environment, dependencies, style, types, all tests
#   make check   style and types only
# Another Python than python3: make run PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: run test check

run: $(INSTALLED)
	$(BIN)/streamlit run dashboard/app.py

test: check
	$(BIN)/python -m pytest

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
