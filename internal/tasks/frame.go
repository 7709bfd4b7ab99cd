package tasks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// frame is what nearly every request needs of a workspace: its live projects, with their statuses and keys, and who was
// granted what. It is exact as of Head.Access: as long as that stays the same, so does the frame.
type frame struct {
	epoch       string
	access      int64
	projects    map[uuid.UUID]*Project
	order       []*Project                         // by position
	grants      map[uuid.UUID]map[uuid.UUID]string // project, user
	statuses    map[uuid.UUID]*Project             // which project a status is of
	trashedOpen map[uuid.UUID]bool                 // the projects in the trash, and whether each had been open to the workspace

	mu      sync.Mutex
	members map[member]*Access
}

type member struct {
	user uuid.UUID
	role string
}

// loadFrame reads the frame of a view.
func loadFrame(v View) (*frame, error) {
	h := v.Head()
	f := &frame{
		epoch: h.Epoch, access: h.Access, members: map[member]*Access{},
		projects: map[uuid.UUID]*Project{}, grants: map[uuid.UUID]map[uuid.UUID]string{}, statuses: map[uuid.UUID]*Project{},
	}
	f.trashedOpen = map[uuid.UUID]bool{}
	rows, err := v.List(RowQuery{Kind: KindProject, WithTrash: true})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		p := &Project{}
		if err := json.Unmarshal(r.Doc, p); err != nil {
			return nil, err
		}
		if p.DeletedAt != nil {
			f.trashedOpen[p.ID] = p.Access == AccessWorkspace
			continue
		}
		f.projects[p.ID] = p
		f.order = append(f.order, p)
		for _, s := range p.Statuses {
			f.statuses[s.ID] = p
		}
	}
	if rows, err = v.List(RowQuery{Kind: KindGrant}); err != nil {
		return nil, err
	}
	for _, r := range rows {
		g := Grant{}
		if err := json.Unmarshal(r.Doc, &g); err != nil {
			return nil, err
		}
		if f.grants[g.Project] == nil {
			f.grants[g.Project] = map[uuid.UUID]string{}
		}
		f.grants[g.Project][g.User] = g.Role
	}
	return f, nil
}

// maxRemembered bounds how many members' accesses a frame remembers.
const maxRemembered = 10_000

// of gives what a member may see and do.
func (f *frame) of(user uuid.UUID, role string) *Access {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := member{user, role}
	if a := f.members[k]; a != nil {
		return a
	}
	if len(f.members) >= maxRemembered {
		clear(f.members)
	}
	a := &Access{User: user, Role: role, frame: f}
	for _, p := range f.order {
		if a.projectRole(p.ID) == "" {
			a.hidden = append(a.hidden, p.ID)
		} else {
			a.visible = append(a.visible, p.ID)
		}
	}
	a.limited = len(a.hidden) > len(a.visible)
	switch {
	case len(a.hidden) == 0:
		a.audience = "all"
	case a.limited:
		a.audience = "only-" + digest(a.visible)
	default:
		a.audience = "not-" + digest(a.hidden)
	}
	for id := range f.trashedOpen { // their tasks are not in the trash themselves, and in no list all the same
		a.hidden = append(a.hidden, id)
	}
	f.members[k] = a
	return a
}

func digest(ids []uuid.UUID) string {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	for _, id := range ids {
		h.Write(id[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// frames remembers the frames of the workspaces in use.
type frames struct {
	mu   sync.Mutex
	byWS map[uuid.UUID]*frame
}

// maxFrames bounds how many workspaces' frames are kept.
const maxFrames = 5_000

// at gives the frame of a view, from memory if it is still exact.
func (fs *frames) at(ws uuid.UUID, v View) (*frame, error) {
	h := v.Head()
	if f := fs.known(ws, h); f != nil {
		return f, nil
	}
	return loadFrame(v)
}

// known gives the remembered frame if it is exact for the head, else nil.
func (fs *frames) known(ws uuid.UUID, h Head) *frame {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f := fs.byWS[ws]; f != nil && f.epoch == h.Epoch && f.access == h.Access {
		return f
	}
	return nil
}

func (fs *frames) keep(ws uuid.UUID, f *frame) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	old := fs.byWS[ws]
	if old != nil && old.epoch == f.epoch && old.access > f.access {
		return
	}
	if old == nil && len(fs.byWS) >= maxFrames {
		for k := range fs.byWS {
			delete(fs.byWS, k)
			break
		}
	}
	fs.byWS[ws] = f
}

// forget is for a workspace of which nothing is left.
func (fs *frames) forget(ws uuid.UUID) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	delete(fs.byWS, ws)
}

// frame gives the frame of a workspace, exact as of the last acknowledged entry or a later one. However many streams ask
// at once after a change, it is read once.
func (s *Service) frame(ctx context.Context, ws uuid.UUID) (*frame, Head, error) {
	h, err := s.store.Head(ctx, ws)
	if err != nil {
		return nil, h, err
	}
	if f := s.frames.known(ws, h); f != nil {
		return f, h, nil
	}
	for {
		r, err, _ := s.loading.Do(ws.String(), func() (any, error) { return s.readFrame(context.WithoutCancel(ctx), ws) })
		if err != nil {
			return nil, h, err
		}
		if got := r.(framed); got.head.Epoch != h.Epoch || got.head.Seq >= h.Seq { // not one that another began to read before
			return got.frame, got.head, nil
		}
		now, err := s.store.Head(ctx, ws)
		if err != nil {
			return nil, h, err
		}
		if now.Seq < h.Seq { // all that the workspace had was removed meanwhile
			h = now
		}
	}
}

// framed is a frame and the head at which it was read.
type framed struct {
	frame *frame
	head  Head
}

func (s *Service) readFrame(ctx context.Context, ws uuid.UUID) (framed, error) {
	var out framed
	err := s.store.Read(ctx, ws, func(v View) (err error) {
		out.head = v.Head()
		out.frame, err = loadFrame(v)
		return err
	})
	if err == nil {
		s.frames.keep(ws, out.frame)
	}
	return out, err
}
