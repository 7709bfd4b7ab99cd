package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

// How growth with the number of streams is measured: what one person asks for while nobody else listens, and while very
// many do in other workspaces; and what it takes to tell one more of an event.
const (
	elsewhere      = 50 // workspaces that the others listen to
	strangerGrowth = 1.5
	tellGrowth     = 1.5
	tellRounds     = 15
	fewTold        = 1_000
	manyTold       = 10_000
)

// call is something that is asked for again and again.
type call struct {
	name   string
	method string
	path   string
	body   func(i int) any
	want   int
}

// streamGrowth compares what is asked for with one stream with the same while ten thousand are open.
func (b *bench) streamGrowth(ctx context.Context) (err error) {
	k, stop, err := b.newHouse(ctx, "RUNG_MAX_USER_STREAMS=30000", "RUNG_MAX_WORKSPACES=1000")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	calls, err := k.calls()
	if err != nil {
		return err
	}
	before, err := k.times(b, calls)
	if err != nil {
		return err
	}
	others, err := k.strangers(idleStreams)
	defer hangUp(others)
	if err != nil {
		return err
	}
	with, err := k.times(b, calls)
	if err != nil {
		return err
	}
	hangUp(others)
	after, err := k.times(b, calls)
	if err != nil {
		return err
	}
	for i, c := range calls {
		var ratios []float64
		for round, ms := range with[i] {
			ratios = append(ratios, 2*ms/(before[i][round]+after[i][round]))
		}
		target, holds := atMost(strangerGrowth, "")
		b.report.add(finding{
			what: "growth with streams elsewhere: " + c.name, target: target, holds: holds, rounds: ratios,
			detail: fmt.Sprintf("%.2f ms with 1 stream, %.2f ms with %d more in %d other workspaces", median(append(before[i], after[i]...)), median(with[i]), idleStreams, elsewhere),
		})
	}
	return k.tellMany(b)
}

// calls are a list, a board, a create, a patch and an event that one stream hears, in a project of some tasks.
func (k *soak) calls() ([]call, error) {
	c, err := dial(k.sv.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var project, task struct{ ID string }
	if err := k.ask(c, "POST", k.ws+"/projects", map[string]any{"name": "Growth"}, http.StatusCreated, &project); err != nil {
		return nil, err
	}
	for i := range 100 {
		if err := k.ask(c, "POST", k.ws+"/tasks", map[string]any{"project": project.ID, "title": fmt.Sprint("Task ", i)}, http.StatusCreated, &task); err != nil {
			return nil, err
		}
	}
	return callsOf(k.ws, project.ID, task.ID), nil
}

func callsOf(ws, project, task string) []call {
	none := func(int) any { return nil }
	title := func(i int) any { return map[string]any{"title": fmt.Sprint("Title ", i, " ", time.Now().UnixNano())} }
	return []call{
		{"list", "GET", ws + "/tasks?limit=50&project=" + project, none, http.StatusOK},
		{"board", "GET", ws + "/tasks/groups?group_by=status&project=" + project, none, http.StatusOK},
		{"search", "GET", ws + "/search?q=title", none, http.StatusOK},
		{"changes", "GET", ws + "/changes?limit=50", none, http.StatusOK},
		{"create", "POST", ws + "/tasks", func(i int) any {
			return map[string]any{"project": project, "title": fmt.Sprint("Made ", i)}
		}, http.StatusCreated},
		{"patch", "PATCH", ws + "/tasks/" + task, title, http.StatusOK},
	}
}

// Rounds of calls, and calls in each round.
const (
	callRounds = 11
	callsEach  = 30
)

// times gives the median of each round, in milliseconds, for each call.
func (k *soak) times(b *bench, calls []call) ([][]float64, error) {
	c, err := dial(k.sv.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	all := make([][]float64, len(calls))
	for range b.rounds(callRounds) {
		for i, one := range calls {
			ms, err := k.time(c, one, callsEach)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], ms)
		}
	}
	return all, nil
}

// time gives the median of n times, in milliseconds.
func (k *soak) time(c *client, one call, n int) (float64, error) {
	var took []float64
	for i := range n {
		var text []byte
		if body := one.body(i); body != nil {
			var err error
			if text, err = json.Marshal(body); err != nil {
				return 0, err
			}
		}
		req := request(one.method, one.path, k.sv.addr, k.sv.token, text)
		begun := time.Now()
		status, err := c.do(req)
		took = append(took, float64(time.Since(begun).Nanoseconds())/1e6)
		if err != nil || status != one.want {
			return 0, fmt.Errorf("%s: status %d: %.200s (%w)", one.name, status, c.body, err)
		}
	}
	return median(took), nil
}

// strangers listen to other workspaces of hers.
func (k *soak) strangers(n int) (all []*listener, err error) {
	c, err := dial(k.sv.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for i := range elsewhere {
		var other struct{ ID string }
		if err := k.ask(c, "POST", "/api/v1/workspaces", map[string]any{"name": fmt.Sprint("Elsewhere ", i)}, http.StatusCreated, &other); err != nil {
			return all, err
		}
		some, err := k.listenersOf("/api/v1/workspaces/"+other.ID, n/elsewhere)
		all = append(all, some...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// tellMany compares what telling one more stream takes, among a thousand and among ten thousand of one workspace.
func (k *soak) tellMany(b *bench) error {
	var each [2][]float64
	var last [2]float64
	for i, n := range []int{fewTold, manyTold} {
		all, err := k.listeners(n)
		if err != nil {
			hangUp(all)
			return err
		}
		ms, err := k.tell(b, all)
		hangUp(all)
		if err != nil {
			return fmt.Errorf("tell %d streams: %w", n, err)
		}
		last[i] = median(ms)
		for _, m := range ms {
			each[i] = append(each[i], m*1e3/float64(n))
		}
	}
	base := median(each[0])
	var ratios []float64
	for _, us := range each[1] {
		ratios = append(ratios, us/base)
	}
	target, holds := atMost(tellGrowth, "")
	b.report.add(finding{
		what: "growth of telling one more stream", target: target, holds: holds, rounds: ratios,
		detail: fmt.Sprintf("%.1f µs each of %d, %.1f µs each of %d, of which the last heard after %.0f and %.0f ms", base, fewTold, median(each[1]), manyTold, last[0], last[1]),
	})
	return nil
}

// tell makes tasks, each of which all streams are told of, and gives the milliseconds until the last was.
func (k *soak) tell(b *bench, all []*listener) (ms []float64, err error) {
	heard := make(chan time.Time, 1)
	var count atomic.Int64
	for _, l := range all {
		go l.listen(&count, heard)
	}
	c, err := dial(k.sv.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var project struct{ ID string }
	if err := k.ask(c, "POST", k.ws+"/projects", map[string]any{"name": "Told"}, http.StatusCreated, &project); err != nil {
		return nil, err
	}
	for i := range b.rounds(tellRounds) + 1 { // the first is a warm-up
		begun := time.Now()
		if err := k.ask(c, "POST", k.ws+"/tasks", map[string]any{"project": project.ID, "title": fmt.Sprint("Told to many ", i)}, http.StatusCreated, nil); err != nil {
			return nil, err
		}
		select {
		case at := <-heard:
			if i > 0 {
				ms = append(ms, float64(at.Sub(begun).Microseconds())/1e3)
			}
		case <-time.After(patience):
			return nil, fmt.Errorf("%d were told", count.Load())
		}
	}
	return ms, nil
}
