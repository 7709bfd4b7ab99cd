package worker

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

func TestAChoreGoesOnAfterFailuresAndStopsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		runs := 0
		done := make(chan struct{})
		go func() {
			defer close(done)
			Run(ctx, slog.New(slog.DiscardHandler), Chore{Name: "one", Every: time.Hour, Do: func(context.Context) (bool, error) {
				runs++
				if runs <= 3 {
					return false, errors.New("not yet")
				}
				return runs < 6, nil
			}})
		}()
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if runs != 6 {
			t.Fatalf("%d runs after three failures and what there was to do, want 6", runs)
		}
		cancel()
		<-done
	})
}

func TestAChoreCanBeWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wake := make(chan struct{}, 1)
		runs := 0
		go Run(t.Context(), slog.New(slog.DiscardHandler), Chore{Name: "one", Every: time.Hour, Wake: wake, Do: func(context.Context) (bool, error) {
			runs++
			return false, nil
		}})
		synctest.Wait()
		wake <- struct{}{}
		synctest.Wait()
		if runs != 2 {
			t.Fatalf("%d runs, want 2", runs)
		}
	})
}
