# What a developer runs. `just` lists it; every line can be pasted without just, too.

python := ".venv/bin/python"

default:
    @just --list

# set up .venv with everything
setup:
    python3 -m venv .venv
    .venv/bin/pip install -q -e ".[dev]"

# everything, on all cores; write what was counted to protokoll.json
test *valg:
    VELFERDSLAB_PROTOKOLL=protokoll.json {{python}} -m pytest -n auto --dist worksteal {{valg}}

# the quick run: no floods, a tenth of the random cases
fast *valg:
    {{python}} -m pytest -n auto --dist worksteal --rask {{valg}}

# style
lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .

# types
types:
    .venv/bin/mypy

# branch coverage of the quick run, whole processes included
coverage:
    {{python}} -m pytest -n auto --dist worksteal --rask --cov --cov-report=term:skip-covered

# VALIDERING.md from the record of the last full run
dossier:
    {{python}} -m tests.validering protokoll.json

# the published figures and the workbooks that must keep their bytes
golden:
    {{python}} -m pytest tests/model/test_publiserte_resultater.py tests/workbook/test_reproduserbar.py

# the guide's page, and those of its pictures that are older than the program
guide:
    {{python}} -m tests.veiledning bilder

# time and memory
bench:
    {{python}} -m tests.benchmark.motor
    {{python}} -m tests.benchmark.hele_prosesser
    {{python}} -m tests.benchmark.mange_kommuner

# what CI runs
ci:
    .ci/run
