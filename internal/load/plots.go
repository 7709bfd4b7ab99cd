package load

import (
	"fmt"
	"math"
	"strings"
)

// maxPoints is how many points a line has. Where there were more seconds, a point stands for several of them.
const maxPoints = 360

// moments are the seconds that a point stands for.
type moments []Second

// thin gives at most maxPoints groups of seconds.
func thin(all []Second) []moments {
	each := max(1, (len(all)+maxPoints-1)/maxPoints)
	var out []moments
	for i := 0; i < len(all); i += each {
		out = append(out, all[i:min(i+each, len(all))])
	}
	return out
}

// mean is of those that are known; NaN if none is.
func (m moments) mean(of func(Second) float64) float64 {
	sum, n := 0.0, 0
	for _, s := range m {
		if v := of(s); !math.IsNaN(v) && v >= 0 {
			sum, n = sum+v, n+1
		}
	}
	return sum / float64(n)
}

// worst is the highest of those that are known; NaN if none is.
func (m moments) worst(of func(Second) float64) float64 {
	worst := math.NaN()
	for _, s := range m {
		if v := of(s); v >= 0 && !(v <= worst) {
			worst = v
		}
	}
	return worst
}

// timePlot is what a plot over time shows.
type timePlot struct {
	id, title, unit string
	lines           []timeLine
	log             bool
	goal            float64
	told            func(float64) string // of a value
}

type timeLine struct {
	name  string
	style int
	of    func(Second) float64
	worst bool
}

// timePlots are the pictures of how it went.
func (r *Report) timePlots() []plot {
	answered := func(of func(Second) float64) func(Second) float64 {
		return where(of, func(s Second) bool { return s.Requests > 0 })
	}
	memory, unit := func(s Second) float64 { return s.Memory / mebibyte }, "MiB"
	for _, s := range r.Timeline {
		if s.Memory >= 2*gibibyte {
			memory, unit = func(s Second) float64 { return s.Memory / gibibyte }, "GiB"
		}
	}
	whole := func(v float64) string { return Grouped(int64(math.Round(v))) }
	all := []timePlot{
		{id: "requests", title: "Requests", unit: "each second", told: short, lines: []timeLine{
			{"all", 1, func(s Second) float64 { return float64(s.Requests) }, false},
			{"writes", 2, func(s Second) float64 { return float64(s.Writes) }, false},
			{"errors", 3, func(s Second) float64 { return float64(s.Errors) }, false},
		}},
		{id: "latency", title: "Latency", unit: "milliseconds, logarithmic", log: true, goal: r.Goal.P99, told: millis, lines: []timeLine{
			{"p99.9", 3, answered(func(s Second) float64 { return s.P999 }), true},
			{"p99", 1, answered(func(s Second) float64 { return s.P99 }), true},
			{"p50", 2, answered(func(s Second) float64 { return s.P50 }), true},
		}},
		{id: "delay", title: "Delay of events", unit: "milliseconds, logarithmic", log: true, goal: r.Goal.DelayP99, told: millis, lines: []timeLine{
			{"p99", 1, where(func(s Second) float64 { return s.DelayP99 }, func(s Second) bool { return s.Events > 0 }), true},
		}},
		{id: "streams", title: "Streams", unit: "open", told: whole, lines: []timeLine{{"open", 1, func(s Second) float64 { return float64(s.Streams) }, false}}},
		{id: "processor", title: "Processor of the server", unit: "cores", told: inCores, lines: []timeLine{
			{"cores", 1, func(s Second) float64 { return s.Processor }, false},
		}},
		{id: "memory", title: "Memory of the server", unit: unit, told: func(v float64) string { return short(v) + " " + unit }, lines: []timeLine{{"own", 1, memory, false}}},
	}
	points := thin(r.Timeline)
	plots := make([]plot, len(all))
	for i, t := range all {
		plots[i] = t.draw(points)
	}
	return plots
}

// where is of where it can be known.
func where(of func(Second) float64, known func(Second) bool) func(Second) float64 {
	return func(s Second) float64 {
		if !known(s) {
			return math.NaN()
		}
		return of(s)
	}
}

func (t timePlot) draw(points []moments) plot {
	p := plot{ID: t.id, Title: t.title, Unit: t.unit}
	at, each, begin, end := make([]float64, len(points)), 1, 0.0, 1.0
	for i, m := range points {
		at[i], each = m[0].At, max(each, len(m))
	}
	if n := len(points); n > 0 {
		begin, end = min(at[0], 0), at[n-1]
	}
	all := make([]series, len(t.lines))
	for i, l := range t.lines {
		all[i] = series{name: l.name, style: l.style}
		for _, m := range points {
			v := m.mean(l.of)
			if l.worst {
				v = m.worst(l.of)
			}
			all[i].values = append(all[i].values, v)
		}
	}
	low, high := extent(all, t.goal)
	if !t.log {
		_, high = extent(all)
	}
	x, y := timeScale(begin, end), linearScale(high, 4)
	if t.log {
		y = logScale(low, high)
	}
	for i, v := range x.ticks {
		p.X = append(p.X, plotMark{At: hundredths(x.at(v)), Text: clock(v), Edge: edge(i, x.at(v))})
	}
	p.draw(x, y, at, all, short)
	p.goal(y, t.goal, "goal "+millis(t.goal))
	p.bands(x, points)
	p.columns(x, points, at, all, t.told)
	p.Essence = t.essence(all)
	if each > 1 {
		p.Note = fmt.Sprintf("A point stands for %d seconds: of latencies and delays the worst of them, of the rest the mean.", each)
	}
	return p
}

// edge keeps a text beside the first and last tick within the plot.
func edge(i int, at float64) string {
	if i > 0 && at > 0.97 {
		return "end"
	}
	return ""
}

// bands shade what was not measured.
func (p *plot) bands(x scale, points []moments) {
	for i := 0; i < len(points); i++ {
		if points[i][0].Measured {
			continue
		}
		from := points[i][0].At
		for i < len(points) && !points[i][0].Measured {
			i++
		}
		to := x.high
		if i < len(points) {
			to = points[i][0].At
		}
		left := hundredths(x.at(from))
		p.Bands = append(p.Bands, plotBand{X: left, Width: hundredths(x.at(to)) - left})
	}
}

// columns tell each point's figures.
func (p *plot) columns(x scale, points []moments, at []float64, all []series, told func(float64) string) {
	for i := range points {
		text := clock(at[i])
		for _, s := range all {
			if v := s.values[i]; !math.IsNaN(v) {
				text += ", " + s.name + " " + told(v)
			}
		}
		if !points[i][0].Measured {
			text += ", not measured"
		}
		left, right := x.at(at[i]), 1.0
		middle := left
		if i > 0 {
			left -= (left - x.at(at[i-1])) / 2
		}
		if i+1 < len(points) {
			right = middle + (x.at(at[i+1])-middle)/2
		}
		p.Columns = append(p.Columns, plotColumn{X: hundredths(left), Width: hundredths(right - left), Middle: hundredths(middle), Text: text})
	}
}

// essence says each line's least and greatest.
func (t timePlot) essence(all []series) string {
	var parts []string
	for _, s := range all {
		low, high := math.Inf(1), math.Inf(-1)
		for _, v := range s.values {
			if !math.IsNaN(v) {
				low, high = min(low, v), max(high, v)
			}
		}
		if high >= low {
			parts = append(parts, fmt.Sprintf("%s from %s to %s", s.name, t.told(low), t.told(high)))
		}
	}
	if len(parts) == 0 {
		return t.title + " over time: nothing is known."
	}
	text := t.title + " over time: " + strings.Join(parts, "; ")
	if t.goal > 0 {
		text += "; the goal is " + millis(t.goal)
	}
	return text + "."
}
