package sqldb

import (
	"errors"
	"testing"
)

// TestReadersMapTheFileWhileItRests follows a reader through quiet and busy times.
func TestReadersMapTheFileWhileItRests(t *testing.T) {
	m := mapping{mapped: true}
	commits, turns, fails := uint64(0), 0, false
	read := func(n int, changed bool) {
		for range n {
			if changed {
				commits++
			}
			m.follow(commits, func(bool) error {
				if fails {
					return errors.New("not now")
				}
				turns++
				return nil
			})
		}
	}
	expect := func(mapped bool, n int) {
		t.Helper()
		if m.mapped != mapped || turns != n {
			t.Errorf("mapped: %v after %d turns", m.mapped, turns)
		}
	}
	read(1000, false)
	expect(true, 0)
	read(unmapAt/(perReading-1), true)
	expect(true, 0)
	read(1, true)
	expect(false, 1)
	for range 500 { // one read in five finds it changed
		read(1, true)
		read(4, false)
	}
	expect(false, 1)
	read(mostChurn, false)
	expect(true, 2)
	for range 500 { // one in thirty
		read(1, true)
		read(29, false)
	}
	expect(true, 2)
	fails = true
	read(mostChurn, true)
	expect(true, 2)
	fails = false
	read(1, true)
	expect(false, 3)
}

// TestReadingGoesOnWhileTheMappingTurns reads and writes so that readers let go of the file and take it up again.
func TestReadingGoesOnWhileTheMappingTurns(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir()+"/rung.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`CREATE TABLE n (i INTEGER)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		if err := db.Read(t.Context(), func(tx *Tx) error { return tx.QueryRow(`SELECT count(*) FROM n`).Scan(&n) }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	mapped := func() bool {
		c, err := db.pool.reader(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer db.pool.putReader(c)
		return c.mapping.mapped
	}
	for round := range 2 {
		for i := range 100 {
			if err := db.Write(t.Context(), func(tx *Tx) error {
				_, err := tx.Exec(`INSERT INTO n VALUES (1)`)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if got, want := count(), round*100+i+1; got != want {
				t.Fatalf("there are %d rows and not %d", got, want)
			}
		}
		if mapped() {
			t.Error("a file that changes all the time is mapped")
		}
		for range 2 * mostChurn {
			count()
		}
		if !mapped() {
			t.Error("a file that rests is not mapped")
		}
	}
}
