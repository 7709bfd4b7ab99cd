package load

import (
	"math"
	"strconv"
	"strings"
)

// plot is a picture of lines over a common axis, as the page draws it. Everything stands in percent of its area, from the
// left and from the top, so that it takes the width that there is and its words keep their size.
type plot struct {
	ID      string
	Title   string
	Unit    string
	Essence string // what it shows, for who does not see it
	Note    string // below it
	X, Y    []plotMark
	Lines   []plotLine
	Bands   []plotBand
	Goals   []plotMark // lines across
	Columns []plotColumn
}

type plotMark struct {
	At   float64
	Text string
	Edge string // "start" or "end" where the text must not reach over the edge
}

type plotLine struct {
	Name  string
	Style int // from 1: its colour and dashes
	Path  string
	End   float64 // where its name stands
	Dots  []plotDot
}

type plotDot struct {
	X, Y  float64
	Cross bool
	Text  string
}

type plotBand struct{ X, Width float64 }

// plotColumn tells the figures of one point of the axis when it is pointed at.
type plotColumn struct {
	X, Width, Middle float64
	Text             string
}

// series is a line before it is drawn. What is not known is NaN.
type series struct {
	name   string
	style  int
	values []float64
}

// Plots are drawn in a square of this side, which is then stretched.
const side = 1000

// path draws a line through the points that are known. One that stands alone is a dot.
func path(x, y scale, at, values []float64) string {
	var b strings.Builder
	place := func(s float64) string { return strconv.FormatFloat(math.Round(s*10)/10, 'f', -1, 64) }
	known := func(i int) bool { return i >= 0 && i < len(values) && !math.IsNaN(values[i]) }
	for i, v := range values {
		if !known(i) {
			continue
		}
		if known(i - 1) {
			b.WriteString("L")
		} else {
			b.WriteString("M")
		}
		b.WriteString(place(x.at(at[i])*side) + " " + place((1-y.at(v))*side))
		if !known(i-1) && !known(i+1) {
			b.WriteString("h0")
		}
	}
	return b.String()
}

// hundredths keeps the page small.
func hundredths(part float64) float64 { return math.Round(part*1e4) / 100 }

// draw draws series over at.
func (p *plot) draw(x, y scale, at []float64, all []series, label func(float64) string) {
	for _, v := range y.ticks {
		p.Y = append(p.Y, plotMark{At: hundredths(1 - y.at(v)), Text: label(v)})
	}
	for _, s := range all {
		line := plotLine{Name: s.name, Style: s.style, Path: path(x, y, at, s.values), End: -1}
		for i := len(s.values) - 1; i >= 0 && line.End < 0; i-- {
			if !math.IsNaN(s.values[i]) {
				line.End = hundredths(1 - y.at(s.values[i]))
			}
		}
		if line.Path != "" {
			p.Lines = append(p.Lines, line)
		}
	}
	spread(p.Lines)
}

// leastApart is how far the names at the ends of lines are apart at least, in percent of a plot's height.
const leastApart = 8.5

// spread moves the names of lines apart that would stand on each other, and keeps their order.
func spread(lines []plotLine) {
	order := make([]*plotLine, len(lines))
	for i := range lines {
		order[i] = &lines[i]
	}
	for i := range order { // few: insertion
		for j := i; j > 0 && order[j].End < order[j-1].End; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	for i := 1; i < len(order); i++ {
		order[i].End = max(order[i].End, order[i-1].End+leastApart)
	}
	for i, bottom := len(order)-1, 100.0; i >= 0; i-- {
		order[i].End = min(order[i].End, bottom)
		bottom = order[i].End - leastApart
	}
}

// goal draws a line across. Two that are the same are one.
func (p *plot) goal(y scale, v float64, text string) {
	if v > 0 {
		p.Goals = append(p.Goals, plotMark{At: hundredths(1 - y.at(v)), Text: text})
	}
}

// extent gives the least value above zero and the greatest, 0 where there is none.
func extent(all []series, more ...float64) (low, high float64) {
	look := func(v float64) {
		if v > 0 && !math.IsInf(v, 0) {
			if low == 0 || v < low {
				low = v
			}
			high = max(high, v)
		}
	}
	for _, s := range all {
		for _, v := range s.values {
			look(v)
		}
	}
	for _, v := range more {
		look(v)
	}
	return low, high
}
