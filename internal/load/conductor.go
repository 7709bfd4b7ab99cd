package load

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// conductor puts together what the processes report.
type conductor struct {
	Options
	people  int
	cancel  context.CancelCauseFunc
	measure chan struct{} // closed when everybody has come
	ticks   chan numbered
	report  *Report

	total  [kinds]histogram // of what was measured
	delay  histogram
	now    second
	last   []usage // of each process
	come   []int   // people of each process
	ready  []bool  // whether all people of each process have come, or can't
	open   []int   // streams of each process
	told   []bool  // whether each process has told of this second
	server watched
}

// numbered is a tick of a process.
type numbered struct {
	process int
	tick
}

// second collects what happened in one second, in all processes.
type second struct {
	Second
	latency, delay histogram
}

// run starts the processes, collects until all have ended, and judges.
func (c *conductor) run(ctx context.Context, parts [][]Team) (*Report, error) {
	n := len(parts)
	c.last, c.come, c.open, c.ready, c.told = make([]usage, n), make([]int, n), make([]int, n), make([]bool, n), make([]bool, n)
	for k := range c.total {
		c.total[k] = newHistogram()
	}
	c.delay = newHistogram()
	c.begin()
	if c.AdminURL != "" {
		watching, stop := context.WithCancel(ctx)
		defer stop()
		go c.server.watch(watching, c.AdminURL)
	}
	wait := c.start(ctx, parts)
	began, measuring := time.Now(), time.Time{}
	busy, all := machineTime()
	current, ends := coming, 0
	var used float64 // of the processes that make the load, when measuring began
	for ends < n {
		select {
		case <-ctx.Done():
			_ = wait()
			return nil, context.Cause(ctx)
		case t := <-c.ticks:
			c.take(t)
			if t.End != nil {
				ends++
				c.report.Checks.add(t.End.Checks)
			}
			if current == measured && t.Phase == checking {
				current = checking
				c.finish(measuring, used)
				after, allAfter := machineTime()
				if allAfter > all {
					c.report.Machine.Busy = (after - busy) / (allAfter - all)
				}
			}
			if current == coming && !slices.Contains(c.ready, false) {
				current, measuring = measured, time.Now()
				close(c.measure)
				busy, all = machineTime()
				used = c.used()
			}
			if !slices.Contains(c.told, false) {
				c.tell(t.At.Sub(began), current, c.left(measuring, current))
			}
		}
	}
	if err := wait(); err != nil {
		return nil, err
	}
	c.conclude()
	return c.report, nil
}

func (c *conductor) left(measuring time.Time, p phase) time.Duration {
	if p != measured {
		return 0
	}
	return max(0, time.Until(measuring.Add(c.For)))
}

// take adds what a process reports.
func (c *conductor) take(t numbered) {
	counted := t.Phase == checking || t.Phase == measured
	for k := range kinds {
		h := t.Latency[k]
		if h == nil {
			continue
		}
		n := h.TotalCount()
		c.now.Requests += n
		c.now.Errors += t.Errors[k]
		if k.writes() {
			c.now.Writes += n
		}
		c.now.latency.merge(*h)
		if counted {
			c.total[k].merge(*h)
			c.report.Actions[k].Count += n
			c.report.Actions[k].Errors += t.Errors[k]
		} else {
			c.report.Requests.Errors += t.Errors[k] // an error while people come is one as well
		}
	}
	if t.Delay != nil {
		c.now.delay.merge(*t.Delay)
		if counted {
			c.delay.merge(*t.Delay)
		}
	}
	c.now.Events += t.Events
	c.report.Events += t.Events
	c.report.Streams.Opened += t.Opened
	c.report.Streams.Broken += t.Broken
	c.come[t.process], c.open[t.process], c.last[t.process] = t.Come, t.Open, t.Usage
	c.ready[t.process], c.told[t.process] = t.Phase != coming, true
	for _, text := range t.Said {
		if len(c.report.Checks.Errors) < maxSaid {
			c.report.Checks.Errors = append(c.report.Checks.Errors, text)
		}
	}
}

// tell ends a second, when each process has told of it.
func (c *conductor) tell(at time.Duration, p phase, left time.Duration) {
	s := c.now.Second
	l, d := c.now.latency.quantiles(), c.now.delay.quantiles()
	s.At, s.Measured = max(0, at.Seconds()), p == measured
	s.P50, s.P99, s.P999, s.DelayP99 = l.P50, l.P99, l.P999, d.P99
	for _, n := range c.open {
		s.Streams += n
	}
	s.Processor, s.Memory = c.server.look(p)
	if p != checking {
		c.report.Timeline = append(c.report.Timeline, s)
		c.report.Streams.Open = s.Streams
	}
	words := string(p)
	if p == coming || p == waiting {
		words = fmt.Sprintf("%d of %d people have come", sum(c.come), c.people)
	}
	c.Progress.Second(s, words, left)
	c.begin()
}

func (c *conductor) begin() {
	c.now = second{latency: newHistogram(), delay: newHistogram()}
	clear(c.told)
	if c.report.Actions == nil {
		c.report.Actions = make([]Action, kinds)
		for k := range kinds {
			c.report.Actions[k] = Action{Name: k.String(), Write: k.writes()}
		}
	}
}

// used gives the processor time of the processes that make the load so far, in seconds.
func (c *conductor) used() (all float64) {
	for _, u := range c.last {
		all += u.Processor
	}
	return all
}

// finish takes down what was used while it was measured.
func (c *conductor) finish(measuring time.Time, used float64) {
	took := time.Since(measuring)
	c.report.Machine.Processor = share(c.used()-used, took)
	for _, u := range c.last {
		c.report.Machine.Memory += u.Memory
	}
	c.report.Server = c.server.end()
}

// conclude puts the figures together.
func (c *conductor) conclude() {
	r, all := c.report, newHistogram()
	for k := range kinds {
		a := &r.Actions[k]
		a.Latency = c.total[k].quantiles()
		all.merge(c.total[k])
		r.Requests.Count += a.Count
		r.Requests.Errors += a.Errors
		if a.Write {
			r.Requests.Writes += a.Count
		}
	}
	r.Requests.Latency = all.quantiles()
	r.Requests.PerSecond = float64(r.Requests.Count) / r.Seconds
	r.EventDelay = c.delay.quantiles()
	r.Version = c.server.version
	c.Progress.Done()
	r.Judge()
}

func sum(all []int) (s int) {
	for _, n := range all {
		s += n
	}
	return s
}

// add adds what a process found out.
func (c *Checks) add(o Checks) {
	c.Acknowledged += o.Acknowledged
	c.ReadBack += o.ReadBack
	c.Lost += o.Lost
	c.Reread += o.Reread
	c.Stale += o.Stale
	c.Streams += o.Streams
	c.Events += o.Events
	c.Missed += o.Missed
	c.Repeated += o.Repeated
	c.Disordered += o.Disordered
	c.Violations = append(c.Violations, o.Violations...)
	c.Unchecked = append(c.Unchecked, o.Unchecked...)
}
