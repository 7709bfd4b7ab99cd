package sqldb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/users"
	"github.com/rung-app/rung/internal/users/userstest"
)

func TestUsers(t *testing.T) {
	userstest.Run(t, func(t *testing.T) users.Store {
		db := OpenTest(t, "users")
		t.Cleanup(func() { indexed(t, db) })
		return NewUsersStore(db)
	})
}

// indexed expects every statement that was run to find its rows by an index, in the order that it gives them in: it
// steps over no row that it does not count or give.
func indexed(t *testing.T, db *DB) {
	queries := map[string]bool{}
	for _, c := range db.pool.all {
		for query := range c.stmts {
			queries[query] = strings.Contains(query, "users_")
		}
	}
	for query, ours := range queries {
		if !ours {
			continue
		}
		var args []any
		for strings.Contains(query, fmt.Sprintf("$%d", len(args)+1)) {
			args = append(args, 1)
		}
		steps, err := all(&Tx{conn: db.writer}, func(row scanner) (step string, err error) {
			var id, parent, unused int
			err = row.Scan(&id, &parent, &unused, &step)
			return step, err
		}, "EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		for _, step := range steps {
			if strings.HasPrefix(step, "SCAN") || strings.Contains(step, "TEMP B-TREE") {
				t.Errorf("%s\nneeds: %s", query, step)
			}
		}
	}
}

// usersStormPath names, in the environment, the file on which a copy of this test is to storm until it is killed.
const usersStormPath = "RUNG_TEST_USERS_STORM"

// TestUsersSurviveKills kills a process in the midst of its writes, again and again on the same file. Built with the
// tag failpoints the process also kills itself, in turn right before and right after it makes a transaction durable.
func TestUsersSurviveKills(t *testing.T) {
	if path := os.Getenv(usersStormPath); path != "" {
		stormUsers(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "rung.db")
	for round := range 6 {
		var ledger, log bytes.Buffer
		enough := make(chan struct{})
		cmd := exec.Command(os.Args[0], "-test.run=^TestUsersSurviveKills$")
		point := []string{"before-commit", "after-commit"}[round%2]
		cmd.Env = append(os.Environ(), usersStormPath+"="+path, fmt.Sprintf("RUNGFAIL=%s:%d", point, 20+5*round))
		cmd.Stdout = &untilLines{to: &ledger, left: 30 + 17*round, done: enough}
		cmd.Stderr = &log
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-enough:
			if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			<-ended
		case <-ended:
			if cmd.ProcessState.Exited() {
				t.Fatalf("the storm ended by itself: %s\n%s%s", cmd.ProcessState, ledger.String(), log.String())
			}
		}
		db, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		userstest.CheckStorm(t, NewUsersStore(db), ledger.String())
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func stormUsers(t *testing.T, path string) {
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "users", "1000.0.0"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute) // should nobody come to kill it
	defer stop()
	if err := userstest.Storm(ctx, NewUsersStore(db), os.Stdout); err != nil {
		t.Fatal(err)
	}
}

// untilLines passes on what is written and tells when a number of lines has gone by.
type untilLines struct {
	to   *bytes.Buffer
	left int
	done chan struct{}
}

func (u *untilLines) Write(b []byte) (int, error) {
	before := u.left
	u.left -= strings.Count(string(b), "\n")
	if before > 0 && u.left <= 0 {
		close(u.done)
	}
	return u.to.Write(b)
}
