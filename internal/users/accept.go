package users

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Token is what is kept of an invitation's secret: its hash. An invitation has one secret that was shown to whoever
// made it and, for each mail that was tried, one that only the mail holds.
type Token struct {
	Hash                  []byte
	Workspace, Invitation uuid.UUID
	Mailed                bool
}

const tokenPrefix = "rung_inv_"

func newToken(ws, invitation uuid.UUID, mailed bool) (secret string, t Token) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	secret = tokenPrefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, Token{Hash: hashToken(secret), Workspace: ws, Invitation: invitation, Mailed: mailed}
}

func hashToken(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Preview is what the holder of an invitation's secret may know before she accepts.
type Preview struct {
	Workspace uuid.UUID
	Name      string // the workspace's
	InvitedBy string
	Role      Role
	Email     string // to whom it is addressed; "" for a link
	ExpiresAt time.Time
	// Mailed says that this secret was only ever sent to Email, so whoever shows it can read that mailbox.
	Mailed bool
	// Account says whether Email has an account. It is nil unless Mailed: whoever merely made the invitation must not
	// learn who has an account here.
	Account *bool
}

// PreviewInvitation describes the invitation with this secret. One that is used up, revoked or expired, or whose
// workspace is gone, does not exist.
func (s *Service) PreviewInvitation(ctx context.Context, secret string) (Preview, error) {
	i, t, err := s.byToken(ctx, secret)
	if err != nil {
		return Preview{}, err
	}
	w, err := s.store.Workspace(ctx, i.Workspace)
	if err != nil {
		return Preview{}, err
	}
	if !w.Live() || !i.open(s.at()) {
		return Preview{}, fault.NotFound()
	}
	p := Preview{Workspace: w.ID, Name: w.Name, Role: i.Role, Email: i.Email, ExpiresAt: i.ExpiresAt, Mailed: t.Mailed}
	inviter, err := s.store.Person(ctx, i.CreatedBy)
	if err != nil {
		return Preview{}, err
	}
	if inviter.live() {
		p.InvitedBy = inviter.Name
	}
	if t.Mailed {
		known, err := s.store.PersonByEmail(ctx, i.Email)
		if err != nil {
			return Preview{}, err
		}
		account := known != nil
		p.Account = &account
	}
	return p, nil
}

func (s *Service) byToken(ctx context.Context, secret string) (*Invitation, *Token, error) {
	if !strings.HasPrefix(secret, tokenPrefix) || len(secret) > 100 {
		return nil, nil, fault.NotFound()
	}
	i, t, err := s.store.InvitationByToken(ctx, hashToken(secret))
	if err != nil {
		return nil, nil, err
	}
	if i == nil {
		return nil, nil, fault.NotFound()
	}
	return i, t, nil
}

// AcceptInvitation lets the user into the workspace. Accepting again changes nothing, and does not bring back whoever
// was removed since: that takes a new invitation. A member keeps the role that she has and gets the projects.
//
// An invitation that was mailed may be accepted by whoever holds its secret, whatever address she has here: people are
// invited at the address that others know and sign in with another, the secret is as good a proof as control of a
// mailbox that may have been shared or forwarded all the same, and the members' list shows who came.
func (s *Service) AcceptInvitation(ctx context.Context, secret string, user uuid.UUID) (Membership, error) {
	found, _, err := s.byToken(ctx, secret)
	if err != nil {
		return Membership{}, err
	}
	ws := found.Workspace
	var now Membership
	err = s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		w, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		i, err := v.Invitation(found.ID)
		if err != nil {
			return Change{}, err
		}
		if !w.Live() || i == nil {
			return Change{}, fault.NotFound()
		}
		m, err := v.Member(user)
		if err != nil {
			return Change{}, err
		}
		again, err := v.Accepted(i.ID, user)
		if err != nil {
			return Change{}, err
		}
		if again && m != nil {
			now = Membership{Workspace: *w, Role: m.Role}
			return Change{}, nil
		}
		if again || !i.open(s.at()) {
			return Change{}, fault.NotFound()
		}
		c, m, err := s.enter(v, i, m, user)
		if err != nil {
			return Change{}, err
		}
		c.Audit = s.entry(ctx, ws, audit.InvitationAccepted, user, "invitation", i.ID.String(), "role", string(m.Role))
		now = Membership{Workspace: *w, Role: m.Role}
		return c, nil
	})
	s.directory.forgetMember(ws, user)
	if err != nil {
		return Membership{}, err
	}
	s.push(ctx, ws)
	return now, nil
}

// enter uses the invitation up by one and makes the user a member if m is nil.
func (s *Service) enter(v View, i *Invitation, m *Member, user uuid.UUID) (Change, *Member, error) {
	at := s.at()
	i.Uses++
	if i.MaxUses > 0 && i.Uses >= i.MaxUses {
		i.ClosedAt = at
	}
	c := Change{Invitations: []Invitation{*i}, Accepted: &Acceptance{Invitation: i.ID, User: user, At: at}}
	if m == nil {
		p, err := v.Person(user)
		if err != nil {
			return Change{}, nil, err
		}
		if !p.live() {
			return Change{}, nil, fault.NotFound()
		}
		n, err := v.CountMembers()
		if err != nil {
			return Change{}, nil, err
		}
		if n >= s.limits.Members {
			return Change{}, nil, fault.Quota(fmt.Sprintf("The workspace has %d members, which is as many as it may.", n))
		}
		m = &Member{Workspace: i.Workspace, User: user, Role: i.Role, Name: p.Name, Email: p.Email, JoinedAt: at}
		c.Members = []Member{*m}
	}
	c.Post = []Message{s.memberMessage(*m, user, i.Projects)}
	return c, m, nil
}
