package sqldb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// OpenTest opens a database in a temporary folder with the tables of the named domains.
func OpenTest(t testing.TB, domains ...string) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, d := range domains {
		if err := db.Migrate(t.Context(), d, "1000.0.0"); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func counter(t testing.TB) *DB {
	db := OpenTest(t)
	if err := db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`CREATE TABLE c (n INTEGER PRIMARY KEY)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return db
}

func count(t testing.TB, db *DB) (n int) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM c`).Scan(&n)
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWritesOfManyAreAllThereAndFailuresAreTheirOwn(t *testing.T) {
	db := counter(t)
	boom := errors.New("boom")
	var wg sync.WaitGroup
	for i := range 300 {
		wg.Go(func() {
			err := db.Write(context.Background(), func(tx *Tx) error {
				if _, err := tx.Exec(`INSERT INTO c VALUES ($1)`, i); err != nil {
					return err
				}
				switch i % 3 {
				case 1:
					return boom
				case 2:
					panic("a bug in a write")
				}
				return nil
			})
			if i%3 == 0 && err != nil || i%3 == 1 && !errors.Is(err, boom) || i%3 == 2 && err == nil {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if n := count(t, db); n != 100 {
		t.Fatalf("%d rows, want 100", n)
	}
}

func TestOnCommitRunsInOrderAndOnlyForWhatWasCommitted(t *testing.T) {
	db := counter(t)
	var order []int
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			_ = db.Write(context.Background(), func(tx *Tx) error {
				var n int
				if err := tx.QueryRow(`SELECT count(*) FROM c`).Scan(&n); err != nil {
					return err
				}
				tx.OnCommit(func() { order = append(order, n) })
				if i%2 == 1 {
					return errors.New("no")
				}
				_, err := tx.Exec(`INSERT INTO c VALUES ($1)`, n)
				return err
			})
		})
	}
	wg.Wait()
	if len(order) != 50 {
		t.Fatalf("%d ran, want 50", len(order))
	}
	for i, n := range order {
		if i != n {
			t.Fatalf("out of order at %d: %v", i, order)
		}
	}
}

func TestAReadSeesEveryAcknowledgedWrite(t *testing.T) {
	db := counter(t)
	for i := range 50 {
		if err := db.Write(t.Context(), func(tx *Tx) error {
			_, err := tx.Exec(`INSERT INTO c VALUES ($1)`, i)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db); n != i+1 {
			t.Fatalf("after write %d a read sees %d rows", i+1, n)
		}
	}
}

func TestReadersCannotWrite(t *testing.T) {
	db := counter(t)
	err := db.Read(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO c VALUES (1)`)
		return err
	})
	if err == nil || count(t, db) != 0 {
		t.Fatal("a reader wrote")
	}
}

func TestASecondOpenIsRefusedWithThePid(t *testing.T) {
	db := OpenTest(t)
	_, err := Open(t.Context(), db.path)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("pid %d", pid())) {
		t.Fatalf("got %v", err)
	}
}

func TestAnOlderVersionIsRefusedAndANewerSchemaThatOnlyAddedIsNot(t *testing.T) {
	db := OpenTest(t, "tasks")
	if err := db.Write(t.Context(), func(tx *Tx) error { // as a later version leaves it that only added something
		_, err := tx.Exec(`INSERT INTO tasks_migrations (version_id, is_applied) VALUES (999, 1)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "tasks", "0.1.0"); err != nil {
		t.Fatalf("a schema with additions is refused: %v", err)
	}
	for _, v := range []string{"0.4.0", "0.2.0"} { // it never goes back
		if err := db.requireVersion(t.Context(), "tasks", v); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Migrate(t.Context(), "tasks", "0.3.9"); err == nil || !strings.Contains(err.Error(), "0.4.0") {
		t.Fatalf("got %v", err)
	}
	for _, v := range []string{"0.4.0", "1.0.0"} {
		if err := db.Migrate(t.Context(), "tasks", v); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheLogStaysSmallUnderReadersThatNeverPause(t *testing.T) {
	db := counter(t)
	db.logLimits = logLimits{writes: 50, help: 50, force: 100}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					_ = db.Read(context.Background(), func(tx *Tx) error {
						var n int
						err := tx.QueryRow(`SELECT count(*) FROM c`).Scan(&n)
						time.Sleep(2 * time.Millisecond)
						return err
					})
				}
			}
		})
	}
	for i := range 1500 {
		if err := db.Write(t.Context(), func(tx *Tx) error {
			_, err := tx.Exec(`INSERT INTO c VALUES ($1)`, i)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	wg.Wait()
	if size := fileSize(t, db.path+"-wal"); size > 4<<20 {
		t.Fatalf("the log holds %d bytes", size)
	}
	if n := count(t, db); n != 1500 {
		t.Fatalf("%d rows, want 1500", n)
	}
}

func TestClosedRefuses(t *testing.T) {
	db := counter(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(*Tx) error { return nil }); err == nil {
		t.Fatal("a closed database took a write")
	}
	if err := db.Read(t.Context(), func(*Tx) error { return nil }); err == nil {
		t.Fatal("a closed database was read")
	}
}

func pid() int { return os.Getpid() }

func fileSize(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
