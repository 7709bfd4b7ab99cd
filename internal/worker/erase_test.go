package worker_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/driver/blob"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
	"github.com/rung-app/rung/internal/worker"
)

// keepFiles gives the town a folder for attached files.
func (tn *town) keepFiles() (dir string) {
	tn.Helper()
	dir = filepath.Join(tn.TempDir(), "files")
	folder, err := blob.OpenFolder(dir)
	tn.must(err)
	tn.Cleanup(func() {
		if err := folder.Close(); err != nil {
			tn.Error(err)
		}
	})
	tn.tasks.KeepFiles(tasks.Files{Store: folder, MaxFile: 1 << 20, MaxStorage: 1 << 30})
	return dir
}

func (tn *town) attach(who *citizen, ws, task uuid.UUID, name, text string) {
	tn.Helper()
	u, err := tn.tasks.Receive(who.ctx, who.c, ws, task.String(), strings.NewReader(text))
	tn.must(err)
	defer u.Discard(who.ctx)
	_, err = tn.tasks.Attach(who.ctx, who.c, ws, tasks.NewAttachment{Task: task.String(), Name: name, File: u})
	tn.must(err)
}

func (tn *town) files(dir string) (paths []string) {
	tn.Helper()
	tn.must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") {
			paths = append(paths, path)
		}
		return err
	}))
	return paths
}

// index brings the index of words up to date.
func (tn *town) index() {
	tn.Helper()
	for range 1000 {
		more, err := tn.tasks.Index(tn.Context())
		tn.must(err)
		if !more {
			return
		}
	}
	tn.Fatal("it is never up to date")
}

// dying does each thing it is asked for the first time and then says that it was killed, as a process is that dies
// behind a step.
type dying struct {
	*users.Service
	tasks  *tasks.Service
	killed map[string]int
	times  int
}

func (d *dying) die(step string) error {
	if d.killed[step]++; d.killed[step] <= d.times {
		return errKilled
	}
	return nil
}

func (d *dying) EmptyWorkspace(ctx context.Context, ws uuid.UUID) (done, more bool, err error) {
	done, more, err = d.Service.EmptyWorkspace(ctx, ws)
	if dead := d.die("empty"); dead != nil {
		return false, false, dead
	}
	return done, more, err
}

func (d *dying) DropWorkspace(ctx context.Context, ws uuid.UUID) (bool, error) {
	more, err := d.tasks.DropWorkspace(ctx, ws)
	if dead := d.die("drop"); dead != nil {
		return false, dead
	}
	return more, err
}

func (d *dying) NoteErased(ctx context.Context, ws uuid.UUID) error {
	return errors.Join(d.Service.NoteErased(ctx, ws), d.die("note"))
}

func TestADeletedWorkspaceIsErasedAfterThirtyDays(t *testing.T) {
	for name, times := range map[string]int{"undisturbed": 0, "killed between any two steps": 3} {
		t.Run(name, func(t *testing.T) { everythingIsErased(t, times) })
	}
}

func everythingIsErased(t *testing.T, times int) {
	tn := newTown(t)
	dir := tn.keepFiles()
	ben, zoe := tn.citizen("Ben", "ben@example.org", "192.0.2.10"), tn.citizen("Zoe", "zoe@example.org", "192.0.2.11")
	gone, _, err := tn.users.CreateWorkspace(ben.ctx, ben.User, users.NewWorkspace{Name: "Quagga plans", Slug: "quagga"})
	tn.must(err)
	other, _, err := tn.users.CreateWorkspace(ben.ctx, ben.User, users.NewWorkspace{Name: "Team"})
	tn.must(err)
	tn.join(ben, gone.ID, zoe, users.Admin)
	tn.work(ben, other.ID, "TEAM")
	task := tn.work(ben, gone.ID, "QUAGGA")
	tn.work(zoe, gone.ID, "MORE")
	for _, body := range []string{"the quagga sleeps", "and wakes"} {
		_, err = tn.tasks.CreateComment(ben.ctx, ben.c, gone.ID, tasks.NewComment{Task: task.String(), Body: body})
		tn.must(err)
	}
	tn.index() // what comes behind waits for it
	title := tasks.Patch{Title: tasks.Some("Feed the quagga")}
	_, err = tn.tasks.UpdateTask(zoe.ctx, zoe.c, gone.ID, task.String(), title, tasks.Condition{})
	tn.must(err)
	_, _, err = tn.users.Invite(ben.ctx, ben.User, gone.ID, users.NewInvitation{Email: "quagga@example.org", Role: users.Ordinary})
	tn.must(err)
	tn.attach(ben, gone.ID, task, "quagga.txt", "stripes")
	tn.attach(zoe, gone.ID, task, "more.txt", "hooves")
	if n := len(tn.files(dir)); n != 2 {
		t.Fatalf("%d files are kept", n)
	}
	if len(tn.find("quagga")) < 10 {
		t.Fatalf("the workspace's texts are hardly anywhere: %v", tn.find("quagga"))
	}

	tn.must(tn.users.DeleteWorkspace(ben.ctx, ben.User, gone.ID))
	d := &dying{Service: tn.users, tasks: tn.tasks, killed: map[string]int{}, times: times}
	erasing := worker.Erasing{Workspaces: d, Holdings: d, Now: tn.now, Kept: tasks.TrashKept}
	erase := func() (steps int) {
		t.Helper()
		for range 1000 {
			more, err := erasing.Step(t.Context())
			if err != nil && !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			if steps++; !more && err == nil {
				return steps
			}
		}
		t.Fatal("it never ends")
		return 0
	}
	tn.passes(tasks.TrashKept - time.Minute)
	if erase(); len(tn.find("quagga")) < 10 || len(tn.files(dir)) != 2 || len(d.killed) != 0 {
		t.Error("it is erased before its time")
	}
	tn.passes(2 * time.Minute)
	if steps := erase(); steps <= 2*times {
		t.Errorf("%d steps are too few to have been killed behind each", steps)
	}

	tn.index() // writes the index of words anew
	for _, where := range tn.find("quagga") {
		t.Errorf("still there: %s", where)
	}
	for _, path := range tn.files(dir) {
		text, err := os.ReadFile(path)
		t.Errorf("still there: %s: %s, %v", path, text, err)
	}
	left := tn.holding(func(v []byte) bool {
		return bytes.Contains(v, gone.ID[:]) || bytes.Contains(v, []byte(gone.ID.String()))
	})
	for _, where := range left {
		if table, _, _ := strings.Cut(where, "."); table != "users_workspaces" && table != "users_audit" && table != "tasks_audit" {
			t.Errorf("its id is still in %s", where)
		}
	}
	if len(left) == 0 {
		t.Error("its id is nowhere: it could be given again")
	}
	if found := tn.find(audit.WorkspaceErased); len(found) != 1 {
		t.Errorf("that it is erased is written down %d times", len(found))
	}
	if _, err := tn.users.Member(ben.ctx, gone.ID, ben.User); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a member of what is erased: %v", err)
	}
	if page, err := tn.tasks.Tasks(ben.ctx, ben.c, other.ID, tasks.ListQuery{}, tasks.PageOf{}); err != nil || len(page.Items) != 1 {
		t.Errorf("the other workspace has %d tasks, %v", len(page.Items), err)
	}
}
