package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// room is a workspace, and those who listen to it.
type room struct {
	*soak
	calls []call
	all   []*listener
	c     *client // of who asks
	told  atomic.Int64
	heard chan time.Time // when the last of all has heard of a change
}

// call is something that is asked for again and again.
type call struct {
	name   string
	method string
	path   string
	body   func(i int) any // nil if it has none
	want   int
}

func (c call) changes() bool { return c.method != http.MethodGet }

// room has so many listen to a workspace.
func (k *soak) room(path string, listeners int, calls []call) (r *room, err error) {
	r = &room{soak: k, calls: calls, heard: make(chan time.Time, 1)}
	if r.all, err = k.listenersOf(path, listeners); err != nil {
		return nil, err
	}
	for _, l := range r.all {
		go l.listen(&r.told, r.heard)
	}
	return r, nil
}

// newRoom makes a workspace for it, with a project of some tasks.
func (k *soak) newRoom(name string, listeners int) (*room, error) {
	c, err := dial(k.sv.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var ws, project, task struct{ ID string }
	if err := k.ask(c, "POST", workspacesPath, map[string]any{"name": name}, http.StatusCreated, &ws); err != nil {
		return nil, err
	}
	path := workspacesPath + "/" + ws.ID
	if err := k.ask(c, "POST", path+"/projects", map[string]any{"name": "Growth"}, http.StatusCreated, &project); err != nil {
		return nil, err
	}
	for i := range roomTasks {
		if err := k.ask(c, "POST", path+"/tasks", map[string]any{"project": project.ID, "title": fmt.Sprint("Title ", i)}, http.StatusCreated, &task); err != nil {
			return nil, err
		}
	}
	return k.room(path, listeners, callsOf(path, project.ID, task.ID))
}

const (
	workspacesPath = "/api/v1/workspaces"
	roomTasks      = 100
)

// callsOf are what one asks for all day: lists, a board, a search, what is new, a create and a patch.
func callsOf(ws, project, task string) []call {
	return []call{
		{"list", "GET", ws + "/tasks?limit=50&project=" + project, nil, http.StatusOK},
		{"board", "GET", ws + "/tasks/groups?group_by=status&project=" + project, nil, http.StatusOK},
		{"search", "GET", ws + "/search?q=title", nil, http.StatusOK},
		{"changes", "GET", ws + "/changes?limit=50", nil, http.StatusOK},
		{"create", "POST", ws + "/tasks", func(i int) any {
			return map[string]any{"project": project, "title": fmt.Sprint("Made ", i)}
		}, http.StatusCreated},
		{"patch", "PATCH", ws + "/tasks/" + task, func(i int) any {
			return map[string]any{"priority": 1 + i%2, "description": fmt.Sprint("At ", time.Now().UnixNano())}
		}, http.StatusOK},
	}
}

// create is the call that makes a task.
func (r *room) create() call {
	return r.calls[slices.IndexFunc(r.calls, func(c call) bool { return c.method == http.MethodPost })]
}

// leave ends the room, and closes its streams.
func (r *room) leave() {
	hangUp(r.all)
	if r.c != nil {
		r.c.close()
	}
}

// come connects anew: a connection that was idle for long was closed by the server.
func (r *room) come() (err error) {
	if r.c != nil {
		r.c.close()
	}
	r.c, err = dial(r.sv.addr)
	return err
}

// once asks one thing and gives the milliseconds until it was answered and, where it changes something, until the last
// of the listeners had heard of it.
func (r *room) once(one call, i int) (answered, heard float64, err error) {
	var text []byte
	if one.body != nil {
		if text, err = json.Marshal(one.body(i)); err != nil {
			return 0, 0, err
		}
	}
	req := request(one.method, one.path, r.sv.addr, r.sv.token, text)
	begun := time.Now()
	status, err := r.c.do(req)
	answered = float64(time.Since(begun).Nanoseconds()) / 1e6
	if err != nil || status != one.want {
		return 0, 0, errors.Join(err, fmt.Errorf("%s: status %d: %.200s", one.name, status, r.c.body))
	}
	if !one.changes() || len(r.all) == 0 {
		return answered, 0, nil
	}
	select {
	case last := <-r.heard:
		return answered, float64(last.Sub(begun).Nanoseconds()) / 1e6, nil
	case <-time.After(patience):
		return 0, 0, fmt.Errorf("%s: after %s %d of %d streams were told", one.name, patience, r.told.Load()%int64(len(r.all)), len(r.all))
	}
}

// effort is how often something is measured.
type effort struct{ rounds, reads, writes int }

func (e effort) of(c call) int {
	if c.changes() {
		return e.writes
	}
	return e.reads
}

// times are the medians of each round, in milliseconds, in the small room and in the large one.
type times struct{ answered, heard [2][]float64 }

// ratios says how much longer each round took in the large one.
func ratios(ms [2][]float64) []float64 {
	out := make([]float64, len(ms[0]))
	for i := range out {
		out[i] = ms[1][i] / ms[0][i]
	}
	return out
}

// compare asks the same in two rooms in turn, so that both have the same neighbours on the machine.
func (b *bench) compare(ctx context.Context, rooms [2]*room, n int, e effort) (t times, err error) {
	for _, r := range rooms {
		if err := r.come(); err != nil {
			return t, err
		}
	}
	for round := range b.rounds(e.rounds) + 1 {
		var answered, heard [2][]float64
		for i := range e.of(rooms[0].calls[n]) {
			order := []int{0, 1}
			if i%2 == 1 {
				slices.Reverse(order)
			}
			for _, side := range order {
				a, h, err := rooms[side].once(rooms[side].calls[n], i)
				if err := errors.Join(err, ctx.Err()); err != nil {
					return t, err
				}
				answered[side], heard[side] = append(answered[side], a), append(heard[side], h)
			}
		}
		if round == 0 { // a warm-up
			continue
		}
		for side := range rooms {
			t.answered[side] = append(t.answered[side], median(answered[side]))
			t.heard[side] = append(t.heard[side], median(heard[side]))
		}
	}
	return t, nil
}

// growing compares all that is asked for and writes the findings down. detail says what is small and what is large.
func (b *bench) growing(ctx context.Context, what string, rooms [2]*room, e effort, bound float64, small, large string) error {
	add := func(name string, ms [2][]float64) {
		target, holds := atMost(bound, "")
		b.report.add(finding{
			what: what + ": " + name, target: target, holds: holds, rounds: ratios(ms),
			detail: fmt.Sprintf("%.2f ms with %s, %.2f ms with %s", median(ms[0]), small, median(ms[1]), large),
		})
	}
	for n, one := range rooms[0].calls {
		t, err := b.compare(ctx, rooms, n, e)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		add(one.name, t.answered)
		if one.method == http.MethodPost && len(rooms[0].all) == len(rooms[1].all) && len(rooms[0].all) > 0 {
			add("until a stream has told of a create", t.heard)
		}
	}
	return nil
}
