package load

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestFindLimit looks for the limit of a server that holds a known number.
func TestFindLimit(t *testing.T) {
	for _, limit := range []int{40, 999, 1000, 70_001, 1_000_000} {
		var tried []int
		r, err := findLimit(t.Context(), Options{Users: 1000, Progress: NewProgress(&strings.Builder{}, false, 80)},
			func(_ context.Context, o Options) (*Report, error) {
				tried = append(tried, o.Users)
				r := &Report{Users: o.Users, Held: o.Users <= limit, Server: &Server{Descriptors: 99, MaxDescriptors: 100}}
				if !r.Held {
					r.Why = []string{"too slow"}
				}
				return r, nil
			})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Held || r.Users > limit || float64(r.Users)*finestStep < float64(limit)-TeamSize {
			t.Errorf("a limit of %d was found to be %d, by %v", limit, r.Users, tried)
		}
		if len(r.Steps) != len(tried) || len(tried) > maxSteps || !strings.Contains(r.FirstToGive, "descriptors") {
			t.Errorf("%d steps, %q", len(r.Steps), r.FirstToGive)
		}
		slices.Sort(tried)
		if len(slices.Compact(slices.Clone(tried))) != len(tried) {
			t.Errorf("a number was tried twice: %v", tried)
		}
	}
	none, err := findLimit(t.Context(), Options{Users: 80, Progress: NewProgress(&strings.Builder{}, false, 80)}, func(_ context.Context, o Options) (*Report, error) {
		return &Report{Users: o.Users, Why: []string{"it is gone"}}, nil
	})
	if err != nil || none.Held || none.Users != TeamSize || !strings.Contains(none.FirstToGive, "it is gone") {
		t.Errorf("%+v, %v", none, err)
	}
	broken := errors.New("no server")
	if _, err := findLimit(t.Context(), Options{Users: 80, Progress: NewProgress(&strings.Builder{}, false, 80)}, func(context.Context, Options) (*Report, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestFirstToGive(t *testing.T) {
	r := &Report{Users: 5, Why: []string{"p99 is 200 ms"}}
	if got := firstToGive(r); !strings.Contains(got, "p99 is 200 ms") {
		t.Error(got)
	}
	r.Server, r.Machine = &Server{Processor: 1.2, MaxDescriptors: 100, Descriptors: 50}, Machine{Cores: 2, Busy: 0.95, Processor: 0.7}
	if got := firstToGive(r); !strings.Contains(got, "95 %") || !strings.Contains(got, "1.20 of 2") {
		t.Error(got)
	}
}
