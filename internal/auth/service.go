// Package auth lets people in: their credentials, their sessions, the tokens that programs use, and who the
// administrators of the installation are. What people are called and which workspaces they are in is the business of
// other domains, which know them by the account's id.
package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/mail"
)

// Signup says who may register, besides the first administrator, who comes with the set-up token.
type Signup string

// The ways.
const (
	SignupOpen   Signup = "open"   // anybody
	SignupInvite Signup = "invite" // who has an invitation
	SignupClosed Signup = "closed" // nobody
)

// People makes the persons that accounts belong to, and knows who is invited.
type People interface {
	// CreatePerson makes a person with a workspace of her own and gives that workspace. It may be called again with the
	// same id and then gives what is there.
	CreatePerson(ctx context.Context, id uuid.UUID, email, name string) (workspace uuid.UUID, err error)
	// Invited gives the address that an invitation was made out to, empty if to anybody; fault.NotFound or another
	// fault if it is not open.
	Invited(ctx context.Context, invitation string) (email string, err error)
	// MayLeave refuses, with what to do about it, while others depend on the person.
	MayLeave(ctx context.Context, id uuid.UUID) error
}

// Options are what a Service is made of. All must be set but PublicURL and Exclusive.
type Options struct {
	Store     Store
	People    People
	Attempts  Attempts
	Mailer    mail.Sender
	PublicURL string // where people reach Rung; without it no mail can hold a link, and none is sent
	Signup    Signup
	Hashing   Hashing
	Log       *slog.Logger
	Now       func() time.Time

	// Exclusive promises that nobody but this Service changes what is in the store: then a grant is believed for longer.
	Exclusive bool
}

// Client is where a request came from. The address is for limits and for the person's own list of sessions.
type Client struct {
	Address netip.Addr
	Agent   string
}

// Service holds the rules. It is safe for concurrent use.
type Service struct {
	store    Store
	people   People
	attempts Attempts
	mailer   mail.Sender
	links    string // the public address without a slash at its end; empty for none
	signup   Signup
	hasher   *hasher
	log      *slog.Logger
	now      func() time.Time

	keys     *keyring
	verified *verified
	used     *usedTokens
	origins  origins
	mailWake chan struct{}

	departed   chan struct{}
	unrecorded unrecorded
}

// New makes a service. The first one on an empty store makes the key that signs access tokens.
func New(ctx context.Context, o Options) (*Service, error) {
	s := &Service{
		store: o.Store, people: o.People, attempts: o.Attempts, mailer: o.Mailer, links: strings.TrimRight(o.PublicURL, "/"),
		signup: o.Signup, hasher: newHasher(o.Hashing), log: o.Log, now: o.Now,
		verified: newVerified(o.Exclusive), used: newUsedTokens(), origins: newOrigins(), mailWake: make(chan struct{}, 1),
		departed: make(chan struct{}, 1),
	}
	switch s.signup {
	case SignupOpen, SignupInvite, SignupClosed:
	default:
		return nil, fmt.Errorf("signup must be open, invite or closed, not %q", s.signup)
	}
	issuer := "rung"
	if s.links != "" {
		u, err := url.Parse(s.links)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
			return nil, errors.New("the public address must be an http or https address")
		}
		issuer = s.links
	}
	s.keys = newKeyring(s.store, issuer, s.at)
	if err := s.keys.ensure(ctx); err != nil {
		return nil, fmt.Errorf("make ready the keys that sign access tokens: %w", err)
	}
	return s, nil
}

// at is now, as precise as stores keep it.
func (s *Service) at() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// update changes an account, and sees to it that what thereby ended, or ends at another time, is not taken for what it was
// by this process any longer, and that mails which thereby came about are sent soon. What a change that failed would have
// ended is looked up again too: the store may have changed it all the same.
func (s *Service) update(ctx context.Context, id uuid.UUID, change func(*Account) error) error {
	return s.updateBy(ctx, func(full func(*Account) error) error { return s.store.Update(ctx, id, full) }, change)
}

// updateBy is update by one of the store's ways to change an account.
func (s *Service) updateBy(_ context.Context, by func(func(*Account) error) error, change func(*Account) error) error {
	var touched []grantKey
	var mails bool
	err := by(func(a *Account) error {
		touched = nil
		before := grantsOf(a)
		waiting, disabled, admin := slices.Clone(a.Mails), a.Disabled, a.Admin
		a.prune(s.at())
		if err := change(a); err != nil {
			return err
		}
		a.prune(s.at())
		mails = slices.ContainsFunc(a.Mails, func(m Mail) bool { return !slices.Contains(waiting, m) })
		after := grantsOf(a)
		for k, expires := range before {
			if until, there := after[k]; !there || !until.Equal(expires) || a.Disabled != disabled || a.Admin != admin {
				touched = append(touched, k)
			}
		}
		return nil
	})
	s.verified.forget(touched...)
	if err != nil {
		return err
	}
	if mails {
		s.wakeMail()
	}
	return nil
}

// grantsOf names all that lets somebody in, with the time when it ends.
func grantsOf(a *Account) map[grantKey]time.Time {
	all := make(map[grantKey]time.Time, len(a.Sessions)+len(a.Tokens))
	for _, s := range a.Sessions {
		all[grantKey{account: a.ID, id: s.ID}] = s.ExpiresAt
	}
	for _, t := range a.Tokens {
		all[grantKey{account: a.ID, id: t.ID, personal: true}] = t.ExpiresAt
	}
	return all
}

func newID() (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("make an id: %w", err)
	}
	return id, nil
}
