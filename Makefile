# TIP Workbench: everything a newcomer types. Each target sets up what it needs and is cheap to repeat.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python
else
VENV_PYTHON := .venv/bin/python
endif

.PHONY: help setup setup-for-tests run test bench screens soak
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/'

setup:
	@$(PYTHON) setup_machine.py

setup-for-tests:
	@$(PYTHON) setup_machine.py --for-tests

run: setup ## open the sample country (without a display: the same tour as a report)
	@$(VENV_PYTHON) -m ui.launch demo --out demo-out

test: setup-for-tests ## format, lint, types, import contracts, translations and tests
	@$(VENV_PYTHON) -m tests.check

bench: setup ## measure speed as ratios to a floor in the same run
	@$(VENV_PYTHON) -m tests.benchmarks

screens: setup ## drive the window and write a picture of each screen and step to pictures/
	@$(VENV_PYTHON) -m tests.journeys.pictures pictures

soak: setup ## kill and fault loops on the workspace file
	@$(VENV_PYTHON) -m tests.soak.kill_loop
