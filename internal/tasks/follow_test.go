package tasks_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// follow reads a stream until it has told of number upTo or nothing more comes.
func (w *world) follow(s *tasks.Stream, upTo int64) (out []tasks.Told) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 20*time.Second)
	defer cancel()
	for {
		if _, at := s.UpTo(); at >= upTo && len(out) > 0 || at >= upTo && ctx.Err() != nil {
			return out
		}
		told, err := s.Next(ctx)
		if err != nil {
			w.Fatalf("after %d events: %v", len(out), err)
		}
		out = append(out, told...)
	}
}

func TestAStreamResumesExactly(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	start, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	const writers, each = 8, 40
	var writing sync.WaitGroup
	for i := range writers {
		writing.Go(func() {
			for n := range each {
				if _, err := w.CreateTask(context.Background(), w.ada, w.ws, tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i, n)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var reading sync.WaitGroup
	for reader := range 4 {
		reading.Go(func() {
			at := start.Seq
			for at < start.Seq+writers*each {
				s, err := w.Follow(context.Background(), w.ada, w.ws, start.Epoch, at)
				if err != nil {
					t.Error(err)
					return
				}
				for range 3 + reader*5 { // then hang up and come back
					told, err := s.Next(context.Background())
					if err != nil {
						t.Error(err)
						break
					}
					for _, e := range told {
						if e.Seq != at+1 {
							t.Errorf("%d follows %d", e.Seq, at)
						}
						at = e.Seq
					}
					if _, upTo := s.UpTo(); upTo < at {
						t.Errorf("served up to %d and told of %d", upTo, at)
					}
					if at >= start.Seq+writers*each {
						break
					}
				}
				s.Close()
				s.Close()
			}
		})
	}
	writing.Wait()
	reading.Wait()
	// the log holds the same, page by page
	at := start.Seq
	for {
		told, upTo, _, err := w.Changes(t.Context(), w.ada, w.ws, start.Epoch, at, 13)
		w.ok(err)
		for _, e := range told {
			if e.Seq != at+1 {
				t.Fatalf("%d follows %d", e.Seq, at)
			}
			at = e.Seq
		}
		if len(told) == 0 {
			same(t, "the end", upTo, start.Seq+writers*each)
			break
		}
	}
}

func TestAnotherEpochOrTheFutureIsGone(t *testing.T) {
	w := newWorld(t)
	h, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	for _, since := range []struct {
		epoch string
		seq   int64
	}{{"another", 0}, {h.Epoch, h.Seq + 1}} {
		_, _, _, err := w.Changes(t.Context(), w.ada, w.ws, since.epoch, since.seq, 10)
		w.refused(err, fault.KindGone, "history-gone")
		_, err = w.Follow(t.Context(), w.ada, w.ws, since.epoch, since.seq)
		w.refused(err, fault.KindGone, "history-gone")
	}
	if _, err := w.store.Trim(t.Context(), tasks.NoDue, 1); err != nil {
		t.Fatal(err)
	}
	w.titled(w.project(tasks.NewProject{Name: "Website"}), "a")
	_, _, _, err = w.Changes(t.Context(), w.ada, w.ws, h.Epoch, 0, 10)
	w.refused(err, fault.KindGone, "history-gone")
	told, _, _, err := w.Changes(t.Context(), w.ada, w.ws, "", -1, 10)
	if err != nil || len(told) == 0 || told[0].Seq != 2 {
		t.Errorf("from the oldest kept: %v, %v", told, err)
	}
	_, err = w.Follow(t.Context(), tasks.Caller{User: uuid.Must(uuid.NewV7())}, w.ws, h.Epoch, 0)
	w.missing(err)
}

func TestAMoveIsToldToEachAsSheSeesIt(t *testing.T) {
	w := newWorld(t)
	member := w.person("Bob", tasks.RoleMember)
	open, closed := w.project(tasks.NewProject{Name: "Open"}), w.project(tasks.NewProject{Name: "Closed", Access: tasks.AccessPrivate})
	guest := w.person("Gus", tasks.RoleGuest, tasks.Grant{Project: closed.ID, Role: tasks.ProjectViewer})
	task := w.titled(open, "a")
	h, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	people := map[string]tasks.Caller{"ada": w.ada, "member": member, "guest": guest}
	streams := map[string]*tasks.Stream{}
	for name, c := range people {
		s, err := w.Follow(t.Context(), c, w.ws, "", -1)
		w.ok(err)
		defer s.Close()
		streams[name] = s
	}
	to, err := w.MoveTask(t.Context(), w.ada, w.ws, task.Key, tasks.Move{Project: closed.ID}, tasks.Condition{})
	w.ok(err)
	back, err := w.MoveTask(t.Context(), w.ada, w.ws, task.Key, tasks.Move{Project: open.ID}, tasks.Condition{})
	w.ok(err)
	want := map[string]string{
		"ada": "task.updated task.updated", "member": "task.deleted task.created", "guest": "task.created task.deleted",
	}
	for name, c := range people {
		live := w.follow(streams[name], back.Head.Seq)
		later, _, _, err := w.Changes(t.Context(), c, w.ws, h.Epoch, h.Seq, 100)
		w.ok(err)
		same(t, "told later", later, live)
		var types []string
		for _, e := range live {
			types = append(types, e.Type)
			doc := decode[tasks.EventDoc](t, e.JSON)
			if doc.Type != e.Type || doc.Seq != e.Seq || doc.EntityID != task.ID {
				t.Errorf("%s is told %s", name, e.JSON)
			}
			if e.Type == tasks.TaskCreated {
				same(t, "what is new to "+name, decode[tasks.TaskDoc](t, doc.Data).Title, "a")
			}
		}
		same(t, name, words(types), want[name])
	}
	_ = to
}

func TestAccessThatComesAndGoesIsTold(t *testing.T) {
	w := newWorld(t)
	member, guest := w.person("Bob", tasks.RoleMember), w.person("Gus", tasks.RoleGuest)
	p := w.project(tasks.NewProject{Name: "Closed", Access: tasks.AccessPrivate})
	told := func(c tasks.Caller, do func()) string {
		s, err := w.Follow(t.Context(), c, w.ws, "", -1)
		w.ok(err)
		defer s.Close()
		do()
		h, err := w.Head(t.Context(), w.ws)
		w.ok(err)
		var types []string
		for {
			if _, at := s.UpTo(); at >= h.Seq {
				return words(types)
			}
			events, err := s.Next(t.Context())
			w.ok(err)
			for _, e := range events {
				types = append(types, e.Type)
			}
		}
	}
	grant := func(c tasks.Caller, role string) func() {
		return func() { w.ok(second(w.SetProjectMember(t.Context(), w.ada, w.ws, p.ID, c.User, role))) }
	}
	revoke := func(by, c tasks.Caller) func() {
		return func() { w.ok(second(w.RemoveProjectMember(t.Context(), by, w.ws, p.ID, c.User))) }
	}
	access := func(a string) func() {
		return func() {
			w.ok(second(w.UpdateProject(t.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Access: tasks.Some(a)}, tasks.Condition{})))
		}
	}
	for _, c := range []tasks.Caller{member, guest} {
		same(t, "granted", told(c, grant(c, tasks.ProjectViewer)), "grant.updated access.granted")
		same(t, "raised", told(c, grant(c, tasks.ProjectEditor)), "grant.updated")
		same(t, "a task", told(c, func() { w.titled(p, "a") }), "task.created")
		same(t, "taken away", told(c, revoke(w.ada, c)), "access.revoked")
		same(t, "a task", told(c, func() { w.titled(p, "a") }), "")
		same(t, "granted to another", told(c, grant(w.ada, tasks.ProjectViewer)), "")
		grant(c, tasks.ProjectViewer)()
		same(t, "given up", told(c, revoke(c, c)), "access.revoked")
	}
	same(t, "invited to one more", told(guest, func() {
		w.become(guest, tasks.RoleGuest, tasks.Grant{Project: p.ID, Role: tasks.ProjectViewer})
	}), "grant.updated access.granted")
	same(t, "opened", told(member, access(tasks.AccessWorkspace)), "project.updated access.granted")
	same(t, "closed", told(member, access(tasks.AccessPrivate)), "access.revoked")
	same(t, "opened, to a guest who has hers", told(guest, access(tasks.AccessWorkspace)), "project.updated access.granted")
	same(t, "deleted", told(member, func() { w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, p.ID))) }), "project.deleted")
	same(t, "restored", told(member, func() { w.ok(second(w.RestoreProject(t.Context(), w.ada, w.ws, p.ID))) }), "project.restored")
	s, err := w.Follow(t.Context(), member, w.ws, "", -1)
	w.ok(err)
	defer s.Close()
	w.become(member, "")
	if _, err := s.Next(t.Context()); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("who has left is told: %v", err)
	}
}

func TestASlowReaderIsDroppedAndWritersGoOn(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	slow, err := w.Follow(t.Context(), w.ada, w.ws, "", -1)
	w.ok(err)
	defer slow.Close()
	var writing sync.WaitGroup
	for range 10 {
		writing.Go(func() {
			for range 50 { // more than is kept for a reader, and nobody reads
				if _, err := w.CreateTask(context.Background(), w.ada, w.ws, tasks.NewTask{Project: p.ID, Title: "x"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	var got []tasks.Told
	for {
		told, err := slow.Next(t.Context())
		if err != nil {
			w.refused(err, fault.KindGone, "stream-behind")
			break
		}
		got = append(got, told...)
	}
	epoch, at := slow.UpTo()
	h, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	resumed, err := w.Follow(t.Context(), w.ada, w.ws, epoch, at)
	w.ok(err)
	defer resumed.Close()
	got = append(got, w.follow(resumed, h.Seq)...)
	for i, e := range got {
		if e.Seq != slow.Head.Seq+int64(i)+1 {
			t.Fatalf("the %d. event is number %d behind %d", i+1, e.Seq, slow.Head.Seq)
		}
	}
	if len(got) != 500 {
		t.Errorf("told of %d", len(got))
	}
}
