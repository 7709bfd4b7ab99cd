package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// How search is measured.
const (
	searchFew    = 10_000
	searchLimit  = 3.0
	searchRounds = 11
	searchCalls  = 12 // of each question in a round, small and large workspace in turn
)

// question is something looked for.
type question struct {
	name, text string
	guest      func(*seed) uuid.UUID // nil if somebody asks who sees everything
}

func questions() []question {
	return []question{
		{"a rare word", rareWord, nil},
		{"a common word", "customer", nil},
		{"the beginning of a word", "cus", nil},
		{"two common words", "customer login", nil},
		{"a rare and a common word", rareWord + " customer", nil},
		{"a common word, by a guest of three small projects", "customer", func(s *seed) uuid.UUID { return s.Stranger }},
		{"a common word, by a guest of three projects that grow", "customer", func(s *seed) uuid.UUID { return s.Guest }},
	}
}

// search compares the time that searches take in a workspace of ten thousand tasks with the same in one of a million, in
// this process, straight at the service.
func (b *bench) search(ctx context.Context) error {
	small, closeSmall, err := b.reader(ctx, searchFew)
	if err != nil {
		return err
	}
	defer closeSmall()
	large, closeLarge, err := b.reader(ctx, b.many())
	if err != nil {
		return err
	}
	defer closeLarge()
	var all, few, many []float64
	for _, q := range questions() {
		var ratios []float64
		var us [2][]float64
		for range b.rounds(searchRounds) {
			var took [2][]float64
			for range searchCalls {
				for i, r := range []*reader{small, large} {
					t, err := r.look(ctx, q)
					if err != nil {
						return fmt.Errorf("%s with %d tasks: %w", q.name, r.Size, err)
					}
					took[i] = append(took[i], t)
				}
			}
			us[0], us[1] = append(us[0], median(took[0])), append(us[1], median(took[1]))
			ratios = append(ratios, median(took[1])/median(took[0]))
			few, many = append(few, took[0]...), append(many, took[1]...)
		}
		target, holds := atMost(searchLimit, "")
		b.report.add(finding{
			what: "search: " + q.name, target: target, holds: holds, rounds: ratios,
			detail: fmt.Sprintf("%.0f µs with %d tasks, %.0f µs with %d", median(us[0]), small.Size, median(us[1]), large.Size),
		})
		all = append(all, median(ratios))
	}
	target, holds := atMost(searchLimit, "")
	b.report.add(finding{
		what: "search, all of these together", target: target, holds: holds, rounds: []float64{median(many) / median(few)},
		detail: fmt.Sprintf("p50 %.0f µs with %d tasks, %.0f µs with %d; the largest ratio of one is %.2f", median(few), small.Size, median(many), large.Size, largest(all)),
	})
	return nil
}

func largest(of []float64) (out float64) {
	for _, f := range of {
		out = max(out, f)
	}
	return out
}

// look asks once and gives the microseconds that it took.
func (r *reader) look(ctx context.Context, q question) (float64, error) {
	c := r.caller()
	if q.guest != nil {
		c.User = q.guest(r.seed)
	}
	begun := time.Now()
	p, err := r.svc.Search(ctx, c, r.Workspace, tasks.SearchQuery{Text: q.text}, tasks.PageOf{Limit: 20})
	return float64(time.Since(begun).Nanoseconds()) / 1e3, full(p.Page, err)
}
