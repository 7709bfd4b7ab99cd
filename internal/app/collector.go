package app

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	measured "runtime/metrics"
	"time"
)

// How the garbage collector is paced. Go collects when the heap has doubled: a busy server with little to keep would be
// collecting all the time, so its heap may grow by what half a second allocates, within mostRoom. One that keeps a lot,
// such as thousands of streams, would take twice that: it may grow by what a second allocates, and by leastRoom in any
// case, but not by more than what is kept.
const (
	paceEvery   = time.Second
	roomFor     = 500 * time.Millisecond
	mostRoom    = 64 << 20
	leastRoom   = 32 << 20
	longRoomFor = time.Second
	usualRoom   = 100 // percent of what is kept: what GOGC is if nobody says otherwise
	widestRoom  = 400 // percent, above which nothing was gained
	worthSaying = 20  // percent of the room that there is
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
	before, rate, now := figures[0].Value.Uint64(), uint64(0), usualRoom
	collected := make(chan struct{}, 1)
	afterCollections(ctx, collected)
	tick := time.NewTicker(paceEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-collected: // what is live may be a lot more than a moment ago, and a room meant for little too wide
			measured.Read(figures)
		case <-tick.C:
			measured.Read(figures)
			allocated := figures[0].Value.Uint64()
			before, rate = allocated, allocated-before
		}
		next := room(rate, figures[1].Value.Uint64())
		if worth := now * worthSaying / 100; next >= now+worth || next <= now-worth || (next == usualRoom && now != next) {
			debug.SetGCPercent(next)
			now = next
		}
	}
}

// afterCollections sends when the heap has been collected, as long as ctx lasts. It does not wait for whoever listens.
func afterCollections(ctx context.Context, collected chan<- struct{}) {
	type token [32]byte // of less than 16 it might share a block that lives on
	runtime.SetFinalizer(new(token), func(*token) {
		if ctx.Err() != nil {
			return
		}
		select {
		case collected <- struct{}{}:
		default:
		}
		afterCollections(ctx, collected)
	})
}

// room gives by how many percent of what is live the heap may grow before it is collected, for what is allocated in
// paceEvery.
func room(allocated, live uint64) int {
	if live == 0 {
		return usualRoom
	}
	during := func(d time.Duration) uint64 {
		return allocated * uint64(d/time.Millisecond) / uint64(paceEvery/time.Millisecond)
	}
	if live > mostRoom {
		return int(min(max(during(longRoomFor), leastRoom)*100/live, usualRoom))
	}
	return min(max(usualRoom, int(min(during(roomFor), mostRoom)*100/live)), widestRoom)
}
