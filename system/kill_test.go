package system

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// TestKilled kills the server a hundred times while several people write, at named points and at any time, and compares
// what is there afterwards with what was acknowledged.
func TestKilled(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 10
	}
	s := newServer(t, "failpoints")
	l := openLedger(t, s)
	points := []string{"before-commit", "after-commit", "entry-written"}
	died := map[string]int{}
	for round := range rounds {
		how, arm := "at any time", []string(nil)
		if round%2 == 1 {
			how = points[round/2%len(points)]
			arm = append(arm, fmt.Sprintf("RUNGFAIL=%s:%d", how, 1+rand.IntN(60)))
		}
		if err := s.launch(arm...); err != nil {
			t.Fatal(err)
		}
		if s.lives() && l.check() {
			l.write(s, arm == nil)
		}
		s.kill()
		if arm == nil || s.fell() {
			died[how]++
		}
		if t.Failed() {
			t.Fatalf("in round %d, killed %s", round, how)
		}
	}
	t.Logf("killed %v; %d changes acknowledged, %d events", died, l.acknowledged.Load(), l.history.seq)

	s.start()
	if !l.check() {
		t.Fatal("the server does not answer")
	}
	for _, w := range l.writers {
		if w.pending != nil && !w.send() {
			t.Errorf("a change that was not acknowledged can't be sent again")
		}
	}
	l.check()
	s.stop()
	for _, point := range points {
		if died[point] == 0 && !testing.Short() {
			t.Errorf("the server was never killed at %s", point)
		}
	}
}

// write lets everybody write until the process is gone.
func (l *ledger) write(s *server, anyTime bool) {
	deadline := 3 * time.Second // for a point that is never passed
	if anyTime {
		deadline = time.Duration(rand.IntN(250)) * time.Millisecond
	}
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, w := range l.writers {
		all.Go(func() { w.work(stop) })
	}
	select {
	case <-s.ended:
	case <-time.After(deadline):
	}
	s.kill()
	close(stop)
	all.Wait()
}

// lives waits until the process is ready, or gone because it came past its point.
func (s *server) lives() bool {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		select {
		case <-s.ended:
			if !s.fell() {
				s.t.Fatalf("rung serve has ended: %v\n%s", s.err, s.log.text())
			}
			return false
		default:
		}
		if s.answers() {
			return true
		}
	}
	s.t.Fatalf("rung serve is not ready\n%s", s.log.text())
	return false
}

// TestKilledInvitations kills the server at each step of a registration and of joining a workspace, which take several
// transactions in several domains, and expects the same requests to finish what was begun.
func TestKilledInvitations(t *testing.T) {
	s := newServer(t, "failpoints")
	s.start()
	story := &story{T: t, env: Env{BaseURL: s.base(), SetupURL: s.setup}, http: newHTTP()}
	story.nobody = &person{s: story, name: "nobody"}
	story.ada = story.register("Ada", object{"setup": story.setupToken()})
	story.ws = "/workspaces/" + story.ada.makes("/workspaces", object{"name": "Killed"}).id()
	project := story.ada.makes(story.ws+"/projects", object{"name": "Hers", "access": "private"}).id()

	steps := 12
	if testing.Short() {
		steps = 3
	}
	for step := 1; step <= steps; step++ {
		for _, point := range []string{"before-commit", "after-commit"} {
			name := fmt.Sprintf("Guest%d%c", step, point[0])
			token := story.invite(object{"role": "guest", "projects": []object{{"project": project, "role": "editor"}}})
			s.stop()
			if err := s.launch(fmt.Sprintf("RUNGFAIL=%s:%d", point, step)); err != nil {
				t.Fatal(err)
			}
			who := object{"id": newID(), "name": name, "email": name + "@example.org", "password": password(name), "invitation": token}
			if s.lives() {
				story.joins(who, token)
			}
			s.kill()
			s.start()
			story.joined(who, token, project)
		}
	}
	s.stop()
}

// joins registers and accepts, and does not mind if the server dies of it.
func (s *story) joins(who object, token string) {
	status, in := s.nobody.quietly("POST", "/auth/register", who)
	if status != 201 {
		return
	}
	p := &person{s: s, token: in.text("access_token")}
	if status, _ := p.quietly("POST", "/invitations/"+token+"/accept", nil); status != 200 {
		return
	}
	p.quietly("GET", s.ws, nil)
	time.Sleep(20 * time.Millisecond) // what is told to others is told now
}

// joined sends the same requests again, and expects one user with one workspace of her own, in the team once.
func (s *story) joined(who object, token, project string) {
	s.Helper()
	in := s.nobody.post("/auth/register", who).is(200, 201)
	p := &person{s: s, name: who["name"].(string), token: in.text("access_token"), id: in.text("user.id")}
	if p.id != who["id"] {
		s.Fatalf("the user has the id %s, want %s", p.id, who["id"])
	}
	p.post("/invitations/"+token+"/accept", nil).is(200)
	if own := p.get("/workspaces").items(); len(own) != 2 {
		s.Errorf("%s is in %d workspaces, want her own and the team's: %s", p.name, len(own), asJSON(own))
	}
	times := 0
	for _, m := range s.ada.list(s.ws+"/members", 200) {
		if m["id"] == p.id {
			times++
		}
	}
	if times != 1 {
		s.Errorf("%s is a member %d times", p.name, times)
	}
	s.eventually(p.name+" sees her project", func() bool {
		status, _ := p.quietly("GET", s.ws+"/projects/"+project, nil)
		return status == 200
	})
	p.task(project, "Made by "+p.name)
	known := 0
	for _, m := range s.ada.snapshot(s.ws)["member"] {
		if m["id"] == p.id && m["name"] == p.name && m["role"] == "guest" {
			known++
		}
	}
	if known != 1 {
		s.Errorf("the history knows %s %d times", p.name, known)
	}
}
