# Two commands matter: `make run` and `make test`. `make help` lists the rest.
# Written for GNU make 3.81 and later, so that the make of macOS will do.

# The first Python that is new enough; name another with PY=/path/to/python3.
PY ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# Without SEED=my-body.yaml the example is loaded, and begins at a moment of its own: `make run CLOCK=` lives in the present.
CLOCK ?= $(if $(SEED),,2012-11-12T09:00+01:00)

# Modules are run by name: a script in .venv/bin breaks when the folder is moved.
PYTHON := .venv/bin/python

# What the server says goes into var/log/: on the screen it would bury the sign-in link. `LOG=1 make run` prints it.
LOG ?= file

# A setting of the machine's that would have Python compile every library anew at each start: seconds a command.
export PYTHONDONTWRITEBYTECODE :=

# An environment whose Python is gone or has been replaced is made anew.
WORN_OUT := $(shell test ! -d .venv || $(PYTHON) -c 'import click' 2>/dev/null || rm -rf .venv)

.PHONY: help run test lint migrations messages pictures check soak bench clean

help:
	@echo 'make run     start Intersession on its example and print where to sign in (SEED=my-body.yaml: on yours)'
	@echo 'make test    run every test             (ARGS="-k due" passes options to pytest;'
	@echo '             HOUR=23:30 TZ=Asia/Kolkata begins at that hour of UTC, in that zone; needs faketime)'
	@echo 'make lint    ruff, mypy and djlint'
	@echo 'make check   lint, tests, and migrations against the models on SQLite and PostgreSQL'
	@echo 'make messages write the catalogue that a translation begins from'
	@echo 'make pictures take the pictures of docs/pictures anew, of the filled sample'
	@echo 'make soak    kill and load it for half an hour: what is lost, sent twice, or in the way'
	@echo 'make bench   what a page costs the processor, in bytes and in memory (ITEMS=100000: on a large register)'
	@echo 'make clean   remove what was built; data under var/ stays'

run: .venv/run.ok
	@CLOCK="$(CLOCK)" $(PYTHON) -m flask migrate
	@CLOCK="$(CLOCK)" $(PYTHON) -m flask seed $(if $(SEED),"$(SEED)")
	@CLOCK="$(CLOCK)" LOG="$(LOG)" exec $(PYTHON) -m flask serve

# HOUR=23:30 begins the tests at that hour of UTC: faketime shifts the clock of all they start, PostgreSQL and browser too.
TO_HOUR = import sys, time; hour, minute = map(int, sys.argv[1].split(":")); \
	print(f"{hour * 3600 + minute * 60 - int(time.time()) % 86400:+d}s")
AT_HOUR = $(if $(HOUR),faketime --exclude-monotonic -f "$$($(PYTHON) -c '$(TO_HOUR)' $(HOUR))")

test: .venv/test.ok
	@$(AT_HOUR) $(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

lint: .venv/test.ok
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m djlint --lint --quiet templates

migrations: .venv/test.ok
	@$(PYTHON) -W ignore:XDG_RUNTIME_DIR -m tests.check_migrations

messages: .venv/test.ok
	@$(PYTHON) -m tests.catalogue

pictures: .venv/test.ok
	@$(PYTHON) -W ignore -m tests.pictures

check: lint migrations test

soak: .venv/test.ok
	@$(PYTHON) -W ignore -m tests.soak.crash
	@$(PYTHON) -W ignore -m tests.soak.power
	@$(PYTHON) -W ignore -m tests.soak.load
	@$(PYTHON) -W ignore -m tests.soak.texts
	@$(PYTHON) -W ignore -m tests.soak.imports

bench: .venv/test.ok
	@$(PYTHON) -W ignore -m tests.bench.run --items $(or $(ITEMS),10000) --times $(or $(TIMES),200)
	@$(PYTHON) -W ignore -m tests.bench.mail

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.ok: requirements.txt constraints.txt
.venv/test.ok: requirements-dev.txt requirements.txt constraints.txt
.venv/run.ok .venv/test.ok:
	@$(environment)
	@echo "Installing what $< names ..." >&2; $(install)
	@touch $@

# Debian's python3 has no ensurepip unless python3-venv is there too; then the pip of the system fills the
# environment from outside.
define environment
test -x $(PYTHON) || { \
	test -n "$(PY)" || { echo 'Python 3.11 or later is needed: install it, or name it with PY=/path/to/python3' >&2; exit 1; }; \
	echo 'Making the environment in .venv ...' >&2; rm -rf .venv; \
	$(PY) -m venv .venv >/dev/null 2>&1 || { \
		rm -rf .venv; $(PY) -m venv --without-pip .venv && $(PY) -m pip --python $(PYTHON) install -q pip; } || { \
		rm -rf .venv; echo 'No environment without pip: install python3-venv (or python3-pip), then try again' >&2; exit 1; }; }
endef

# uv is much faster, but only that: where it is not to be had, pip does the same.
define install
uv=$$(command -v uv || { $(PYTHON) -m pip install -q uv >/dev/null 2>&1 && echo .venv/bin/uv; }); \
{ test -n "$$uv" && "$$uv" pip install -q --compile-bytecode --python $(PYTHON) -c constraints.txt -r $< 2>/dev/null; } \
	|| $(PYTHON) -m pip install -q --disable-pip-version-check -c constraints.txt -r $<
endef
