# Every target does its own set-up; the only thing to install beforehand is Go. `make` alone says what there is.

GO      ?= go
BIN     := bin/rung
SOURCES  = $(shell find . -name '*.go' -not -path './tools/*' -not -path './web/node_modules/*')
# Packages whose tests also run under the race detector, which needs a C compiler.
RACED   := ./internal/auth/... ./internal/users/... ./internal/tasks/... ./internal/driver/... ./internal/api/... ./internal/gateway/... ./internal/app/... \
	./internal/importer/... ./internal/mail/... ./internal/worker/... ./internal/config/... ./internal/text/... \
	./internal/disk/...
# How long each fuzz test runs.
FUZZTIME ?= 60s

export CGO_ENABLED ?= 0

.PHONY: help run dev build test lint race generate bench soak fuzz clean web

help: ## say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## build and serve, data in ./data
	$(BIN) serve

dev: build ## serve with a log of everything, data in ./data
	RUNG_LOG_FORMAT=text RUNG_LOG_LEVEL=debug $(BIN) serve

build: web ## build bin/rung
	$(GO) build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/rung

web: # the web app, where there is one and Node to build it; without, the program serves a page that says so
	@if [ -f web/package.json ]; then \
		if command -v npm >/dev/null; then cd web && npm ci --no-audit --no-fund && npm run build; \
		else echo 'web: Node is not installed; building without the web app'; fi; \
	fi

test: lint ## everything that must hold before a change is shared
	$(GO) test ./...
	@$(MAKE) --no-print-directory race

race: # the domains and what stands around them, under the race detector
	@if [ "$$($(GO) env CC)" ] && command -v "$$($(GO) env CC)" >/dev/null; then \
		echo 'race detector: $(RACED)'; CGO_ENABLED=1 $(GO) test -race -timeout 20m $(RACED); \
	elif [ "$$CI" = true ]; then echo 'race: a C compiler is needed'; exit 1; \
	else echo 'race: skipped, for there is no C compiler'; fi

lint: ## format, vet, staticcheck
	@unformatted=$$($(GO) tool gofumpt -l $(SOURCES)); \
	if [ "$$unformatted" ]; then echo "not formatted (go tool gofumpt -w FILE):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) vet -tags failpoints ./...
	$(GO) tool staticcheck ./...

generate: ## write again what is generated: docs/configuration.md, cmd/rung/licenses.txt, the Go client, the examples of the API
	$(GO) run ./internal/config/configdoc docs/configuration.md
	$(GO) run ./internal/api/clientgen client
	EXAMPLES=write $(GO) test -count=1 -run '^TestTour$$' ./system
	@touch cmd/rung/licenses.txt
	$(GO) run ./cmd/rung/licensegen cmd/rung/licenses.txt

bench: ## measure what is promised of Rung's speed, and write docs/performance.md
	$(GO) run ./system/bench -out docs/performance.md

soak: ## make a million operations on one server and write docs/endurance.md
	$(GO) run ./system/bench -endurance 1000000 -out docs/endurance.md

fuzz: ## run every fuzz test for FUZZTIME
	@for f in $$(grep -rl --include='*_test.go' '^func Fuzz' internal); do \
		for name in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' $$f); do \
			echo "$$name"; $(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) ./$$(dirname $$f) || exit 1; \
		done; \
	done

clean: ## delete what was built; data stays
	rm -rf bin
