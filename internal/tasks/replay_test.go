package tasks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// replica is a client's own copy of a workspace: a snapshot, kept up to date by the events behind it alone.
type replica struct {
	w        *world
	c        tasks.Caller
	epoch    string
	at       int64
	entities map[string]map[string]map[string]any // entity, id
	unsure   map[string]bool                      // tasks that came into sight again, with comments yet to be fetched
}

func (w *world) replica(c tasks.Caller) *replica {
	w.Helper()
	r := &replica{w: w, c: c}
	r.begin()
	return r
}

// begin takes a snapshot.
func (r *replica) begin() {
	r.w.Helper()
	r.entities, r.unsure = map[string]map[string]map[string]any{}, map[string]bool{}
	var buf bytes.Buffer
	r.w.ok(r.w.Snapshot(r.w.Context(), r.c, r.w.ws, func(h tasks.Head) { r.epoch, r.at = h.Epoch, h.Seq }, func(b []byte) error {
		buf.Write(b)
		return nil
	}))
	lines := bytes.Split(bytes.TrimSpace(buf.Bytes()), []byte("\n"))
	same(r.w, "the first line", decode[map[string]any](r.w, lines[0]), map[string]any{"epoch": r.epoch, "seq": r.at})
	for _, l := range lines[1:] {
		line := decode[struct {
			Entity string
			Data   map[string]any
		}](r.w, l)
		r.set(line.Entity, line.Data["id"].(string), line.Data)
	}
}

func (r *replica) set(entity, id string, doc map[string]any) {
	if r.entities[entity] == nil {
		r.entities[entity] = map[string]map[string]any{}
	}
	r.entities[entity][id] = doc
}

// catchUp applies what has happened since.
func (r *replica) catchUp() {
	r.w.Helper()
	for {
		told, upTo, _, err := r.w.Changes(r.w.Context(), r.c, r.w.ws, r.epoch, r.at, 7)
		r.w.ok(err)
		for _, e := range told {
			if e.Seq <= r.at || e.Seq > upTo {
				r.w.Fatalf("event %d in a page from %d to %d", e.Seq, r.at, upTo)
			}
			if again := r.apply(decode[tasks.EventDoc](r.w, e.JSON)); again {
				r.begin()
				return
			}
		}
		if r.at = upTo; len(told) < 7 {
			return
		}
	}
}

// apply takes one event over; it asks for a new snapshot when there is more to be seen than the event can tell.
func (r *replica) apply(e tasks.EventDoc) (again bool) {
	if e.Scrubbed && !strings.HasSuffix(e.Type, ".deleted") {
		return false // its end is told further on
	}
	id, data := e.EntityID.String(), decode[map[string]any](r.w, e.Data)
	switch e.Type {
	case "access.granted", "project.restored":
		return true
	case "access.revoked", "project.deleted", "project.purged":
		if e.Entity == "member" {
			return true
		}
		delete(r.entities["project"], id)
		for t, doc := range r.entities["task"] {
			if doc["project"] == id {
				delete(r.entities["task"], t)
			}
		}
	case "task.created", "task.restored":
		if data["deleted_at"] == nil {
			r.set("task", id, data)
			r.unsure[id] = true
		}
	case "task.deleted", "task.purged", "label.deleted", "view.deleted", "comment.deleted", "relation.deleted":
		delete(r.entities[e.Entity], id)
	case "task.updated", "project.updated":
		doc := r.entities[e.Entity][id]
		if doc == nil {
			return false
		}
		before := maps.Clone(doc)
		maps.Copy(doc, data)
		doc["version"] = float64(e.Version)
		if e.Entity == "project" {
			r.rename(before, doc)
		}
	default:
		if e.Entity != "grant" {
			r.set(e.Entity, id, data)
		}
	}
	return false
}

// rename gives the tasks of a project their keys when the project has another one.
func (r *replica) rename(before, now map[string]any) {
	for _, t := range r.entities["task"] {
		if t["project"] != now["id"] || before["key"] == now["key"] {
			continue
		}
		keys := []any{}
		for _, k := range now["former_keys"].([]any) {
			keys = append(keys, fmt.Sprintf("%s-%v", k, t["number"]))
		}
		t["key"] = fmt.Sprintf("%s-%v", now["key"], t["number"])
		t["previous_keys"] = append(keys, t["previous_keys"].([]any)[len(before["former_keys"].([]any)):]...)
	}
}

// shown is the copy as it would be shown: nothing of what hangs on something that is out of sight, and neither
// comments nor relations of what r is unsure of.
func (r *replica) shown(unsure map[string]bool) map[string]string {
	out := map[string]string{}
	known := func(entity string, id any) bool { return id == nil || r.entities[entity][id.(string)] != nil }
	for entity, docs := range r.entities {
		for id, doc := range docs {
			switch entity {
			case "task", "view":
				if !known("project", doc["project"]) {
					continue
				}
			case "comment":
				if !known("task", doc["task"]) || unsure[doc["task"].(string)] {
					continue
				}
			case "relation":
				if r.c.User != r.w.ada.User || !known("task", doc["task"]) || !known("task", doc["other"]) ||
					unsure[doc["task"].(string)] || unsure[doc["other"].(string)] {
					continue
				}
			}
			b, _ := json.Marshal(doc)
			out[entity+" "+id] = string(b)
		}
	}
	return out
}

// TestASnapshotAndWhatFollowsMakeTheNextSnapshot lets people work at random and others follow, who began at different
// times and may see different things.
func TestASnapshotAndWhatFollowsMakeTheNextSnapshot(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t)
			s := newStory(w, seed)
			var followers []*replica
			compared := 0
			for step := range 260 {
				s.act()
				if step%40 == 5 {
					followers = append(followers, w.replica(s.people[step%len(s.people)]), w.replica(w.ada))
				}
				for _, f := range followers {
					if s.rand.IntN(12) > 0 {
						continue
					}
					f.catchUp()
					fresh := w.replica(f.c)
					got, want := f.shown(f.unsure), fresh.shown(f.unsure)
					compared += len(want)
					if !maps.Equal(got, want) {
						t.Fatalf("step %d (%s): as %s at %d\n%s", step, s.last, f.c.Actor.Name, f.at, difference(got, want))
					}
				}
			}
			if s.done < 60 || compared < 1000 {
				t.Errorf("only %d steps could be taken and %d entities compared", s.done, compared)
			}
		})
	}
}

func difference(got, want map[string]string) (out string) {
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if got[k] != want[k] {
			out += fmt.Sprintf("%s\n  replayed %s\n  fresh    %s\n", k, got[k], want[k])
		}
	}
	for _, k := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[k]; !ok {
			out += fmt.Sprintf("%s\n  replayed %s\n  and it should not be there\n", k, got[k])
		}
	}
	return out
}

// expected reports whether an error is a refusal that a random step may well meet.
func expected(err error) bool {
	switch fault.KindOf(err) {
	case fault.KindInternal, fault.KindUnavailable:
		return false
	}
	return true
}
