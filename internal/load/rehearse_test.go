package load

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// rehearsed runs a short rehearsal against a fake.
func rehearsed(t *testing.T, f faults, change func(*Options)) *Report {
	t.Helper()
	server, s := newFake(t, f)
	o := Options{
		URL: s.URL, Users: 400, Every: 50 * time.Millisecond, For: 1500 * time.Millisecond, Mix: DefaultMix(), Goal: Goal{P99: 10_000, DelayP99: 10_000}, Drain: 2 * time.Second,
		Progress: NewProgress(io.Discard, false, 80),
		Teams: func(_ context.Context, present []int, made func(int)) ([]Team, error) {
			made(len(present))
			return server.teams(present), nil
		},
	}
	if change != nil {
		change(&o)
	}
	r, err := Rehearse(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestServerThatKeepsItsWord is held, and everything was looked at.
func TestServerThatKeepsItsWord(t *testing.T) {
	r := rehearsed(t, faults{}, nil)
	c := r.Checks
	if !r.Held || r.Requests.Errors != 0 || len(c.Violations)+len(c.Unchecked)+len(c.Errors) != 0 {
		t.Fatalf("held %v: %v %+v", r.Held, r.Why, c)
	}
	if r.Present != 20 || r.Teams != 20 || r.Streams.Open != 20 || c.Streams != 20 || r.Processes != 1 {
		t.Errorf("%d present in %d teams, %d streams of which %d were looked at", r.Present, r.Teams, r.Streams.Open, c.Streams)
	}
	if c.Acknowledged == 0 || c.ReadBack != c.Acknowledged || c.Reread == 0 || c.Events == 0 {
		t.Errorf("hardly anything was looked at: %+v", c)
	}
	var count int64
	for _, a := range r.Actions {
		if a.Count == 0 {
			t.Errorf("nobody did %s", a.Name)
		}
		count += a.Count
	}
	if count != r.Requests.Count || r.Events == 0 || r.EventDelay.P50 <= 0 || r.Requests.Latency.P50 <= 0 {
		t.Errorf("the figures are not whole: %+v", r)
	}
}

// TestFaultsAreFound plants faults, each of which must be found and told.
func TestFaultsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		faults faults
		found  func(*Report) bool
	}{
		"a write is swallowed":   {faults{swallow: 3}, func(r *Report) bool { return r.Checks.Lost > 0 }},
		"a task is lost":         {faults{forget: 4}, func(r *Report) bool { return r.Checks.Lost > 0 || r.Requests.Errors > 0 }},
		"reads are stale":        {faults{stale: true}, func(r *Report) bool { return r.Checks.Stale > 0 }},
		"an event is dropped":    {faults{drop: 2}, func(r *Report) bool { return r.Checks.Missed == 1 }},
		"an event comes twice":   {faults{double: 2}, func(r *Report) bool { return r.Checks.Repeated == 1 }},
		"two events are swapped": {faults{swap: 2}, func(r *Report) bool { return r.Checks.Disordered == 1 }},
		"requests fail": {faults{refuse: 3}, func(r *Report) bool {
			return r.Requests.Errors > 0 && strings.Contains(strings.Join(r.Checks.Errors, " "), "500")
		}},
		"a stream breaks":    {faults{hangUp: 2}, func(r *Report) bool { return r.Streams.Broken == 1 && r.Checks.Missed == 0 && r.Checks.Repeated == 0 }},
		"nobody can sign in": {faults{noRefresh: true}, func(r *Report) bool { return len(r.Checks.Unchecked) > 0 && r.Requests.Count == 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rehearsed(t, c.faults, func(o *Options) {
				if c.faults.forget > 0 { // only makes tasks, so that it is one that is lost
					o.Mix = Mix{writeCreate: 1, readStats: 3}
				}
			})
			if r.Held || !c.found(r) {
				t.Errorf("held %v: %+v", r.Held, r.Checks)
			}
			if len(r.Why) == 0 {
				t.Error("it does not say why")
			}
		})
	}
}

// TestStallCounts shows that who waits behind a slow answer counts from when she meant to ask.
func TestStallCounts(t *testing.T) {
	r := rehearsed(t, faults{stall: 700 * time.Millisecond}, func(o *Options) {
		o.InFlight, o.Mix = 1, Mix{readList: 1}
	})
	if r.Requests.Latency.P90 < 100 {
		t.Errorf("of %d requests behind one that took 700 ms, 90 %% took %v ms", r.Requests.Count, r.Requests.Latency.P90)
	}
}

// TestGoalIsMissed holds the figures against the goal.
func TestGoalIsMissed(t *testing.T) {
	r := rehearsed(t, faults{}, func(o *Options) { o.Goal.P99 = 0.001 })
	if r.Held || len(r.Why) == 0 {
		t.Errorf("it was held: %+v", r.Requests.Latency)
	}
}

// TestSeveralProcesses shares a rehearsal.
func TestSeveralProcesses(t *testing.T) {
	var started atomic.Int64
	r := rehearsed(t, faults{}, func(o *Options) {
		o.Processes = 3
		o.Start = func(ctx context.Context) (*Process, error) {
			started.Add(1)
			return pipedAgent(ctx, nil), nil
		}
	})
	if !r.Held || started.Load() != 3 || r.Processes != 3 || r.Checks.Streams != 20 || r.Streams.Open != 20 {
		t.Errorf("held %v %v, %d processes, %+v", r.Held, r.Why, started.Load(), r.Checks)
	}
}

// TestProcessThatDies ends the rehearsal with an error.
func TestProcessThatDies(t *testing.T) {
	server, s := newFake(t, faults{})
	_, err := Rehearse(t.Context(), Options{
		URL: s.URL, Users: 400, Every: time.Second, For: time.Minute, Mix: DefaultMix(), Processes: 2, Progress: NewProgress(io.Discard, false, 80),
		Start: func(ctx context.Context) (*Process, error) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(500*time.Millisecond, cancel)
			return pipedAgent(ctx, cancel), nil
		},
		Teams: func(_ context.Context, present []int, _ func(int)) ([]Team, error) { return server.teams(present), nil },
	})
	if err == nil {
		t.Error("nobody noticed")
	}
}

// pipedAgent runs an agent in this process.
func pipedAgent(ctx context.Context, cancel func()) *Process {
	in, toIn := io.Pipe()
	fromOut, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := Agent(ctx, in, out)
		out.CloseWithError(io.EOF)
		in.CloseWithError(io.ErrClosedPipe)
		if cancel != nil {
			cancel()
		}
		ended <- err
	}()
	return &Process{In: toIn, Out: fromOut, Wait: func() error { return <-ended }}
}

func TestAgentRefuses(t *testing.T) {
	for _, in := range []string{"", "{}", "{}\n", "no\n", `{"url":"ftp://x"}` + "\n"} {
		if err := Agent(t.Context(), strings.NewReader(in), io.Discard); err == nil {
			t.Errorf("%q is taken", in)
		}
	}
}

func TestRefusals(t *testing.T) {
	good := func() Options {
		return Options{URL: "http://127.0.0.1:1", Users: 100, Every: time.Second, For: time.Second, Mix: DefaultMix()}
	}
	o := good()
	if err := o.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"no server":     func(o *Options) { o.URL = "x" },
		"nobody":        func(o *Options) { o.Users = 0 },
		"too many":      func(o *Options) { o.Users = maxUsers + 1 },
		"no time":       func(o *Options) { o.For = 0 },
		"too long":      func(o *Options) { o.For = maxFor + 1 },
		"all the time":  func(o *Options) { o.Every = 0 },
		"backwards":     func(o *Options) { o.Ramp = -1 },
		"processes":     func(o *Options) { o.Processes = maxProcesses + 1 },
		"no process":    func(o *Options) { o.Processes = -1 },
		"under way":     func(o *Options) { o.InFlight = -1 },
		"come too slow": func(o *Options) { o.ComeASecond = -1 },
	} {
		o := good()
		spoil(&o)
		if _, err := Rehearse(t.Context(), o); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}

// TestTicksTravel sends a tick from one process to another.
func TestTicksTravel(t *testing.T) {
	a := newTally()
	a.asked(readList, 3*time.Millisecond, nil)
	a.asked(writeEdit, time.Second, io.ErrUnexpectedEOF)
	a.heard(20*time.Millisecond, true)
	a.heard(0, false)
	a.came()
	a.opened()
	b, err := json.Marshal(a.take(measured, time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	var got tick
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Latency[readList].TotalCount() != 1 || got.Latency[readGroups] != nil || got.Errors[writeEdit] != 1 || got.Delay.TotalCount() != 1 ||
		got.Events != 2 || got.Come != 1 || got.Open != 1 || got.Phase != measured || len(got.Said) != 1 {
		t.Errorf("%+v", got)
	}
	next := a.take(measured, time.Now())
	if next.Latency[readList] != nil || next.Events != 0 || next.Come != 1 || next.Open != 1 || next.Opened != 0 {
		t.Errorf("%+v is not only what is new", next)
	}
}

func TestReadMetrics(t *testing.T) {
	s, err := readMetrics(strings.NewReader("# HELP x y\nprocess_cpu_seconds_total 12.5\nprocess_resident_memory_bytes 5e+06\nrung_process_anonymous_bytes 4e+06\n" +
		"process_open_fds 7\nprocess_max_fds 20000\ngo_memstats_heap_inuse_bytes 3e+06\nrung_build_info{version=\"1.2.3\"} 1\n"))
	if err != nil || s.processor != 12.5 || s.memory != 4e6 || s.heap != 3e6 || s.descriptors != 7 || s.most != 20000 || s.version != "1.2.3" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := readMetrics(strings.NewReader("<html>")); err == nil {
		t.Error("a page is taken for metrics")
	}
}
