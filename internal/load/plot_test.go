package load

import (
	"math"
	"testing"
)

func TestPath(t *testing.T) {
	nan := math.NaN()
	x, y := scale{low: 0, high: 4}, scale{low: 0, high: 10}
	at := []float64{0, 1, 2, 3, 4}
	for want, values := range map[string][]float64{
		"":                                   {nan, nan, nan, nan, nan},
		"M0 1000L250 500L500 0":              {0, 5, 10, nan, nan},
		"M0 1000h0M500 500L750 500":          {0, nan, 5, 5, nan},
		"M1000 0h0":                          {nan, nan, nan, nan, 99},
		"M0 0L250 0L500 0L750 0L1000 1000":   {10, 10, 10, 10, -3},
		"M0 666.7L250 0L500 0L750 0L1000 10": {3.333, 10, 10, 10, 9.9},
	} {
		if got := path(x, y, at, values); got != want {
			t.Errorf("%v: got %q, want %q", values, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	for _, ends := range [][]float64{{50, 50, 50}, {100, 99, 98}, {0, 1, 2}, {10, 50, 90}, {}} {
		var lines []plotLine
		for _, e := range ends {
			lines = append(lines, plotLine{End: e})
		}
		spread(lines)
		for i, a := range lines {
			for j, b := range lines[:i] {
				if math.Abs(a.End-b.End) < leastApart-1e-9 || (a.End < b.End) != (ends[i] < ends[j]) && ends[i] != ends[j] {
					t.Errorf("%v becomes %v", ends, lines)
				}
			}
			if a.End > 100 || a.End < 0 {
				t.Errorf("%v becomes %v", ends, lines)
			}
		}
	}
}

func TestThin(t *testing.T) {
	for _, n := range []int{0, 1, maxPoints, maxPoints + 1, 86_400} {
		groups, sum := thin(make([]Second, n)), 0
		for _, g := range groups {
			sum += len(g)
		}
		if len(groups) > maxPoints || sum != n {
			t.Errorf("%d seconds become %d points of %d", n, len(groups), sum)
		}
	}
	m := moments{{Processor: -1}, {Processor: 2}, {Processor: 4}}
	processor := func(s Second) float64 { return s.Processor }
	if m.mean(processor) != 3 || m.worst(processor) != 4 || !math.IsNaN(m[:1].mean(processor)) || !math.IsNaN(m[:1].worst(processor)) {
		t.Error("what is not known was taken for a figure")
	}
}

func TestBands(t *testing.T) {
	r := exampleReport()
	r.Timeline[329].Measured = false
	bands := r.timePlots()[0].Bands
	if len(bands) != 2 || bands[0].X != 0 || math.Abs(bands[0].Width-100*30.0/329) > 0.01 || bands[1].X != 100 {
		t.Errorf("the bands are %v", bands)
	}
}
