// Package users knows the people, the workspaces that they share, who belongs to which in which role, and who has been
// invited. It keeps no password and no session; it is told who is asking.
//
// Every change is decided inside the store's transaction, and whatever must follow from it (a mail, the tasks domain's
// knowledge of the members) is written to an outbox in the same transaction. Relay delivers it.
package users

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/mail"
)

// Service holds the rules. It is safe for use by many goroutines.
type Service struct {
	store     Store
	directory *directory
	members   MemberSink
	projects  Projects
	holdings  Holdings
	mailer    mail.Sender
	publicURL string
	limits    Limits
	now       func() time.Time
	log       *slog.Logger
	lookEvery time.Duration

	wakeMembers, wakeMail chan struct{}
}

// Config is what a Service is made of. Store is needed; everything else has a default or may be absent.
type Config struct {
	Store     Store
	Members   MemberSink    // who is told of every change of a member; nil keeps them in the outbox
	Projects  Projects      // checks the projects that an invitation names; nil accepts all
	Holdings  Holdings      // what else a workspace uses; nil: nobody knows
	Mailer    mail.Sender   // nil: nothing is mailed, and whoever invites passes the link on
	PublicURL string        // what mailed links begin with, such as "https://host/rung"; "" as with no Mailer
	Limits    Limits        // the zero value is DefaultLimits
	LookEvery time.Duration // how often Relay looks for what is due again or was left by other processes; 0 is a second
	Now       func() time.Time
	Log       *slog.Logger

	// Exclusive promises that nobody but this Service changes what is in the store: then what it remembers of members and
	// people need not be looked up again every second.
	Exclusive bool
}

// MemberSink follows the members of workspaces.
type MemberSink interface {
	// SetMember takes note of a member. It is called in the order of the changes of a workspace; after a failure or a
	// crash it may be called again with one that it has seen.
	SetMember(ctx context.Context, change MemberChange) error
}

// Projects knows which projects a workspace has.
type Projects interface {
	// MissingProjects gives those of ids that the workspace does not have.
	MissingProjects(ctx context.Context, ws uuid.UUID, ids []uuid.UUID) ([]uuid.UUID, error)
}

// New makes a Service.
func New(c Config) *Service {
	s := &Service{
		store: c.Store, members: c.Members, projects: c.Projects, holdings: c.Holdings, mailer: c.Mailer, publicURL: c.PublicURL,
		limits: c.Limits, now: c.Now, log: c.Log, lookEvery: c.LookEvery,
		wakeMembers: make(chan struct{}, 1), wakeMail: make(chan struct{}, 1),
	}
	if s.limits == (Limits{}) {
		s.limits = DefaultLimits()
	}
	if s.lookEvery == 0 {
		s.lookEvery = time.Second
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.directory = newDirectory(c.Store, c.Exclusive, s.now)
	return s
}

// at is the present as it is stored: UTC, in milliseconds.
func (s *Service) at() time.Time { return s.now().UTC().Truncate(time.Millisecond) }
