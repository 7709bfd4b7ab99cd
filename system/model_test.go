package system

import (
	"fmt"
	"math/bits"

	"github.com/anishathalye/porcupine"
)

// The model of a workspace: what a few tasks are like, and how each request changes that, written down without a thought
// of how the program does it. Requests that run at the same time must have happened one after the other in some order;
// one that was not answered may have happened or not.

const modelTasks = 3

// unknown is a version that nobody was told of.
const unknown = int64(-1)

// model is a state. It is compared as a whole, so it holds no pointers.
type model struct {
	seq   int64 // the highest point of history that an answer was of
	tasks [modelTasks]modelTask
}

type modelTask struct {
	made, deleted bool
	origin        int // the request that made it
	title         int
	priority      int
	status        int // its place in the project
	project       int
	comments      uint64 // a bit for each
	files         uint64 // the same
	version       int64
	changed       [4]int64 // the version at which title, priority, status and project were changed
}

// Places of fields in changed.
const (
	inTitle = iota
	inPriority
	inStatus
	inProject
)

// call is a request.
type call struct {
	op       string // create, patch, delete, restore, comment, attach, move, batch, get, list, search, groups
	task     int
	other    int // batch: the second task
	value    int // create, patch, batch and search: the title; comment and attach: which; move and groups: the project
	priority int // patch: -1 leaves it
	status   int // patch: -1 leaves it; else one of project
	project  int
	match    int64 // If-Match
	base     int64 // Rung-Base-Version
}

// result is an answer.
type result struct {
	lost    bool // there was none
	status  int
	seq     int64
	version int64
	task    modelTask             // what an answer shows of one
	all     [modelTasks]modelTask // list and search: all; made says that it is there
	counts  [4]int                // groups: how many in each status
}

// modelOf tells porcupine of the model.
func modelOf() porcupine.Model {
	m := porcupine.NondeterministicModel{
		Init: func() []any { return []any{model{}} },
		Step: func(state, input, output any) (next []any) {
			s, in, out := state.(model), input.(call), output.(result)
			if out.lost {
				next = []any{s}
				if after, status := s.apply(in, unknown); status < 300 && after != s {
					next = append(next, after)
				}
				return next
			}
			for _, after := range s.answers(in, out) {
				next = append(next, after)
			}
			return next
		},
		Equal:             func(a, b any) bool { return a.(model) == b.(model) },
		DescribeOperation: func(in, out any) string { return fmt.Sprintf("%+v -> %+v", in, out) },
		DescribeState:     func(s any) string { return fmt.Sprintf("%+v", s) },
	}
	return m.ToModel()
}

// answers gives the states in which the call may have been answered so.
func (s model) answers(in call, out result) []model {
	if out.status >= 300 { // a refusal may name the point at which it was let in
		out.seq = max(out.seq, s.seq)
	}
	if out.seq < s.seq { // a read after an acknowledged write is never stale
		return nil
	}
	switch in.op {
	case "get":
		return s.shows(in.task, out)
	case "list", "search":
		for i := range s.tasks {
			if t := s.tasks[i]; (t.made && !t.deleted && (in.op == "list" || t.title == in.value)) != out.all[i].made {
				return nil
			} else if out.all[i].made && !s.tasks[i].looks(out.all[i]) {
				return nil
			}
			if out.all[i].made {
				s.tasks[i].version = out.all[i].version
			}
		}
	case "groups":
		var counts [4]int
		for _, t := range s.tasks {
			if t.made && !t.deleted && t.project == in.value {
				counts[t.status]++
			}
		}
		if counts != out.counts {
			return nil
		}
	default:
		return s.changes(in, out)
	}
	s.seq = out.seq
	return []model{s}
}

func (s model) shows(i int, out result) []model {
	t := &s.tasks[i]
	s.seq = out.seq
	if !t.made || t.deleted {
		if out.status == 404 {
			return []model{s}
		}
		return nil
	}
	if out.status != 200 || !t.looks(out.task) {
		return nil
	}
	t.version = out.task.version
	return []model{s}
}

// looks compares what an answer shows of a task with what it must be like.
func (t modelTask) looks(shown modelTask) bool {
	return t.title == shown.title && t.priority == shown.priority && t.status == shown.status && t.project == shown.project &&
		bits.OnesCount64(t.comments) == int(shown.comments) && bits.OnesCount64(t.files) == int(shown.files) && (t.version == unknown || t.version == shown.version)
}

// changes gives the states after a change that was answered.
func (s model) changes(in call, out result) []model {
	after, status := s.apply(in, out.version)
	if maybe := s.conflict(in); maybe == mayBe && (out.status == 412) != (status == 412) {
		after, status = s, 412 // it depends on a version that nobody was told of
		if out.status != 412 {
			in.base = 0
			after, status = s.apply(in, out.version)
		}
	}
	if status != out.status {
		return nil
	}
	if status < 300 && after != s && out.seq <= s.seq { // what changed something has a number of its own
		return nil
	}
	if status < 300 && (in.op == "create" || in.op == "patch" || in.op == "move" || in.op == "restore") {
		if !after.tasks[in.task].looks(out.task) {
			return nil
		}
		after.tasks[in.task].version = out.task.version
	}
	after.seq = out.seq
	return []model{after}
}

// Whether the version that a change goes by is behind the fields that it changes.
const (
	isNot = iota
	is
	mayBe
)

func (s model) conflict(in call) int {
	t := s.tasks[in.task]
	if in.op != "patch" || !t.made || t.deleted {
		return isNot
	}
	if in.match != 0 && (t.version == unknown || t.version > in.match) {
		return is
	}
	found := isNot
	for field, differs := range map[int]bool{
		inTitle: in.value >= 0 && in.value != t.title, inPriority: in.priority >= 0 && in.priority != t.priority,
		inStatus: in.status >= 0 && (in.status != t.status || in.project != t.project),
	} {
		switch {
		case in.base == 0 || !differs || t.version != unknown && in.base >= t.version:
		case t.changed[field] == unknown:
			found = max(found, mayBe)
		case t.changed[field] > in.base:
			return is
		}
	}
	return found
}

// apply gives the state after a change that is made at a version, and the status that it is answered with.
func (s model) apply(in call, version int64) (model, int) {
	t := &s.tasks[in.task]
	there := t.made && !t.deleted
	before := *t
	switch in.op {
	case "create":
		if t.made {
			if t.origin != in.value {
				return s, 409
			}
			return s, 200
		}
		*t = modelTask{made: true, origin: in.value, title: in.value, status: 1, version: version}
		return s, 201
	case "patch":
		switch {
		case !there:
			return s, 404
		case s.conflict(in) == is:
			return s, 412
		case in.status >= 0 && in.project != t.project:
			return s, 422
		}
		t.set(in.value, in.priority, in.status)
	case "delete":
		if !t.made {
			return s, 404
		}
		t.deleted = true
		version = unknown // the answer has no body
	case "restore":
		if !t.made {
			return s, 404
		}
		t.deleted = false
	case "comment", "attach":
		if !there {
			return s, 404
		}
		all := &t.comments
		if in.op == "attach" {
			all = &t.files
		}
		if *all&(1<<in.value) != 0 {
			return s, 200
		}
		*all |= 1 << in.value
		t.version = unknown
		return s, 201
	case "move":
		if !there {
			return s, 404
		}
		t.project = in.value
	case "batch":
		o := &s.tasks[in.other]
		if !there || !o.made || o.deleted {
			return s, 422
		}
		old := *o
		t.set(in.value, -1, -1)
		t.stamp(before, unknown)
		o.set(in.value, -1, -1)
		o.stamp(old, unknown)
		return s, 200
	}
	t.stamp(before, version)
	if in.op == "delete" {
		return s, 204
	}
	return s, 200
}

func (t *modelTask) set(title, priority, status int) {
	if title >= 0 {
		t.title = title
	}
	if priority >= 0 {
		t.priority = priority
	}
	if status >= 0 {
		t.status = status
	}
}

// stamp notes at which version the fields were changed, if any was.
func (t *modelTask) stamp(before modelTask, version int64) {
	if *t == before {
		return
	}
	t.version = version
	moved := t.project != before.project // a status is its project's
	for field, differs := range [...]bool{t.title != before.title, t.priority != before.priority, t.status != before.status || moved, moved} {
		if differs {
			t.changed[field] = version
		}
	}
}
