package users

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
)

// mails reports whether invitations can be mailed: without a public address there is nothing to link to, and the
// address that a request came to is not to be trusted with secrets.
func (s *Service) mails() bool { return s.mailer != nil && s.publicURL != "" }

// InvitationLink is the address at which a secret is accepted; "" if no public address is set. The secret is behind the
// #, so that no server and no proxy on the way ever logs it.
func (s *Service) InvitationLink(secret string) string {
	if s.publicURL == "" || secret == "" {
		return ""
	}
	return strings.TrimRight(s.publicURL, "/") + "/invite#" + secret
}

// mailInvitation sends the mail with a new secret. An invitation that is not open any more is not mailed. If last, or if
// the mail is refused for good, a failure is final: it is noted on the invitation and not returned.
func (s *Service) mailInvitation(ctx context.Context, d invitationMail, last bool) error {
	secret, token := newToken(d.Workspace, d.Invitation, true)
	var inviter, workspace, to string
	err := s.store.UpdateWorkspace(ctx, d.Workspace, func(v View) (Change, error) {
		to = ""
		w, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		i, err := v.Invitation(d.Invitation)
		if err != nil {
			return Change{}, err
		}
		if !w.Live() || i == nil || !i.open(s.at()) {
			return Change{}, nil
		}
		p, err := v.Person(i.CreatedBy)
		if err != nil {
			return Change{}, err
		}
		if !p.live() { // what she began ends with her
			return Change{}, nil
		}
		inviter = p.Name
		workspace, to = w.Name, i.Email
		return Change{Tokens: []Token{token}}, nil
	})
	if err != nil || to == "" {
		return err
	}
	if !s.mails() {
		return fault.Unavailable(errors.New("mail is not set up any more"))
	}
	err = s.mailer.Send(ctx, mail.Message{
		ID: "invitation-" + d.Invitation.String(), To: to, Subject: inviter + " invites you to " + workspace,
		Text: fmt.Sprintf("%s invites you to work together in %s.\n\n"+
			"To accept, open this link within a week; it works once:\n\n%s\n\n"+
			"If you don't know what this is about, you need not do anything.\n",
			inviter, workspace, s.InvitationLink(secret)),
	})
	state := MailSent
	if err != nil {
		if !last && !errors.Is(err, mail.ErrRefused) {
			return err
		}
		s.log.Error("an invitation could not be mailed and is given up", "invitation", d.Invitation, "error", err)
		state = MailFailed
	}
	return s.store.UpdateWorkspace(ctx, d.Workspace, func(v View) (Change, error) {
		i, err := v.Invitation(d.Invitation)
		if err != nil || i == nil {
			return Change{}, err
		}
		i.Mail = state
		return Change{Invitations: []Invitation{*i}}, nil
	})
}
