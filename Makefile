# Everything is in run.py, which needs only Python 3.11 or newer.
PYTHON ?= python3

.PHONY: run test check torture bench bench-engine health lock clean
run test check torture bench bench-engine health lock clean:
	@$(PYTHON) run.py $@ $(ARGS)
