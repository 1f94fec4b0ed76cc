# Everything sets itself up: a target installs what it needs on first use, and says so in short lines.

# Lambda runs Python 3.13. One from 3.11 to 3.13 will do, and one that makes no environments (Debian's without its venv
# package, a shim of pyenv that leads nowhere) is as good as none.
LACKS_PYTHON_3_13 := $(shell python3.13 -c 'import ensurepip, venv' >/dev/null 2>&1 || echo yes)
PYTHON ?= $(if $(LACKS_PYTHON_3_13),python3,python3.13)
UV_VERSION := 0.13.9
BIN := .venv/bin
RUN := PYTHONPATH=.:layers/core/python $(BIN)/python
# Hundreds of processes of the tests import the same modules: the first to do so keeps what it compiled.
COMPILED := env -u PYTHONDONTWRITEBYTECODE
# Where there is no browser, npm has one; the tests go on where it cannot be had, and say so.
BROWSER := $(if $(CHROMIUM)$(shell command -v chromium-headless-shell || command -v chromium),,.local/browser/ready)

CATALOGUES := $(wildcard templates/locale/*/LC_MESSAGES/*.po)
STATICS := $(wildcard templates/pages/static/* templates/widget/* infrastructure/statics/*.py)
READY := .venv/ready .local/engine/ready .local/texts templates/statics.json
# Commands over the record take what they need from the stacks of a STAGE, or by its name.
on = $(RUN) -m infrastructure.cli.data$(if $(STAGE), $(STAGE) ,.)$(1)
named = $(or $($(1)),$(if $(STAGE),{$(2)}),$(error make $@ STAGE=<name>, or TABLE=<name> and $(1)=<name>))
table = $(or $(TABLE),$(if $(STAGE),{Table}),$(error make $@ STAGE=<name>, or TABLE=<name>))
SOURCES := app.py functions layers/core/python infrastructure benchmarks tests

.PHONY: help run test dates check package client release rehearse bench soak requests due rebuild index export erase figures verify copy note touched import letters pictures conformity privacy trends prepare deploy doctor invite smoke replay rotate tools backup restore migrate setup clean

help:                 ## what can be made, a line each
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | sort | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

run: setup            ## the whole product on http://127.0.0.1:8000 (PORT, DATA, DEMO=0 and EMPTY=1 change it)
	@exec env PYTHONPATH=.:layers/core/python $(BIN)/python -m infrastructure.local.run

test: tools $(BROWSER)           ## all tests but the long ones
	@$(COMPILED) $(BIN)/pytest -m "not soak" $(ARGS)

soak: tools $(BROWSER)           ## the long tests, on other examples each time, then all others on other days: SEED=<number> tries those of an earlier run
	@seed=$(or $(SEED),$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')); echo "SEED=$$seed"; \
		$(BIN)/pytest -m soak --hypothesis-seed=$$seed $(ARGS) || { echo "Again: make soak SEED=$$seed"; exit 1; }
	@$(MAKE) --no-print-directory dates

# Moments (UTC) at which what reckons with dates goes wrong: an evening before holidays, the end and the beginning of a
# year, a leap day, both nights on which Berlin's clocks change, the end of a month.
DATES := 2026-12-02T12:00 2027-12-24T18:00 2026-12-31T23:59 2027-01-01T00:01 2028-02-29T12:00 2027-03-28T00:55 \
	2027-10-31T00:55 2027-04-30T23:50
# Not `FAKETIME`: make would hand that on in place of what `faketime make test` says. Without its fix for waiting by the
# monotonic clock, which is not faked, threads do not wake each other all the time: the tests take a third of the time.
AS_ON := TZ=UTC FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 faketime -f

dates: tools $(BROWSER)  ## all tests as on other days: DATES=<moments in UTC>, and ARGS=<a part of them>
	@command -v faketime >/dev/null || { echo "Other days need faketime: apt-get install faketime"; exit 1; }
	@for date in $(DATES); do echo "As on $$date (UTC):"; \
		$(COMPILED) $(AS_ON) "@$$(echo $$date | tr T ' '):00" $(BIN)/pytest -m "not soak" $(ARGS) || exit 1; done

requests: tools       ## draws what `make test` sends to operations that are new or have changed
	@$(RUN) -m tests.functions.drawn_requests

check: tools          ## format, lint, types, import contracts
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy
	@PYTHONPATH=.:layers/core/python $(BIN)/lint-imports

package: .local/python3.13/ready   ## what is deployed, in build/package
	@PYTHONPATH=.:layers/core/python .local/python3.13/bin/python -m infrastructure.package.build

client: tools         ## the typed client for Python as a package, in build/client/dist
	@$(RUN) -m infrastructure.clients

release: package client .local/release/ready   ## what is published of a version, in build/release; CUT=1 makes its section of the changelog
	@PYTHONPATH=.:layers/core/python .local/python3.13/bin/python -m infrastructure.release $(if $(CUT),--cut)

rehearse: package .local/simulator/ready .local/texts   ## deploys the package to a simulator of AWS, and uses it; ARCHIVE=<a release>
	@PYTHONPATH=.:layers/core/python .local/python3.13/bin/python -m infrastructure.rehearsal \
		$(if $(ARCHIVE),--archive $(ARCHIVE))

bench: tools          ## calls, units and bytes as gates; CPU and cold start beside others
	@$(RUN) -m benchmarks $(ARGS)

due: setup            ## answers due-moment vectors: VECTORS=<file>
	@$(RUN) -m infrastructure.cli.due_dates $(or $(VECTORS),$(error make due VECTORS=<file>))

rebuild: setup        ## makes heads anew from their facts: STAGE=<name> or TABLE=<name>, and CHECK=1 to change nothing
	@$(call on,rebuild_heads) $(table) $(if $(CHECK),--check)

index: setup          ## lets complaints be found that were taken before there was an index: STAGE=<name>, or TABLE=<name> KEYS=<prefix>
	@$(call on,reindex) $(table) $(call named,KEYS,Keys)

export: setup         ## writes the cases to a bucket that are not in it: STAGE=<name>, or TABLE=<name> BUCKET=<name>, TEXTS=1 with what people wrote
	@$(call on,export_cases) $(table) $(call named,BUCKET,Exports) $(if $(TEXTS),--texts)

erase: setup          ## erases again what a restore brought back: STAGE=<name>, or TABLE=<name> BUCKET=<the evidence bucket> FILES=<the files bucket>; CHECK=1, UNSEALED=1
	@$(call on,erase_again) $(table) $(call named,BUCKET,Evidence) $(call named,FILES,Files) \
		$(if $(CHECK),--check) $(if $(UNSEALED),--unsealed)

figures: setup        ## makes figures anew from their facts: STAGE=<name> or TABLE=<name>, and CHECK=1 to change nothing
	@$(call on,recount_figures) $(table) $(if $(CHECK),--check)

verify: setup         ## verifies the record against what was sealed: STAGE=<name>, or TABLE=<name> BUCKET=<name> FILES=<bucket>; FROM, TO, SAMPLE, SEED, KEYS=<ids>, AUTHORITY=<file>
	@$(call on,verify) $(table) $(call named,BUCKET,Evidence) $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO)) \
		$(if $(or $(FILES),$(STAGE)),--files $(or $(FILES),{Files})) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) \
		$(if $(KEYS),--keys $(KEYS)) $(if $(AUTHORITY),--authority $(AUTHORITY))

copy: setup           ## copies the record for an auditor: STAGE=<name> or SOURCE=<table or folder of an export>, OUT=<folder>, KEYS=1 with the data keys
	@$(call on,copy_record) $(call named,SOURCE,Table) $(or $(OUT),$(error make copy STAGE=<name> OUT=<folder>)) $(if $(KEYS),--keys)

note: setup           ## notes every chain for the next checkpoint, those from before there were any too: STAGE=<name> or TABLE=<name>
	@$(call on,note_chains) $(table)

touched: setup        ## promises of open cases that a calendar touches: STAGE=<name> or TABLE=<name>, SITE=<key>, and CHANGE=<file>
	@$(call on,calendar_impact) $(table) $(or $(SITE),$(error make touched STAGE=<name> SITE=<key>)) $(CHANGE)

import: setup         ## takes tickets of another system over: FILE, SITE, MAPPING; TOKEN, URL, ACKNOWLEDGE=1
	@$(RUN) -m infrastructure.importing \
		"$(or $(FILE),$(error make import FILE=<csv or json> SITE=<key> MAPPING=<name>))" \
		$(or $(SITE),$(error make import FILE=<csv or json> SITE=<key> MAPPING=<name>)) \
		"$(or $(MAPPING),$(error make import FILE=<csv or json> SITE=<key> MAPPING=<name>))" \
		$(if $(URL),--url $(URL)) $(if $(ACKNOWLEDGE),--acknowledge)

letters: tools        ## every letter in every language on one page, in build/letters
	@$(RUN) -m infrastructure.screenshots.letters

pictures: tools $(BROWSER)  ## the pictures of docs/gallery.md anew: ALBUM=<name> for one album
	@$(RUN) -m infrastructure.screenshots $(ALBUM)

conformity: tools     ## docs/iso10002.md anew, of the clauses and of the tests that carry their marks
	@$(RUN) -m infrastructure.conformity

privacy: setup        ## the tables of docs/privacy.md anew: what is stored, where, why and how long
	@$(RUN) -m infrastructure.privacy

trends: tools         ## the tables of docs/trends.md anew: false alarms and power of the trend rule, by simulation
	@$(RUN) -m infrastructure.trends

dashboard: setup      ## draws the picture of docs/alarms.md anew: the dashboard of all alarms
	@$(RUN) -m infrastructure.template.alarms.picture

ifneq (,$(filter deploy,$(MAKECMDGOALS)))
$(if $(STAGE),,$(error make deploy STAGE=<name>))
endif
prepare: setup        ## asks what a first deployment must know, and writes its stage file, or reads what there is: STAGE=<name>
	@$(RUN) -m infrastructure.cli.prepare $(or $(STAGE),$(error make prepare STAGE=<name>))

deploy: prepare package setup  ## asks what it must know, says what it will make, and deploys the package: STAGE=<name>, WATCH=<minutes> in which an alarm rolls an update back
	@$(RUN) -m infrastructure.cli.deploy $(or $(STAGE),$(error make deploy STAGE=<name>)) \
		$(if $(WATCH),--watch $(WATCH))

doctor: setup         ## says what is wrong with an installation, and how to mend it: STAGE=<name>
	@$(RUN) -m infrastructure.doctor $(or $(STAGE),$(error make doctor STAGE=<name>))

invite: setup         ## a colleague into the stack's own user pool: STAGE=<name> EMAIL=<address> ROLES=<with commas>
	@$(RUN) -m infrastructure.cli.invite $(or $(STAGE),$(error make invite STAGE=<name> EMAIL=<address> ROLES=<names>)) \
		$(or $(EMAIL),$(error make invite STAGE=<name> EMAIL=<address> ROLES=<names>)) \
		$(or $(ROLES),$(error make invite STAGE=<name> EMAIL=<address> ROLES=<names>))

smoke: setup          ## asks a deployed installation whether it works: URL=<address>
	@$(RUN) -m infrastructure.cli.smoke $(or $(URL),$(error make smoke URL=<address>))

replay: setup         ## brings in again what was set aside in the dead letter queues: STAGE=<name>
	@$(RUN) -m infrastructure.cli.redrive $(or $(STAGE),$(error make replay STAGE=<name>))

backup: setup         ## takes a backup: STAGE=<name>, and ESCROW=<certificate> for a copy of the keys, in OUT=<file>
	@$(RUN) -m infrastructure.cli.backup $(or $(STAGE),$(error make backup STAGE=<name>)) \
		$(if $(ESCROW),--escrow $(ESCROW)) $(if $(OUT),--out $(OUT))

migrate: setup        ## runs what an update asks for on older data: STAGE=<name>, and CHECK=1 to name it only
	@$(RUN) -m infrastructure.cli.migrate $(or $(STAGE),$(error make migrate STAGE=<name>)) $(if $(CHECK),--check)

restore: setup        ## restores an installation: STAGE=<name> AT=<moment, ARN of a backup, or resume>
	@$(RUN) -m infrastructure.cli.restore $(or $(STAGE),$(error make restore STAGE=<name> AT=<moment>)) \
		$(or $(AT),$(error make restore STAGE=<name> AT=<moment>))

rotate: setup         ## gives a key a new generation: KEY=<name> STAGE=<name>, END=<number> or END=all for a stolen one
	@$(RUN) -m infrastructure.cli.rotate $(or $(KEY),$(error make rotate KEY=<name> STAGE=<name>)) \
		$(or $(STAGE),$(error make rotate KEY=<name> STAGE=<name>)) $(if $(END),--end $(END))

tools: .venv/bin/pytest setup   ## what tests and checks need besides: a browser's driver, node, linters
	@:

setup: $(READY)       ## the virtual environment, the engine, the compiled catalogues, the static files
	@:

clean:                ## removes all that these targets made, the local run's data included
	rm -rf .venv .local build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find templates '(' -name '*.mo' -o -name statics.json -o -name handbook.json ')' -delete

# Where there is no Python 3.13, the uv of the virtual environment brings one.
BRINGS_PYTHON := $(if $(LACKS_PYTHON_3_13),.venv/ready)

# What the tests need stays where it was once installed.
.venv/ready: requirements/run.lock requirements/dev.lock
	@PYTHON=$(PYTHON) UV_VERSION=$(UV_VERSION) \
		infrastructure/setup.sh .venv 3.11 $(if $(wildcard .venv/bin/pytest),requirements/dev.lock,$<)

.venv/bin/pytest: requirements/dev.lock | .venv/ready
	@PYTHON=$(PYTHON) UV_VERSION=$(UV_VERSION) infrastructure/setup.sh .venv 3.11 $<
	@touch $@

.local/python3.13/ready: requirements/run.lock | $(BRINGS_PYTHON)
	@PYTHON=python3.13 UV_VERSION=$(UV_VERSION) infrastructure/setup.sh .local/python3.13 3.13 $<

.local/release/ready: requirements/release.lock | $(BRINGS_PYTHON)
	@PYTHON=python3.13 UV_VERSION=$(UV_VERSION) infrastructure/setup.sh .local/release 3.13 $<

.local/simulator/ready: requirements/rehearse.lock | $(BRINGS_PYTHON)
	@PYTHON=python3.13 UV_VERSION=$(UV_VERSION) infrastructure/setup.sh .local/simulator 3.13 $<

.local/engine/ready: .venv/ready infrastructure/local/engine/package-lock.json
	@$(RUN) -m infrastructure.local.engine
	@touch $@

.local/browser/ready: infrastructure/screenshots/browser/package-lock.json | tools
	@$(RUN) -m infrastructure.screenshots.browser && touch $@ || true

.local/texts: $(CATALOGUES) infrastructure/build/translations.py | .venv/ready
	@echo "Compiling the texts …"
	@$(RUN) -m infrastructure.build.translations
	@mkdir -p $(@D) && touch $@

templates/statics.json: $(STATICS) $(CATALOGUES) | .venv/ready
	@$(RUN) -m infrastructure.statics
