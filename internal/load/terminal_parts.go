package load

import (
	"fmt"
	"slices"
)

func (t *sheet) load(r *Report) {
	t.title("Load")
	t.row("users", fmt.Sprintf("%s in %s", Grouped(r.Users), many(int64(r.Teams), "workspace")))
	t.row("present", fmt.Sprintf("%s at once, in %s, each with a live stream", Grouped(r.Present), many(int64(r.Active), "workspace")))
	t.row("requests", fmt.Sprintf("%s/s: %s in %s, from everybody every %s s", short(r.Requests.PerSecond), Grouped(r.Requests.Count), clock(r.Seconds), short(r.Every)))
	t.row("writes", fmt.Sprintf("%s/s: %s", short(perSecond(r.Requests.Writes, r.Seconds)), Grouped(r.Requests.Writes)))
	t.row("errors", Grouped(r.Requests.Errors))
	t.row("made by", processes(r.Processes))
	t.row("server", fmt.Sprintf("Rung %s at %s", r.Version, r.URL))
	t.row("when", moment(r.StartedAt))
}

func processes(n int) string {
	if n == 1 {
		return "1 process"
	}
	return Grouped(n) + " processes"
}

func perSecond(n int64, seconds float64) float64 {
	if !(seconds > 0) {
		return 0
	}
	return float64(n) / seconds
}

func (t *sheet) latency(r *Report) {
	t.title("Latency in milliseconds, from when a request was meant to be sent; (w) writes")
	names := []column{{name: ""}, {name: "count"}, {name: "errors"}, {name: "p50", spare: 2}, {name: "p90", spare: 4}, {name: "p99"}, {name: "p99.9", spare: 1}, {name: "max", spare: 3}}
	add := func(name, count, errors string, q Quantiles) {
		for i, cell := range append([]string{name, count, errors}, q.cells()...) {
			names[i].cells = append(names[i].cells, cell)
		}
	}
	for _, a := range r.Actions {
		if a.Count > 0 || a.Errors > 0 {
			add(a.title(), Grouped(a.Count), Grouped(a.Errors), a.Latency)
		}
	}
	add("all", Grouped(r.Requests.Count), Grouped(r.Requests.Errors), r.Requests.Latency)
	add("events heard", Grouped(r.Events), "", r.EventDelay)
	t.table(names)
}

// cells are the quantiles for a table; not known if there was nothing to measure.
func (q Quantiles) cells() []string {
	if q == (Quantiles{}) {
		return []string{unknown, unknown, unknown, unknown, unknown}
	}
	return []string{figure(q.P50), figure(q.P90), figure(q.P99), figure(q.P999), figure(q.Max)}
}

// told is the p99 for a sentence.
func (q Quantiles) told() string {
	if q == (Quantiles{}) {
		return unknown
	}
	return millis(q.P99)
}

// title is the action's name, and whether it writes.
func (a Action) title() string {
	if a.Write {
		return plain(a.Name) + " (w)"
	}
	return plain(a.Name)
}

func (t *sheet) checks(r *Report) {
	c := r.Checks
	t.title("Checks")
	t.row("writes", fmt.Sprintf("%s acknowledged, %s read back at the end, %s lost", Grouped(c.Acknowledged), Grouped(c.ReadBack), Grouped(c.Lost)))
	t.row("re-read", fmt.Sprintf("%s right after, by somebody else, %s stale", Grouped(c.Reread), Grouped(c.Stale)))
	t.row("streams", fmt.Sprintf("%s opened, %s open at the end, %s broken", Grouped(r.Streams.Opened), Grouped(r.Streams.Open), Grouped(r.Streams.Broken)))
	t.row("events", fmt.Sprintf("%s on %s compared with the history: %s missed, %s repeated, %s out of order", Grouped(c.Events), many(c.Streams, "stream"),
		Grouped(c.Missed), Grouped(c.Repeated), Grouped(c.Disordered)))
}

func (t *sheet) machines(r *Report) {
	t.title("Machines")
	t.row("server", serverWords(r.Server))
	t.row("load", machineWords(r.Machine))
}

func serverWords(s *Server) string {
	if s == nil {
		return "what it used is not known: its metrics could not be read"
	}
	limit := ""
	if s.MaxDescriptors > 0 {
		limit = " of " + Grouped(int64(s.MaxDescriptors))
	}
	return fmt.Sprintf("%s, memory %s, heap %s, %s descriptors%s", inCores(s.Processor), size(s.Memory), size(s.Heap), Grouped(int64(s.Descriptors)), limit)
}

func machineWords(m Machine) string {
	busy := ""
	if m.Busy > 0 {
		busy = fmt.Sprintf(", busy to %s in all", percent(m.Busy))
	}
	return fmt.Sprintf("%s of %s, memory %s%s", inCores(m.Processor), Grouped(m.Cores), size(m.Memory), busy)
}

// inCores writes processor time as how many cores it keeps busy.
func inCores(v float64) string {
	if s := short(v); s != "1" {
		return s + " cores"
	}
	return "1 core"
}

func (t *sheet) steps(r *Report) {
	if len(r.Steps) == 0 {
		return
	}
	t.title("Steps")
	all := []column{{name: "users"}, {name: "held"}, {name: "p99 ms"}, {name: "events ms"}, {name: "errors", spare: 1}, {name: "cores", spare: 3}, {name: "memory", spare: 4}, {name: "machine", spare: 2}}
	for _, s := range r.sortedSteps() {
		for i, cell := range stepCells(s) {
			all[i].cells = append(all[i].cells, cell)
		}
	}
	t.table(all)
	for _, s := range r.sortedSteps() {
		if !s.Held {
			t.list("Why "+Grouped(s.Users)+" users were not held", s.Why)
		}
	}
}

// stepCells are users, held or not, p99, delay, errors, the server's cores and memory, and how busy the machine was.
func stepCells(s Step) []string {
	held, processor, memory, busy := "no", unknown, unknown, unknown
	if s.Held {
		held = "yes"
	}
	if s.Server != nil {
		processor, memory = figure(s.Server.Processor), size(s.Server.Memory)
	}
	if s.Busy > 0 {
		busy = percent(s.Busy)
	}
	return []string{Grouped(s.Users), held, figure(s.P99), figure(s.DelayP99), Grouped(s.Errors), processor, memory, busy}
}

// sortedSteps gives the steps by users, those of as many in the order in which they were tried.
func (r *Report) sortedSteps() []Step {
	return slices.SortedStableFunc(slices.Values(r.Steps), func(a, b Step) int { return a.Users - b.Users })
}
