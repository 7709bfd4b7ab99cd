# Every target does its own set-up; what to install beforehand is Go, and Node 20 with npm for the web app. `make` alone
# says what there is.

GO      ?= go
BIN     := bin/rung
SOURCES  = $(shell find . -name '*.go' -not -path './tools/*' -not -path './web/node_modules/*')
# Packages whose tests also run under the race detector, which needs a C compiler.
RACED   := ./internal/auth/... ./internal/users/... ./internal/tasks/... ./internal/driver/... ./internal/api/... ./internal/gateway/... ./internal/app/... \
	./internal/importer/... ./internal/mail/... ./internal/worker/... ./internal/config/... ./internal/text/... \
	./internal/disk/... ./internal/load/...
# How long each fuzz test runs.
FUZZTIME ?= 60s

# Stands for what is installed for the web app.
MODULES := web/node_modules/.installed
# The browser that the web app is tested in.
CHROMIUM ?= /usr/bin/chromium

# with_node makes a target where Node is; in continuous integration it must be.
with_node = if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(1); \
	elif [ "$$CI" = true ]; then echo '$(1): Node is needed'; exit 1; \
	else echo '$(1): skipped, for Node is not installed'; fi

export CGO_ENABLED ?= 0

.PHONY: help run dev build test lint race generate bench bench-hot bench-web soak fuzz clean web web-lint web-test

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## build and serve, data in ./data
	$(BIN) serve

dev: build ## serve with a log of everything, data in ./data; beside it, with Node, the web app at :5173 as it is edited
	@if command -v npm >/dev/null; then \
		(cd web && exec npm run --silent dev) & vite=$$!; trap 'kill $$vite' EXIT; \
		RUNG_LOG_FORMAT=text RUNG_LOG_LEVEL=debug $(BIN) serve; \
	else RUNG_LOG_FORMAT=text RUNG_LOG_LEVEL=debug exec $(BIN) serve; fi

build: web ## build bin/rung
	$(GO) build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/rung

web: # the web app, where there is Node to build it; without, the program serves a page that says so
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(MODULES) && cd web && npm run --silent build -- --logLevel warn; \
	else echo 'web: Node is not installed; building without the web app'; fi

# What the web app is made from is installed anew when the list of it has changed.
$(MODULES): web/package-lock.json
	cd web && npm ci --prefer-offline --no-audit --no-fund
	@touch $@

test: lint ## everything that must hold before a change is shared
	$(GO) test ./...
	@$(MAKE) --no-print-directory race
	@$(call with_node,web-test)

web-test: build # the web app: its types and words are fresh, its tests, its size, and in a browser
	cd web && npm run --silent types:check && npm run --silent licenses:check && npm run --silent words:check && npm test && npm run --silent sizes
	cd web && TEST_BINARY=$(CURDIR)/$(BIN) npm run --silent test:api
	@if [ ! -x "$(CHROMIUM)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; fi
	@if [ -x "$(CHROMIUM)" ]; then cd web && CHROMIUM=$(CHROMIUM) TEST_BINARY=$(CURDIR)/$(BIN) npm run --silent test:browser; \
	elif [ "$$CI" = true ]; then echo 'web: Chromium is needed'; exit 1; \
	else echo 'web: the tests in a browser are skipped, for there is no Chromium'; fi

web-lint: $(MODULES) # the web app: layers, hooks, accessibility, format, types
	cd web && npm run --silent lint

race: # the domains and what stands around them, under the race detector
	@if [ "$$($(GO) env CC)" ] && command -v "$$($(GO) env CC)" >/dev/null; then \
		echo 'race detector: $(RACED)'; CGO_ENABLED=1 $(GO) test -race -timeout 20m $(RACED); \
	elif [ "$$CI" = true ]; then echo 'race: a C compiler is needed'; exit 1; \
	else echo 'race: skipped, for there is no C compiler'; fi

lint: ## format, vet, staticcheck; for the web app eslint, prettier and the compiler
	@unformatted=$$($(GO) tool gofumpt -l $(SOURCES)); \
	if [ "$$unformatted" ]; then echo "not formatted (go tool gofumpt -w FILE):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) vet -tags failpoints ./...
	$(GO) tool staticcheck ./...
	@$(call with_node,web-lint)

generate: ## write again what is generated: docs/configuration.md, cmd/rung/licenses.txt, the Go client, the web app's types, the examples of the API
	$(GO) run ./internal/config/configdoc docs/configuration.md
	$(GO) run ./internal/api/clientgen client
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(MODULES) && cd web && npm run --silent types && npm run --silent licenses; fi
	EXAMPLES=write $(GO) test -count=1 -run '^TestTour$$' ./system
	@touch cmd/rung/licenses.txt
	$(GO) run ./cmd/rung/licensegen cmd/rung/licenses.txt

bench: ## measure what is promised of Rung's speed, and write docs/performance.md
	$(GO) run ./system/bench -out docs/performance.md

# The packages whose benchmarks are of what most requests go through.
HOT   := ./internal/driver/sqldb ./internal/tasks ./internal/auth ./internal/api ./internal/text
COUNT ?= 6

bench-hot: ## run the benchmarks of the hot paths, with allocations; BASE=COMMIT compares them with those of a commit
	@now=$$(mktemp); then=$$(mktemp); tree=$$(mktemp -d); trap 'rm -f $$now $$then; git worktree remove --force $$tree 2>/dev/null; rm -rf $$tree' EXIT; \
	$(GO) test -run '^$$' -bench . -benchmem -count $(COUNT) $(HOT) | tee $$now; \
	if [ "$(BASE)" ]; then \
		git worktree add --quiet --force --detach $$tree $(BASE) && (cd $$tree && $(GO) test -run '^$$' -bench . -benchmem -count $(COUNT) $(HOT)) > $$then; \
		$(GO) tool benchstat $$then $$now; \
	else $(GO) tool benchstat $$now; fi

bench-web: build ## measure what is promised of the web app's speed, and write it into docs/performance.md
	cd web/bench/lighthouse && npm ci --prefer-offline --no-audit --no-fund --silent
	cd web && CHROMIUM=$(CHROMIUM) TEST_BINARY=$(CURDIR)/$(BIN) npm run --silent bench

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
