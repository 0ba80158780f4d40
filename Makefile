# The only list of commands. `make demo` opens the product, `make test` passes its tests.
PYTHON ?= python3
UV := .tools/uv/bin/uv
RUN := $(UV) run --frozen

.PHONY: setup demo test check bench translate clean

$(UV):
	$(PYTHON) -m venv .tools/uv
	.tools/uv/bin/pip install --quiet uv

setup: $(UV)
	$(UV) sync --frozen --quiet
