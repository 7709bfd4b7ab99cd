package tasks

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

const (
	maxViews        = 1_000    // shared ones in a workspace, and as many of each member's own
	maxViewSettings = 16 << 10 // bytes
)

// NewView is a request to save a view.
type NewView struct {
	ID       uuid.UUID       `json:"id,omitzero"`
	Name     string          `json:"name"`
	Shared   bool            `json:"shared,omitempty"`
	Project  *uuid.UUID      `json:"project,omitempty"`
	Query    Filter          `json:"query"`
	Sort     string          `json:"sort,omitempty"`
	GroupBy  string          `json:"group_by,omitempty"`
	Layout   string          `json:"layout,omitempty"`
	Settings json.RawMessage `json:"settings,omitempty"`
}

// ViewPatch is a request to change fields of a view.
type ViewPatch struct {
	Name, Sort, GroupBy, Layout Opt[string]
	Shared                      Opt[bool]
	Query                       Opt[Filter]
	Settings                    Opt[json.RawMessage]
	Place                       Opt[Place]
}

// Views lists the shared views and then the caller's own.
func (s *Service) Views(ctx context.Context, c Caller, ws uuid.UUID, of PageOf) (Page, error) {
	return s.listWhole(ctx, c, ws, "views", of, func(v View, a *Access, l *wholeList) error {
		rows, err := visibleViews(v, a)
		for _, r := range rows {
			at := Position{Text: r.Sort, ID: r.ID}
			if r.Scope != sharedViews() {
				at.Number = 1
			}
			l.add(r.Doc, at)
		}
		return err
	})
}

func visibleViews(v View, a *Access) ([]*Row, error) {
	var out []*Row
	for _, owner := range []uuid.UUID{sharedViews(), a.User} {
		rows, err := v.List(RowQuery{Kind: KindView, Scope: owner})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Other == uuid.Nil || a.Sees(r.Other) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// sharedViews stands as owner of the views that all have.
func sharedViews() uuid.UUID { return uuid.Max }

// CreateView saves a view. With an ID it may be sent again.
func (s *Service) CreateView(ctx context.Context, c Caller, ws uuid.UUID, n NewView) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		n := n // the change may run again
		if err := d.access.Can(KeepView, uuid.Nil); err != nil {
			return nil, false, err
		}
		request := origin(n)
		if n.ID == uuid.Nil {
			n.ID = d.newID()
		} else if r, err := d.sameRow(KindView, n.ID, request); r != nil || err != nil {
			if err == nil && r.Scope != sharedViews() && r.Scope != d.caller.User {
				return nil, false, idTaken()
			}
			return r, false, err
		}
		v := &SavedView{
			ID: n.ID, Name: n.Name, Shared: n.Shared, Owner: d.caller.User, Project: n.Project, Query: n.Query, Sort: n.Sort,
			GroupBy: n.GroupBy, Layout: or(n.Layout, "list"), Settings: n.Settings, CreatedAt: At(d.now),
		}
		if v.Project != nil && !d.access.Sees(*v.Project) {
			return nil, false, fault.InvalidField("project", "must be a project that you can see")
		}
		if err := d.answerable(v.Query); err != nil {
			return nil, false, err
		}
		pos, err := d.viewPlace(v, Place{})
		if err != nil {
			return nil, false, err
		}
		v.Position = pos
		r := &Row{Origin: request}
		return r, true, d.saveView(v, r, "view.created", nil)
	})
}

// answerable refuses a query that could be kept and not be asked.
func (d *draft) answerable(f Filter) error {
	budget := maxConditions
	if err := f.check("query", 0, &budget); err != nil {
		return err
	}
	_, err := compiler{caller: d.caller, access: d.access, loc: d.caller.zone(), now: time.UnixMilli(d.now)}.where(f, "query")
	return err
}

// scope is whose list a view stands in.
func (v *SavedView) scope() uuid.UUID {
	if v.Shared {
		return sharedViews()
	}
	return v.Owner
}

// roomForView refuses one view more than a list may have, those counted that the caller does not see.
func (d *draft) roomForView(v *SavedView) error {
	rows, err := d.view.List(RowQuery{Kind: KindView, Scope: v.scope(), Limit: maxViews + 1})
	if err != nil {
		return err
	}
	if n := len(slices.DeleteFunc(rows, func(r *Row) bool { return r.ID == v.ID })); n >= maxViews {
		return fault.Quota(fmt.Sprintf("There are %d views, which is as many as there may be.", maxViews))
	}
	return nil
}

// viewPlace finds a view's position among those of its list that the caller sees.
func (d *draft) viewPlace(v *SavedView, p Place) (string, error) {
	if err := d.roomForView(v); err != nil {
		return "", err
	}
	rows, err := visibleViews(d.view, d.access)
	if err != nil {
		return "", err
	}
	var ids, labels []string
	var others []*Row
	for _, r := range rows {
		if r.ID != v.ID && r.Scope == v.scope() {
			ids, labels, others = append(ids, r.ID.String()), append(labels, r.Sort), append(others, r)
		}
	}
	pos, moved, err := placeAmong(ids, labels, p)
	if err != nil {
		return "", err
	}
	for i, label := range moved {
		row := *others[i]
		o, err := decode[SavedView](row.Doc)
		if err != nil {
			return "", err
		}
		o.Position = label
		if err := d.saveView(o, &row, "view.updated", []string{"position"}); err != nil {
			return "", err
		}
	}
	return pos, nil
}

func (d *draft) saveView(v *SavedView, r *Row, typ string, changed []string) error {
	if err := checkView(v); err != nil {
		return err
	}
	if v.Shared {
		if err := d.access.Can(ShareView, uuid.Nil); err != nil {
			return err
		}
	}
	r.Scope, r.Sort = v.scope(), v.Position
	if v.Project != nil {
		r.Other = *v.Project
	}
	if len(v.Settings) == 0 {
		v.Settings = json.RawMessage(`{}`)
	}
	v.UpdatedAt, v.Version = At(d.now), d.next()
	e := event{kind: KindView, typ: typ, id: v.ID, changed: changed}
	if v.Project != nil {
		e.project = *v.Project
	}
	ch, err := d.put(e, r, v)
	if err != nil {
		return err
	}
	if !v.Shared {
		ch.Event.Only = v.Owner
	}
	return nil
}

func checkView(v *SavedView) error {
	c := &checks{}
	c.name(v.Name)
	if _, _, err := parseSort(v.Sort); v.Sort != "" && err != nil {
		c.no("sort", "must be position, due, priority, created, updated or title, with - in front for descending")
	}
	if v.GroupBy != "" && !slices.Contains(groupings(), v.GroupBy) {
		c.no("group_by", "must be status, assignee, priority, label or due")
	}
	if v.Layout != "list" && v.Layout != "board" {
		c.no("layout", "must be list or board")
	}
	if len(v.Settings) > 0 {
		c.opaque("settings", v.Settings, maxViewSettings)
	}
	return c.err()
}

// knew reports whether the caller could see a view that is gone.
func (d *draft) knew(r *Row) bool {
	return (r.Scope == sharedViews() || r.Scope == d.caller.User) && (r.Other == uuid.Nil || d.access.Sees(r.Other))
}

// findView gives a view that the caller may change.
func (d *draft) findView(id uuid.UUID) (*Row, *SavedView, error) {
	r, err := d.row(KindView, id)
	if err != nil {
		return nil, nil, err
	}
	if r == nil || r.Deleted != 0 || r.Other != uuid.Nil && !d.access.Sees(r.Other) {
		return nil, nil, fault.NotFound()
	}
	v, err := decode[SavedView](r.Doc)
	if err != nil {
		return nil, nil, err
	}
	if v.Owner == d.caller.User {
		return r, v, nil
	}
	if !v.Shared {
		return nil, nil, fault.NotFound()
	}
	return r, v, d.access.Can(ModerateView, uuid.Nil)
}

// UpdateView changes fields of a view: its owner's, or of a shared one for who moderates them.
func (s *Service) UpdateView(ctx context.Context, c Caller, ws, id uuid.UUID, p ViewPatch, cond Condition) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		r, v, err := d.findView(id)
		if err != nil {
			return nil, false, err
		}
		old := *v
		take(&v.Name, p.Name)
		take(&v.Sort, p.Sort)
		take(&v.GroupBy, p.GroupBy)
		take(&v.Layout, p.Layout)
		take(&v.Shared, p.Shared)
		take(&v.Query, p.Query)
		take(&v.Settings, p.Settings)
		if p.Query.Set {
			if err := d.answerable(v.Query); err != nil {
				return nil, false, err
			}
		}
		if p.Place.Set || v.Shared != old.Shared { // in another list it comes last
			if v.Position, err = d.viewPlace(v, p.Place.V); err != nil {
				return nil, false, err
			}
		}
		changed, err := changedMembers(&old, v)
		if err != nil || len(changed) == 0 {
			return r, false, err
		}
		row := *r
		if err := d.patchRow(&row, old.Version, &old, "", changed, cond); err != nil {
			return nil, false, err
		}
		if old.Shared && !v.Shared { // to the others it is gone
			d.add(event{kind: KindView, typ: "view.deleted", id: id, project: row.Other}, nil)
		}
		if old.Shared != v.Shared {
			changed = nil // some never had it: the event holds all of it
		}
		return &row, false, d.saveView(v, &row, "view.updated", changed)
	})
}

// DeleteView removes a view.
func (s *Service) DeleteView(ctx context.Context, c Caller, ws, id uuid.UUID) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error {
		if r, err := d.row(KindView, id); err != nil || r != nil && r.Deleted != 0 && d.knew(r) {
			return err
		}
		r, v, err := d.findView(id)
		if err != nil {
			return err
		}
		row := *r
		row.Deleted, v.Version = d.now, d.next()
		ch, err := d.put(event{kind: KindView, typ: "view.deleted", id: id, project: row.Other, data: []byte(`{}`)}, &row, v)
		if err != nil {
			return err
		}
		if !v.Shared {
			ch.Event.Only = v.Owner
		}
		return nil
	})
}
