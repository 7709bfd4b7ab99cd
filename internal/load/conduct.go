package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// Options say what is rehearsed.
type Options struct {
	URL      string // of the server
	AdminURL string // where it shows its metrics, "" if they are not looked at
	Users    int    // registered, of whom one in twenty is present
	Every    time.Duration
	Ramp     time.Duration // in which people come; see ComeASecond
	For      time.Duration // that is measured
	Mix      Mix
	Goal     Goal
	// ComeASecond is how many people come in a second, in place of Ramp; 0 for none.
	ComeASecond int
	InFlight    int // requests of one process that are under way at most

	// Drain is how long streams are given at the end to hear of everything.
	Drain time.Duration

	// Processes make the load together; 0 is as many as the streams need.
	Processes int
	// Start starts another process that runs Agent. It is only needed for several.
	Start func(context.Context) (*Process, error)
	// Teams gives the teams, each with as many people present as asked for. Sessions of people from before may end.
	Teams func(ctx context.Context, present []int, made func(done int)) ([]Team, error)

	Progress *Progress
}

// What can be asked for.
const (
	minUsers, maxUsers = TeamSize, 10_000_000
	minEvery           = 10 * time.Millisecond
	maxFor             = 24 * time.Hour
	usualInFlight      = 512
	usualDrain         = 15 * time.Second
	maxProcesses       = 64
	// streamsOfOne is how many streams one process takes on.
	streamsOfOne = 15_000
)

// Check refuses what makes no sense, and fills in what was left out.
func (o *Options) Check() error {
	switch {
	case o.Users < minUsers || o.Users > maxUsers:
		return fmt.Errorf("there must be between %d and %d users", minUsers, maxUsers)
	case o.Every < minEvery || o.For < time.Second || o.For > maxFor || o.Drain < 0 || o.Ramp < 0 || o.ComeASecond < 0 || o.Ramp > maxFor:
		return fmt.Errorf("a time is too short or too long")
	case o.Processes < 0 || o.Processes > maxProcesses:
		return fmt.Errorf("there can be up to %d processes", maxProcesses)
	case o.InFlight < 0 || o.InFlight > 100_000:
		return fmt.Errorf("up to 100000 requests can be under way")
	}
	if o.ComeASecond > 0 {
		o.Ramp = max(time.Second, time.Duration(o.Users/presentOneIn)*time.Second/time.Duration(o.ComeASecond))
	}
	if o.InFlight == 0 {
		o.InFlight = usualInFlight
	}
	if o.Drain == 0 {
		o.Drain = usualDrain
	}
	_, err := newTarget(o.URL)
	return err
}

// processes gives how many make the load for so many people.
func (o *Options) processes(people int) int {
	if o.Processes > 0 {
		return o.Processes
	}
	return max(1, (people+streamsOfOne-1)/streamsOfOne)
}

// Rehearse makes the load and gives what came out, also if it was not held. The error says why nothing came out.
func Rehearse(ctx context.Context, o Options) (*Report, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	if err := o.reach(ctx); err != nil {
		return nil, err
	}
	present := Present(o.Users)
	o.Progress.Say(fmt.Sprintf("%s users in %s workspaces; looking for them, and making who is missing", Grouped(int64(o.Users)), Grouped(int64(len(present)))))
	began := time.Now()
	teams, err := o.Teams(ctx, present, func(done int) { o.Progress.Count("workspaces", done, len(present)) })
	if err != nil {
		return nil, err
	}
	o.Progress.Say(fmt.Sprintf("they are there after %s", time.Since(began).Round(100*time.Millisecond)))
	teams = slices.DeleteFunc(teams, func(t Team) bool { return len(t.People) == 0 })
	people := CountPeople(teams)
	n := min(o.processes(people), max(1, len(teams)))
	if n > 1 && o.Start == nil {
		return nil, errors.New("several processes can't be started")
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c := &conductor{
		Options: o, people: people, cancel: cancel, measure: make(chan struct{}), ticks: make(chan numbered),
		report: &Report{
			URL: o.URL, StartedAt: time.Now().UTC().Truncate(time.Millisecond), Users: o.Users, Present: people, Teams: len(present), Active: len(teams),
			Processes: n, Every: o.Every.Seconds(), Seconds: o.For.Seconds(), Mix: o.Mix.shares(), Goal: o.Goal, Machine: Machine{Cores: runtime.NumCPU()},
		},
	}
	return c.run(ctx, split(teams, n))
}

// reach sees whether there is a server, before anybody is made for it.
func (o *Options) reach(ctx context.Context) error {
	t, err := newTarget(o.URL)
	if err != nil {
		return err
	}
	p := &pool{target: t}
	defer p.close()
	var req bytes.Buffer
	t.request(&req, "GET", "/auth/methods", "", "", nil)
	req.WriteString("\r\n")
	a, err := p.ask(ctx, req.Bytes(), nil)
	if err = expect(a, err, 200); err != nil {
		return fmt.Errorf("there is no Rung server at %s, or it is not ready (%w)", o.URL, err)
	}
	return nil
}

// start starts the process or processes, which report to c.ticks, and gives what waits for them.
func (c *conductor) start(ctx context.Context, parts [][]Team) (wait func() error) {
	errs := make(chan error, len(parts))
	for i, part := range parts {
		p := plan{
			URL: c.URL, Teams: part, Mix: c.Mix, Every: c.Every, Ramp: c.Ramp, For: c.For,
			InFlight: max(1, c.InFlight/len(parts)), Drain: c.Drain, Seed: uint64(c.report.StartedAt.UnixMilli())<<8 | uint64(i), // another one each time
		}
		out := func(t tick) error {
			select {
			case c.ticks <- numbered{i, t}:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		go func() {
			var err error
			if len(parts) == 1 {
				err = work(ctx, p, c.measure, out)
			} else {
				err = c.conduct(ctx, p, out)
			}
			if err != nil {
				c.cancel(err)
			}
			errs <- err
		}()
	}
	return func() error {
		var all error
		for range parts {
			all = errors.Join(all, <-errs)
		}
		return all
	}
}
