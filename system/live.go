package system

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// live follows the workspace while others write.
func (s *story) live() {
	project, status := s.project("Live")
	stream := s.ada.follow(s.ws, "")
	guest := s.gil.follow(s.ws, "")

	made := s.ben.task(project, "Watch this")
	created := stream.until("task.created", made.id())
	if d := created.data; d["actor"].(object)["id"] != s.ben.id || d["entity"] != "task" || d["project"] != project || d["data"].(object)["title"] != "Watch this" ||
		d["version"] != made.at("version") || d["request_id"] == "" {
		s.Errorf("the event is %s", asJSON(d))
	}
	s.ben.patch(s.ws+"/tasks/"+made.id(), object{"status": status["Done"]}).is(http.StatusOK)
	updated := stream.until("task.updated", made.id())
	if d := updated.data["data"].(object); d["status"] != status["Done"] || d["completed_at"] == nil || d["title"] != nil {
		s.Errorf("the event of a new status holds %s", asJSON(d))
	}
	comment := s.ben.makes(s.ws+"/tasks/"+made.id()+"/comments", object{"body": "Look!"})
	stream.until("comment.created", comment.id())
	s.ben.delete(s.ws + "/tasks/" + made.id()).is(http.StatusNoContent)
	stream.until("task.deleted", made.id())
	s.ada.patch(s.ws+"/projects/"+project, object{"name": "Lived"}).is(http.StatusOK)
	stream.until("project.updated", project)

	// The guest has heard nothing of this; what he may see reaches him, what he may not does not.
	s.ada.task(s.secret, "Not for guests")
	shown := s.ada.task(s.board, "For guests")
	if e := guest.next(); e.entity() != shown.id() {
		s.Errorf("the guest hears of %s %s before what he may see", e.kind, asJSON(e.data))
	}
	// A task that moves out of his sight is gone for him, one that moves in is new.
	s.ada.post(s.ws+"/tasks/"+shown.id()+"/move", object{"project": s.secret}).is(http.StatusOK)
	if e := guest.next(); e.kind != "task.deleted" || e.entity() != shown.id() || strings.Contains(asJSON(e.data), s.secret) {
		s.Errorf("the guest hears %s of the task that was hidden: %s", e.kind, asJSON(e.data))
	}
	s.ada.post(s.ws+"/tasks/"+shown.id()+"/move", object{"project": s.board}).is(http.StatusOK)
	if e := guest.next(); e.kind != "task.created" || e.entity() != shown.id() || e.data["data"].(object)["title"] != "For guests" {
		s.Errorf("the guest hears %s of the task that was shown: %s", e.kind, asJSON(e.data))
	}
	s.access(guest)
}

// access opens a project to the guest and closes it again, before his eyes.
func (s *story) access(guest *stream) {
	project, _ := s.project("Opened", "access", "private")
	members := s.ws + "/projects/" + project + "/members/" + s.gil.id
	s.ada.put(members, object{"role": "viewer"}).is(http.StatusOK)
	guest.until("access.granted", project)
	task := s.ada.task(project, "Visible for a while")
	guest.until("task.created", task.id())
	s.ada.delete(members).is(http.StatusNoContent)
	guest.until("access.revoked", project)
	s.ada.patch(s.ws+"/tasks/"+task.id(), object{"title": "Hidden"}).is(http.StatusOK)
	last := s.ada.task(s.board, "Still open")
	for e := guest.next(); e.entity() != last.id(); e = guest.next() {
		if e.entity() == task.id() {
			s.Errorf("the guest hears %s of a task that he can't see any more", e.kind)
		}
	}
}

// resuming breaks streams off and goes on exactly where they broke off, while four people write.
func (s *story) resuming() {
	project, _ := s.project("Resumed")
	epoch, from := s.ada.get(s.ws + "/projects").seq()
	const writers, each = 4, 40
	written := sync.WaitGroup{}
	failed := make(chan string, writers)
	for w := range writers {
		written.Go(func() {
			for i := range each {
				status, _ := s.ben.quietly(http.MethodPost, s.ws+"/tasks", object{"project": project, "title": fmt.Sprintf("%d of %d", i, w)})
				if status != http.StatusCreated {
					failed <- fmt.Sprintf("a write while streams are open answers %d", status)
					return
				}
			}
		})
	}

	// Ada may see everything, so her numbers have no gaps.
	seq, last := from, fmt.Sprintf("%s-%d", epoch, from)
	for lives, want := 0, from+writers*each; seq < want; lives++ {
		stream := s.ada.follow(s.ws, last)
		for range 1 + lives*3%17 {
			if seq == want {
				break
			}
			e := stream.next()
			if _, n := s.point("an event", e.id); n != seq+1 {
				s.Fatalf("life %d of the stream: event %d follows %d", lives, n, seq)
			}
			seq++
			last = e.id
		}
		stream.close()
	}
	written.Wait()
	select {
	case why := <-failed:
		s.Fatal(why)
	default:
	}

	// ?since= is for those who can't set headers.
	stream := s.ada.followAt(s.ws+fmt.Sprintf("/events?since=%s-%d", epoch, seq-1), "")
	if e := stream.next(); e.id != last {
		s.Errorf("since %d comes %s, want %s", seq-1, e.id, last)
	}
	stream.close()
	for _, since := range []string{"another-1", fmt.Sprintf("%s-%d", epoch, seq+1000)} {
		s.ada.ask(http.MethodGet, s.ws+"/events", nil).with("Last-Event-ID", since).is(http.StatusGone)
	}
	s.ada.ask(http.MethodGet, s.ws+"/events?since=yesterday", nil).is(http.StatusUnprocessableEntity).names("since")
	s.eve.ask(http.MethodGet, s.ws+"/events", nil).is(http.StatusNotFound)
}
