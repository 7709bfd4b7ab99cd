package users

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Workspace is a tenant: a team's projects, tasks and members.
type Workspace struct {
	ID        uuid.UUID
	Name      string
	Slug      string // unique among live workspaces
	Version   int64
	CreatedBy uuid.UUID
	CreatedAt time.Time
	UpdatedAt time.Time
	DeletedAt time.Time // zero while it is live
	ErasedAt  time.Time // zero while something of it is kept
	Origin    []byte    // hash of the request that created it
	Changed   FieldVersions
}

// Live reports whether the workspace exists and is not deleted.
func (w *Workspace) Live() bool { return w != nil && w.DeletedAt.IsZero() }

// Membership is a workspace as one of its members has it.
type Membership struct {
	Workspace Workspace
	Role      Role
}

// NewWorkspace is what a workspace is made from. ID may be Nil and Slug empty; both are then made up.
type NewWorkspace struct {
	ID         uuid.UUID
	Name, Slug string
}

// WorkspacePatch names what is to change: nil leaves a field as it is.
type WorkspacePatch struct {
	Name, Slug *string
}

// CreateWorkspace makes a workspace and its first owner. The same id with the same request gives what it has become,
// and false; with another request or by another person it is a conflict.
func (s *Service) CreateWorkspace(ctx context.Context, actor uuid.UUID, n NewWorkspace) (Workspace, bool, error) {
	origin, err := originOf(actor, n)
	if err != nil {
		return Workspace{}, false, err
	}
	slugs := []string{n.Slug}
	var bad []fault.Field
	name, why := cleanName(n.Name)
	if why != "" {
		bad = append(bad, fault.Field{Field: "name", Message: why})
	}
	if n.Slug == "" {
		slugs = slugsFor(name)
	} else if why := checkSlug(n.Slug); why != "" {
		bad = append(bad, fault.Field{Field: "slug", Message: why})
	}
	if len(bad) > 0 {
		return Workspace{}, false, fault.Invalid(bad...)
	}
	if n.ID == uuid.Nil {
		if n.ID, err = uuid.NewV7(); err != nil {
			return Workspace{}, false, fmt.Errorf("make an id: %w", err)
		}
	}
	w, created, err := s.create(ctx, actor, Workspace{ID: n.ID, Name: name, Origin: origin}, slugs, s.limits.Workspaces)
	if err == nil && !created && (!w.Live() || !bytes.Equal(w.Origin, origin)) {
		return Workspace{}, false, fault.Conflict("id-taken", "This id has been used for something else.")
	}
	return w, created, err
}

// createHome makes the workspace that comes with a person, once. It does not count against her limit: without it she
// could not begin.
func (s *Service) createHome(ctx context.Context, p Person) (Workspace, error) {
	w, _, err := s.create(ctx, p.ID, Workspace{ID: p.Home, Name: p.Name}, slugsFor(p.Name), 0)
	return w, err
}

// create makes w with the first slug that is free, or gives what has its id already. With limit 0 there is none.
func (s *Service) create(ctx context.Context, actor uuid.UUID, w Workspace, slugs []string, limit int) (Workspace, bool, error) {
	var now Workspace
	var created bool
	attempt := func(v View) (Change, error) {
		created = false
		old, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		if old != nil {
			now = *old
			return Change{}, nil
		}
		p, err := v.Person(actor)
		if err != nil {
			return Change{}, err
		}
		if !p.live() {
			return Change{}, fault.NotFound()
		}
		if limit > 0 {
			if err := mayOwnMore(v, actor, limit, "You own"); err != nil {
				return Change{}, err
			}
		}
		slug, err := firstFree(v, slugs)
		if err != nil {
			return Change{}, err
		}
		at := s.at()
		now, created = w, true
		now.Slug, now.Version, now.CreatedBy, now.CreatedAt, now.UpdatedAt = slug, 1, actor, at, at
		owner := Member{Workspace: w.ID, User: actor, Role: Owner, Name: p.Name, JoinedAt: at}
		return Change{
			Workspace: &now, Members: []Member{owner}, Post: []Message{s.memberMessage(owner, actor, nil)},
			Audit: []audit.Entry{s.entry(ctx, w.ID, audit.WorkspaceCreated, w.ID)[0].As(actor)},
		}, nil
	}
	err := s.updateSlug(ctx, w.ID, attempt)
	s.directory.forgetSlug(now.Slug)
	s.directory.forgetMember(w.ID, actor)
	if err != nil {
		return Workspace{}, false, err
	}
	if created {
		s.push(ctx, now.ID)
	}
	return now, created, nil
}

// updateSlug runs an update that may lose a race for a slug: the loser looks again and then sees that it is taken.
func (s *Service) updateSlug(ctx context.Context, ws uuid.UUID, change func(View) (Change, error)) error {
	const attempts = 4
	for range attempts {
		err := s.store.UpdateWorkspace(ctx, ws, change)
		if err != ErrSlugTaken { //nolint:errorlint // a sentinel that stores return as it is
			return err
		}
	}
	return slugTaken()
}

func firstFree(v View, slugs []string) (string, error) {
	for _, slug := range slugs {
		taken, err := v.SlugTaken(slug)
		if err != nil {
			return "", err
		}
		if !taken {
			return slug, nil
		}
	}
	return "", slugTaken()
}

func slugTaken() error {
	return fault.Conflict("slug-taken", "Another workspace has this slug.")
}

// originOf is the fingerprint of a request to create something, by which its repetition is known.
func originOf(actor uuid.UUID, request any) ([]byte, error) {
	doc, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	sum := sha256.Sum256(append(actor[:], doc...))
	return sum[:], nil
}

// Workspace gives a workspace that the actor is a member of.
func (s *Service) Workspace(ctx context.Context, actor, ws uuid.UUID) (Membership, error) {
	m, err := s.Member(ctx, ws, actor)
	if err != nil {
		return Membership{}, err
	}
	w, err := s.store.Workspace(ctx, ws)
	if err != nil {
		return Membership{}, err
	}
	if !w.Live() {
		return Membership{}, fault.NotFound()
	}
	return Membership{Workspace: *w, Role: m.Role}, nil
}

// Page asks for a part of a list: at most Limit items behind the one with the id After.
type Page struct {
	After uuid.UUID
	Limit int
}

// Workspaces gives the actor's workspaces by their ids, and whether there are more.
func (s *Service) Workspaces(ctx context.Context, actor uuid.UUID, page Page) ([]Membership, bool, error) {
	all, err := s.store.WorkspacesOf(ctx, actor, page.After, page.Limit+1)
	return cut(all, page.Limit), len(all) > page.Limit, err
}

func cut[T any](items []T, limit int) []T { return items[:min(len(items), limit)] }

// PatchWorkspace renames a workspace or moves it to another slug; the former slug is free at once. What was seen may
// refuse it with KindStale.
func (s *Service) PatchWorkspace(ctx context.Context, actor, ws uuid.UUID, patch WorkspacePatch, seen Seen) (Membership, error) {
	var now Membership
	var former string
	err := s.updateSlug(ctx, ws, func(v View) (Change, error) {
		w, me, err := permitted(v, actor, EditWorkspace)
		if err != nil {
			return Change{}, err
		}
		now, former = Membership{Workspace: *w, Role: me.Role}, w.Slug
		if err := patch.apply(&now.Workspace); err != nil {
			return Change{}, err
		}
		changes := w.differences(now.Workspace)
		if err := seen.check(w.Version, w.Changed, changes); err != nil || len(changes) == 0 {
			return Change{}, err
		}
		if now.Workspace.Slug != w.Slug {
			if _, err := firstFree(v, []string{now.Workspace.Slug}); err != nil {
				return Change{}, err
			}
		}
		now.Workspace.Version, now.Workspace.UpdatedAt = w.Version+1, s.at()
		now.Workspace.Changed = w.Changed.with(now.Workspace.Version, changes)
		return Change{Workspace: &now.Workspace}, nil
	})
	s.directory.forgetSlug(former)
	s.directory.forgetSlug(now.Workspace.Slug)
	if err != nil {
		return Membership{}, err
	}
	return now, nil
}

// differences names the fields that a patch makes others, with their values in w.
func (w Workspace) differences(o Workspace) []fault.Changed {
	var all []fault.Changed
	if w.Name != o.Name {
		all = append(all, fault.Changed{Field: "name", Theirs: w.Name})
	}
	if w.Slug != o.Slug {
		all = append(all, fault.Changed{Field: "slug", Theirs: w.Slug})
	}
	return all
}

func (patch WorkspacePatch) apply(w *Workspace) error {
	var bad []fault.Field
	if patch.Name != nil {
		name, why := cleanName(*patch.Name)
		if why != "" {
			bad = append(bad, fault.Field{Field: "name", Message: why})
		}
		w.Name = name
	}
	if patch.Slug != nil && *patch.Slug != w.Slug {
		if why := checkSlug(*patch.Slug); why != "" {
			bad = append(bad, fault.Field{Field: "slug", Message: why})
		}
		w.Slug = *patch.Slug
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}

// DeleteWorkspace hides a workspace from all its members and frees its slug; what is in it is kept until it is erased.
// Only an owner may, and she may ask twice.
func (s *Service) DeleteWorkspace(ctx context.Context, actor, ws uuid.UUID) error {
	var slug string
	var members []uuid.UUID
	err := s.store.UpdateWorkspace(ctx, ws, func(v View) (Change, error) {
		members = nil
		w, err := v.Workspace()
		if err != nil {
			return Change{}, err
		}
		if w != nil && !w.Live() {
			me, err := v.Member(actor)
			if err != nil {
				return Change{}, err
			}
			if me != nil && me.Role == Owner {
				return Change{}, nil
			}
		}
		if w, _, err = permitted(v, actor, DeleteWorkspace); err != nil {
			return Change{}, err
		}
		if members, err = v.Users(); err != nil {
			return Change{}, err
		}
		slug = w.Slug
		gone := *w
		gone.DeletedAt, gone.UpdatedAt, gone.Version = s.at(), s.at(), w.Version+1
		return Change{Workspace: &gone, Audit: s.entry(ctx, ws, audit.WorkspaceDeleted, ws)}, nil
	})
	s.directory.forgetSlug(slug)
	for _, user := range members {
		s.directory.forgetMember(ws, user)
	}
	return err
}
