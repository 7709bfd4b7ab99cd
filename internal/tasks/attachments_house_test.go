package tasks_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/blob"
	"github.com/rung-app/rung/internal/tasks"
)

// shelf is a world with files.
type shelf struct {
	*world
	files *blob.Folder
	dir   string
	p     tasks.Project
	task  tasks.TaskDoc

	failing atomic.Pointer[error] // what every write fails with
	expired []tasks.Trashed       // what is said to have expired beside what has
}

// failable is a store whose writes can be made to fail when all is decided.
type failable struct {
	tasks.Store
	*shelf
}

// Expired gives what somebody has restored since, too.
func (f failable) Expired(ctx context.Context, before int64, limit int) ([]tasks.Trashed, error) {
	out, err := f.Store.Expired(ctx, before, limit)
	return append(out, f.expired...), err
}

func (f failable) Update(ctx context.Context, ws uuid.UUID, change func(tasks.View) ([]tasks.Change, error)) (tasks.Entry, error) {
	return f.Store.Update(ctx, ws, func(v tasks.View) ([]tasks.Change, error) {
		out, err := change(v)
		if broken := f.shelf.failing.Load(); err == nil && broken != nil {
			return nil, *broken
		}
		return out, err
	})
}

func newShelf(t *testing.T, maxStorage int64) *shelf {
	t.Helper()
	s := &shelf{world: newWorld(t), dir: filepath.Join(t.TempDir(), "files")}
	var err error
	s.files, err = blob.OpenFolder(s.dir)
	s.ok(err)
	t.Cleanup(func() { s.files.Close() })
	s.Service = tasks.New(failable{s.store, s}, s.world, func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.now
	}, slog.New(slog.DiscardHandler))
	s.KeepFiles(tasks.Files{Store: s.files, MaxFile: 1 << 20, MaxStorage: maxStorage})
	s.p = s.project(tasks.NewProject{Name: "Website"})
	s.task = s.titled(s.p, "one")
	return s
}

// attachAs attaches a text to a task.
func (s *shelf) attachAs(c tasks.Caller, task tasks.TaskDoc, name, text string) (tasks.Attachment, error) {
	u, err := s.Receive(s.Context(), c, s.ws, task.ID.String(), strings.NewReader(text))
	if err != nil {
		return tasks.Attachment{}, err
	}
	defer u.Discard(s.Context())
	got, err := s.Attach(s.Context(), c, s.ws, tasks.NewAttachment{Task: task.ID.String(), Name: name, File: u})
	if err != nil {
		return tasks.Attachment{}, err
	}
	return decode[tasks.Attachment](s.T, got.JSON), nil
}

func (s *shelf) attach(task tasks.TaskDoc, name, text string) tasks.Attachment {
	s.Helper()
	a, err := s.attachAs(s.ada, task, name, text)
	s.ok(err)
	return a
}

func (s *shelf) attached(c tasks.Caller, task tasks.TaskDoc) (names string) {
	s.Helper()
	var all []string
	page, err := s.Attachments(s.Context(), c, s.ws, task.ID.String(), tasks.PageOf{})
	s.ok(err)
	for _, item := range page.Items {
		all = append(all, decode[tasks.Attachment](s, item).Name)
	}
	return words(all)
}

// stored expects how many bytes and files are kept.
func (s *shelf) stored(bytes int64, files int) {
	s.Helper()
	n, err := s.Storage(s.Context(), s.ws)
	s.ok(err)
	all, err := s.files.List(s.Context(), "", 1000)
	s.ok(err)
	if n != bytes || len(all) != files {
		s.Errorf("%d bytes in %d files are kept, want %d in %d", n, len(all), bytes, files)
	}
}

// age makes all files as old as they would be if they had been put at the world's time of now.
func (s *shelf) age() {
	s.Helper()
	s.ok(filepath.WalkDir(s.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chtimes(path, s.now, s.now)
		}
		return err
	}))
}

func (s *shelf) sweepFiles() (runs int) {
	s.Helper()
	for more := true; more; runs++ {
		var err error
		more, err = s.SweepFiles(s.Context())
		s.ok(err)
	}
	return runs
}
