# Observatoire des clauses sociales : `make help` liste les commandes.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installe.stamp
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help aide run install check lint types contracts unit browser full test captures bench verrou format clean

help: ## affiche cette aide
	@echo "Commandes :"
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | \
		while IFS='|' read -r nom texte; do printf '%-16s %s\n' "  $$nom" "$$texte"; done

aide: help

run: $(STAMP) ## installe, écrit les sources de démonstration, construit l’instantané et sert le site
	@$(BIN)/observatoire demo --si-besoin
	@$(BIN)/observatoire construire --si-besoin
	@exec $(BIN)/observatoire servir

install: $(STAMP) ## crée .venv et installe les paquets verrouillés

$(STAMP): requirements.lock pyproject.toml
	@sh .ci/environnement.sh "$(PYTHON)" "$(VENV)"
	@touch $@

check: lint types contracts unit ## vérifie le style, les types, les imports et les essais unitaires

lint: $(STAMP)
	@echo "→ Style"
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: $(STAMP)
	@echo "→ Types"
	@$(BIN)/mypy --no-error-summary

contracts: $(STAMP)
	@echo "→ Contrats d’import"
	@$(BIN)/lint-imports --no-logo

unit: $(STAMP)
	@echo "→ Essais unitaires"
	@$(BIN)/pytest -q -n $(JOBS) -m "not navigateur and not complet"

browser: $(STAMP)
	@sh .ci/chromium.sh "$(VENV)"
	@echo "→ Essais dans un navigateur"
	@$(BIN)/pytest -q -n $(JOBS) --dist loadfile -m navigateur

full: $(STAMP)
	@echo "→ Essais longs : démonstration entière, constructions, secret statistique attaqué"
	@$(BIN)/pytest -q -n $(JOBS) --dist loadfile -m complet

test: ## lance tous les essais, navigateur compris
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory full
	@$(MAKE) --no-print-directory browser

captures: $(STAMP) ## refait les captures d’écran du README sur la démonstration entière
	@$(BIN)/pytest tests -q -m navigateur -k readme --instantane=data/instantane/observatoire.duckdb --captures=docs/images

bench: $(STAMP) ## mesure la construction, le démarrage et les requêtes
	@$(BIN)/python -m benchmarks

verrou: $(STAMP) ## recalcule requirements.lock (versions exactes et empreintes)
	@echo "→ Calcul du verrou"
	@sh .ci/verrou.sh "$(VENV)"

format: $(STAMP) ## remet le code en forme
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

clean: ## efface les caches, les sources de démonstration et l’instantané (garde .venv)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist data/demo data/instantane
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
