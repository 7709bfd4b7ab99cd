package sqldb

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/disk"
	"github.com/rung-app/rung/internal/fault"
)

// Storage is how it stands with the disk that a database is on.
type Storage struct {
	disk.Space
	Refusal *fault.Error // why nothing is written; nil if it is
}

// Lost is the code of the refusal because the database's file, or its log, was removed or replaced.
const Lost = "storage-lost"

// Why a write is refused. Reads go on in each case.
var (
	errLow      = storageFault("storage-low", "The server's disk is almost full, so nothing is changed until there is room again; reading goes on.", 30*time.Second)
	errFull     = storageFault("storage-full", "The server's disk is full, so this was not saved; reading goes on.", 30*time.Second)
	errReadOnly = storageFault("storage-read-only", "The server's disk can't be written to, so this was not saved; reading goes on.", 30*time.Second)
	errLost     = storageFault(Lost, "The server's database file was taken away, so this was not saved; whoever runs the server must see to it.", time.Minute)
)

func storageFault(code, detail string, after time.Duration) *fault.Error {
	return &fault.Error{Kind: fault.KindUnavailable, Code: code, Detail: detail, RetryAfter: after}
}

// How the disk is watched.
const (
	lookEvery = 2 * time.Second
	roomAgain = 1.2     // times what must be free, before a database that ran low is written to again
	almostNil = 1 << 20 // bytes; with no more free it is the disk that an error of the engine is about
)

// storage watches over a database's disk and files.
type storage struct {
	path    string
	minFree atomic.Int64 // percent
	now     atomic.Pointer[Storage]

	mu   sync.Mutex
	file disk.File // as it was opened
	log  disk.File // the write-ahead log, once there is one
	tell func(Storage)
}

// open remembers which file is the database.
func (s *storage) open(path string) error {
	s.path = path
	s.now.Store(&Storage{})
	var err error
	s.file, err = disk.Look(path)
	return err
}

// Watch looks after the disk from now on: with less than minFree percent of it free the database is only read, but for
// what WriteAnyway is for, until a fifth more is free. tell is called after each change of the refusal, by one goroutine
// at a time. It is to be called once at most.
func (db *DB) Watch(minFree int, tell func(Storage)) {
	db.storage.minFree.Store(int64(minFree))
	db.storage.mu.Lock()
	db.storage.tell = tell
	db.storage.mu.Unlock()
	db.look()
	db.stopped.Go(func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-db.stop:
				return
			case <-tick.C:
				db.look()
			}
		}
	})
}

// Storage tells how it stands, as of the last look.
func (db *DB) Storage() Storage { return *db.storage.now.Load() }

// look asks the disk and takes note.
func (db *DB) look() {
	s := &db.storage
	s.mu.Lock()
	defer s.mu.Unlock()
	was := *s.now.Load()
	is := Storage{Space: was.Space}
	if space, err := disk.Of(filepath.Dir(s.path)); err == nil {
		is.Space = space
	}
	percent := float64(s.minFree.Load())
	if was.Refusal == errLow {
		percent *= roomAgain
	}
	switch {
	case s.moved() != nil:
		is.Refusal = errLost
	case is.Below(percent):
		is.Refusal = errLow
	}
	s.now.Store(&is)
	if is.Refusal == was.Refusal {
		return
	}
	if is.Refusal == errLow {
		db.giveBack()
	}
	if s.tell != nil {
		s.tell(is)
	}
}

// moved reports that the database or its log is not the file any more that it was: what would be written to it is lost
// with the process. The mutex is held.
func (s *storage) moved() error {
	file, err := disk.Look(s.path)
	if err == nil && !s.file.Same(file) {
		return fmt.Errorf("%s was removed or replaced while it was in use", s.path)
	}
	log, err := disk.Look(s.path + "-wal")
	if err != nil {
		return nil // it can't be told, for want of descriptors for one; the engine itself would notice
	}
	if !s.log.Exists() {
		s.log = log
	}
	if s.log.Exists() && !s.log.Same(log) {
		return fmt.Errorf("%s-wal was removed or replaced while it was in use", s.path)
	}
	return nil
}

// standing fails if what was just committed went into files that nobody will find again.
func (db *DB) standing() error {
	s := &db.storage
	s.mu.Lock()
	err := s.moved()
	s.mu.Unlock()
	if err == nil {
		return nil
	}
	db.look()
	return errLost.With(err)
}

// refuse gives why nothing is written just now, nil if it is. anyway is for what the last of the room is kept for.
func (db *DB) refuse(anyway bool) error {
	r := db.Storage().Refusal
	if r == nil || anyway && r == errLow {
		return nil
	}
	return r
}

// explain gives an error of the engine the reason that a caller may know, if it lies with the disk.
func (db *DB) explain(err error) error {
	if err == nil || fault.KindOf(err) != fault.KindUnavailable || errors.Is(err, errLost) {
		return err
	}
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultFull:
		return errFull.With(err)
	case sqlite.ResultReadOnly:
		return errReadOnly.With(err)
	case sqlite.ResultIOErr, sqlite.ResultCantOpen:
		dir := filepath.Dir(db.path)
		if space, asked := disk.Of(dir); asked == nil && space.Known() && space.Free < almostNil {
			return errFull.With(err)
		}
		if errors.Is(unix.Access(dir, unix.W_OK), unix.EROFS) {
			return errReadOnly.With(err)
		}
	}
	return err
}
