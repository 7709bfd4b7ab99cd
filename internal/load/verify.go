package load

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// outcome is what a process found out.
type outcome struct {
	Checks Checks `json:"checks"`
}

// maxViolations bounds how many violations are told in words.
const maxViolations = 50

// checker collects what was looked after.
type checker struct {
	mu sync.Mutex
	Checks
}

// violated says a violation in words, unless there are many already. The caller holds the lock.
func (c *checker) violated(format string, args ...any) {
	if len(c.Violations) < maxViolations {
		c.Violations = append(c.Violations, fmt.Sprintf(format, args...))
	}
}

func (c *checker) stale(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Stale++
	c.violated("%s", text)
}

func (c *checker) unchecked(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.Unchecked) < maxViolations {
		c.Unchecked = append(c.Unchecked, fmt.Sprintf(format, args...))
	}
}

// reread reads, as somebody else and on another connection, what was just acknowledged.
func (c *checker) reread(ctx context.Context, p *pool, a acknowledged, as *member) {
	w := a.write
	var err error
	var wrong string
	if w.kind == writeComment {
		var page struct {
			Items []struct {
				ID   uuid.UUID `json:"id"`
				Body string    `json:"body"`
			} `json:"items"`
			Next *string `json:"next_cursor"`
		}
		wrong = "is not there"
		path := as.path("/tasks/", w.task.id.String(), "/comments?limit=200")
		for next := ""; ; {
			page.Items, page.Next = nil, nil
			var got answer
			if got, err = as.ask(ctx, p, "GET", path+next, nil, decode(&page)); err != nil || got.status != 200 {
				err = expect(got, err, 200)
				break
			}
			for _, comment := range page.Items {
				if comment.ID == w.entity && comment.Body == w.text {
					wrong = ""
				}
			}
			if page.Next == nil {
				break
			}
			next = "&cursor=" + *page.Next
		}
	} else {
		var now taskNow
		var got answer
		got, err = as.ask(ctx, p, "GET", as.path("/tasks/", w.task.id.String()), nil, decode(&now))
		err = expect(got, err, 200)
		switch {
		case now.Version < a.version:
			wrong = fmt.Sprintf("has version %d", now.Version)
		case now.Version == a.version && w.kind == writeMove && now.Status != w.status:
			wrong = "has another status"
		case now.Version == a.version && w.kind != writeMove && now.Title != w.text:
			wrong = "has another title"
		}
	}
	if ctx.Err() != nil {
		return
	}
	if refused, ok := err.(refusal); err != nil && !(ok && refused.status == 404) {
		c.unchecked("a write could not be read after it was acknowledged: %v", err)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Reread++
	if err != nil {
		wrong = "is not there"
	}
	if wrong != "" {
		c.Stale++
		c.violated("read after it was acknowledged, %s %s with version %d %s", w.kind, w.entity, a.version, wrong)
	}
}

// room compares what a team's streams heard with the history, and what was acknowledged with what is there.
func (c *checker) room(ctx context.Context, p *pool, r *room, until time.Time) {
	reader := r.members[0]
	all, upTo, err := reader.history(ctx, p)
	if err != nil {
		c.unchecked("the history of workspace %s could not be read: %v", r.Workspace, err)
		return
	}
	now, err := reader.snapshot(ctx, p)
	if err != nil {
		c.unchecked("workspace %s could not be read: %v", r.Workspace, err)
		return
	}
	history := make([]mark, len(all))
	versions := make(map[version]*told, len(all))
	for i := range all {
		history[i] = all[i].mark()
		versions[version{all[i].EntityID, all[i].Version}] = &all[i]
	}
	for _, m := range r.members {
		c.stream(m, history, m.wait(upTo, history, until))
	}
	c.writes(r, now, versions)
}

// wait waits until she has heard everything, not beyond a time, and gives what she heard.
func (m *member) wait(upTo int64, history []mark, until time.Time) []mark {
	for {
		m.mu.Lock()
		heard := m.heard
		m.mu.Unlock()
		n := 0
		for n < len(heard) && heard[n].seq <= upTo {
			n++
		}
		if n >= len(history) || time.Now().After(until) {
			return heard[:n]
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// stream compares what somebody heard with the history: each event once, and in order.
func (c *checker) stream(m *member, history, heard []mark) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Streams++
	c.Events += int64(len(history))
	f := compare(history, heard)
	c.Missed += f.missed
	c.Repeated += f.repeated
	c.Disordered += f.disordered
	if f != (findings{}) {
		c.violated("the stream of %s in workspace %s: of %d events %d were missed, %d came again or from nowhere, %d came out of order",
			m.person.ID, m.room.Workspace, len(history), f.missed, f.repeated, f.disordered)
	}
}

type findings struct{ missed, repeated, disordered int64 }

// compare holds what was heard against the history.
func compare(history, heard []mark) (f findings) {
	times := make(map[mark]int, len(history))
	for _, e := range history {
		times[e] = 0
	}
	last := int64(-1)
	for _, e := range heard {
		n, known := times[e]
		switch {
		case !known || n > 0:
			f.repeated++
		case e.seq < last:
			f.disordered++
		}
		if known {
			times[e]++
		}
		last = max(last, e.seq)
	}
	for _, n := range times {
		if n == 0 {
			f.missed++
		}
	}
	return f
}

// writes looks for every write that was acknowledged: in the history, and in what is there at the end.
func (c *checker) writes(r *room, now snapshot, versions map[version]*told) {
	there := make(map[uuid.UUID]taskNow, len(now.tasks))
	for _, t := range now.tasks {
		there[t.ID] = t
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	lost := map[uuid.UUID]string{}
	for _, a := range r.acks {
		c.Acknowledged++
		c.ReadBack++
		if e := versions[a.version]; e == nil {
			lost[a.entity] = fmt.Sprintf("its version %d is not in the history", a.number)
		} else if !a.is(e) {
			lost[a.entity] = fmt.Sprintf("its version %d is another in the history", a.number)
		}
	}
	for id, body := range r.comments {
		if text, ok := now.comments[id]; !ok || text != body {
			lost[id] = "the comment is not there as it was written"
		}
	}
	for id, t := range r.byID {
		is, ok := there[id]
		switch {
		case !ok:
			lost[id] = "the task is not there"
		case is.Version < t.version:
			lost[id] = fmt.Sprintf("the task has version %d and not %d", is.Version, t.version)
		case !t.unsure && (is.Title != t.title || is.Status != t.status):
			lost[id] = "the task has another title or status than was acknowledged last"
		}
	}
	c.Lost += int64(len(lost))
	for id, why := range lost {
		c.violated("lost in workspace %s: %s %s", r.Workspace, id, why)
	}
}

// is reports whether an event tells of what was written.
func (a ack) is(e *told) bool {
	switch a.kind {
	case writeComment:
		return e.Data.Body != nil && *e.Data.Body == a.text
	case writeMove:
		return e.Data.Status != nil && *e.Data.Status == a.status
	default:
		return e.Data.Title != nil && *e.Data.Title == a.text
	}
}

// seqOf reads the number of EPOCH-SEQ.
func seqOf(position string) (int64, error) {
	at := strings.LastIndexByte(position, '-')
	return strconv.ParseInt(position[at+1:], 10, 64)
}

func (r *room) basePosition() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.epoch + "-" + strconv.FormatInt(r.base, 10)
}
