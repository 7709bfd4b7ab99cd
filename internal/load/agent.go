package load

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"
)

// plan is what one process is to do.
type plan struct {
	URL      string        `json:"url"`
	Teams    []Team        `json:"teams"`
	Mix      Mix           `json:"mix"`
	Every    time.Duration `json:"every"`
	Ramp     time.Duration `json:"ramp"`
	For      time.Duration `json:"for"`
	InFlight int           `json:"in_flight"`
	Drain    time.Duration `json:"drain"` // how long streams are given at the end to hear of everything
	Seed     uint64        `json:"seed"`
}

// Bounds of one process.
const (
	comeAtOnce   = 32 // people
	comeTries    = 4
	checkAtOnce  = 8                     // workspaces
	rereadPause  = 50 * time.Millisecond // between two reads of what was just acknowledged
	checkingTime = 10 * time.Minute
)

// agent makes one process's part of the load.
type agent struct {
	plan
	tally   *tally
	checker checker
	pool    *pool // for what people ask for
	reader  *pool // for what is read after it was acknowledged, and at the end
	rooms   []*room
	acks    chan acknowledged

	mu      sync.Mutex
	phase   phase
	arrived []*member
}

// work does its part of a rehearsal and reports with ticks, the first one when it begins and one a second; those who read
// must keep up. When everybody has come it waits for measure to be closed, measures, and checks. It ends early with ctx.
func work(ctx context.Context, p plan, measure <-chan struct{}, out func(tick) error) error {
	t, err := newTarget(p.URL)
	if err != nil {
		return err
	}
	a := &agent{plan: p, tally: newTally(), pool: &pool{target: t}, reader: &pool{target: t}, acks: make(chan acknowledged), phase: coming}
	defer a.pool.close()
	defer a.reader.close()
	ctx, cancel := context.WithCancelCause(ctx)
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel(nil)
	all.Go(func() {
		if err := a.tick(ctx, out); err != nil {
			cancel(err)
		}
	})
	streaming, hangUp := context.WithCancel(ctx)
	defer hangUp()
	requests, stop := context.WithCancel(ctx)
	defer stop()
	come := make(chan struct{})
	all.Go(func() { defer close(come); a.come(streaming, &all) })
	all.Go(func() { a.reread(requests) })
	var asking sync.WaitGroup
	asking.Go(func() { a.ask(requests, ctx, &asking) })
	<-come
	a.enter(waiting)
	select {
	case <-measure:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	a.enter(measured)
	select {
	case <-time.After(a.For):
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	a.enter(checking)
	stop()
	asking.Wait()
	a.check(ctx)
	hangUp()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	last := a.tally.take(checking, time.Now())
	last.Usage = ownUsage()
	a.checker.mu.Lock()
	defer a.checker.mu.Unlock()
	last.End = &outcome{Checks: a.checker.Checks}
	cancel(nil)
	all.Wait()
	return out(last)
}

func (a *agent) enter(p phase) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.phase = p
}

// tick reports once a second.
func (a *agent) tick(ctx context.Context, out func(tick) error) error {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		a.mu.Lock()
		p := a.phase
		a.mu.Unlock()
		t := a.tally.take(p, time.Now())
		t.Usage = ownUsage()
		if err := out(t); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
	}
}

// come lets people come one after the other, and returns when all of them have, or can't.
func (a *agent) come(ctx context.Context, all *sync.WaitGroup) {
	var people []*member
	first := map[*room]*once{}
	for _, t := range a.Teams {
		if len(t.People) == 0 {
			continue
		}
		r := newRoom(t, strconv.FormatUint(a.Seed, 36)+"-")
		a.rooms = append(a.rooms, r)
		first[r] = &once{}
		people = append(people, r.members...)
	}
	rnd := rand.New(rand.NewPCG(a.Seed, 1))
	rnd.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	began := time.Now()
	turns := make(chan struct{}, comeAtOnce)
	var coming sync.WaitGroup
	for i, m := range people {
		wait := time.Until(began.Add(a.Ramp * time.Duration(i) / time.Duration(len(people))))
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		turns <- struct{}{}
		coming.Go(func() {
			defer func() { <-turns }()
			if err := a.arrive(ctx, m, first[m.room], all); err != nil && ctx.Err() == nil {
				a.checker.unchecked("somebody could not come: %v", err)
			}
		})
	}
	coming.Wait()
}

// arrive signs somebody in, reads the workspace if she is the first of her team, and opens her stream.
func (a *agent) arrive(ctx context.Context, m *member, first *once, all *sync.WaitGroup) error {
	enter := func() error {
		if _, replace := m.signedIn(); replace {
			if err := m.refresh(ctx, a.reader); err != nil {
				return err
			}
		}
		return first.do(ctx, func(ctx context.Context) error {
			s, err := m.snapshot(ctx, a.reader)
			if err == nil {
				m.room.load(s)
			}
			return err
		})
	}
	var err error
	for try := range comeTries {
		if err = enter(); err == nil || ctx.Err() != nil || try == comeTries-1 {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(firstPause << try):
		}
	}
	if err != nil {
		return err
	}
	opened := make(chan struct{})
	all.Go(func() { m.follow(ctx, a.reader, a.tally, func() { close(opened) }) })
	select {
	case <-opened:
	case <-ctx.Done():
		return nil
	case <-time.After(answerTime):
		return errors.New("her stream did not open")
	}
	a.tally.came()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.arrived = append(a.arrived, m)
	return nil
}

// ask has everybody who has come ask for something, each on average once in Every, independently of each other and of the
// answers: a Poisson process. What could not be sent in time, because too much is under way, is late. When ctx ends nothing
// more is asked for; what is under way is waited for until answers ends.
func (a *agent) ask(ctx, answers context.Context, asking *sync.WaitGroup) {
	rnd := rand.New(rand.NewPCG(a.Seed, 2))
	slots := make(chan struct{}, a.InFlight)
	next := time.Now()
	for {
		a.mu.Lock()
		n := len(a.arrived)
		var m *member
		if n > 0 {
			m = a.arrived[rnd.IntN(n)]
		}
		a.mu.Unlock()
		if m == nil {
			next = time.Now().Add(10 * time.Millisecond)
		} else {
			next = next.Add(time.Duration(rnd.ExpFloat64() * float64(a.Every) / float64(n)))
		}
		if wait := time.Until(next); wait > 0 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
		}
		if m == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case slots <- struct{}{}:
		}
		at, k, own := next, a.Mix.pick(rnd), rand.New(rand.NewPCG(rnd.Uint64(), 3))
		asking.Go(func() {
			defer func() { <-slots }()
			err := m.do(answers, a.pool, k, at, own, a.acknowledged, a.checker.stale)
			a.tally.asked(k, time.Since(at), err)
		})
	}
}

// acknowledged hands a write to the one who reads it again, if she has nothing to do.
func (a *agent) acknowledged(w acknowledged) {
	select {
	case a.acks <- w:
	default:
	}
}

// reread reads what was just acknowledged, as long as people ask for something.
func (a *agent) reread(ctx context.Context) {
	rnd := rand.New(rand.NewPCG(a.Seed, 4))
	for {
		select {
		case <-ctx.Done():
			return
		case w := <-a.acks:
			a.checker.reread(ctx, a.reader, w, w.by.room.another(w.by, rnd))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(rereadPause):
		}
	}
}

// check looks at the end after everything that was written and heard.
func (a *agent) check(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, checkingTime)
	defer cancel()
	until := time.Now().Add(a.Drain)
	turns := make(chan struct{}, checkAtOnce)
	var all sync.WaitGroup
	for _, r := range a.rooms {
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			if r.loaded() {
				a.checker.room(ctx, a.reader, r, until)
			}
		})
	}
	all.Wait()
	if ctx.Err() != nil {
		a.checker.unchecked("%s were not enough for reading everything back", checkingTime)
	}
}
