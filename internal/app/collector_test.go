package app

import (
	"runtime"
	"testing"
)

func TestRoom(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		name            string
		allocated, live uint64
		want            int
	}{
		{"nothing is known yet", 10 * mb, 0, 100},
		{"idle", mb / 10, 7 * mb, 100},
		{"busy with little to keep", 40 * mb, 10 * mb, 200},
		{"very busy with little to keep", 400 * mb, 8 * mb, 400},
		{"very busy with much to keep", 400 * mb, 200 * mb, 100},
		{"busy with much to keep", 60 * mb, 200 * mb, 30},
		{"idle with much to keep", mb, 200 * mb, 16},
		{"idle with very much to keep", mb, 1600 * mb, 2},
	} {
		if got := room(c.allocated, c.live); got != c.want {
			t.Errorf("%s: %d %% of %d MB, want %d %%", c.name, got, c.live/mb, c.want)
		}
	}
}

// The pace is set anew after every collection.
func TestCollectionsAreHeardOf(t *testing.T) {
	collected := make(chan struct{}, 1)
	afterCollections(t.Context(), collected)
	for range 3 {
		runtime.GC()
		<-collected
	}
}
