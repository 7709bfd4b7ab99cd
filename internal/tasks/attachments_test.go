package tasks_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
	"github.com/rung-app/rung/internal/tasks"
)

func TestAttachments(t *testing.T) {
	s := newShelf(t, 1000)
	ctx := t.Context()
	bob := s.person("Bob", tasks.RoleMember)
	before := s.again(s.task)
	a := s.attach(s.task, "a.txt", "aaa")
	s.later(1e6)
	b, err := s.attachAs(bob, s.task, "b.txt", "bb")
	s.ok(err)
	same(t, "the oldest first", s.attached(bob, s.task), "a.txt b.txt")
	now := s.again(s.task)
	same(t, "attachment_count", now.AttachmentCount, 2)
	same(t, "subscribers", now.Subscribers, []uuid.UUID{s.ada.User, bob.User})
	same(t, "updated_at", now.UpdatedAt, before.UpdatedAt)
	s.stored(5, 2)

	remove := func(c tasks.Caller, a tasks.Attachment) error {
		return second(s.DeleteAttachment(ctx, c, s.ws, s.task.ID.String(), a.ID))
	}
	guest := s.person("Gus", tasks.RoleGuest, tasks.Grant{Project: s.p.ID, Role: tasks.ProjectCommenter})
	s.refused(remove(guest, a), fault.KindForbidden, "")
	his, err := s.attachAs(guest, s.task, "his", "x")
	s.ok(err)
	s.ok(remove(guest, his)) // one's own
	s.later(1e6)
	s.ok(remove(bob, a)) // who edits the task
	s.ok(remove(bob, a))
	same(t, "what is left", s.attached(s.ada, s.task), "b.txt")
	same(t, "attachment_count", s.again(s.task).AttachmentCount, 1)
	s.missing(second3(s.Attachment(ctx, s.ada, s.ws, s.task.Key, a.ID)))
	s.missing(second3(s.AddressOf(ctx, s.ada, s.ws, s.task.Key, a.ID, true)))
	s.stored(6, 3) // what is in the trash takes room
	same(t, "the trash", s.trashed(bob), []string{"attachment:a.txt", "attachment:his"})
	same(t, "the trash of who can't restore", s.trashed(guest), nil)

	restore := func(c tasks.Caller, a tasks.Attachment) error {
		return second(s.RestoreAttachment(ctx, c, s.ws, s.task.ID.String(), a.ID))
	}
	s.refused(restore(guest, a), fault.KindForbidden, "")
	s.ok(restore(bob, a))
	s.ok(restore(bob, a))
	same(t, "back", s.attached(s.ada, s.task), "a.txt b.txt")
	same(t, "attachment_count", s.again(s.task).AttachmentCount, 2)

	var told []string
	for _, typ := range s.heard(s.ada) {
		if strings.HasPrefix(typ, "attachment.") {
			told = append(told, typ)
		}
	}
	same(t, "told", words(told), "attachment.created attachment.created attachment.created attachment.deleted attachment.deleted attachment.restored")
	lines, err := s.Activity(ctx, s.ada, s.ws, s.task.Key, tasks.PageOf{})
	s.ok(err)
	line := decode[tasks.ActivityDoc](t, lines.Items[0])
	if line.Type != "attachment.restored" || line.EntityID != a.ID || !strings.Contains(string(line.After), "a.txt") {
		t.Errorf("the last line of the story is %s", lines.Items[0])
	}

	s.trash(s.task)
	s.missing(second(s.Attachments(ctx, s.ada, s.ws, s.task.Key, tasks.PageOf{})))
	s.missing(second3(s.Attachment(ctx, s.ada, s.ws, s.task.Key, b.ID)))
	s.missing(remove(s.ada, b))
	s.missing(restore(s.ada, his))
	s.missing(second(s.attachAs(s.ada, s.task, "late", "x")))
	same(t, "the trash", s.trashed(s.ada), []string{"task:one"})
	s.restore(s.task)
	same(t, "back with the task", s.attached(s.ada, s.task), "a.txt b.txt")
}

// TestFilesGoWhenWhatTheyHungOnIsPurged counts bytes and files.
func TestFilesGoWhenWhatTheyHungOnIsPurged(t *testing.T) {
	s := newShelf(t, 1000)
	ctx := t.Context()
	a, other := s.attach(s.task, "a", "aaa"), s.titled(s.p, "two")
	b := s.attach(other, "b", "bb")
	secret := s.project(tasks.NewProject{Name: "Going"})
	s.attach(s.titled(secret, "three"), "c", "c")
	purge := func(typ string, id uuid.UUID) error { return second(s.Purge(ctx, s.ada, s.ws, typ, id)) }
	s.missing(purge("attachment", b.ID)) // not in the trash
	s.ok(second(s.DeleteAttachment(ctx, s.ada, s.ws, other.Key, b.ID)))
	bob := s.person("Bob", tasks.RoleMember)
	s.refused(second(s.Purge(ctx, bob, s.ws, "attachment", b.ID)), fault.KindForbidden, "")
	s.stored(6, 3)
	s.ok(purge("attachment", b.ID))
	s.ok(purge("attachment", b.ID))
	s.ok(purge("attachment", uuid.Must(uuid.NewV7())))
	s.missing(second(s.RestoreAttachment(ctx, s.ada, s.ws, other.Key, b.ID)))
	s.stored(4, 2)

	s.trash(s.task)
	s.stored(4, 2)
	s.ok(purge("task", s.task.ID))
	s.stored(1, 1)
	if s.there(tasks.KindAttachment, a.ID) {
		t.Error("the row of the file is still there")
	}
	s.ok(second(s.DeleteProject(ctx, s.ada, s.ws, secret.ID)))
	s.ok(purge("project", secret.ID))
	s.stored(0, 0)
}

func TestAFileInTheTrashGoesAfterThirtyDays(t *testing.T) {
	s := newShelf(t, 1000)
	a, b := s.attach(s.task, "a", "aaa"), s.attach(s.task, "b", "bb")
	going := s.titled(s.project(tasks.NewProject{Name: "Going"}), "g")
	c := s.attach(going, "c", "c")
	for _, x := range []tasks.Attachment{a, b, c} {
		s.ok(second(s.DeleteAttachment(t.Context(), s.ada, s.ws, x.Task.String(), x.ID)))
	}
	s.later(29 * 24 * time.Hour)
	s.ok(second(s.DeleteProject(t.Context(), s.ada, s.ws, going.Project))) // in the trash itself, and for less long
	s.sweep()
	s.stored(6, 3)
	s.ok(second(s.RestoreAttachment(t.Context(), s.ada, s.ws, s.task.Key, b.ID)))
	s.later(2 * 24 * time.Hour)
	s.expired = []tasks.Trashed{{Workspace: s.ws, ID: b.ID, Kind: tasks.KindAttachment}}
	s.sweep()
	s.stored(2, 1)
	same(t, "what is left", s.attached(s.ada, s.task), "b")
}

// TestStrays leaves files behind in every way that a process can die.
func TestStrays(t *testing.T) {
	s := newShelf(t, 1000)
	ctx := t.Context()
	kept := s.attach(s.task, "kept", "kept")
	trashed := s.attach(s.task, "trashed", "trashed")
	s.ok(second(s.DeleteAttachment(ctx, s.ada, s.ws, s.task.Key, trashed.ID)))
	put := func(key files.Key) {
		t.Helper()
		s.ok(os.MkdirAll(filepath.Join(s.dir, string(key[:36])), 0o700))
		s.ok(os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(string(key))), []byte("stray"), 0o600))
	}
	put(files.KeyOf(s.ws, uuid.New()))                 // died between the bytes and the row, or after the row was purged
	put(files.KeyOf(s.ws, kept.ID))                    // an attachment's id is not where its bytes are
	put(files.KeyOf(uuid.New(), uuid.New()))           // of a workspace that never was
	put(files.KeyOf(s.ws, uuid.New()) + ".18c3d2.tmp") // in the middle of the bytes
	for range 1200 {
		put(files.KeyOf(uuid.Nil, uuid.New()))
	}
	s.age()
	underWay, err := s.Receive(ctx, s.ada, s.ws, s.task.Key, strings.NewReader("under way"))
	s.ok(err)
	s.later(23 * time.Hour)
	s.sweepFiles()
	s.stored(11, 1000) // as many as are listed
	s.age()
	s.later(25 * time.Hour)
	if runs := s.sweepFiles(); runs < 3 {
		t.Errorf("all was looked at in %d runs", runs)
	}
	s.stored(11, 3)
	got, err := s.Attach(ctx, s.ada, s.ws, tasks.NewAttachment{Task: s.task.Key, Name: "under way", File: underWay})
	s.ok(err)
	s.sweepFiles()
	s.stored(20, 3)
	same(t, "what can be read", s.read(decode[tasks.Attachment](t, got.JSON)), "under way")
	same(t, "what can be read", s.read(kept), "kept")
}

// read gives what an address of a file leads to.
func (s *shelf) read(a tasks.Attachment) string {
	s.Helper()
	addr, _, err := s.AddressOf(s.Context(), s.ada, s.ws, a.Task.String(), a.ID, true)
	s.ok(err)
	c, err := s.OpenAddress(s.Context(), addr.Token)
	s.ok(err)
	defer c.Close()
	b, err := io.ReadAll(c)
	s.ok(err)
	return string(b)
}

// A file is gone from the disk only once it is committed that it is: whatever happens before leaves it.
func TestBytesOutliveARefusal(t *testing.T) {
	s := newShelf(t, 1000)
	s.attach(s.task, "a", "aaa")
	s.trash(s.task)
	broken := errors.New("the disk is full")
	s.failing.Store(&broken)
	if err := second(s.Purge(t.Context(), s.ada, s.ws, "task", s.task.ID)); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	s.failing.Store(nil)
	s.stored(3, 1)
	s.restore(s.task)

	// what may or may not have been committed must not lose its bytes, what was refused need not keep them
	u, err := s.Receive(t.Context(), s.ada, s.ws, s.task.Key, strings.NewReader("bb"))
	s.ok(err)
	s.failing.Store(&broken)
	if _, err := s.Attach(t.Context(), s.ada, s.ws, tasks.NewAttachment{Task: s.task.Key, File: u}); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	s.failing.Store(nil)
	u.Discard(t.Context())
	s.stored(3, 2)
	u, err = s.Receive(t.Context(), s.ada, s.ws, s.task.Key, strings.NewReader("cc"))
	s.ok(err)
	s.missing(second(s.Attach(t.Context(), s.ada, s.ws, tasks.NewAttachment{Task: uuid.NewString(), File: u})))
	u.Discard(t.Context())
	s.stored(3, 2)
	s.age()
	s.later(25 * time.Hour)
	s.sweepFiles()
	s.stored(3, 1)
}

// TestNoTwoTakeTheSameRoom has many attach at once what only some of them have room for.
func TestNoTwoTakeTheSameRoom(t *testing.T) {
	const each, fits, all = 100, 7, 20
	s := newShelf(t, each*fits+each-1)
	received, together := make(chan struct{}, all), make(chan struct{})
	var done atomic.Int64
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			u, err := s.Receive(context.Background(), s.ada, s.ws, s.task.Key, strings.NewReader(strings.Repeat("x", each)))
			received <- struct{}{}
			if err != nil {
				t.Error(err)
				return
			}
			<-together
			defer u.Discard(context.Background())
			_, err = s.Attach(context.Background(), s.ada, s.ws, tasks.NewAttachment{Task: s.task.Key, Name: fmt.Sprint(i), File: u})
			if err == nil {
				done.Add(1)
				return
			}
			s.refused(err, fault.KindForbidden, "quota-exceeded")
		})
	}
	for range all {
		<-received
	}
	close(together)
	wg.Wait()
	if done.Load() != fits {
		t.Errorf("%d were taken, want %d", done.Load(), fits)
	}
	s.stored(each*fits, fits)
	s.attach(s.task, "the rest", strings.Repeat("x", each-1))
	// nothing is received any more that can't be kept
	counted := &counter{}
	err := second(s.Receive(t.Context(), s.ada, s.ws, s.task.Key, counted))
	s.refused(err, fault.KindForbidden, "quota-exceeded")
	if counted.n > 0 {
		t.Error("it was read all the same")
	}
	same(t, "attachment_count", s.again(s.task).AttachmentCount, fits+1)
}

// counter counts how often it is read.
type counter struct{ n int }

func (c *counter) Read([]byte) (int, error) {
	c.n++
	return 0, io.EOF
}

func TestATaskHasOnlySoManyFiles(t *testing.T) {
	s := newShelf(t, 1<<20)
	gone := s.attach(s.task, "one", "")
	s.ok(second(s.DeleteAttachment(t.Context(), s.ada, s.ws, s.task.Key, gone.ID)))
	s.ok(second(s.store.Update(t.Context(), s.ws, func(v tasks.View) ([]tasks.Change, error) { // as if it had a thousand
		r, err := v.Get(tasks.KindTask, s.task.ID)
		r.Doc = bytes.Replace(r.Doc, []byte(`"attachment_count":0`), []byte(`"attachment_count":1000`), 1)
		return []tasks.Change{{Row: r}}, err
	})))
	same(t, "attachment_count", s.again(s.task).AttachmentCount, 1000)
	s.refused(second(s.attachAs(s.ada, s.task, "one more", "")), fault.KindForbidden, "quota-exceeded")
	s.refused(second(s.RestoreAttachment(t.Context(), s.ada, s.ws, s.task.Key, gone.ID)), fault.KindForbidden, "quota-exceeded")
}

func TestFilesMoveWithTheirTask(t *testing.T) {
	s := newShelf(t, 1000)
	a := s.attach(s.task, "a", "aaa")
	secret := s.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	bob := s.person("Bob", tasks.RoleMember)
	addr, _, err := s.AddressOf(t.Context(), bob, s.ws, s.task.Key, a.ID, true)
	s.ok(err)
	s.ok(second(s.MoveTask(t.Context(), s.ada, s.ws, s.task.Key, tasks.Move{Project: secret.ID}, tasks.Condition{})))
	same(t, "there", s.attached(s.ada, s.task), "a")
	same(t, "what can be read", s.read(a), "aaa")
	s.missing(second(s.Attachments(t.Context(), bob, s.ws, s.task.ID.String(), tasks.PageOf{})))
	s.missing(second(s.OpenAddress(t.Context(), addr.Token)))
	same(t, "attachment_count", s.again(s.task).AttachmentCount, 1)
}

func TestASnapshotHasTheFilesThatItsReaderSees(t *testing.T) {
	s := newShelf(t, 1000)
	s.attach(s.task, "a", "aaa")
	gone := s.attach(s.task, "gone", "x")
	s.ok(second(s.DeleteAttachment(t.Context(), s.ada, s.ws, s.task.Key, gone.ID)))
	secret := s.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	s.attach(s.titled(secret, "hidden"), "hidden.txt", "x")
	bob := s.person("Bob", tasks.RoleMember)
	for _, tt := range []struct {
		c    tasks.Caller
		want int
	}{{s.ada, 2}, {bob, 1}} {
		var all strings.Builder
		s.ok(s.Snapshot(t.Context(), tt.c, s.ws, func(tasks.Head) {}, func(b []byte) error {
			all.Write(b)
			return nil
		}))
		if n := strings.Count(all.String(), `{"entity":"attachment","data":{"id":`); n != tt.want {
			t.Errorf("%s has %d attachments, want %d:\n%s", tt.c.Actor.Name, n, tt.want, all.String())
		}
	}
}

func TestAnAddressRunsOut(t *testing.T) {
	s := newShelf(t, 1000)
	a := s.attach(s.task, "a", "aaa")
	addr, _, err := s.AddressOf(t.Context(), s.ada, s.ws, s.task.Key, a.ID, true)
	s.ok(err)
	if left := addr.Expires.Sub(s.now); left <= 10*time.Minute || left > 15*time.Minute {
		t.Errorf("it is good for %s", left)
	}
	s.later(addr.Expires.Sub(s.now) - time.Second)
	c, err := s.OpenAddress(t.Context(), addr.Token)
	s.ok(err)
	c.Close()
	s.later(time.Second)
	s.missing(second(s.OpenAddress(t.Context(), addr.Token)))
}

func TestAddressesAreEnded(t *testing.T) {
	s := newShelf(t, 1000)
	a := s.attach(s.task, "a", "aaa")
	address := func() string {
		t.Helper()
		addr, _, err := s.AddressOf(t.Context(), s.ada, s.ws, s.task.Key, a.ID, true)
		s.ok(err)
		return addr.Token
	}
	before := address()
	c, err := s.OpenAddress(t.Context(), before)
	s.ok(err)
	c.Close()
	s.ok(s.EndAddresses(t.Context()))
	s.missing(second(s.OpenAddress(t.Context(), before)))
	c, err = s.OpenAddress(t.Context(), address())
	s.ok(err)
	c.Close()
}

func TestWithoutAStoreThereAreNoFiles(t *testing.T) {
	w := newWorld(t)
	task := w.titled(w.project(tasks.NewProject{Name: "Website"}), "one")
	w.refused(second(w.Receive(t.Context(), w.ada, w.ws, task.Key, strings.NewReader("x"))), fault.KindUnavailable, "")
	w.refused(second(w.OpenAddress(t.Context(), "x")), fault.KindUnavailable, "")
}
