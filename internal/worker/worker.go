// Package worker runs what nobody waits for: sweeps and deliveries. Each chore is a loop of its own that a failure slows
// down and never ends.
package worker

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// Chore is something to be done again and again. It may be done twice, and by several processes.
type Chore struct {
	Name  string
	Every time.Duration // between two runs
	Wake  <-chan struct{}
	// Do does a bounded amount of work; more says that there is more to do at once.
	Do func(context.Context) (more bool, err error)
}

// slowest is the longest pause after failures.
const slowest = time.Minute

// Run does chores until ctx ends, and returns when all have come to rest. A chore that fails is logged once when it
// begins to fail and once when it works again.
func Run(ctx context.Context, log *slog.Logger, chores ...Chore) {
	var all sync.WaitGroup
	for _, c := range chores {
		all.Go(func() { c.run(ctx, log) })
	}
	all.Wait()
}

func (c Chore) run(ctx context.Context, log *slog.Logger) {
	failures := 0
	for {
		more, err := c.Do(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			if failures++; failures == 1 {
				log.Error("a chore fails and will be tried again", "chore", c.Name, "error", err)
			}
		case failures > 0:
			log.Info("a chore works again", "chore", c.Name, "failures", failures)
			failures = 0
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-c.Wake:
		case <-time.After(pause(c.Every, failures)):
		}
	}
}

// pause is the interval, doubled with each failure from a second on, give or take a tenth so that processes spread out.
func pause(every time.Duration, failures int) time.Duration {
	d := every
	if failures > 0 {
		d = min(time.Second<<min(failures-1, 10), slowest)
	}
	return d - d/10 + rand.N(d/5+1)
}
