# Two commands: `make demo` and `make test`. Everything they need is brought by tools/bootstrap.py.
PYTHON ?= python3
SERVE ?= 1
SCALE ?= 1
ONLY ?=
BIN = .venv/bin

.PHONY: demo test bench shots check messages clean

demo:
	@$(PYTHON) tools/bootstrap.py
	@SERVE=$(SERVE) $(BIN)/dieuhanh demo

test: check
	@$(PYTHON) tools/bootstrap.py --browser
	@$(BIN)/pytest -n auto

check:
	@$(PYTHON) tools/bootstrap.py
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

bench:
	@$(PYTHON) tools/bootstrap.py
	@$(BIN)/python -m bench proof
	@$(BIN)/python -m bench fuzz
	@$(BIN)/python -m bench --scale $(SCALE)

shots:
	@$(PYTHON) tools/bootstrap.py --browser
	@$(BIN)/python tools/shots.py $(ONLY)

messages:
	@$(PYTHON) tools/bootstrap.py
	@$(BIN)/python tools/messages.py

clean:
	rm -rf .venv node_modules built out
