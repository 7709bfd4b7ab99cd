package system

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// history reads what has happened from the beginning, and the workspace as it is.
func (s *story) history() {
	events, head := s.ada.changes(s.ws, 7)
	epoch, n := s.point("changes", head)
	last := 0.0
	for i, e := range events { // what concerns somebody else alone is left out, for her too
		if seq, _ := e["seq"].(float64); seq <= last || seq != float64(int64(seq)) {
			s.Fatalf("in the history %v follows %v", e["seq"], last)
		} else {
			last = seq
		}
		for _, member := range []string{"id", "type", "at", "entity", "entity_id", "version", "actor"} {
			if e[member] == nil {
				s.Fatalf("event %d has no %s: %s", i+1, member, asJSON(e))
			}
		}
	}
	if int64(last) > n || len(events) < int(n)*9/10 {
		s.Errorf("the history has %d events up to %v, at %d", len(events), last, n)
	}

	// The guest is served to the same point, with what he may not see left out.
	seen, upTo := s.gil.changes(s.ws, 50)
	if upTo != head || len(seen) == 0 || len(seen) >= len(events) {
		s.Errorf("the guest was told %d of %d events up to %s of %s", len(seen), len(events), upTo, head)
	}
	visible := map[any]bool{s.board: true, nil: true}
	for _, e := range seen {
		if !visible[e["project"]] && e["type"] != "access.granted" && e["type"] != "access.revoked" {
			s.Fatalf("the guest reads %s", asJSON(e))
		}
	}

	s.ada.get(s.ws + "/changes?since=" + head).has(object{"items": []object{}, "seq": head})
	s.ada.ask(http.MethodGet, s.ws+"/changes?since=another-1", nil).is(http.StatusGone)
	s.ada.ask(http.MethodGet, s.ws+fmt.Sprintf("/changes?since=%s-%d", epoch, n+1000), nil).is(http.StatusGone)
	s.ada.ask(http.MethodGet, s.ws+"/changes?since=yesterday", nil).is(http.StatusUnprocessableEntity).names("since")
	s.eve.ask(http.MethodGet, s.ws+"/changes", nil).is(http.StatusNotFound)
	s.snapshot()
}

// changes reads the history to its end, and gives the point up to which she was served.
func (p *person) changes(ws string, limit int) (events []object, head string) {
	p.s.Helper()
	since := ""
	for {
		page := p.get(fmt.Sprintf("%s/changes?limit=%d%s", ws, limit, since))
		items, upTo := page.items(), page.text("seq")
		events = append(events, items...)
		if _, n := p.s.point("changes", upTo); upTo == head {
			return events, head
		} else if _, at := page.seq(); n > at {
			p.s.Fatalf("she was served up to %d of a history of %d", n, at)
		}
		head, since = upTo, "&since="+upTo
	}
}

// snapshot compares the whole workspace with what the lists say.
func (s *story) snapshot() {
	for _, p := range []*person{s.ada, s.ben, s.gil} {
		snap := p.snapshot(s.ws)
		for entity, path := range map[string]string{"project": "/projects", "label": "/labels", "task": "/tasks?sort=created"} {
			want := p.list(s.ws+path, 200)
			got := snap[entity]
			if len(got) != len(want) {
				s.Errorf("%s's snapshot has %d of %s, her list %d", p.name, len(got), entity, len(want))
				continue
			}
			byID := map[any]object{}
			for _, o := range got {
				byID[o["id"]] = o
			}
			for _, o := range want {
				if !same(byID[o["id"]], o) {
					s.Errorf("%s's snapshot has %s, her list %s", p.name, asJSON(byID[o["id"]]), asJSON(o))
					break
				}
			}
		}
		comments := 0
		for _, t := range snap["task"] {
			comments += int(t["comment_count"].(float64))
		}
		if len(snap["comment"]) != comments {
			s.Errorf("%s's snapshot has %d comments, its tasks %d", p.name, len(snap["comment"]), comments)
		}
	}
	if seen := ids(s.gil.snapshot(s.ws)["project"]); !slices.Equal(seen, []string{s.board}) {
		s.Errorf("the guest's snapshot has the projects %v", seen)
	}
}

// snapshot gives the lines of a snapshot by what they are.
func (p *person) snapshot(ws string) map[string][]object {
	p.s.Helper()
	return p.s.lines(p.get(ws + "/snapshot"))
}

func (s *story) lines(a *answer) map[string][]object {
	s.Helper()
	all := map[string][]object{}
	lines := bufio.NewScanner(bytes.NewReader(a.body))
	lines.Buffer(nil, 8<<20)
	for n := 0; lines.Scan(); n++ {
		var line struct {
			Epoch, Entity string
			Seq           int64
			Data          object
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			s.Fatalf("line %d of the snapshot: %v", n+1, err)
		}
		if epoch, seq := a.seq(); n == 0 && (line.Epoch != epoch || line.Seq != seq) {
			s.Fatalf("the snapshot begins with %s, at %s-%d", lines.Bytes(), epoch, seq)
		}
		all[line.Entity] = append(all[line.Entity], line.Data)
	}
	return all
}
