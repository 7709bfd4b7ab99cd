package auth

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// forgotFloor is how long an answer takes that must not tell whether there is an account.
const forgotFloor = 250 * time.Millisecond

// ChangePassword replaces a person's own password. Her other sessions end and links that were mailed stop working;
// personal access tokens stay.
func (s *Service) ChangePassword(ctx context.Context, id Identity, old, password string, c Client) error {
	a, err := s.own(ctx, id)
	if err != nil {
		return err
	}
	limits := s.guessLimits(a, a.Email, c)
	if err := s.take(ctx, limits); err != nil {
		return err
	}
	if why := checkPassword(password, a.Email); why != "" {
		return fault.InvalidField("new", why)
	}
	right, _, err := s.hasher.verify(ctx, a.Password, old)
	if err != nil {
		return err
	}
	if !right {
		return fault.InvalidField("current", "is wrong")
	}
	s.give(ctx, limits)
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	err = s.update(ctx, a.ID, func(now *Account) error {
		if now.Password != a.Password {
			return errRaced
		}
		now.Password = hash
		now.endSessions(id.Session)
		now.dropLinks(LinkReset)
		now.note(s.entry(ctx, c, audit.PasswordChanged, a.ID).As(a.ID))
		return s.addNotice(now)
	})
	if errors.Is(err, errRaced) {
		return fault.InvalidField("current", "is wrong")
	}
	return err
}

// ForgotPassword mails a link that sets a new password to the address, if there is an account that may sign in. The
// answer and its time are the same if there is none.
func (s *Service) ForgotPassword(ctx context.Context, email string, c Client) error {
	normal, ok := NormalizeEmail(email)
	if !ok {
		return fault.InvalidField("email", "must be an e-mail address")
	}
	if err := s.take(ctx, mailLimits(normal, c)); err != nil {
		return err
	}
	if s.links == "" {
		s.log.WarnContext(ctx, "somebody forgot her password, and no link can be mailed; set the public address (RUNG_PUBLIC_URL), or use \"rung user reset-password\"")
		return nil
	}
	floor := time.After(forgotFloor)
	err := s.mailReset(ctx, normal, c)
	select {
	case <-floor:
	case <-ctx.Done():
	}
	return err
}

func (s *Service) mailReset(ctx context.Context, email string, c Client) error {
	a, err := s.store.AccountByEmail(ctx, email)
	if err == nil {
		err = s.update(ctx, a.ID, func(a *Account) error {
			if a.Disabled || a.Password == "" { // who was made up has forgotten nothing, and reads no mail
				return nil
			}
			a.note(s.entry(ctx, c, audit.PasswordForgotten, a.ID))
			return s.addLinkMail(a, LinkReset)
		})
	}
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	return err
}

func errLink() *fault.Error {
	return fault.New(fault.KindGone, "link-used", "This link was used already or is too old; ask for a new one.")
}

// ResetPassword sets a new password by a link that was mailed. The link is used up, all sessions end, and the address
// is shown to be the person's. If nobody had shown that before, whoever registered it may have been somebody else, who
// must not keep a way in: the account's personal access tokens end too.
func (s *Service) ResetPassword(ctx context.Context, link, password string, c Client) error {
	if err := s.take(ctx, linkLimits(c)); err != nil {
		return err
	}
	used, ok := parseCredential(linkPrefix, link)
	if !ok {
		return errLink()
	}
	a, err := s.store.Account(ctx, used.account)
	if err == nil && a.link(used, LinkReset, s.at()) == nil || fault.KindOf(err) == fault.KindNotFound {
		return errLink()
	}
	if err != nil {
		return err
	}
	if why := checkPassword(password, a.Email); why != "" {
		return fault.InvalidField("password", why)
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	err = s.update(ctx, used.account, func(a *Account) error {
		l := a.link(used, LinkReset, s.at())
		if l == nil || a.Disabled {
			return errLink()
		}
		if !a.Verified {
			a.Tokens = nil
		}
		a.Verified = a.Verified || l.Email == a.Email
		a.Password = hash
		a.endSessions(uuid.Nil)
		a.dropLinks(LinkReset)
		a.note(s.entry(ctx, c, audit.PasswordReset, a.ID, "by", "link").As(a.ID))
		return s.addNotice(a)
	})
	if err == nil {
		s.origins.saw(used.account, c, s.at())
	}
	return err
}

// VerifyEmail shows, by a link that was mailed, that mail to the account's address arrives.
func (s *Service) VerifyEmail(ctx context.Context, link string, c Client) error {
	if err := s.take(ctx, linkLimits(c)); err != nil {
		return err
	}
	used, ok := parseCredential(linkPrefix, link)
	if !ok {
		return errLink()
	}
	err := s.update(ctx, used.account, func(a *Account) error {
		l := a.link(used, LinkVerify, s.at())
		if l == nil || l.Email != a.Email {
			return errLink()
		}
		a.Verified = true
		a.dropLinks(LinkVerify)
		a.note(s.entry(ctx, c, audit.EmailVerified, a.ID).As(a.ID))
		return nil
	})
	if fault.KindOf(err) == fault.KindNotFound {
		return errLink()
	}
	return err
}

// AskVerification mails the link for VerifyEmail again. It does nothing if the address is verified.
func (s *Service) AskVerification(ctx context.Context, id Identity, c Client) error {
	a, err := s.own(ctx, id)
	if err != nil || a.Verified {
		return err
	}
	if s.links == "" {
		return fault.New(fault.KindUnavailable, "mail-not-set-up", "This installation can't mail links.")
	}
	if err := s.take(ctx, mailLimits(a.Email, c)); err != nil {
		return err
	}
	return s.update(ctx, a.ID, func(a *Account) error {
		if a.Verified {
			return nil
		}
		return s.addLinkMail(a, LinkVerify)
	})
}

// link gives the account's link that a token is the secret of, nil if there is none that still works.
func (a *Account) link(used credential, kind LinkKind, now time.Time) *Link {
	for i := range a.Links {
		l := &a.Links[i]
		if l.ID == used.id && l.Kind == kind && l.ExpiresAt.After(now) && sameDigest(used.secret, l.Digest) {
			return l
		}
	}
	return nil
}
