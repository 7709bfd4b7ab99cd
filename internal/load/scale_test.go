package load

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sound looks for what every axis promises.
func sound(t interface{ Errorf(string, ...any) }, s scale, low, high float64) {
	const near = 1e-9
	if s.low > low*(1+near) || s.high < high*(1-near) || !(s.high > s.low) {
		t.Errorf("%v to %v is not covered by %v to %v", low, high, s.low, s.high)
	}
	if !slices.IsSorted(s.ticks) || len(s.ticks) < 2 || len(s.ticks) > 14 {
		t.Errorf("the ticks are %v", s.ticks)
	}
	for _, v := range s.ticks {
		if v < s.low-s.high*near || v > s.high*(1+near) {
			t.Errorf("%v is beyond the axis from %v to %v", v, s.low, s.high)
		}
	}
	if s.at(s.low) != 0 || s.at(s.high) != 1 {
		t.Errorf("the ends are at %v and %v", s.at(s.low), s.at(s.high))
	}
	before := -1.0
	for i := range 50 {
		at := s.at(low + (high-low)*float64(i)/49)
		if at < before || at < 0 || at > 1 {
			t.Errorf("%v comes after %v", at, before)
		}
		before = at
	}
}

// isRound reports whether v is 1, 2 or 5 times a power of ten.
func isRound(v float64) bool {
	m := v / math.Pow(10, math.Floor(math.Log10(v)+1e-9))
	return slices.ContainsFunc([]float64{1, 2, 5}, func(r float64) bool { return math.Abs(m-r) < 1e-6 })
}

func TestLinearScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		high := math.Pow(10, rapid.Float64Range(-3, 9).Draw(t, "exponent"))
		s := linearScale(high, rapid.IntRange(2, 6).Draw(t, "parts"))
		sound(t, s, 0, high)
		if s.ticks[0] != 0 || !isRound(s.ticks[1]) {
			t.Errorf("the ticks are %v", s.ticks)
		}
	})
}

func TestLogScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := math.Pow(10, rapid.Float64Range(-3, 6).Draw(t, "low"))
		high := low * math.Pow(10, rapid.Float64Range(0, 6).Draw(t, "more"))
		s := logScale(low, high)
		sound(t, s, low, high)
		for _, v := range s.ticks {
			if !isRound(v) {
				t.Errorf("the ticks are %v", s.ticks)
			}
		}
	})
}

func TestTimeScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		high := math.Pow(10, rapid.Float64Range(0, 7).Draw(t, "exponent"))
		sound(t, timeScale(0, high), 0, high)
	})
	if got := timeScale(0, 330).ticks; !slices.Equal(got, []float64{0, 60, 120, 180, 240, 300}) {
		t.Errorf("the ticks are %v", got)
	}
}

func TestScalesOfNothing(t *testing.T) {
	for _, s := range []scale{
		linearScale(0, 4), linearScale(-1, 4), linearScale(math.NaN(), 4), linearScale(math.Inf(1), 4),
		logScale(0, 0), logScale(5, 5), logScale(math.NaN(), 1), logScale(1, math.Inf(1)), timeScale(0, 0), timeScale(7, 7),
	} {
		sound(t, s, s.low, s.high)
	}
}
