package auth

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
)

// How mail is sent.
const (
	resetLife    = time.Hour
	verifyLife   = 7 * 24 * time.Hour
	noticeLife   = 24 * time.Hour
	maxMails     = 10              // that wait on one account; beyond it the oldest is not sent
	leaseFor     = 3 * time.Minute // longer than a driver tries
	leaseAtOnce  = 8
	mailAttempts = 12
	lookEvery    = 5 * time.Second // for what other processes left, and for what is due again
	tendEvery    = 30 * time.Second
	rotateEvery  = time.Hour // the look whether a key is old, not the rotation
)

// addLinkMail gives the account a one-time link and the mail that brings it. Without a public address it does nothing.
// As a closure of an Update may call it again, the secret differs from run to run; what counts is the last.
func (s *Service) addLinkMail(a *Account, kind LinkKind) error {
	if s.links == "" {
		return nil
	}
	id, err := newID()
	if err != nil {
		return err
	}
	secret := random(secretBytes)
	token := credential{account: a.ID, id: id, secret: secret}.encode(linkPrefix)
	l := Link{ID: id, Kind: kind, Digest: digest(secret), Email: a.Email}
	m := Mail{ID: id, Account: a.ID, To: a.Email, DueAt: s.at()}
	// The token stands behind the #, so that neither a server nor a proxy on the way ever logs it.
	switch kind {
	case LinkReset:
		l.ExpiresAt = s.at().Add(resetLife)
		m.Subject = "Set a new password for Rung"
		m.Text = "Somebody, probably you, asked to set a new password for " + a.Email + ".\n\n" +
			"To do so, open this link within an hour; it works once:\n\n" + s.links + "/reset-password#" + token + "\n\n" +
			"If it was not you, nothing has changed and you need not do anything.\n"
	case LinkVerify:
		l.ExpiresAt = s.at().Add(verifyLife)
		m.Subject = "Confirm your e-mail address for Rung"
		m.Text = "Welcome to Rung. To confirm that this address is yours, open this link within a week:\n\n" +
			s.links + "/verify-email#" + token + "\n\n" +
			"If you have not registered, somebody mistook the address; you need not do anything.\n"
	}
	m.ExpiresAt = l.ExpiresAt
	a.addLink(l)
	a.post(m)
	return nil
}

// addNotice tells a person that her password was changed, in case it was not she who did.
func (s *Service) addNotice(a *Account) error {
	if s.links == "" {
		return nil
	}
	id, err := newID()
	if err != nil {
		return err
	}
	a.post(Mail{
		ID: id, Account: a.ID, To: a.Email, DueAt: s.at(), ExpiresAt: s.at().Add(noticeLife),
		Subject: "Your password for Rung was changed",
		Text: "The password of " + a.Email + " was changed, and other sessions were signed out.\n\n" +
			"If it was not you, set a new one at once:\n\n" + s.links + "/forgot-password\n",
	})
	return nil
}

// post puts a mail into the outbox.
func (a *Account) post(m Mail) {
	a.Mails = append(a.Mails[max(0, len(a.Mails)-maxMails+1):], m)
}

func (s *Service) wakeMail() {
	select {
	case s.mailWake <- struct{}{}:
	default:
	}
}

// Relay sends mail as it comes, writes down which tokens were used, and sees to it that old keys are followed by new
// ones, until ctx ends. Several processes may run it. Failures are logged and tried again.
func (s *Service) Relay(ctx context.Context) {
	look, tend, rotate := time.NewTicker(lookEvery), time.NewTicker(tendEvery), time.NewTicker(rotateEvery)
	defer look.Stop()
	defer tend.Stop()
	defer rotate.Stop()
	s.try(ctx, "keys can't be rotated", s.keys.rotate(ctx, keyAge))
	for {
		for more := true; more && ctx.Err() == nil; {
			var err error
			more, err = s.DeliverMail(ctx)
			s.try(ctx, "the outbox can't be read", err)
		}
		select {
		case <-ctx.Done():
			s.try(ctx, "uses of tokens can't be noted", s.FlushUses(context.WithoutCancel(ctx)))
			return
		case <-s.mailWake:
		case <-look.C:
		case <-tend.C:
			s.try(ctx, "uses of tokens can't be noted", s.FlushUses(ctx))
		case <-rotate.C:
			s.try(ctx, "keys can't be rotated", s.keys.rotate(ctx, keyAge))
		}
	}
}

func (s *Service) try(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, what, "error", err)
	}
}

// DeliverMail sends what is due and reports whether there may be more. Each mail is sent at least once, and seldom
// twice. One that fails is tried again, later and later, until it is of no use any more.
func (s *Service) DeliverMail(ctx context.Context) (more bool, err error) {
	now := s.at()
	mails, err := s.store.LeaseMail(ctx, now, now.Add(leaseFor), leaseAtOnce)
	if err != nil {
		return false, err
	}
	var all sync.WaitGroup
	errs := make([]error, len(mails))
	for i, m := range mails {
		all.Go(func() { errs[i] = s.deliver(ctx, m) })
	}
	all.Wait()
	return len(mails) == leaseAtOnce, errors.Join(errs...)
}

// deliver sends one mail and notes what came of it.
func (s *Service) deliver(ctx context.Context, m Mail) error {
	var failed error
	if m.ExpiresAt.After(s.at()) {
		failed = s.mailer.Send(ctx, mail.Message{ID: m.ID.String(), To: m.To, Subject: m.Subject, Text: m.Text})
	}
	if ctx.Err() != nil && failed != nil {
		return nil // we are being stopped; the lease will end
	}
	giveUp := errors.Is(failed, mail.ErrRefused) || m.Attempts >= mailAttempts
	if failed != nil {
		s.log.WarnContext(ctx, "mail could not be sent", "mail", m.ID, "attempt", m.Attempts, "given_up", giveUp, "error", failed)
	}
	err := s.store.Update(context.WithoutCancel(ctx), m.Account, func(a *Account) error {
		if failed == nil || giveUp {
			a.Mails = slices.DeleteFunc(a.Mails, func(o Mail) bool { return o.ID == m.ID })
			return nil
		}
		for i := range a.Mails {
			if a.Mails[i].ID == m.ID {
				a.Mails[i].DueAt = s.at().Add(backoff(m.Attempts))
			}
		}
		return nil
	})
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	return err
}

// backoff is how long a mail rests after its n-th failure: from ten seconds, doubling, to half an hour.
func backoff(n int) time.Duration {
	return min(10*time.Second<<min(n-1, 10), 30*time.Minute)
}
