package tasks

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Limits of projects.
const (
	maxStatuses = 50
	maxName     = 200 // characters
	maxGrants   = 2_000
)

// NewProject is a request to make a project.
type NewProject struct {
	ID           uuid.UUID   `json:"id,omitzero"`
	Name         string      `json:"name"`
	Key          string      `json:"key,omitempty"` // "": made from the name
	Description  string      `json:"description,omitempty"`
	Color        string      `json:"color,omitempty"`
	Icon         string      `json:"icon,omitempty"`
	Access       string      `json:"access,omitempty"`        // "": open to the workspace
	EstimateUnit string      `json:"estimate_unit,omitempty"` // "": points
	Statuses     []NewStatus `json:"statuses,omitempty"`      // none: Backlog, To do, In progress, Done
	Place        Place       `json:"place,omitzero"`
}

// ProjectPatch is a request to change fields of a project.
type ProjectPatch struct {
	Name, Key, Description, Color, Icon, Access, EstimateUnit Opt[string]
	Archived                                                  Opt[bool]
	Place                                                     Opt[Place]
}

// NewStatus is a request to make a status.
type NewStatus struct {
	ID       uuid.UUID `json:"id,omitzero"`
	Name     string    `json:"name"`
	Category string    `json:"category,omitempty"` // "": to do
	Color    string    `json:"color,omitempty"`
	Place    Place     `json:"place,omitzero"`
}

func defaultStatuses() []NewStatus {
	return []NewStatus{
		{Name: "Backlog", Category: CategoryBacklog},
		{Name: "To do", Category: CategoryTodo},
		{Name: "In progress", Category: CategoryDoing},
		{Name: "Done", Category: CategoryDone},
	}
}

// CreateProject makes a project with its statuses; who makes it administers it. With an ID it may be sent again.
func (s *Service) CreateProject(ctx context.Context, c Caller, ws uuid.UUID, n NewProject) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		n := n // the change may run again
		if err := d.access.Can(CreateProject, uuid.Nil); err != nil {
			return nil, false, err
		}
		request := origin(n)
		if n.ID == uuid.Nil {
			n.ID = d.newID()
		} else if r, err := d.sameRow(KindProject, n.ID, request); r != nil || err != nil {
			if err == nil && r.Deleted == 0 && !d.access.Sees(n.ID) { // somebody else's, whatever she asked for
				return nil, false, idTaken()
			}
			return r, false, err
		}
		if err := d.roomForProject(s.limits.Projects); err != nil {
			return nil, false, err
		}
		r, err := d.makeProject(n, request)
		return r, true, err
	})
}

func (d *draft) makeProject(n NewProject, request []byte) (*Row, error) {
	if len(n.Statuses) == 0 {
		n.Statuses = defaultStatuses()
	}
	p := &Project{
		ID: n.ID, Name: n.Name, Key: strings.ToUpper(n.Key), FormerKeys: []string{}, Description: n.Description, Color: n.Color,
		Icon: n.Icon, Access: or(n.Access, AccessWorkspace), EstimateUnit: or(n.EstimateUnit, "points"), Statuses: []Status{},
		CreatedBy: d.caller.User, CreatedAt: At(d.now), UpdatedAt: At(d.now),
	}
	for i, st := range n.Statuses {
		if err := d.addStatus(p, st, fmt.Sprintf("statuses[%d].", i)); err != nil {
			return nil, err
		}
	}
	if p.Key == "" {
		key, err := d.freeKey(p.Name)
		if err != nil {
			return nil, err
		}
		p.Key = key
	}
	if bad := checkProject(p); len(bad) > 0 {
		return nil, fault.Invalid(bad...)
	}
	if err := d.claimKey(p); err != nil {
		return nil, err
	}
	var err error
	if p.Position, err = d.projectPlace(p.ID, n.Place); err != nil {
		return nil, err
	}
	r := &Row{Origin: request}
	if err := d.saveProject(p, r, "project.created", nil); err != nil {
		return nil, err
	}
	d.frame = d.frame.with(p)
	d.access = d.frame.of(d.access.User, d.access.Role)
	return r, d.grant(Grant{Project: p.ID, User: d.caller.User, Role: ProjectAdmin})
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// with is the frame as it is once a project is new or changed.
func (f *frame) with(p *Project) *frame {
	out := &frame{epoch: f.epoch, access: -1, members: map[member]*Access{}, grants: f.grants, projects: map[uuid.UUID]*Project{}, statuses: map[uuid.UUID]*Project{}}
	for _, o := range f.order {
		if o.ID != p.ID {
			out.order = append(out.order, o)
		}
	}
	if p.DeletedAt == nil {
		out.order = append(out.order, p)
	}
	for _, o := range out.order {
		out.projects[o.ID] = o
		for _, s := range o.Statuses {
			out.statuses[s.ID] = o
		}
	}
	return out
}

// saveProject adds the project as it is now to the draft. An event with no list of changed fields holds all of it.
func (d *draft) saveProject(p *Project, r *Row, typ string, changed []string) error {
	p.Version, p.UpdatedAt = d.next(), At(d.now)
	r.Sort, r.Unique = p.Position, ""
	doc, err := marshal(p)
	if err != nil {
		return err
	}
	e := event{kind: KindProject, typ: typ, id: p.ID, project: p.ID, changed: changed, data: doc}
	if changed != nil {
		e.changed = append(slices.Clone(changed), fUpdatedAt)
		if e.data, err = pick(doc, e.changed); err != nil {
			return err
		}
	}
	ch, err := d.put(e, r, p)
	if err != nil {
		return err
	}
	ch.Event.Access = true
	return nil
}

// pick keeps the named members of an object.
func pick(doc []byte, names []string) ([]byte, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(doc, &all); err != nil {
		return nil, err
	}
	some := make(map[string]json.RawMessage, len(names))
	for _, n := range names {
		some[n] = all[n]
	}
	return marshal(some)
}

func checkProject(p *Project) []fault.Field {
	c := &checks{}
	c.name(p.Name)
	if !keyPattern().MatchString(p.Key) {
		c.no("key", "must be a letter followed by 1 to 9 letters or digits")
	}
	c.body("description", p.Description, maxDescription)
	c.short("color", p.Color, 40)
	c.short("icon", p.Icon, 40)
	if p.Access != AccessWorkspace && p.Access != AccessPrivate {
		c.no("access", "must be workspace or private")
	}
	if p.EstimateUnit != "points" && p.EstimateUnit != "minutes" {
		c.no("estimate_unit", "must be points or minutes")
	}
	return c.bad
}

// findProject gives a live project that the caller may do something to, and its row.
func (d *draft) findProject(id uuid.UUID, action Action) (*Project, *Row, error) {
	if err := d.access.Can(action, id); err != nil {
		return nil, nil, err
	}
	r, err := d.row(KindProject, id)
	if err != nil {
		return nil, nil, err
	}
	p, err := load[Project](d, KindProject, id)
	if err != nil {
		return nil, nil, err
	}
	if p == nil || r == nil {
		return nil, nil, fault.NotFound()
	}
	row := *r
	return p, &row, nil
}

// UpdateProject changes fields of a project.
func (s *Service) UpdateProject(ctx context.Context, c Caller, ws, id uuid.UUID, p ProjectPatch, cond Condition) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		pr, r, err := d.findProject(id, EditProject)
		if err != nil {
			return nil, false, err
		}
		old := *pr
		if err := d.patchProject(pr, p); err != nil {
			return nil, false, err
		}
		changed, err := changedMembers(&old, pr)
		if err != nil || len(changed) == 0 {
			return r, false, err
		}
		if err := d.patchRow(r, old.Version, &old, "", changed, cond); err != nil {
			return nil, false, err
		}
		if bad := checkProject(pr); len(bad) > 0 {
			return nil, false, fault.Invalid(bad...)
		}
		if err := d.saveProject(pr, r, "project.updated", changed); err != nil {
			return nil, false, err
		}
		return r, false, d.tellAccess(&old, pr)
	})
}

func (d *draft) patchProject(pr *Project, p ProjectPatch) error {
	take(&pr.Name, p.Name)
	take(&pr.Description, p.Description)
	take(&pr.Color, p.Color)
	take(&pr.Icon, p.Icon)
	take(&pr.Access, p.Access)
	take(&pr.EstimateUnit, p.EstimateUnit)
	take(&pr.Archived, p.Archived)
	if key := strings.ToUpper(p.Key.V); p.Key.Set && key != pr.Key {
		former := slices.DeleteFunc(slices.Clone(pr.FormerKeys), func(k string) bool { return k == key })
		pr.FormerKeys = append(former, pr.Key)
		pr.Key = key
		if !keyPattern().MatchString(key) {
			return fault.Invalid(checkProject(pr)...)
		}
		if err := d.claimKey(pr); err != nil {
			return err
		}
	}
	if p.Place.Set {
		pos, err := d.projectPlace(pr.ID, p.Place.V)
		if err != nil {
			return err
		}
		pr.Position = pos
	}
	return nil
}

// changedMembers names the members in which the encodings of two things differ.
func changedMembers(a, b any) ([]string, error) {
	var x, y map[string]json.RawMessage
	for v, m := range map[any]*map[string]json.RawMessage{a: &x, b: &y} {
		doc, err := marshal(v)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(doc, m); err != nil {
			return nil, err
		}
	}
	var out []string
	for k, v := range y {
		if string(x[k]) != string(v) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out, nil
}

// tellAccess tells members that a project has been opened or closed to them.
func (d *draft) tellAccess(old, now *Project) error {
	if old.Access == now.Access {
		return nil
	}
	e := event{kind: KindProject, typ: "access.granted", id: now.ID, project: now.ID}
	if now.Access == AccessPrivate {
		e.typ = "access.revoked"
	}
	ch := d.add(e, nil)
	ch.Event.Lost = now.Access == AccessPrivate
	ch.Audit = d.audited(audit.AccessChanged, now.ID, "access", now.Access)
	ch.Event.Access = true
	return nil
}

// DeleteProject puts a project with all that is in it into the trash.
func (s *Service) DeleteProject(ctx context.Context, c Caller, ws, id uuid.UUID) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error {
		if trashed, err := d.trashedProject(id); trashed != nil || err != nil {
			return err
		}
		p, r, err := d.findProject(id, DeleteProject)
		if err != nil {
			return err
		}
		at := At(d.now)
		p.DeletedAt, r.Deleted = &at, d.now
		return d.saveProject(p, r, "project.deleted", []string{fDeletedAt})
	})
}

// trashedProject gives a project that is in the trash, if the caller could delete it there.
func (d *draft) trashedProject(id uuid.UUID) (*Project, error) {
	p, err := load[Project](d, KindProject, id)
	if err != nil || p == nil || p.DeletedAt == nil {
		return nil, err
	}
	live := *p
	live.DeletedAt = nil
	if err := d.frame.with(&live).of(d.access.User, d.access.Role).Can(DeleteProject, id); err != nil {
		return nil, err
	}
	return p, nil
}

// RestoreProject takes a project out of the trash.
func (s *Service) RestoreProject(ctx context.Context, c Caller, ws, id uuid.UUID) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		p, err := d.trashedProject(id)
		if err != nil {
			return nil, false, err
		}
		if p == nil {
			_, r, err := d.findProject(id, DeleteProject)
			return r, false, err
		}
		r, err := d.row(KindProject, id)
		if err != nil {
			return nil, false, err
		}
		if err := d.roomForProject(s.limits.Projects); err != nil {
			return nil, false, err
		}
		row := *r
		p.DeletedAt, row.Deleted = nil, 0
		return &row, false, d.saveProject(p, &row, "project.restored", nil)
	})
}
