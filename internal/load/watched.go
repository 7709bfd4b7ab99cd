package load

import (
	"context"
	"sync"
	"time"
)

// watched is what is seen of the server while it has the load.
type watched struct {
	mu      sync.Mutex
	newest  reading
	before  reading // that was looked at last
	first   reading // of the time that is measured
	rate    float64 // of a core that the server last used
	most    Server
	version string
}

// watch asks the server once a second for its metrics, until ctx ends.
func (w *watched) watch(ctx context.Context, url string) {
	m := newMetrics(url)
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		if s, err := m.read(ctx); err == nil {
			w.mu.Lock()
			w.newest = s
			w.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// recent is how long it counts as known what the server uses.
const recent = 3 * time.Second

// look gives how much of a core the server uses and what memory it has, -1 where that is not known.
func (w *watched) look(p phase) (rate, memory float64) {
	w.mu.Lock()
	s := w.newest
	w.mu.Unlock()
	before := w.before
	if s.at.IsZero() || time.Since(s.at) > recent {
		return -1, -1
	}
	if s.at.Equal(before.at) {
		return w.rate, s.memory
	}
	w.before, w.version = s, s.version
	if p == measured {
		if w.first.at.IsZero() {
			w.first = s
		}
		w.most.Memory, w.most.Heap = max(w.most.Memory, s.memory), max(w.most.Heap, s.heap)
		w.most.Descriptors, w.most.MaxDescriptors = max(w.most.Descriptors, s.descriptors), s.most
	}
	if w.rate = -1; !before.at.IsZero() {
		w.rate = share(s.processor-before.processor, s.at.Sub(before.at))
	}
	return w.rate, s.memory
}

// end gives what the server used while it was measured, nil if it was not seen.
func (w *watched) end() *Server {
	if w.first.at.IsZero() {
		return nil
	}
	s := w.most
	s.Processor = share(w.before.processor-w.first.processor, w.before.at.Sub(w.first.at))
	return &s
}
