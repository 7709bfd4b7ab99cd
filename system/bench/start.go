package main

import (
	"context"
	"fmt"
	"time"
)

const (
	startRounds = 9
	startLimit  = 300 // milliseconds
)

// start measures the time from the start of the process to its first answer that it is ready, with many tasks in its
// database.
func (b *bench) start(ctx context.Context) error {
	s, err := b.seeded(ctx, b.many(), growthShare)
	if err != nil {
		return err
	}
	var ms []float64
	for range b.rounds(startRounds) {
		begun := time.Now()
		sv, err := b.serve(ctx, s)
		if err != nil {
			return err
		}
		ms = append(ms, float64(time.Since(begun).Microseconds())/1e3)
		if err := sv.stop(); err != nil {
			return err
		}
	}
	target, holds := atMost(startLimit, " ms")
	b.report.add(finding{
		what: "start to ready", target: target, holds: holds, unit: " ms", rounds: ms,
		detail: fmt.Sprintf("with %d tasks", s.Size),
	})
	return nil
}
