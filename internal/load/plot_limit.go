package load

import (
	"fmt"
	"math"
	"strings"
)

// limitPlot shows the p99 of requests and of events at each number of users that was tried.
func (r *Report) limitPlot() plot {
	p := plot{ID: "limit", Title: "Users and what they wait", Unit: "p99 in milliseconds, by registered users"}
	steps := r.sortedSteps()
	at, held := make([]float64, len(steps)), make([]bool, len(steps))
	requests, events := series{name: "requests", style: 1}, series{name: "events", style: 2}
	for i, s := range steps {
		at[i], held[i] = float64(s.Users), s.Held
		requests.values = append(requests.values, orNaN(s.P99))
		events.values = append(events.values, orNaN(s.DelayP99))
	}
	most := 1.0
	if n := len(at); n > 0 {
		most = at[n-1]
	}
	all := []series{requests, events}
	low, high := extent(all, r.Goal.P99, r.Goal.DelayP99)
	x, y := linearScale(most, 5), logScale(low, high)
	x.high = max(most, 1)
	for i, v := range x.ticks {
		if v <= x.high {
			p.X = append(p.X, plotMark{At: hundredths(x.at(v)), Text: compact(v), Edge: edge(i, x.at(v))})
		}
	}
	p.draw(x, y, at, all, short)
	for i := range p.Lines {
		for _, s := range all {
			if s.name != p.Lines[i].Name {
				continue
			}
			for j, v := range s.values {
				if !math.IsNaN(v) {
					p.Lines[i].Dots = append(p.Lines[i].Dots, plotDot{
						X: hundredths(x.at(at[j])), Y: hundredths(1 - y.at(v)), Cross: !held[j],
						Text: fmt.Sprintf("%s users, %s %s, %s", Grouped(int64(at[j])), s.name, millis(v), heldWord(held[j])),
					})
				}
			}
		}
	}
	if r.Goal.P99 == r.Goal.DelayP99 {
		p.goal(y, r.Goal.P99, "goal "+millis(r.Goal.P99))
	} else {
		p.goal(y, r.Goal.P99, "goal of requests "+millis(r.Goal.P99))
		p.goal(y, r.Goal.DelayP99, "goal of events "+millis(r.Goal.DelayP99))
	}
	best, not := r.limit()
	if not > 0 {
		left := hundredths(x.at(float64(best)))
		p.Bands = append(p.Bands, plotBand{X: left, Width: hundredths(x.at(float64(not))) - left})
	}
	p.Essence = "The p99 of requests and of the delay of events by users. " + strings.TrimSpace(r.limitHeadline()+" "+r.gaveOut())
	p.Note = "A dot was held, a cross was not."
	if not > 0 {
		p.Note += " The limit lies where it is shaded."
	}
	return p
}

func heldWord(held bool) string {
	if held {
		return "held"
	}
	return "not held"
}

func orNaN(v float64) float64 {
	if v > 0 {
		return v
	}
	return math.NaN()
}

// compact writes 150,000 as 150k.
func compact(v float64) string {
	switch {
	case v >= 1e6:
		return short(v/1e6) + "M"
	case v >= 1e3:
		return short(v/1e3) + "k"
	}
	return short(v)
}
