package authtest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/auth"
)

// RunAttempts shows that what counts attempts does what auth.Attempts says. Open gives one that has counted none and
// takes its time from now.
func RunAttempts(t *testing.T, open func(t *testing.T, now func() time.Time) auth.Attempts) {
	ctx := context.Background()
	rate := auth.Rate{Burst: 3, Every: time.Minute}
	start := func(t *testing.T) (a auth.Attempts, at *atomic.Pointer[time.Time], take func(key string) time.Duration) {
		t.Helper()
		at = &atomic.Pointer[time.Time]{}
		now := noon()
		at.Store(&now)
		a = open(t, func() time.Time { return *at.Load() })
		return a, at, func(key string) time.Duration {
			t.Helper()
			wait, err := a.Take(ctx, key, rate)
			must(t, err)
			return wait
		}
	}
	pass := func(at *atomic.Pointer[time.Time], d time.Duration) {
		now := at.Load().Add(d)
		at.Store(&now)
	}

	t.Run("as many as allowed, then it says how long to wait", func(t *testing.T) {
		_, at, take := start(t)
		for range rate.Burst {
			if wait := take("k"); wait != 0 {
				t.Fatalf("within the burst: wait %v", wait)
			}
		}
		if wait := take("k"); wait != time.Minute {
			t.Errorf("beyond the burst: wait %v, want a minute", wait)
		}
		pass(at, 20*time.Second)
		if wait := take("k"); wait != 40*time.Second {
			t.Errorf("later: wait %v, want 40 s", wait)
		}
		pass(at, 40*time.Second)
		if wait := take("k"); wait != 0 {
			t.Errorf("when the wait is over: wait %v", wait)
		}
		if wait := take("k"); wait == 0 {
			t.Error("one minute gave two attempts")
		}
	})
	t.Run("keys are counted apart", func(t *testing.T) {
		_, _, take := start(t)
		for range rate.Burst {
			take("a")
		}
		if take("a") == 0 || take("b") != 0 {
			t.Error("one key's attempts count for another")
		}
	})
	t.Run("what is given back can be taken again", func(t *testing.T) {
		a, _, take := start(t)
		for range rate.Burst {
			take("k")
		}
		must(t, a.Give(ctx, "k", rate))
		if take("k") != 0 {
			t.Error("not after it was given back")
		}
		if take("k") == 0 {
			t.Error("more than was given back")
		}
	})
	t.Run("giving back never makes the burst larger", func(t *testing.T) {
		a, _, take := start(t)
		for range 10 {
			must(t, a.Give(ctx, "k", rate))
		}
		for range rate.Burst {
			take("k")
		}
		if take("k") == 0 {
			t.Error("the burst grew")
		}
	})
	t.Run("a long rest fills no more than the burst", func(t *testing.T) {
		_, at, take := start(t)
		take("k")
		pass(at, 24*time.Hour)
		for range rate.Burst {
			if take("k") != 0 {
				t.Error("the burst is not there after a rest")
			}
		}
		if take("k") == 0 {
			t.Error("the burst grew")
		}
	})
	t.Run("a race gets no more than the burst", func(t *testing.T) {
		a, _, _ := start(t)
		var passed atomic.Int64
		race(t, nil, func(int) error {
			wait, err := a.Take(ctx, "k", rate)
			if err == nil && wait == 0 {
				passed.Add(1)
			}
			return err
		})
		if n := passed.Load(); n != int64(rate.Burst) {
			t.Errorf("%d passed, want %d", n, rate.Burst)
		}
	})
}
