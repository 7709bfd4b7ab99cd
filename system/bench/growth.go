package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rung-app/rung/internal/tasks"
)

// How growth is measured. The project asked about has half of the workspace's tasks.
const (
	fewTasks      = 1_000
	growthShare   = 0.5
	growthLimit   = 1.5
	growthRounds  = 15
	growthCalls   = 40    // of each shape in a round, small and large workspace in turn
	deepestCursor = 2_000 // pages of a list that are walked beforehand, to be asked for in any order
)

// reader is an opened seed.
type reader struct {
	*seed
	svc     *tasks.Service
	cursors map[string][]string // of the pages of each shape
}

// shape is a named list.
type shape struct {
	name string
	ask  func(r *reader, ctx context.Context, cursor string) (next string, err error)
}

func eq(field string, value any) tasks.Filter {
	return tasks.Filter{Field: field, Op: "eq", Value: value}
}

func allOf(f ...tasks.Filter) tasks.Filter { return tasks.Filter{All: f} }

// listed is a shape of GET /tasks.
func listed(name, sort string, filter func(*reader) tasks.Filter) shape {
	return shape{name, func(r *reader, ctx context.Context, cursor string) (string, error) {
		p, err := r.svc.Tasks(ctx, r.caller(), r.Workspace, tasks.ListQuery{Filter: filter(r), Sort: sort}, tasks.PageOf{Cursor: cursor})
		return p.Next, full(p, err)
	}}
}

// full expects a page with something on it: an empty list is quick and proves nothing.
func full(p tasks.Page, err error) error {
	if err == nil && len(p.Items) == 0 {
		return errors.New("the list is empty")
	}
	return err
}

func shapes() []shape {
	everything := func(*reader) tasks.Filter { return tasks.Filter{} }
	project := func(r *reader) tasks.Filter { return eq("project", r.Project.String()) }
	return []shape{
		listed("project by position", "position", project),
		listed("project by due date", "due", project),
		listed("project, last changed first", "-updated", project),
		listed("column by position", "position", func(r *reader) tasks.Filter {
			return allOf(project(r), eq("status", r.Statuses[1].String()))
		}),
		listed("workspace by due date", "due", everything),
		listed("workspace, newest first", "-created", everything),
		listed("workspace, last changed first", "-updated", everything),
		listed("mine and open by due date", "due", func(*reader) tasks.Filter {
			return allOf(eq("assignee", "me"), eq("completed", false))
		}),
		listed("label, newest first", "-created", func(r *reader) tasks.Filter { return eq("label", r.Label.String()) }),
		listed("sub-tasks", "", func(r *reader) tasks.Filter { return eq("parent", r.Parent.String()) }),
		{"comments", func(r *reader, ctx context.Context, cursor string) (string, error) {
			p, err := r.svc.Comments(ctx, r.caller(), r.Workspace, r.Talked.String(), tasks.PageOf{Cursor: cursor})
			return p.Next, full(p, err)
		}},
		{"activity", func(r *reader, ctx context.Context, cursor string) (string, error) {
			p, err := r.svc.Activity(ctx, r.caller(), r.Workspace, r.Talked.String(), tasks.PageOf{Cursor: cursor})
			return p.Next, full(p, err)
		}},
		{"trash", func(r *reader, ctx context.Context, cursor string) (string, error) {
			p, err := r.svc.Trash(ctx, r.caller(), r.Workspace, tasks.PageOf{Cursor: cursor})
			return p.Next, full(p, err)
		}},
		{"changes", func(r *reader, ctx context.Context, _ string) (string, error) {
			told, _, _, err := r.svc.Changes(ctx, r.caller(), r.Workspace, r.Head.Epoch, rand.Int64N(r.Head.Seq-tasks.DefaultLimit), tasks.DefaultLimit)
			if err == nil && len(told) == 0 {
				err = errors.New("there are no changes")
			}
			return "", err
		}},
		{"board: 50 of each column", func(r *reader, ctx context.Context, _ string) (string, error) {
			g, err := r.svc.Groups(ctx, r.caller(), r.Workspace, tasks.ListQuery{Filter: project(r), Sort: "position"}, "status", tasks.DefaultLimit)
			if err == nil && len(g.Groups) != len(r.Statuses) {
				err = fmt.Errorf("the board has %d columns", len(g.Groups))
			}
			return "", err
		}},
	}
}

// growth compares every named list in a workspace of a thousand tasks with the same in one of a million, in this
// process, straight at the service: nothing but the list itself is in the figure.
func (b *bench) growth(ctx context.Context) error {
	small, closeSmall, err := b.reader(ctx, fewTasks)
	if err != nil {
		return err
	}
	defer closeSmall()
	large, closeLarge, err := b.reader(ctx, b.many())
	if err != nil {
		return err
	}
	defer closeLarge()
	var all []float64
	for _, sh := range shapes() {
		for _, r := range []*reader{small, large} {
			if err := r.walk(ctx, sh); err != nil {
				return fmt.Errorf("%s with %d tasks: %w", sh.name, r.Size, err)
			}
		}
		var ratios, us [2][]float64
		for range b.rounds(growthRounds) {
			var took [2][]float64
			for range growthCalls {
				for i, r := range []*reader{small, large} {
					t, err := r.time(ctx, sh)
					if err != nil {
						return err
					}
					took[i] = append(took[i], t)
				}
			}
			us[0], us[1] = append(us[0], median(took[0])), append(us[1], median(took[1]))
			ratios[0] = append(ratios[0], median(took[1])/median(took[0]))
		}
		target, holds := atMost(growthLimit, "")
		b.report.add(finding{
			what: "growth: " + sh.name, target: target, holds: holds, rounds: ratios[0],
			detail: fmt.Sprintf("%.0f µs with %d tasks, %.0f µs with %d", median(us[0]), small.Size, median(us[1]), large.Size),
		})
		all = append(all, median(ratios[0]))
	}
	target, holds := atMost(growthLimit, "")
	b.report.add(finding{what: "growth of the named lists together", target: target, holds: holds, rounds: all, detail: fmt.Sprintf("%d lists", len(all))})
	return nil
}

func (b *bench) reader(ctx context.Context, size int) (*reader, func(), error) {
	s, err := b.seeded(ctx, size, growthShare)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{seed: s, cursors: map[string][]string{}}
	svc, closeDB, err := s.open(ctx)
	r.svc = svc
	return r, func() { _ = closeDB() }, err
}

// walk remembers where the pages of a list begin.
func (r *reader) walk(ctx context.Context, sh shape) error {
	r.cursors[sh.name] = []string{""}
	for cursor := ""; len(r.cursors[sh.name]) < deepestCursor; {
		next, err := sh.ask(r, ctx, cursor)
		if err != nil {
			return err
		}
		if next == "" {
			break
		}
		r.cursors[sh.name] = append(r.cursors[sh.name], next)
		cursor = next
	}
	if pages := r.cursors[sh.name]; len(pages) > 2 { // the last page may be short
		r.cursors[sh.name] = pages[:len(pages)-1]
	}
	return nil
}

// time asks for any page and gives the microseconds that it took.
func (r *reader) time(ctx context.Context, sh shape) (float64, error) {
	pages := r.cursors[sh.name]
	cursor := pages[rand.IntN(len(pages))]
	begun := time.Now()
	_, err := sh.ask(r, ctx, cursor)
	return float64(time.Since(begun).Nanoseconds()) / 1e3, err
}
