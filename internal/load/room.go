package load

import (
	"context"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// room is a team at work: what the people who are present have done to its tasks, and what was acknowledged of it.
type room struct {
	Team
	members []*member
	run     string // makes what is written different from what earlier rehearsals wrote

	mu       sync.Mutex
	epoch    string
	base     int64 // of the history, when the first one came
	tasks    []*task
	byID     map[uuid.UUID]*task
	comments map[uuid.UUID]string // bodies that were acknowledged
	sent     map[uuid.UUID][]sent // by what was written
	acks     []ack
}

// task is one as this process knows it. Nobody else writes to it, and this process one thing at a time.
type task struct {
	id      uuid.UUID
	version int64
	title   string
	status  uuid.UUID
	busy    bool
	unsure  bool // a write was not answered as it should be: it may or may not have happened
}

// ack is a write that was acknowledged.
type ack struct {
	version
	kind   kind
	text   string
	status uuid.UUID
}

// version is one that something had.
type version struct {
	entity uuid.UUID
	number int64
}

// sent is a write: when it was meant to be sent, and to which version it led, 0 as long as that is not known.
type sent struct {
	at      time.Time
	version int64
}

// maxSent bounds the writes to one thing whose events are waited for.
const maxSent = 16

func newRoom(t Team, run string) *room {
	r := &room{Team: t, run: run, byID: map[uuid.UUID]*task{}, comments: map[uuid.UUID]string{}, sent: map[uuid.UUID][]sent{}}
	for _, p := range t.People {
		r.members = append(r.members, &member{room: r, person: p})
	}
	return r
}

// load takes over a snapshot.
func (r *room) load(s snapshot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.epoch, r.base = s.epoch, s.seq
	for _, t := range s.tasks {
		if t.Project == r.Project {
			known := &task{id: t.ID, version: t.Version, title: t.Title, status: t.Status}
			r.tasks, r.byID[t.ID] = append(r.tasks, known), known
		}
	}
}

// loaded reports whether somebody has come.
func (r *room) loaded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.epoch != ""
}

// write is something that is about to be written.
type write struct {
	kind   kind
	task   *task
	entity uuid.UUID // what the event will be about
	text   string    // title or body
	status uuid.UUID
}

var texts atomic.Int64 // makes what is written different each time

// begin chooses what a write is about, and keeps others from it until end.
func (r *room) begin(k kind, at time.Time, rnd *rand.Rand) write {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := write{kind: k, text: sentence(rnd) + " " + r.run + strconv.FormatInt(texts.Add(1), 36)}
	if k != writeCreate {
		w.task = r.idle(rnd)
	}
	if w.task == nil {
		w.kind = writeCreate
		w.task = &task{id: uuid.Must(uuid.NewV7()), status: r.Statuses[0]}
	}
	w.task.busy = true
	w.entity, w.status = w.task.id, w.task.status
	switch w.kind {
	case writeComment:
		w.entity = uuid.Must(uuid.NewV7())
	case writeMove:
		at := rnd.IntN(len(r.Statuses))
		if w.status = r.Statuses[at]; w.status == w.task.status {
			w.status = r.Statuses[(at+1)%len(r.Statuses)]
		}
	}
	all := append(r.sent[w.entity], sent{at: at})
	r.sent[w.entity] = all[max(0, len(all)-maxSent):]
	return w
}

// idle gives a task that nobody writes to at the moment, nil if there is hardly any.
func (r *room) idle(rnd *rand.Rand) *task {
	for range 20 {
		if len(r.tasks) == 0 {
			return nil
		}
		if t := r.tasks[rnd.IntN(len(r.tasks))]; !t.busy {
			return t
		}
	}
	return nil
}

// end takes note of what became of a write: to which version it led, or that nobody knows whether it happened.
func (r *room) end(w write, number int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.task.busy = false
	if err != nil {
		w.task.unsure = true
		return
	}
	all := r.sent[w.entity]
	all[len(all)-1].version = number
	r.acks = append(r.acks, ack{version{w.entity, number}, w.kind, w.text, w.status})
	switch w.kind {
	case writeComment:
		r.comments[w.entity] = w.text
		return
	case writeCreate:
		w.task.title = w.text
		r.tasks, r.byID[w.task.id] = append(r.tasks, w.task), w.task
	case writeMove:
		w.task.status = w.status
	case writeEdit:
		w.task.title = w.text
	}
	w.task.version, w.task.unsure = number, false
}

// sentAt says when the write was meant to be sent that led to a version of something, and whether that is known.
func (r *room) sentAt(v version) (time.Time, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.sent[v.entity]
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].version == v.number || i == len(all)-1 && all[i].version == 0 {
			return all[i].at, true
		}
	}
	return time.Time{}, false
}

// some gives a task and the version it has at least, false if there is none.
func (r *room) some(rnd *rand.Rand) (id uuid.UUID, least int64, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.tasks) == 0 {
		return id, 0, false
	}
	t := r.tasks[rnd.IntN(len(r.tasks))]
	return t.id, t.version, true
}

// another gives somebody else of the team who has come, or the same person if she is alone.
func (r *room) another(than *member, rnd *rand.Rand) *member {
	first := rnd.IntN(len(r.members))
	for i := range r.members {
		if m := r.members[(first+i)%len(r.members)]; m != than && m.here() {
			return m
		}
	}
	return than
}

// words that are written and searched for.
var words = [...]string{
	"plan", "ship", "write", "review", "test", "fix", "measure", "report", "board", "team", "release", "customer", "database", "search",
	"login", "invoice", "design", "draft", "meeting", "figures", "answer", "question", "deploy", "window", "colour",
}

func sentence(r *rand.Rand) string {
	b := make([]byte, 0, 64)
	for i := range 4 + r.IntN(5) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, words[r.IntN(len(words))]...)
	}
	return string(b)
}

// once runs what the first one who comes does for all.
type once struct {
	mu   sync.Mutex
	done bool
}

func (o *once) do(ctx context.Context, f func(context.Context) error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done {
		return nil
	}
	if err := f(ctx); err != nil {
		return err
	}
	o.done = true
	return nil
}
