package app

import (
	"context"
	"slices"
)

// role is a part of Rung that a process may run.
type role struct {
	name string
	open func(*App, context.Context) error
}

// roles are in the order in which they open: each finds what it needs of the ones before.
func roles() []role {
	return []role{
		{"users", (*App).openUsers},
		{"tasks", (*App).openTasks},
		{"auth", (*App).openAuth},
		{"worker", (*App).openWorker},
		{"gateway", (*App).openGateway},
	}
}

// openRoles opens those of the named roles that are wanted.
func (a *App) openRoles(ctx context.Context, wanted ...string) error {
	for _, r := range roles() {
		if !slices.Contains(wanted, r.name) {
			continue
		}
		if err := r.open(a, ctx); err != nil {
			return err
		}
	}
	return nil
}
