package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// How it is measured what telling one more stream takes.
const (
	tellRounds    = 15
	tellGrowth    = 1.5
	tellEach      = 3   // changes told to each room in a round
	tellAllocated = 0.5 // of the event's bytes
)

// telling compares what one more stream takes that is told of a change, in rooms of more and more of them. The first has
// one alone, whose change takes what any does.
func (b *bench) telling(ctx context.Context, rooms []*room) error {
	took := make([][]float64, len(rooms)) // milliseconds, of each round
	for _, r := range rooms {
		if err := r.come(); err != nil {
			return err
		}
	}
	for range b.rounds(tellRounds) {
		for i, r := range rooms {
			var ms []float64
			for j := range tellEach {
				_, heard, err := r.once(r.create(), j)
				if err := errors.Join(err, ctx.Err()); err != nil {
					return err
				}
				ms = append(ms, heard)
			}
			took[i] = append(took[i], median(ms))
		}
	}
	each := make([][]float64, len(rooms)) // microseconds for one more
	var all []string
	for i, r := range rooms {
		for round, ms := range took[i] {
			each[i] = append(each[i], (ms-took[0][round])*1e3/float64(max(1, len(r.all)-1)))
		}
		all = append(all, fmt.Sprintf("%d after %.1f ms", len(r.all), median(took[i])))
	}
	last := len(rooms) - 1
	for i := last - 2; i < last; i++ {
		target, holds := atMost(tellGrowth, "")
		b.report.add(finding{
			what:   fmt.Sprintf("growth of telling one more stream, %d to %d", len(rooms[i].all), len(rooms[last].all)),
			target: target, holds: holds, rounds: ratios([2][]float64{each[i], each[last]}),
			detail: fmt.Sprintf("%.1f and %.1f µs for one more; the last of %s", median(each[i]), median(each[last]), strings.Join(all, ", of ")),
		})
	}
	return b.allocated(ctx, rooms)
}

// allocated compares what the server allocates for one more stream that is told.
func (b *bench) allocated(ctx context.Context, rooms []*room) error {
	last := len(rooms) - 1
	var bytes, objects [3]float64
	for i, r := range []*room{rooms[0], rooms[last-2], rooms[last]} {
		if err := r.come(); err != nil {
			return err
		}
		before, err := r.sv.metrics(ctx)
		if err != nil {
			return err
		}
		changes := max(b.rounds(tellRounds), min(100_000/len(r.all), 200)) // more where there are few, for a change itself takes most
		for j := range changes {
			if _, _, err := r.once(r.create(), j); err != nil {
				return err
			}
		}
		after, err := r.sv.metrics(ctx)
		if err != nil {
			return err
		}
		per := func(name string, alone float64) float64 {
			return ((after[name]-before[name])/float64(changes) - alone) / float64(max(1, len(r.all)-1))
		}
		bytes[i] = per("go_memstats_alloc_bytes_total", bytes[0])
		objects[i] = per("go_memstats_mallocs_total", objects[0])
	}
	size := float64(rooms[last].all[0].size)
	target, holds := atMost(tellAllocated, "")
	b.report.add(finding{
		what: "allocated for telling one more stream / the event's bytes", target: target, holds: holds, rounds: []float64{bytes[2] / size},
		detail: fmt.Sprintf("%.0f bytes and %.1f objects for one more of %d, %.0f and %.1f of %d; an event has %.0f bytes",
			bytes[2], objects[2], len(rooms[last].all), bytes[1], objects[1], len(rooms[last-2].all), size),
	})
	return nil
}
