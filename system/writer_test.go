package system

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/rung-app/rung/client"
)

// writer changes tasks of her own, one change after the other.
type writer struct {
	l        *ledger
	name     string
	projects []string
	n        int
	want     map[string]state // by task, as was acknowledged
	versions map[int64]string // acknowledged in this life of the server, and of which task
	pending  *change          // sent and not acknowledged
}

// change is a request, and what it does to the writer's tasks.
type change struct {
	what  string
	send  func(context.Context, *client.WorkspaceClient) (version int64, id string, err error) // 0 if the answer tells of no version
	apply func(map[string]state)
	again bool // it is sent again
}

// work sends changes until one is not answered.
func (w *writer) work(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if w.pending == nil {
			w.pending = w.next()
		}
		if !w.send() {
			return
		}
	}
}

// send sends the pending change and takes note of the answer, if there is one.
func (w *writer) send() bool {
	c := w.pending
	version, id, err := c.send(w.l.Context(), w.l.space)
	if _, said := errors.AsType[*client.Error](err); err != nil && (!said || errors.Is(err, client.ErrUnavailable)) {
		c.again = true
		return false
	} else if err != nil {
		w.l.Errorf("%s: %s: %v", w.name, c.what, err)
		return false
	}
	c.apply(w.want)
	if !c.again && version > 0 {
		if w.versions == nil {
			w.versions = map[int64]string{}
		}
		w.versions[version] = id
	}
	w.pending = nil
	w.l.acknowledged.Add(1)
	return true
}

// next thinks of a change.
func (w *writer) next() *change {
	w.n++
	title := fmt.Sprintf("%s-%d", w.name, w.n)
	project, priority := w.projects[rand.IntN(len(w.projects))], w.n%5
	mine := slices.Sorted(maps.Keys(w.want))
	if len(mine) == 0 || rand.IntN(4) == 0 {
		id := newID()
		return &change{
			what: "create", send: taskOf(func(ctx context.Context, in *client.WorkspaceClient) (client.Task, error) {
				return in.CreateTask(ctx, client.NewTask{ID: id, Project: project, Title: title})
			}),
			apply: func(m map[string]state) { m[id] = state{Title: title, Project: project} },
		}
	}
	id := mine[len(mine)-1-rand.IntN(min(len(mine), 8))] // a late one
	if w.want[id].Deleted {
		return &change{what: "restore " + id, send: quiet(func(ctx context.Context, in *client.WorkspaceClient) error {
			return second(in.RestoreTask(ctx, id))
		}), apply: edit(id, func(s *state) { s.Deleted = false })}
	}
	switch rand.IntN(6) {
	case 0:
		return &change{
			what: "change " + id, send: taskOf(func(ctx context.Context, in *client.WorkspaceClient) (client.Task, error) {
				return in.UpdateTask(ctx, id, client.TaskPatch{Title: client.Set(title), Priority: client.Set(priority)})
			}),
			apply: edit(id, func(s *state) { s.Title, s.Priority = title, priority }),
		}
	case 1:
		return &change{
			what: "move " + id, send: quiet(func(ctx context.Context, in *client.WorkspaceClient) error {
				return second(in.MoveTask(ctx, id, client.MoveTarget{Project: project, Place: client.First()}))
			}),
			apply: edit(id, func(s *state) { s.Project = project }),
		}
	case 2:
		comment := newID()
		return &change{
			what: "comment on " + id, send: func(ctx context.Context, in *client.WorkspaceClient) (int64, string, error) {
				c, err := in.CreateComment(ctx, id, client.NewComment{ID: comment, Body: title})
				return c.Version, c.ID, err
			},
			apply: edit(id, func(s *state) { s.Comments = slices.Sorted(slices.Values(append(slices.Clone(s.Comments), comment))) }),
		}
	case 3:
		return &change{what: "delete " + id, send: quiet(func(ctx context.Context, in *client.WorkspaceClient) error {
			return in.DeleteTask(ctx, id)
		}), apply: edit(id, func(s *state) { s.Deleted = true })}
	default:
		return w.batch(id, title, project)
	}
}

// taskOf is a change whose answer is a task as it is then.
func taskOf(send func(context.Context, *client.WorkspaceClient) (client.Task, error)) func(context.Context, *client.WorkspaceClient) (int64, string, error) {
	return func(ctx context.Context, in *client.WorkspaceClient) (int64, string, error) {
		t, err := send(ctx, in)
		return t.Version, t.ID, err
	}
}

// quiet is a change of which no version is acknowledged: it may have found done what it asks for.
func quiet(send func(context.Context, *client.WorkspaceClient) error) func(context.Context, *client.WorkspaceClient) (int64, string, error) {
	return func(ctx context.Context, in *client.WorkspaceClient) (int64, string, error) {
		return 0, "", send(ctx, in)
	}
}

func edit(id string, f func(*state)) func(map[string]state) {
	return func(m map[string]state) {
		s := m[id]
		f(&s)
		m[id] = s
	}
}

// batch makes several tasks and changes one, all at once.
func (w *writer) batch(id, title, project string) *change {
	made := []string{newID(), newID(), newID()}
	changes := []client.BatchChange{{Op: "update", ID: id, Patch: &client.TaskPatch{Title: client.Set(title)}}}
	for _, m := range made {
		changes = append(changes, client.BatchChange{Op: "create", Task: &client.NewTask{ID: m, Project: project, Title: title}})
	}
	changes = append(
		changes, client.BatchChange{Op: "move", ID: id, Project: project},
		client.BatchChange{Op: "update", ID: made[0], Patch: &client.TaskPatch{Priority: client.Set(1)}})
	return &change{
		what: "batch", send: quiet(func(ctx context.Context, in *client.WorkspaceClient) error {
			return second(in.BatchTasks(ctx, client.BatchRequest{Changes: changes}))
		}),
		apply: func(m map[string]state) {
			edit(id, func(s *state) { s.Title, s.Project = title, project })(m)
			for i, t := range made {
				m[t] = state{Title: title, Project: project, Priority: (3 - i) / 3}
			}
		},
	}
}

// settle compares what is there with what was acknowledged, and gives how many of it are this writer's. What was not
// acknowledged must be there wholly or not at all.
func (w *writer) settle(there map[string]state) (known int) {
	w.l.Helper()
	with := maps.Clone(w.want)
	if w.pending != nil {
		w.pending.apply(with)
	}
	now, why := with, differences(there, with, nil)
	if why != "" && w.pending != nil {
		without := differences(there, w.want, with)
		if now = w.want; without == "" {
			why = ""
		} else {
			why = fmt.Sprintf("neither with %s, which was not acknowledged: %s; nor without: %s", w.pending.what, why, without)
		}
	}
	if why != "" {
		w.l.Errorf("%s: %s", w.name, why)
	}
	for _, s := range now {
		if !s.Deleted {
			known++
		}
	}
	return known
}

// differences tells how what is there differs from what should be. Tasks of no that are not wanted must not be there.
func differences(there, want, no map[string]state) string {
	for id, s := range want {
		got, ok := there[id]
		switch {
		case s.Deleted && ok:
			return fmt.Sprintf("task %s was deleted and is there: %+v", id, got)
		case !s.Deleted && !ok:
			return fmt.Sprintf("task %s is not there: %+v", id, s)
		case !s.Deleted && !reflect.DeepEqual(got, s):
			return fmt.Sprintf("task %s is %+v, want %+v", id, got, s)
		}
	}
	for id := range no {
		if _, wanted := want[id]; !wanted {
			if got, ok := there[id]; ok {
				return fmt.Sprintf("task %s is there: %+v", id, got)
			}
		}
	}
	return ""
}
