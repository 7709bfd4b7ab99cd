package tasks_test

import (
	"context"
	"sync"
	"testing"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// TestSnapshotsLeaveRoomForOthers has several snapshots under way that do not go on.
func TestSnapshotsLeaveRoomForOthers(t *testing.T) {
	const atOnce = 4
	w := newWorld(t)
	task := w.titled(w.project(tasks.NewProject{Name: "Website"}), "one")
	goOn, begun := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			if err := w.Snapshot(w.Context(), w.ada, w.ws, func(tasks.Head) { begun <- struct{}{} }, func([]byte) error {
				<-goOn
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	for range atOnce {
		<-begun
	}
	gone, leave := context.WithCancel(w.Context())
	leave()
	for range 20 {
		w.refused(w.Snapshot(gone, w.ada, w.ws, func(tasks.Head) { t.Error("one more is made") }, func([]byte) error { return nil }), fault.KindUnavailable, "")
	}
	if got := w.again(task); got.Title != "one" {
		t.Error("nobody can read")
	}
	close(goOn)
	all.Wait()
	w.ok(w.Snapshot(w.Context(), w.ada, w.ws, func(tasks.Head) {}, func([]byte) error { return nil }))
}
