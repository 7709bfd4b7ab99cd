package auth

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Departures remembers accounts that were deleted until the rest of Rung has forgotten whose they were.
type Departures interface {
	// Depart removes an account with all that hangs on it and notes its departure with the entry, in one step;
	// fault.NotFound if there is none. Admit may refuse: it is told what UpdateAmong tells, and as little as that may it
	// change anything.
	Depart(ctx context.Context, id uuid.UUID, at time.Time, e audit.Entry, admit func(a *Account, others func() (int, error)) error) error
	// Departures gives those that are not done, the oldest first.
	Departures(ctx context.Context, limit int) ([]Departure, error)
	// KeepDeparture keeps how far one has come. It is no error if there is none.
	KeepDeparture(ctx context.Context, d Departure) error
}

// Departure is an account that was deleted. It holds nothing of the person but her id, which names nobody then.
type Departure struct {
	ID       uuid.UUID
	At       time.Time
	DoneAt   time.Time // zero while something is left to be done
	Progress string    // of whoever does it
}

// Search picks accounts.
type Search struct {
	Text            string // a part of the address, in lower case; empty for all
	Admin, Disabled *bool  // nil: either
	After           uuid.UUID
	Limit           int
}
