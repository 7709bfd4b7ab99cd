package load

import "strings"

// facts are the figures that matter most.
func (r *Report) facts() []fact {
	c := r.Checks
	wrong := c.Lost + c.Stale + c.Missed + c.Repeated + c.Disordered
	processor, memory := unknown, unknown
	if r.Server != nil {
		processor, memory = short(r.Server.Processor), size(r.Server.Memory)
	}
	return []fact{
		{Name: "Users", Figure: Grouped(r.Users), More: Grouped(r.Present) + " present at once"},
		{Name: "Requests each second", Figure: short(r.Requests.PerSecond), More: short(perSecond(r.Requests.Writes, r.Seconds)) + " of them writes"},
		{Name: "p99 of requests", Figure: r.Requests.Latency.told(), More: strings.Trim(goalOf(r.Goal.P99), " ()"), Bad: r.Goal.P99 > 0 && !(r.Requests.Latency.P99 <= r.Goal.P99)},
		{Name: "p99 of events' delay", Figure: r.EventDelay.told(), More: strings.Trim(goalOf(r.Goal.DelayP99), " ()"), Bad: r.Goal.DelayP99 > 0 && !(r.EventDelay.P99 <= r.Goal.DelayP99)},
		{Name: "Errors", Figure: Grouped(r.Requests.Errors), More: "of " + many(r.Requests.Count, "request"), Bad: r.Requests.Errors > 0},
		{Name: "Promises broken", Figure: Grouped(wrong), More: "lost, stale, missed, repeated", Bad: wrong > 0 || len(c.Violations) > 0},
		{Name: "Processor of the server", Figure: processor, More: "cores, on average"},
		{Name: "Memory of the server", Figure: memory, More: "at most"},
	}
}

func (r *Report) factGroups() []factGroup {
	c := r.Checks
	checks := factGroup{Title: "Checks", Facts: []fact{
		{Name: "Writes acknowledged", Figure: Grouped(c.Acknowledged)},
		{Name: "Read back at the end", Figure: Grouped(c.ReadBack)},
		{Name: "Lost", Figure: Grouped(c.Lost), Bad: c.Lost > 0},
		{Name: "Re-read by somebody else", Figure: Grouped(c.Reread)},
		{Name: "Stale", Figure: Grouped(c.Stale), Bad: c.Stale > 0},
		{Name: "Events compared", Figure: Grouped(c.Events), More: "on " + many(c.Streams, "stream")},
		{Name: "Missed", Figure: Grouped(c.Missed), Bad: c.Missed > 0},
		{Name: "Repeated", Figure: Grouped(c.Repeated), Bad: c.Repeated > 0},
		{Name: "Out of order", Figure: Grouped(c.Disordered), Bad: c.Disordered > 0},
	}}
	load := factGroup{Title: "Load", Facts: []fact{
		{Name: "Workspaces", Figure: Grouped(r.Teams), More: Grouped(r.Active) + " with somebody present"},
		{Name: "Everybody asks", Figure: "every " + short(r.Every) + " s"},
		{Name: "Measured for", Figure: clock(r.Seconds)},
		{Name: "Streams open at the end", Figure: Grouped(r.Streams.Open), More: Grouped(r.Streams.Opened) + " opened in all", Bad: r.Streams.Open != r.Present},
		{Name: "Streams broken", Figure: Grouped(r.Streams.Broken), Bad: r.Streams.Broken > 0},
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
			{Name: "Processor", Figure: inCores(s.Processor), More: "on average"},
			{Name: "Memory", Figure: size(s.Memory), More: "at most"},
			{Name: "Heap", Figure: size(s.Heap), More: "at most"},
			{Name: "Descriptors", Figure: Grouped(int64(s.Descriptors)), More: "of " + Grouped(int64(s.MaxDescriptors))},
		}
	} else {
		server.Facts = []fact{{Name: "What it used", Figure: "not known", More: "its metrics could not be read"}}
	}
	machine := factGroup{Title: "Machine that made the load", Facts: []fact{
		{Name: "Cores", Figure: Grouped(r.Machine.Cores)},
		{Name: "Used by the load", Figure: inCores(r.Machine.Processor), More: "on average"},
		{Name: "Memory of the load", Figure: size(r.Machine.Memory), More: "at most"},
	}}
	if b := r.Machine.Busy; b > 0 {
		machine.Facts = append(machine.Facts, fact{Name: "Busy in all", Figure: percent(b)})
	}
	return []factGroup{checks, load, server, machine}
}
