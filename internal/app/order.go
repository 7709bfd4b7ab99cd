package app

import (
	"context"
	"sync"
)

// inOrder makes n things, atOnce of them at a time, and hands each to fn in their order: fn is never called twice at the
// same time, and no more than a few times atOnce things wait for it. The first failure, be it of produce, of fn or of ctx,
// ends ctx for the others and is what it returns, after all have come back.
func inOrder[T any](ctx context.Context, atOnce, n int, produce func(ctx context.Context, i int) (T, error), fn func(T) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	var all sync.WaitGroup
	waiting := make(chan chan T, 4*atOnce) // in their order, each with room for what is made
	turns := make(chan struct{}, atOnce)
	all.Go(func() {
		defer close(waiting)
		for i := range n {
			place := make(chan T, 1)
			select {
			case waiting <- place:
			case <-ctx.Done():
				return
			}
			select {
			case turns <- struct{}{}:
			case <-ctx.Done():
				return
			}
			all.Go(func() {
				defer func() { <-turns }()
				made, err := produce(ctx, i)
				if err != nil {
					fail(err)
					return
				}
				place <- made
			})
		}
	})
	for place := range waiting {
		select {
		case made := <-place:
			if err := fn(made); err != nil {
				fail(err)
			}
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
	}
	all.Wait()
	return context.Cause(ctx)
}
