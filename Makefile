# Two commands on a fresh machine: make demo, make test. Both only need Python 3.11 or newer; make lint needs Node.js too.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000
RUN := .venv/bin/python
STATIC := $(shell find annotation/static rubrics/static -type f 2>/dev/null)
SERVER_TESTS := tests --ignore=tests/browser --ignore=tests/deploy
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.PHONY: install demo test test-deploy test-next lint audit bench browser pictures train-demo

install: .static/staticfiles.json $(MESSAGES)

# What running needs. The rest, above all what tests and linters need, takes several times as long.
.venv/running: requirements.txt
	@test -n "$(PYTHON)" || { echo "Sixpoint needs Python 3.11 or newer: install it, or name it with PYTHON=…" >&2; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed: requirements-dev.txt .venv/running
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.static/staticfiles.json: .venv/running $(STATIC)
	$(RUN) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

locale/%.mo: locale/%.po | .venv/running
	$(RUN) -m config.translations compile

demo: install
	$(RUN) manage.py migrate --verbosity 0
	$(RUN) manage.py load_demo
	@trap 'kill $$worker' EXIT; trap 'exit 143' INT TERM; $(RUN) manage.py worker & worker=$$!; \
		.venv/bin/gunicorn config.wsgi --bind 127.0.0.1:$(PORT)

browser: .venv/installed
	$(RUN) -m tests.chromium

# three processes on two cores: many tests wait for processes of their own
test: install .venv/installed browser
	$(RUN) -m pytest $(SERVER_TESTS) -n 3 --dist worksteal
	$(RUN) -m tests.postgres $(RUN) -m pytest $(SERVER_TESTS) -n 3 --dist worksteal
	$(RUN) -m pytest tests/browser -n 3 --dist loadfile

# deploy/: the units by systemd's own check, the site by a running nginx. Both must be there.
test-deploy: install .venv/installed
	$(RUN) -m pytest tests/deploy

# The next Django, which needs Python 3.12 or newer, with everything else as it is locked.
.venv-next/installed: requirements-dev.txt
	@next=$$(for p in python3.14 python3.13 python3.12 python3; do \
		$$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$p && break; done); \
		test -n "$$next" || { echo "The next Django needs Python 3.12 or newer" >&2; exit 1; }; $$next -m venv .venv-next
	.venv-next/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	.venv-next/bin/pip install --quiet --disable-pip-version-check "django>=6,<7"
	@touch $@

test-next: install .venv-next/installed
	.venv-next/bin/python -m pytest $(SERVER_TESTS) -n 3 --dist worksteal

# Known vulnerabilities of what is locked, as the network tells them.
audit: .venv/installed
	.venv/bin/pip install --quiet --disable-pip-version-check pip-audit
	.venv/bin/pip-audit --require-hashes --disable-pip -r requirements.txt

# biome formats and lints scripts and styles. The exact version stands in package.json; there is no lock, which would hold addresses.
node_modules/installed: package.json
	@command -v node >/dev/null && command -v npm >/dev/null || \
		{ echo "make lint needs Node.js with npm, for the scripts and styles: install it (on Debian and Ubuntu: apt-get install npm)" >&2; exit 1; }
	npm install --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

lint: .venv/installed node_modules/installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')
	.venv/bin/lint-imports
	.venv/bin/mypy
	node_modules/.bin/biome check --error-on-warnings annotation/static

pictures: install browser
	$(RUN) -m tests.screenshots

bench: install .venv/installed
	$(RUN) -m tests.bench
	$(RUN) -m tests.postgres $(RUN) -m tests.bench loading claims throughput

# torch by its name alone: the machine's index has the build that fits it, for the processor or for CUDA, and a hash would forbid the others
.venv/trainable: requirements-train.txt .venv/installed
	.venv/bin/pip install --quiet --disable-pip-version-check "torch>=2.13"
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.txt
	@touch $@

train-demo: .venv/trainable
	$(RUN) -m tests.train_demo
