package load

import (
	"embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html page.css
var pageFiles embed.FS

// page is what the page shows, in its order.
type page struct {
	*Report
	Headline string
	Verdict  string
	Good     bool // as the verdict is
	When     string
	Reasons  []string
	GaveOut  string
	Facts    []fact
	Limit    *plot // nil if the limit was not looked for
	Tried    []tried
	Plots    []plot
	Shaded   bool // some of them show what was not measured
	Table    []latencyRow
	Range    []plotMark // the axis of the table's pictures
	GoalAt   float64    // on it; -1 if there is none
	Groups   []factGroup
	Lists    []pageList
}

// fact is a figure with its name.
type fact struct {
	Name, Figure, More string
	Bad                bool
}

type factGroup struct {
	Title string
	Facts []fact
}

type pageList struct {
	Title string
	All   []string
}

type tried struct {
	Step
	Cells []string
	Word  string
}

// latencyRow is an action's figures, and where they stand on the axis, in percent; From is below zero if nothing is known.
type latencyRow struct {
	Name               string
	Cells              []string
	From, To, P50, P99 float64
	Essence            string
	Last               bool // of all, or of something else
}

// WritePage writes the report as one page of HTML that needs nothing else and asks for nothing: no script, no font, no
// picture from elsewhere.
func (r *Report) WritePage(w io.Writer) error {
	t, err := template.ParseFS(pageFiles, "page.html", "page.css")
	if err != nil {
		return fmt.Errorf("the page's template: %w", err)
	}
	if err := t.ExecuteTemplate(w, "page.html", r.page()); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

func (r *Report) page() page {
	p := page{Report: r, Headline: r.headline(), Verdict: "Not held", When: moment(r.StartedAt), Facts: r.facts(), Plots: r.timePlots(), Groups: r.factGroups(), Reasons: r.reasons(), GaveOut: r.gaveOut()}
	if held, not := r.limit(); held > 0 && not > 0 {
		p.Verdict, p.Good = "Limit found", true
	} else if r.Held {
		p.Verdict, p.Good = "Held", true
	}
	for _, plot := range p.Plots {
		p.Shaded = p.Shaded || len(plot.Bands) > 0
	}
	if len(r.Steps) > 0 {
		p.Limit = new(r.limitPlot())
		for _, s := range r.sortedSteps() {
			p.Tried = append(p.Tried, tried{Step: s, Cells: stepCells(s), Word: heldWord(s.Held)})
		}
	}
	p.Table, p.Range, p.GoalAt = r.latencyTable()
	for _, list := range []pageList{{"Broken promises", r.Checks.Violations}, {"Errors", r.Checks.Errors}, {"Not checked", r.Checks.Unchecked}} {
		if len(list.All) > 0 {
			p.Lists = append(p.Lists, list)
		}
	}
	return p
}

// latencyTable gives the rows of what was asked for, of all of it and of events.
func (r *Report) latencyTable() (rows []latencyRow, ticks []plotMark, goal float64) {
	var all []series
	add := func(name, count, errors string, q Quantiles, last bool) {
		rows = append(rows, latencyRow{
			Name: name, Last: last, Cells: append([]string{count, errors}, q.cells()...),
			From: q.P50, To: q.P999, P50: q.P50, P99: q.P99, Essence: fmt.Sprintf("%s: p50 %s, p99 %s, p99.9 %s", name, millis(q.P50), millis(q.P99), millis(q.P999)),
		})
		all = append(all, series{values: []float64{q.P50, q.P99, q.P999}})
	}
	for _, a := range r.Actions {
		if a.Count > 0 || a.Errors > 0 {
			add(a.Name, Grouped(a.Count), Grouped(a.Errors), a.Latency, false)
		}
	}
	add("All", Grouped(r.Requests.Count), Grouped(r.Requests.Errors), r.Requests.Latency, true)
	add("Events heard", Grouped(r.Events), "", r.EventDelay, true)
	low, high := extent(all, r.Goal.P99)
	x := logScale(low, high)
	for i := range rows {
		row := &rows[i]
		if !(row.From > 0) {
			row.From = -1
			continue
		}
		row.From, row.To, row.P50, row.P99 = hundredths(x.at(row.From)), hundredths(x.at(row.To)), hundredths(x.at(row.P50)), hundredths(x.at(row.P99))
	}
	for i, v := range x.ticks {
		ticks = append(ticks, plotMark{At: hundredths(x.at(v)), Text: short(v), Edge: edge(i, x.at(v))})
	}
	goal = -1
	if r.Goal.P99 > 0 {
		goal = hundredths(x.at(r.Goal.P99))
	}
	return rows, ticks, goal
}
