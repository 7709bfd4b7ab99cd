package tasks

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/files"
)

// How much of a forgetting is done at once.
const (
	forgetAtOnce  = 500   // documents looked at
	dropAtOnce    = 2_000 // rows removed
	originsAtOnce = 200   // audit entries
)

// WorkspacesOf gives workspaces of which the user is, or was, a member, in the order of their ids, behind after.
func (s *Service) WorkspacesOf(ctx context.Context, user, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	return s.store.WorkspacesOf(ctx, user, after, limit)
}

// Forget does a part of taking the name of somebody whose account was deleted out of a workspace, from a place on, ""
// being the beginning. It gives the place to go on from, "" when it is done. It may be called again from any place, also
// when it was done.
//
// Wherever she is author or actor she is called FormerMember; her id stays. Tasks stay assigned to her, so that whoever
// takes over finds them. What others have written of her, a mention too, is theirs. Views that only she had go. Clients
// learn of it by the event of the member that comes last, and it makes pages that were kept with her name useless.
func (s *Service) Forget(ctx context.Context, ws, user uuid.UUID, from string) (next string, err error) {
	changed := strings.HasPrefix(from, "+")
	next, n, err := s.store.Rewrite(ctx, ws, strings.TrimPrefix(from, "+"), forgetAtOnce, func(doc []byte, only uuid.UUID) []byte {
		if only == user { // nobody else has ever seen it
			doc = Scrub(doc)
		}
		return anonymous(doc, user)
	})
	if err != nil {
		return "", err
	}
	changed = changed || n > 0
	switch {
	case next != "" && changed:
		return "+" + next, nil
	case next != "":
		return next, nil
	}
	c := Caller{Actor: Actor{Type: ActorAutomation, Name: "Rung"}}
	_, err = s.updateAs(ctx, c, ws, RoleOwner, func(d *draft) error {
		views, err := d.view.List(RowQuery{Kind: KindView, Scope: user, WithTrash: true})
		if err != nil {
			return err
		}
		for _, r := range views {
			d.silent = append(d.silent, Change{Row: r, Purge: true})
		}
		old, err := load[Member](d, KindMember, user)
		if err != nil || old == nil {
			return err
		}
		if err := d.dropGrants(user); err != nil {
			return err
		}
		r, err := d.row(KindMember, user)
		if err != nil {
			return err
		}
		now := Member{ID: user, Name: FormerMember, Role: old.Role, Removed: true}
		if !changed && old.Name == now.Name && old.Removed && r.Sort == titleKey(FormerMember) {
			return nil
		}
		return d.saveMember(now, old)
	})
	return "", err
}

// DropWorkspace does a part of removing for good all that a workspace has, which nobody is in any more, and reports
// whether there is more. It may be called again at any time, from the beginning too. The bytes of attached files go
// before what leads to them, so that none is left behind if it is broken off in between.
func (s *Service) DropWorkspace(ctx context.Context, ws uuid.UUID) (more bool, err error) {
	if more, err = s.dropAttachments(ctx, ws); more || err != nil {
		return more, err
	}
	if more, err = s.store.Drop(ctx, ws, dropAtOnce); err == nil && !more {
		s.frames.forget(ws)
	}
	return more, err
}

// dropAttachments removes some of a workspace's attached files and reports whether there may be more.
func (s *Service) dropAttachments(ctx context.Context, ws uuid.UUID) (more bool, err error) {
	if s.files == nil {
		return false, nil
	}
	var some []*Row
	err = s.store.Read(ctx, ws, func(v View) error {
		some, err = v.List(RowQuery{Kind: KindAttachment, WithTrash: true, Limit: dropBlobsAtOnce})
		return err
	})
	if err != nil || len(some) == 0 {
		return false, err
	}
	changes := make([]Change, len(some))
	for i, r := range some {
		if err := s.files.Store.Delete(ctx, files.KeyOf(ws, r.Other)); err != nil {
			return false, err
		}
		changes[i] = Change{Row: r, Purge: true}
	}
	_, err = s.store.Update(ctx, ws, func(View) ([]Change, error) { return changes, nil })
	return err == nil, err
}

// ForgetOrigins takes out of a part of the audit log where somebody was, and reports whether there is more.
func (s *Service) ForgetOrigins(ctx context.Context, user uuid.UUID) (more bool, err error) {
	n, err := s.store.Audit().Blank(ctx, user, originsAtOnce)
	return n > 0, err
}
