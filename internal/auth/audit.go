package auth

import (
	"context"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// entry makes an entry of the audit log. Where the context does not say where the request came from, the client does.
func (s *Service) entry(ctx context.Context, c Client, action string, subject uuid.UUID, details ...string) audit.Entry {
	if o := audit.OriginOf(ctx); !o.Address.IsValid() && c.Address.IsValid() {
		o.By, o.Address, o.Agent = audit.ByNobody, c.Address, c.Agent
		ctx = audit.With(ctx, o)
	}
	return audit.New(ctx, s.at(), action, subject, details...)
}

// failureLimits bound what failed sign-ins can write: for one address ten at once and then four an hour, for the whole
// installation 500 and then one in ten seconds, which is some two megabytes a day. An address that has no account is
// counted, and written down, as one that has: nobody can tell them apart by the work.
func failureLimits(email string) []limit {
	return []limit{
		{"note failure of " + email, Rate{Burst: 10, Every: 15 * time.Minute}},
		{"note failure", Rate{Burst: 500, Every: 10 * time.Second}},
	}
}

// unrecorded counts the failures that were too many to be written down, or could not be. The next that is tells of them.
type unrecorded struct{ atomic.Int64 }

// noteFailure writes down that somebody did not get in. What she typed is not kept: it may be a password.
func (s *Service) noteFailure(ctx context.Context, c Client, email string, account uuid.UUID, why string) {
	if s.take(ctx, failureLimits(email)) != nil {
		s.unrecorded.Add(1)
		return
	}
	details := []string{"reason", why}
	before := s.unrecorded.Swap(0)
	if before > 0 {
		details = append(details, "unrecorded", strconv.FormatInt(before, 10))
	}
	if err := s.store.Audit().Record(ctx, s.entry(ctx, c, audit.SignInFailed, account, details...)); err != nil {
		s.unrecorded.Add(before + 1)
		s.log.WarnContext(ctx, "a failed sign-in could not be written down", "error", err)
	}
}

// NoteAdmin writes down that an administrator of the installation called something. Of the same look at things one a
// minute is enough.
func (s *Service) NoteAdmin(ctx context.Context, user uuid.UUID, call string, look bool) {
	if look && s.take(ctx, []limit{{"note look of " + user.String() + " at " + call, Rate{Burst: 1, Every: time.Minute}}}) != nil {
		return
	}
	if err := s.store.Audit().Record(ctx, s.entry(ctx, Client{}, audit.AdminCalled, uuid.Nil, "call", call)); err != nil {
		s.log.WarnContext(ctx, "an administrator's call could not be written down", "error", err)
	}
}
