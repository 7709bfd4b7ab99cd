package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/tasks"
)

// seedVersion changes with what seeding makes, so that older seeds are not taken for the same.
const seedVersion = "3"

// seed is a database with a known content, and the names of what is in it.
type seed struct {
	Size      int         `json:"size"` // tasks in its one workspace
	Password  string      `json:"password"`
	User      uuid.UUID   `json:"user"`
	Guest     uuid.UUID   `json:"guest"`    // of three of the smaller projects
	Stranger  uuid.UUID   `json:"stranger"` // a guest of three projects that are small in each seed
	Workspace uuid.UUID   `json:"workspace"`
	Project   uuid.UUID   `json:"project"` // has the given share of the tasks
	Statuses  []uuid.UUID `json:"statuses"`
	Label     uuid.UUID   `json:"label"`
	Parent    uuid.UUID   `json:"parent"` // has many sub-tasks
	Talked    uuid.UUID   `json:"talked"` // has many comments and a long activity
	Live      int64       `json:"live"`   // tasks of that project that are not in the trash
	Head      tasks.Head  `json:"head"`
	Took      string      `json:"took"`

	dir string
}

const (
	seedFile = "seed.json"
	email    = "ada@example.com"
	// programVersion only has to be new enough for any schema.
	programVersion = "1000.0.0"
)

// seeded gives the seed with size tasks of which the share part is in one project. It is made once for each schema, in
// the user's cache folder.
func (b *bench) seeded(ctx context.Context, size int, share float64) (*seed, error) {
	dir := filepath.Join(b.cache, fmt.Sprintf("%s-%d-%g", b.schema, size, share))
	if s, err := openSeed(dir); err == nil {
		return s, nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "seeding %d tasks ...\n", size)
	begun := time.Now()
	s := &seed{Size: size, Password: uuid.NewString(), dir: dir}
	if err := b.createUser(ctx, s); err != nil {
		return nil, err
	}
	if err := s.fill(ctx, share); err != nil {
		return nil, fmt.Errorf("seed %d tasks: %w", size, err)
	}
	s.Took = time.Since(begun).Round(time.Second).String()
	fmt.Fprintf(os.Stderr, "seeded %d tasks in %s\n", size, s.Took)
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return s, os.WriteFile(filepath.Join(dir, seedFile), text, 0o600)
}

func openSeed(dir string) (*seed, error) {
	text, err := os.ReadFile(filepath.Join(dir, seedFile))
	if err != nil {
		return nil, err
	}
	s := &seed{dir: dir}
	return s, json.Unmarshal(text, s)
}

// copy gives a copy of the seed that may be written to, in a folder that is removed with the run.
func (s *seed) copy(dir string) (*seed, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasSuffix(e.Name(), ".lock") {
			continue
		}
		if err := copyFile(filepath.Join(s.dir, e.Name()), filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	out := *s
	out.dir = dir
	return &out, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// open opens the seed's database in this process, with everyone an owner.
func (s *seed) open(ctx context.Context) (*tasks.Service, func() error, error) {
	db, err := sqldb.Open(ctx, filepath.Join(s.dir, "rung.db"))
	if err != nil {
		return nil, nil, err
	}
	if err := db.Migrate(ctx, "tasks", programVersion); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	if s.User == uuid.Nil {
		if err := db.Read(ctx, func(tx *sqldb.Tx) error {
			var user, home []byte
			if err := tx.QueryRow(`SELECT id, home FROM users_people`).Scan(&user, &home); err != nil {
				return fmt.Errorf("find the user that was made: %w", err)
			}
			s.User, s.Workspace = uuid.UUID(user), uuid.UUID(home)
			return nil
		}); err != nil {
			return nil, nil, errors.Join(err, db.Close())
		}
	}
	return tasks.New(sqldb.NewTasksStore(db), owners{s}, time.Now, slog.New(slog.DiscardHandler)), db.Close, nil
}

// owners is a directory in which everybody but the seed's guests owns every workspace.
type owners struct{ seed *seed }

// Role gives the one role there is, or the guests'.
func (o owners) Role(_ context.Context, _, user uuid.UUID) (string, error) {
	if user != uuid.Nil && (user == o.seed.Guest || user == o.seed.Stranger) {
		return tasks.RoleGuest, nil
	}
	return tasks.RoleOwner, nil
}

func (s *seed) caller() tasks.Caller {
	return tasks.Caller{User: s.User, Actor: tasks.Actor{Type: tasks.ActorUser, ID: s.User, Name: "Ada"}}
}

// schemaOf names the schema by what its migrations say. It runs in the module's folder, as go run ./system/bench does.
func schemaOf() (string, error) {
	h := sha256.New()
	_, _ = io.WriteString(h, seedVersion)
	err := fs.WalkDir(os.DirFS("internal/driver/sqldb/migrations"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join("internal/driver/sqldb/migrations", path))
		_, _ = fmt.Fprintln(h, path, len(text))
		_, _ = h.Write(text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("run it in the folder of the module: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)[:6]), nil
}

// dropOldSeeds removes the seeds of other schemas.
func (b *bench) dropOldSeeds() error {
	entries, err := os.ReadDir(b.cache)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), b.schema+"-") {
			if err := os.RemoveAll(filepath.Join(b.cache, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
