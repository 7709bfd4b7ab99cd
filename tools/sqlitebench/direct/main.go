// direct measures what stands between a program and SQLite: the same list of 50 rows through database/sql and straight
// from the engine. docs/decisions/0004-sqlite-without-database-sql.md tells what came of it.
//
// Each way is a process of its own, since two copies of SQLite in one process would not know of each other's locks.
package main

import (
	"database/sql"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	ncruces "github.com/ncruces/go-sqlite3"
	_ "modernc.org/sqlite"
	zombiezen "zombiezen.com/go/sqlite"
)

const (
	rows  = 10_000
	page  = 50
	query = `SELECT id, seq, project, position, number, doc, description FROM tasks INDEXED BY by_position
		WHERE ws = ?1 AND project = ?2 AND (position, id) > (?3, ?4) ORDER BY position, id LIMIT 50`
)

// ways open the database and give a function that reads the page behind a position and says how many bytes it had.
var ways = map[string]func(path string) func(after string) int{
	"modernc, database/sql": throughSQL,
	"modernc, zombiezen":    throughZombiezen,
	"ncruces, its own API":  throughNcruces,
}

var (
	workspace, project = []byte("0123456789abcdef"), []byte("fedcba9876543210")
	first              = make([]byte, 16)
)

func main() {
	log.SetFlags(0)
	way := flag.String("way", "", "measure this way only, in this process")
	each := flag.Duration("time", 2*time.Second, "how long each measurement takes")
	rounds := flag.Int("rounds", 3, "how often every way is measured")
	flag.Parse()
	dir, err := os.MkdirTemp(".", "data-")
	check(err)
	defer os.RemoveAll(dir)
	if *way != "" {
		measure(*way, filepath.Join(dir, "direct.db"), *each)
		return
	}
	self, err := os.Executable()
	check(err)
	for range *rounds {
		for name := range ways {
			cmd := exec.Command(self, "-way", name, "-time", each.String())
			cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
			check(cmd.Run())
		}
	}
}

func measure(way, path string, each time.Duration) {
	fill(path)
	for _, workers := range []int{1, 2} {
		var wg sync.WaitGroup
		var mu sync.Mutex
		lists := 0
		begun := time.Now()
		for range workers {
			list := ways[way](path)
			wg.Go(func() {
				n := 0
				for ; time.Since(begun) < each; n++ {
					if list(position(n*page%(rows-page))) < page*1_000 {
						log.Fatal("a page is too short")
					}
				}
				mu.Lock()
				defer mu.Unlock()
				lists += n
			})
		}
		wg.Wait()
		fmt.Printf("%-22s  %d reading  %7.0f lists/s\n", way, workers, float64(lists)/time.Since(begun).Seconds())
	}
}

func position(n int) string { return fmt.Sprintf("%013d", n) }

func fill(path string) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)")
	check(err)
	defer db.Close()
	tx, err := db.Begin()
	check(err)
	_, err = tx.Exec(`CREATE TABLE tasks (ws BLOB, id BLOB, seq INTEGER, project BLOB, position TEXT, number INTEGER, doc BLOB, description TEXT);
		CREATE INDEX by_position ON tasks (ws, project, position, id)`)
	check(err)
	doc, description := []byte(strings.Repeat(`"field":"value",`, 50)), strings.Repeat("They said that it is too long. ", 10)
	for n := range rows {
		_, err := tx.Exec(`INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			workspace, fmt.Appendf(nil, "%016d", n), n, project, position(n), n, doc, description)
		check(err)
	}
	check(tx.Commit())
}

func throughSQL(path string) func(string) int {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=cache_size(-4096)")
	check(err)
	db.SetMaxOpenConns(1)
	stmt, err := db.Prepare(query)
	check(err)
	kept := make([]byte, 0, 100_000)
	return func(after string) int {
		rows, err := stmt.Query(workspace, project, after, first)
		check(err)
		defer rows.Close()
		kept = kept[:0]
		for rows.Next() {
			var id, project, doc, description sql.RawBytes
			var seq, number int64
			var position string
			check(rows.Scan(&id, &seq, &project, &position, &number, &doc, &description))
			kept = append(append(kept, doc...), description...)
		}
		check(rows.Err())
		return len(kept)
	}
}

func throughZombiezen(path string) func(string) int {
	conn, err := zombiezen.OpenConn(path, zombiezen.OpenReadWrite)
	check(err)
	cache, _, err := conn.PrepareTransient(`PRAGMA cache_size(-4096)`)
	check(err)
	_, err = cache.Step()
	check(err)
	check(cache.Finalize())
	stmt, err := conn.Prepare(query)
	check(err)
	kept := make([]byte, 100_000)
	return func(after string) (n int) {
		stmt.BindBytes(1, workspace)
		stmt.BindBytes(2, project)
		stmt.BindText(3, after)
		stmt.BindBytes(4, first)
		for {
			more, err := stmt.Step()
			check(err)
			if !more {
				check(stmt.Reset())
				return n
			}
			var id, project [16]byte
			stmt.ColumnBytes(0, id[:])
			_, _, _ = stmt.ColumnInt64(1), stmt.ColumnBytes(2, project[:]), stmt.ColumnText(3)
			_ = stmt.ColumnInt64(4)
			n += stmt.ColumnBytes(5, kept[n:])
			n += stmt.ColumnBytes(6, kept[n:])
		}
	}
}

func throughNcruces(path string) func(string) int {
	conn, err := ncruces.Open("file:" + path)
	check(err)
	check(conn.Exec(`PRAGMA cache_size(-4096)`))
	stmt, _, err := conn.Prepare(query)
	check(err)
	kept := make([]byte, 0, 100_000)
	return func(after string) int {
		check(stmt.BindBlob(1, workspace))
		check(stmt.BindBlob(2, project))
		check(stmt.BindText(3, after))
		check(stmt.BindBlob(4, first))
		kept = kept[:0]
		for stmt.Step() {
			var id, project [16]byte
			copy(id[:], stmt.ColumnRawBlob(0))
			copy(project[:], stmt.ColumnRawBlob(2))
			_, _, _ = stmt.ColumnInt64(1), stmt.ColumnText(3), stmt.ColumnInt64(4)
			kept = append(append(kept, stmt.ColumnRawBlob(5)...), stmt.ColumnRawText(6)...)
		}
		check(stmt.Err())
		check(stmt.Reset())
		return len(kept)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
