package load

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
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
	p := page{Report: r, Headline: r.headline(), Verdict: "Not held", When: moment(r.StartedAt), Facts: r.facts(), Plots: r.timePlots(), Groups: r.factGroups(), Reasons: r.reasons()}
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
			add(a.Name, grouped(a.Count), grouped(a.Errors), a.Latency, false)
		}
	}
	add("All", grouped(r.Requests.Count), grouped(r.Requests.Errors), r.Requests.Latency, true)
	add("Events heard", grouped(r.Events), "", r.EventDelay, true)
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

// facts are the figures that matter most.
func (r *Report) facts() []fact {
	c := r.Checks
	wrong := c.Lost + c.Stale + c.Missed + c.Repeated + c.Disordered
	processor, memory := unknown, unknown
	if r.Server != nil {
		processor, memory = short(r.Server.Processor), size(r.Server.Memory)
	}
	return []fact{
		{Name: "Users", Figure: grouped(r.Users), More: grouped(r.Present) + " present at once"},
		{Name: "Requests each second", Figure: short(r.Requests.PerSecond), More: short(perSecond(r.Requests.Writes, r.Seconds)) + " of them writes"},
		{Name: "p99 of requests", Figure: r.Requests.Latency.told(), More: strings.Trim(goalOf(r.Goal.P99), " ()"), Bad: r.Goal.P99 > 0 && !(r.Requests.Latency.P99 <= r.Goal.P99)},
		{Name: "p99 of events' delay", Figure: r.EventDelay.told(), More: strings.Trim(goalOf(r.Goal.DelayP99), " ()"), Bad: r.Goal.DelayP99 > 0 && !(r.EventDelay.P99 <= r.Goal.DelayP99)},
		{Name: "Errors", Figure: grouped(r.Requests.Errors), More: "of " + many(r.Requests.Count, "request"), Bad: r.Requests.Errors > 0},
		{Name: "Promises broken", Figure: grouped(wrong), More: "lost, stale, missed, repeated", Bad: wrong > 0 || len(c.Violations) > 0},
		{Name: "Processor of the server", Figure: processor, More: "cores, on average"},
		{Name: "Memory of the server", Figure: memory, More: "at most"},
	}
}

func (r *Report) factGroups() []factGroup {
	c := r.Checks
	checks := factGroup{Title: "Checks", Facts: []fact{
		{Name: "Writes acknowledged", Figure: grouped(c.Acknowledged)},
		{Name: "Read back at the end", Figure: grouped(c.ReadBack)},
		{Name: "Lost", Figure: grouped(c.Lost), Bad: c.Lost > 0},
		{Name: "Re-read by somebody else", Figure: grouped(c.Reread)},
		{Name: "Stale", Figure: grouped(c.Stale), Bad: c.Stale > 0},
		{Name: "Events compared", Figure: grouped(c.Events), More: "on " + many(c.Streams, "stream")},
		{Name: "Missed", Figure: grouped(c.Missed), Bad: c.Missed > 0},
		{Name: "Repeated", Figure: grouped(c.Repeated), Bad: c.Repeated > 0},
		{Name: "Out of order", Figure: grouped(c.Disordered), Bad: c.Disordered > 0},
	}}
	load := factGroup{Title: "Load", Facts: []fact{
		{Name: "Workspaces", Figure: grouped(r.Teams), More: grouped(r.Active) + " with somebody present"},
		{Name: "Everybody asks", Figure: "every " + short(r.Every) + " s"},
		{Name: "Measured for", Figure: clock(r.Seconds)},
		{Name: "Streams open at the end", Figure: grouped(r.Streams.Open), More: grouped(r.Streams.Opened) + " opened in all", Bad: r.Streams.Open != r.Present},
		{Name: "Streams broken", Figure: grouped(r.Streams.Broken), Bad: r.Streams.Broken > 0},
		{Name: "Made by", Figure: processes(r.Processes)},
	}}
	var mix []string
	for _, s := range r.Mix {
		if s.Part > 0 {
			mix = append(mix, s.Action+" "+percent(s.Part))
		}
	}
	if len(mix) > 0 {
		load.Facts = append(load.Facts, fact{Name: "Mix", More: strings.Join(mix, ", ")})
	}
	server := factGroup{Title: "Server"}
	if s := r.Server; s != nil {
		server.Facts = []fact{
			{Name: "Processor", Figure: cores(s.Processor), More: "on average"},
			{Name: "Memory", Figure: size(s.Memory), More: "at most"},
			{Name: "Heap", Figure: size(s.Heap), More: "at most"},
			{Name: "Descriptors", Figure: grouped(int64(s.Descriptors)), More: "of " + grouped(int64(s.MaxDescriptors))},
		}
	} else {
		server.Facts = []fact{{Name: "What it used", Figure: "not known", More: "its metrics could not be read"}}
	}
	machine := factGroup{Title: "Machine that made the load", Facts: []fact{
		{Name: "Cores", Figure: grouped(r.Machine.Cores)},
		{Name: "Used by the load", Figure: cores(r.Machine.Processor), More: "on average"},
		{Name: "Memory of the load", Figure: size(r.Machine.Memory), More: "at most"},
	}}
	if b := r.Machine.Busy; b > 0 {
		machine.Facts = append(machine.Facts, fact{Name: "Busy in all", Figure: percent(b)})
	}
	return []factGroup{checks, load, server, machine}
}
