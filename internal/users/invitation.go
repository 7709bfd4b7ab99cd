package users

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/mail"
)

// Invitation lets somebody into a workspace: one person who was mailed, or, without an address, whoever has the link.
type Invitation struct {
	Workspace, ID uuid.UUID
	Email         string // "" for a link
	Role          Role
	Projects      []Grant
	MaxUses       int // 0: any number until it expires
	Uses          int
	Mail          MailState
	CreatedBy     uuid.UUID
	CreatedAt     time.Time
	ExpiresAt     time.Time
	ClosedAt      time.Time // when it was revoked or used up; zero until then
	Origin        []byte    // hash of the request that created it
}

// Grant is a role in a project.
type Grant struct {
	Project uuid.UUID `json:"project"`
	Role    string    `json:"role"` // admin, editor, commenter or viewer
}

// MailState says what became of an invitation's mail.
type MailState string

// The states of a mail; an invitation that is not to be mailed has none.
const (
	MailQueued MailState = "queued"
	MailSent   MailState = "sent"
	MailFailed MailState = "failed" // given up; the link can still be passed on by hand
)

// NewInvitation is what an invitation is made from. ID may be Nil.
type NewInvitation struct {
	ID       uuid.UUID
	Email    string
	Role     Role
	Projects []Grant
	MaxUses  int
}

// Bounds of invitations.
const (
	invitationAge   = 7 * 24 * time.Hour
	maxGrants       = 100
	maxUsesAtMost   = 10_000
	invitationsKept = 30 * 24 * time.Hour // after they have expired
)

// open reports whether the invitation can still be accepted by somebody new.
func (i *Invitation) open(now time.Time) bool { return i.ClosedAt.IsZero() && now.Before(i.ExpiresAt) }

// Invite makes an invitation and gives it with its secret, which can't be had again. If it is addressed to somebody and
// mail is set up, she is sent a secret of her own. The same id with the same request gives what is there, with no
// secret; with another request it is a conflict.
func (s *Service) Invite(ctx context.Context, actor, ws uuid.UUID, n NewInvitation) (Invitation, string, error) {
	n.Email = canonicalEmail(n.Email)
	if err := n.check(); err != nil {
		return Invitation{}, "", err
	}
	origin, err := originOf(actor, n)
	if err != nil {
		return Invitation{}, "", err
	}
	// Whoever may not invite must not learn from the check of the projects which of them exist.
	if m, err := s.Member(ctx, ws, actor); err != nil {
		return Invitation{}, "", err
	} else if err := m.permit(Invite); err != nil {
		return Invitation{}, "", err
	}
	wrong := s.checkProjects(ctx, ws, n.Projects)
	if n.ID == uuid.Nil {
		if n.ID, err = uuid.NewV7(); err != nil {
			return Invitation{}, "", fmt.Errorf("make an id: %w", err)
		}
	}
	secret, token := newToken(ws, n.ID, false)
	var now Invitation
	var created bool
	err = s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		created = false
		if _, _, err := permitted(v, actor, Invite); err != nil {
			return Change{}, err
		}
		old, err := v.Invitation(n.ID)
		if err != nil {
			return Change{}, err
		}
		if old != nil {
			now = *old
			if !bytes.Equal(old.Origin, origin) {
				return Change{}, fault.Conflict("id-taken", "This id has been used for something else.")
			}
			return Change{}, nil
		}
		if wrong != nil { // not before: a project may be gone when a request comes again
			return Change{}, wrong
		}
		if err := s.roomToInvite(v, n.Email); err != nil {
			return Change{}, err
		}
		now, created = s.newInvitation(actor, ws, n, origin), true
		c := Change{
			Invitations: []Invitation{now}, Tokens: []Token{token},
			Audit: s.entry(ctx, ws, audit.InvitationCreated, now.ID, "role", string(now.Role)),
		}
		if now.Mail == MailQueued {
			c.Post = []Message{s.mailMessage(now)}
		}
		return c, nil
	})
	if err != nil {
		return Invitation{}, "", err
	}
	if !created {
		return now, "", nil
	}
	nudge(s.wakeMail)
	return now, secret, nil
}

func (s *Service) newInvitation(actor, ws uuid.UUID, n NewInvitation, origin []byte) Invitation {
	at := s.at()
	i := Invitation{
		Workspace: ws, ID: n.ID, Email: n.Email, Role: n.Role, Projects: n.Projects, MaxUses: n.MaxUses,
		CreatedBy: actor, CreatedAt: at, ExpiresAt: at.Add(invitationAge), Origin: origin,
	}
	if n.Email != "" {
		i.MaxUses = 1
		if s.mails() {
			i.Mail = MailQueued
		}
	}
	return i
}

func (n *NewInvitation) check() error {
	var bad []fault.Field
	refuse := func(field, message string) { bad = append(bad, fault.Field{Field: field, Message: message}) }
	if n.Email != "" {
		if _, ok := mail.NormalizeAddress(n.Email); !ok { // what nobody could register with is nobody's
			refuse("email", "must be an e-mail address")
		}
	}
	// Owners are made of members: a secret that makes whoever finds it an owner is one too dangerous to exist.
	if why := checkRole(n.Role, []Role{Admin, Ordinary, Guest}); why != "" {
		refuse("role", why)
	}
	if n.MaxUses < 0 || n.MaxUses > maxUsesAtMost {
		refuse("max_uses", fmt.Sprintf("must be between 0 and %d", maxUsesAtMost))
	}
	if len(n.Projects) > maxGrants {
		refuse("projects", fmt.Sprintf("can be at most %d", maxGrants))
	}
	seen := map[uuid.UUID]bool{}
	for i, g := range n.Projects {
		if seen[g.Project] {
			refuse(fmt.Sprintf("projects[%d].project", i), "is named twice")
		}
		seen[g.Project] = true
		if !slices.Contains([]string{"admin", "editor", "commenter", "viewer"}, g.Role) {
			refuse(fmt.Sprintf("projects[%d].role", i), "must be one of admin, editor, commenter, viewer")
		}
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}

// canonicalEmail is the one spelling in which addresses are compared. What is no address stays as it is, trimmed.
func canonicalEmail(email string) string {
	if normal, ok := mail.NormalizeAddress(email); ok {
		return normal
	}
	return strings.TrimSpace(email)
}

func (s *Service) checkProjects(ctx context.Context, ws uuid.UUID, grants []Grant) error {
	if s.projects == nil || len(grants) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(grants))
	for i, g := range grants {
		ids[i] = g.Project
	}
	missing, err := s.projects.MissingProjects(ctx, ws, ids)
	if err != nil {
		return err
	}
	var bad []fault.Field
	for i, id := range ids {
		if slices.Contains(missing, id) {
			bad = append(bad, fault.Field{Field: fmt.Sprintf("projects[%d].project", i), Message: "does not exist"})
		}
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}

// roomToInvite refuses floods, and inviting somebody who is in or invited already. The count of a day includes revoked
// invitations: otherwise inviting and revoking in turn would mail anybody without end.
func (s *Service) roomToInvite(v View, email string) error {
	unclosed, err := v.UnclosedInvitations()
	if err != nil {
		return err
	}
	open := 0
	for _, i := range unclosed {
		if !i.open(s.at()) {
			continue
		}
		open++
		if email != "" && i.Email == email {
			return fault.Conflict("already-invited", "This address has an open invitation; revoke it to invite again.")
		}
	}
	if open >= s.limits.OpenInvitations {
		return fault.Quota(fmt.Sprintf("The workspace has %d open invitations, which is as many as it may.", open))
	}
	today, err := v.CountInvited(s.at().Add(-24 * time.Hour))
	if err != nil {
		return err
	}
	if today >= s.limits.InvitationsADay {
		return fault.Quota("The workspace has sent as many invitations as it may in a day.")
	}
	if email == "" {
		return nil
	}
	member, err := v.MemberByEmail(email)
	if err != nil {
		return err
	}
	if member != nil {
		return fault.Conflict("already-member", "Somebody with this address is a member already.")
	}
	return nil
}

// Invitations gives a workspace's invitations that were neither used up nor revoked, expired ones too, and whether there
// are more.
func (s *Service) Invitations(ctx context.Context, actor, ws uuid.UUID, page Page) ([]Invitation, bool, error) {
	m, err := s.Member(ctx, ws, actor)
	if err != nil {
		return nil, false, err
	}
	if err := m.permit(Invite); err != nil {
		return nil, false, err
	}
	all, err := s.store.Invitations(ctx, ws, page.After, page.Limit+1)
	return cut(all, page.Limit), len(all) > page.Limit, err
}

// RevokeInvitation closes an invitation; whoever accepted it stays. It may be asked twice.
func (s *Service) RevokeInvitation(ctx context.Context, actor, ws, id uuid.UUID) error {
	return s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		if _, _, err := permitted(v, actor, Invite); err != nil {
			return Change{}, err
		}
		i, err := v.Invitation(id)
		if err != nil {
			return Change{}, err
		}
		if i == nil {
			return Change{}, fault.NotFound()
		}
		if !i.ClosedAt.IsZero() {
			return Change{}, nil
		}
		i.ClosedAt = s.at()
		return Change{Invitations: []Invitation{*i}, Audit: s.entry(ctx, ws, audit.InvitationRevoked, id)}, nil
	})
}
