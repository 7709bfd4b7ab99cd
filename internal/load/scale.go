package load

import "math"

// scale says where a value stands between the two ends of an axis.
type scale struct {
	low, high float64
	log       bool
	ticks     []float64 // rising, all between low and high
}

// at gives 0 at the low end and 1 at the high one, and no more or less.
func (s scale) at(v float64) float64 {
	low, high := s.low, s.high
	if s.log {
		v, low, high = math.Log(max(v, s.low)), math.Log(low), math.Log(high)
	}
	return min(max((v-low)/(high-low), 0), 1)
}

// linearScale goes from 0 to a round number that is not less than high, in at most parts round steps.
func linearScale(high float64, parts int) scale {
	if !(high > 0) || math.IsInf(high, 0) {
		high = 1
	}
	step := roundUp(high / float64(parts))
	n := int(math.Ceil(high/step - 1e-9))
	s := scale{high: float64(n) * step}
	for i := range n + 1 {
		s.ticks = append(s.ticks, float64(i)*step)
	}
	return s
}

// roundUp gives the least of 1, 2, 5, 10, 20 ... and of their tenths that is not less than v.
func roundUp(v float64) float64 {
	ten := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*ten >= v*(1-1e-9) {
			return m * ten
		}
	}
	return 10 * ten
}

// roundDown gives the greatest of them that is not more than v.
func roundDown(v float64) float64 {
	ten := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{10, 5, 2} {
		if m*ten <= v*(1+1e-9) {
			return m * ten
		}
	}
	return ten
}

// logScale goes from a round number to another, with at least a power of ten between them. Its ticks are round; there are
// few of them where it goes far.
func logScale(low, high float64) scale {
	if !(low > 0) || !(high >= low) || math.IsInf(high, 0) {
		low, high = 1, 10
	}
	s := scale{low: roundDown(low), high: roundUp(high), log: true}
	if s.high < s.low*10 {
		s.high = s.low * 10
	}
	within := []float64{1, 2, 5}
	if s.high/s.low > 60 {
		within = within[:1]
	}
	for ten := math.Pow(10, math.Floor(math.Log10(s.low)+1e-9)); ten <= s.high*(1+1e-9); ten *= 10 {
		for _, m := range within {
			if v := m * ten; v >= s.low*(1-1e-9) && v <= s.high*(1+1e-9) {
				s.ticks = append(s.ticks, v)
			}
		}
	}
	return s
}

// timeScale goes from low to high seconds; its ticks are round on a clock.
func timeScale(low, high float64) scale {
	if !(high > low) {
		high = low + 1
	}
	step := 0.0
	for _, step = range []float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400} {
		if (high-low)/step <= 6 {
			break
		}
	}
	for (high-low)/step > 6 {
		step *= 2
	}
	s := scale{low: low, high: high}
	for v := math.Ceil(low/step-1e-9) * step; v <= high+step*1e-9; v += step {
		s.ticks = append(s.ticks, v)
	}
	return s
}
