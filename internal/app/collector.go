package app

import (
	"context"
	"os"
	"runtime/debug"
	measured "runtime/metrics"
	"time"
)

// How the garbage collector is paced: a busy server with little to keep would be collecting all the time, for Go collects
// when the heap has doubled. So a busy heap may grow by what half a second allocates, within mostRoom; what is idle, or
// keeps more than that, is collected as ever.
const (
	paceEvery   = time.Second
	roomFor     = 500 * time.Millisecond
	mostRoom    = 64 << 20
	usualRoom   = 100 // percent of what is kept: what GOGC is if nobody says otherwise
	worthSaying = 20  // percent
)

// paceCollector sets how far the heap may grow before it is collected, until ctx ends. It does nothing where GOGC is set:
// then the operator has chosen. What GOMEMLIMIT says is kept in any case.
func paceCollector(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	defer debug.SetGCPercent(usualRoom)
	figures := []measured.Sample{{Name: "/gc/heap/allocs:bytes"}, {Name: "/gc/heap/live:bytes"}}
	measured.Read(figures)
	before, now := figures[0].Value.Uint64(), usualRoom
	tick := time.NewTicker(paceEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		measured.Read(figures)
		allocated, live := figures[0].Value.Uint64(), figures[1].Value.Uint64()
		next := room(allocated-before, live)
		before = allocated
		if next >= now+worthSaying || next <= now-worthSaying || (next == usualRoom && now != next) {
			debug.SetGCPercent(next)
			now = next
		}
	}
}

// room gives by how many percent of what is live the heap may grow before it is collected, for what is allocated in
// paceEvery.
func room(allocated, live uint64) int {
	if live == 0 {
		return usualRoom
	}
	garbage := min(allocated*uint64(roomFor/time.Millisecond)/uint64(paceEvery/time.Millisecond), mostRoom)
	return max(usualRoom, int(garbage*100/live))
}
