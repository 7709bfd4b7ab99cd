package sqldb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/rung-app/rung/internal/fault"
)

// set changes a setting of the writer's connection.
func set(t *testing.T, db *DB, pragma string) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *Tx) error {
		var was int
		return tx.QueryRow(`PRAGMA ` + pragma).Scan(&was)
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAFullDiskRefusesWritesAndLosesNone(t *testing.T) {
	db := counter(t)
	if err := db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`CREATE TABLE heavy (n INTEGER PRIMARY KEY, b BLOB)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	set(t, db, `max_page_count = 200`)
	block := bytes.Repeat([]byte("x"), 30_000)
	var done, refused atomic.Int64
	var wg sync.WaitGroup
	for i := range 60 {
		if i == 3 {
			wg.Wait() // these have room for sure: all of the others may come together, and then none of them may be done
		}
		wg.Go(func() {
			err := db.Write(context.Background(), func(tx *Tx) error {
				if _, err := tx.Exec(`INSERT INTO c VALUES ($1)`, i); err != nil {
					return err
				}
				_, err := tx.Exec(`INSERT INTO heavy VALUES ($1, $2)`, i, block)
				return err
			})
			switch {
			case err == nil:
				done.Add(1)
			case fault.KindOf(err) == fault.KindUnavailable:
				refused.Add(1)
			default:
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if done.Load() == 0 || refused.Load() == 0 {
		t.Fatalf("%d writes were done and %d refused", done.Load(), refused.Load())
	}
	if n := count(t, db); int64(n) != done.Load() {
		t.Errorf("%d are there, %d were acknowledged", n, done.Load())
	}
	set(t, db, `max_page_count = 100000`)
	if err := db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO heavy VALUES (1000, $1)`, block)
		return err
	}); err != nil {
		t.Errorf("there is room again: %v", err)
	}
}

func TestAnotherProgramsLockIsNoErrorOfOurs(t *testing.T) {
	db := counter(t)
	set(t, db, `busy_timeout = 1`)
	other, err := sql.Open("sqlite", "file:"+db.path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	c, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	insert := func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO c VALUES (1)`)
		return err
	}
	if _, err := c.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), insert); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("while another program writes: %v", err)
	}
	if n := count(t, db); n != 0 {
		t.Errorf("a refused write left %d rows", n)
	}
	if _, err := c.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), insert); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestNobodyIsRefusedForWhatNeverWas loses a transaction, in which one write was refused because of another.
func TestNobodyIsRefusedForWhatNeverWas(t *testing.T) {
	db := counter(t)
	if err := db.Write(t.Context(), func(tx *Tx) error { // a broken promise in it fails the commit
		_, err := tx.Exec(`CREATE TABLE promise (n INTEGER REFERENCES c (n) DEFERRABLE INITIALLY DEFERRED)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	began, goOn := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = db.Write(context.Background(), func(*Tx) error {
			close(began)
			<-goOn
			return nil
		})
	})
	<-began
	wg.Go(func() {
		if err := db.Write(context.Background(), func(tx *Tx) error {
			_, err := tx.Exec(`INSERT INTO promise VALUES (7)`)
			return err
		}); fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("whose transaction was lost: %v", err)
		}
	})
	for len(db.queue) < 1 {
		runtime.Gosched()
	}
	wg.Go(func() {
		if err := db.Write(context.Background(), func(tx *Tx) error {
			var n int
			if err := tx.QueryRow(`SELECT count(*) FROM promise`).Scan(&n); err != nil || n == 0 {
				return err
			}
			return fault.Conflict("taken", "It is taken.")
		}); fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("who was refused because of it: %v", err)
		}
	})
	for len(db.queue) < 2 {
		runtime.Gosched()
	}
	close(goOn)
	wg.Wait()
	if n := count(t, db); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestWhoHasGoneIsNotWrittenFor(t *testing.T) {
	db := counter(t)
	began, goOn := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = db.Write(context.Background(), func(*Tx) error {
			close(began)
			<-goOn
			return nil
		})
	})
	<-began
	ctx, leave := context.WithCancel(t.Context())
	wg.Go(func() {
		err := db.Write(ctx, func(tx *Tx) error {
			_, err := tx.Exec(`INSERT INTO c VALUES (1)`)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	for len(db.queue) == 0 {
		runtime.Gosched()
	}
	leave()
	close(goOn)
	wg.Wait()
	if n := count(t, db); n != 0 {
		t.Errorf("%d rows were written for nobody", n)
	}
}

func TestALockThatAProcessLeftBehindIsNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rung.db")
	if err := os.WriteFile(path+".lock", []byte("1\n"), 0o600); err != nil { // a process with this number lives
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), fmt.Sprintf("(pid %d)", pid())) {
		t.Errorf("got %v", err)
	}
}

func TestOneFileByTwoNamesIsOneFile(t *testing.T) {
	db := OpenTest(t)
	link := filepath.Join(t.TempDir(), "other.db")
	if err := os.Symlink(db.path, link); err != nil {
		t.Skip(err)
	}
	if second, err := Open(t.Context(), link); !errors.Is(err, ErrInUse) {
		t.Errorf("got %v", err)
		if err == nil {
			second.Close()
		}
	}
}

func TestTheVersionIsDemandedBeforeAnythingIsChanged(t *testing.T) {
	db := OpenTest(t)
	if err := db.Write(t.Context(), func(tx *Tx) error { // in the way of the first migration
		_, err := tx.Exec(`CREATE TABLE histories (x)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "tasks", "1000.0.0"); err == nil {
		t.Fatal("the migration did not fail")
	}
	if err := db.CheckVersion(t.Context(), "tasks", "0.0.1"); err == nil {
		t.Error("an older version may run on what is half changed")
	}
}
