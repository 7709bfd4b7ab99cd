package system

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// TestOneAfterTheOther lets several people send random requests about the same few tasks at once, kills the server under
// them, lets them send again what was not answered, and asks porcupine whether all answers together could have come from
// the model, one request after the other. RUNG_MODEL_TIME says for how long; without it, some seconds.
func TestOneAfterTheOther(t *testing.T) {
	long := 12 * time.Second
	if testing.Short() {
		long = 3 * time.Second
	}
	if d, err := time.ParseDuration(os.Getenv("RUNG_MODEL_TIME")); err == nil {
		long = d
	}
	s := newServer(t, "failpoints", "RUNG_MAX_WORKSPACES=100000") // each round has its own
	l := openLedger(t, s)
	requests, lost, rounds := 0, 0, 0
	for end := time.Now().Add(long); time.Now().Before(end) && !t.Failed(); rounds++ {
		s.start()
		r := l.newRun(rand.Uint64())
		for phase := range 2 {
			if phase > 0 {
				if err := s.launch(); err != nil {
					t.Fatal(err)
				}
				s.ready()
			}
			r.together(s, time.Duration(100+rand.IntN(200))*time.Millisecond)
		}
		s.start()
		r.together(nil, 0)
		s.kill()
		history := r.history()
		switch porcupine.CheckOperationsTimeout(modelOf(), history, judging) {
		case porcupine.Illegal:
			t.Errorf("round %d: no order of %d requests explains the answers; up to here there is one:\n%s", rounds, len(history), unexplained(history))
		case porcupine.Unknown:
			t.Logf("round %d: %d requests could not be judged in time", rounds, len(history))
		}
		requests += len(history)
		for _, o := range history {
			if o.Output.(result).lost {
				lost++
			}
		}
	}
	t.Logf("%d rounds, %d requests, %d of them not answered", rounds, requests, lost)
	if requests < 100 {
		t.Error("that is too few")
	}
}

// people are how many work at once.
const people = 5

// judging bounds how long porcupine may think about one round.
const judging = 20 * time.Second

// unexplained tells of the first answer that no order explains, and of those before it.
func unexplained(history []porcupine.Operation) string {
	slices.SortFunc(history, func(a, b porcupine.Operation) int { return cmp.Compare(a.Return, b.Return) })
	n := sort.Search(len(history), func(n int) bool {
		until := slices.Clone(history)
		for i := range until {
			if i > n { // is not answered yet
				until[i].Output, until[i].Return = result{lost: true}, history[len(history)-1].Return+1
			}
		}
		until = slices.DeleteFunc(until, func(o porcupine.Operation) bool { return o.Output.(result).lost && o.Call > history[n].Return })
		return porcupine.CheckOperationsTimeout(modelOf(), until, judging) == porcupine.Illegal
	})
	var out strings.Builder
	for i := max(0, n-12); i <= min(n, len(history)-1); i++ {
		o := history[i].Output.(result)
		fmt.Fprintf(&out, "%d to %d: %+v\n  -> %d at %d, version %d, %+v, %v %v\n", history[i].Call/1000, history[i].Return/1000, history[i].Input,
			o.status, o.seq, o.version, o.task, o.all, o.counts)
	}
	return out.String()
}

// run is a workspace of its own and those who work in it.
type run struct {
	l        *ledger
	ws       string
	projects [2]string
	statuses map[string][2]int // by id: the project and the place in it
	ids      [modelTasks]string
	comments [modelTasks][64]string // and of files, which are another kind of thing
	began    time.Time
	clients  []*caller
}

// caller sends one request after the other.
type caller struct {
	*run
	rand    *rand.Rand
	id      int
	seen    [modelTasks]int64 // versions that it was shown
	pending *call             // was not answered
	done    []porcupine.Operation
}

func (l *ledger) newRun(seed uint64) *run {
	l.Helper()
	r := &run{l: l, statuses: map[string][2]int{}, began: time.Now()}
	r.ws = "/workspaces/" + l.ada.makes("/workspaces", object{"name": "Round"}).id()
	for i := range r.projects {
		r.projects[i] = l.ada.makes(r.ws+"/projects", object{"name": fmt.Sprint("P", i)}).id()
		for n, st := range l.ada.get(r.ws + "/projects/" + r.projects[i] + "/statuses").items() {
			r.statuses[st["id"].(string)] = [2]int{i, n}
		}
	}
	for i := range r.ids {
		r.ids[i] = newID()
		for c := range r.comments[i] {
			r.comments[i][c] = newID()
		}
	}
	for i := range people {
		r.clients = append(r.clients, &caller{run: r, id: i, rand: rand.New(rand.NewPCG(seed, uint64(i)))})
	}
	return r
}

func (r *run) history() (all []porcupine.Operation) {
	for _, c := range r.clients {
		all = append(all, c.done...)
	}
	return all
}

// together lets all work for a while, until the server is killed; without a server, each looks at everything once.
func (r *run) together(s *server, d time.Duration) {
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, c := range r.clients {
		all.Go(func() {
			if s == nil {
				c.look()
				return
			}
			for {
				select {
				case <-stop:
					return
				default:
				}
				if !c.send(c.next()) {
					return
				}
			}
		})
	}
	if s != nil {
		time.Sleep(d)
		s.kill()
		close(stop)
	}
	all.Wait()
	gone := time.Since(r.began).Nanoseconds()
	for _, c := range r.clients { // what was not answered can have happened until the server was gone
		for i, o := range c.done {
			if o.Output.(result).lost && o.Return == 0 {
				c.done[i].Return = gone
			}
		}
	}
}

func (c *caller) look() {
	for i := range modelTasks {
		c.send(call{op: "get", task: i})
	}
	c.send(call{op: "list"})
}

// next thinks of a request, or sends one again.
func (c *caller) next() call {
	if again := c.pending; again != nil {
		c.pending = nil
		if c.rand.IntN(4) > 0 {
			return *again
		}
	}
	in := call{task: c.rand.IntN(modelTasks), priority: -1, status: -1, value: c.rand.IntN(6)}
	switch n := c.rand.IntN(20); {
	case n < 2:
		in.op, in.value = "create", c.rand.IntN(2)
	case n < 9:
		in.op = "patch"
		switch c.rand.IntN(3) {
		case 0:
			in.priority = c.rand.IntN(5)
		case 1:
			in.value, in.priority = -1, c.rand.IntN(5)
		case 2:
			in.value, in.status, in.project = -1, c.rand.IntN(4), c.rand.IntN(2)
		}
		switch c.rand.IntN(3) {
		case 0:
			in.match = c.seen[in.task]
		case 1:
			in.base = c.seen[in.task]
		}
	case n < 10:
		in.op = "delete"
	case n < 12:
		in.op = "restore"
	case n < 13:
		in.op, in.value = [...]string{"comment", "attach"}[c.rand.IntN(2)], c.rand.IntN(64)
	case n < 14:
		in.op, in.value = "move", c.rand.IntN(2)
	case n < 15:
		in.op, in.other = "batch", (in.task+1)%modelTasks
	case n < 17:
		in.op = "get"
	case n < 18:
		in.op = "list"
	case n < 19:
		in.op = "search"
	default:
		in.op, in.value = "groups", c.rand.IntN(2)
	}
	return in
}

// send sends a request and takes down when it began, when it ended and what came; it gives false if nothing came.
func (c *caller) send(in call) bool {
	a := c.request(in)
	o := porcupine.Operation{ClientId: c.id, Input: in, Call: time.Since(c.began).Nanoseconds()}
	got, err := a.do()
	if err != nil || got.status == http.StatusServiceUnavailable {
		var out result
		if out.lost = true; !slices.Contains([]string{"get", "list", "search", "groups"}, in.op) {
			o.Output = out
			c.done, c.pending = append(c.done, o), &in
		}
		return false
	}
	o.Return = time.Since(c.began).Nanoseconds()
	out, err := c.read(in, got)
	if err != nil {
		c.l.Errorf("%+v: %d %s: %v", in, got.status, got.body, err)
		return false
	}
	o.Output = out
	c.done = append(c.done, o)
	return true
}

func (c *caller) request(in call) *ask {
	task := c.ws + "/tasks/" + c.ids[in.task]
	ada := c.l.ada
	switch in.op {
	case "create":
		return ada.ask("POST", c.ws+"/tasks", object{"id": c.ids[in.task], "project": c.projects[0], "title": fmt.Sprint("t", in.value)})
	case "patch":
		body := object{}
		if in.value >= 0 {
			body["title"] = fmt.Sprint("t", in.value)
		}
		if in.priority >= 0 {
			body["priority"] = in.priority
		}
		if in.status >= 0 {
			for id, at := range c.statuses {
				if at == [2]int{in.project, in.status} {
					body["status"] = id
				}
			}
		}
		a := ada.ask("PATCH", task, body)
		if in.match != 0 {
			a.with("If-Match", strconv.Quote(strconv.FormatInt(in.match, 10)))
		}
		if in.base != 0 {
			a.with("Rung-Base-Version", strconv.FormatInt(in.base, 10))
		}
		return a
	case "delete":
		return ada.ask("DELETE", task, nil)
	case "restore":
		return ada.ask("POST", task+"/restore", nil)
	case "comment":
		return ada.ask("POST", task+"/comments", object{"id": c.comments[in.task][in.value], "body": "Hm"})
	case "attach":
		return ada.attaching(task, "a.txt", []byte("Words"), c.comments[in.task][in.value])
	case "search":
		return ada.ask("GET", fmt.Sprint(c.ws, "/search?limit=200&q=t", in.value), nil)
	case "move":
		return ada.ask("POST", task+"/move", object{"project": c.projects[in.value]})
	case "batch":
		title := object{"title": fmt.Sprint("t", in.value)}
		return ada.ask("POST", c.ws+"/tasks/batch", object{"changes": []object{
			{"op": "update", "id": c.ids[in.task], "patch": title}, {"op": "update", "id": c.ids[in.other], "patch": title},
		}})
	case "list":
		return ada.ask("GET", c.ws+"/tasks?limit=200", nil)
	case "groups":
		return ada.ask("GET", c.ws+"/tasks/groups?group_by=status&project="+c.projects[in.value], nil)
	}
	return ada.ask("GET", task, nil)
}

// read takes from an answer what the model knows of.
func (c *caller) read(in call, a *answer) (out result, err error) {
	out.status = a.status
	point := a.header.Get("Rung-Seq")
	if out.seq, err = strconv.ParseInt(point[strings.LastIndexByte(point, '-')+1:], 10, 64); err != nil {
		return out, err
	}
	if a.status >= 500 {
		return out, errors.New("it failed")
	}
	if a.status >= 300 || slices.Contains([]string{"delete", "comment", "attach", "batch"}, in.op) {
		return out, nil
	}
	switch in.op {
	case "list", "search":
		for _, o := range a.items() {
			if in.op == "search" {
				o = o["task"].(object)
			}
			i := slices.Index(c.ids[:], o["id"].(string))
			if i < 0 {
				return out, errors.New("a task that nobody made")
			}
			out.all[i] = c.shown(o)
			c.seen[i] = out.all[i].version
		}
	case "groups":
		for _, g := range a.objects("groups") {
			out.counts[c.statuses[g["key"].(string)][1]] = int(g["count"].(float64))
		}
	default:
		out.task = c.shown(a.doc0())
		out.version = out.task.version
		c.seen[in.task] = out.version
		if out.task.deleted && in.op == "get" {
			out.status = 404
		}
	}
	return out, nil
}

func (c *caller) shown(o object) modelTask {
	title, _ := strconv.Atoi(strings.TrimPrefix(o["title"].(string), "t"))
	at := c.statuses[o["status"].(string)]
	return modelTask{
		made: true, deleted: o["deleted_at"] != nil, title: title, priority: int(o["priority"].(float64)), status: at[1],
		project: slices.Index(c.projects[:], o["project"].(string)), comments: uint64(o["comment_count"].(float64)), files: uint64(o["attachment_count"].(float64)), version: int64(o["version"].(float64)),
	}
}

// doc0 is the answer as an object.
func (a *answer) doc0() object {
	a.at("id")
	o, _ := a.doc.(object)
	return o
}
