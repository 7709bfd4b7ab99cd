// The worker measures one driver, chosen by a build tag (modernc, ncruces or mattn; none of them
// gives the size of a program without a driver). It prints lines of "name value".
package main

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

type counters struct{ full, sort, vm int }

var (
	driverName = "none"
	open       func(path string, write bool) (*sql.DB, error)
	vmSteps    func(path, query string) (int, counters)
	ctx        = context.Background()
)

const (
	schema = `
create table if not exists heads(ws blob primary key, seq int) without rowid;
create table if not exists tasks(ws blob, id blob, project blob, status blob, position text, due int, updated int,
 created int, priority int, deleted int, doc text, description text, primary key(ws,id));
create index if not exists t1 on tasks(ws,project,status,position,id);
create index if not exists t2 on tasks(ws,project,position,id);
create index if not exists t3 on tasks(ws,due,id);
create index if not exists t4 on tasks(ws,updated,id);
create index if not exists t5 on tasks(ws,created,id);
create index if not exists t6 on tasks(ws,priority,id);
create index if not exists t7 on tasks(ws,deleted,id);
create index if not exists t8 on tasks(ws,status,updated,id);
create table if not exists events(ws blob, seq int, data text, primary key(ws,seq)) without rowid;`
	insertTask  = `insert into tasks values(?,?,?,?,?,?,?,?,?,?,?,?)`
	insertEvent = `insert into events values(?,?,?)`
	updateHead  = `update heads set seq=? where ws=?`
	byKey       = `select doc,description,id,position from tasks where ws=? and id=?`
	list        = `select doc,description,id,position from tasks where ws=? and project=? and (position,id)>(?,?) order by position,id limit 50`
)

func dsn(path string, write bool) string {
	s := "file:" + path + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=cache_size(-40000)"
	if write {
		return s + "&_txlock=immediate"
	}
	return s + "&_pragma=query_only(1)&_txlock=deferred"
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func blob(kind byte, n uint64) []byte {
	b := make([]byte, 16)
	b[0] = kind
	binary.BigEndian.PutUint64(b[8:], n)
	binary.BigEndian.PutUint32(b[4:], uint32(n*2654435761)) // spread
	return b
}

func position(n uint64) string { return fmt.Sprintf("%011x", (n*0x9E3779B97F4A7C15)>>20) }

var doc, description, event = text(900), text(300), text(600)

func text(n int) string {
	var b strings.Builder
	b.WriteString(`{"title":"`)
	for b.Len() < n-2 {
		b.WriteByte("abcdefghijklmnop qrstuvwxyz"[rand.IntN(27)])
	}
	return b.String() + `"}`
}

func report(name string, v float64) { fmt.Printf("%s\t%.6g\n", name, v) }

type writer struct {
	db                                *sql.DB
	get, task, event, head, save, rel *sql.Stmt
	n                                 uint64
	ws                                []byte
}

func newWriter(path string) *writer {
	db := must(open(path, true))
	db.SetMaxOpenConns(1)
	must(db.Exec(schema))
	w := &writer{db: db, ws: blob('w', 1)}
	must(db.Exec(`insert or ignore into heads values(?,0)`, w.ws))
	p := func(q string) *sql.Stmt { return must(db.Prepare(q)) }
	w.get, w.task, w.event, w.head, w.save, w.rel = p(byKey), p(insertTask), p(insertEvent), p(updateHead), p("savepoint s"), p("release s")
	return w
}

func (w *writer) insert(task *sql.Stmt) {
	w.n++
	n := w.n
	must(task.Exec(w.ws, blob('t', n), blob('p', n%5), blob('s', n%7), position(n), int64(n%977), int64(n), int64(n), int64(n%4), nil, doc, description))
}

// entries commits one transaction of k entries, as the store's writer does.
func (w *writer) entries(k int) {
	tx := must(w.db.Begin())
	get, task, ev, head, save, rel := tx.Stmt(w.get), tx.Stmt(w.task), tx.Stmt(w.event), tx.Stmt(w.head), tx.Stmt(w.save), tx.Stmt(w.rel)
	var doc, desc, id []byte
	var pos string
	for range k {
		if k > 1 {
			must(save.Exec())
		}
		for range 3 {
			check(get.QueryRow(w.ws, blob('t', 1+rand.Uint64N(w.n))).Scan(&doc, &desc, &id, &pos))
		}
		w.insert(task)
		must(ev.Exec(w.ws, int64(w.n), event))
		must(head.Exec(int64(w.n), w.ws))
		if k > 1 {
			must(rel.Exec())
		}
	}
	check(tx.Commit())
}

func (w *writer) fill(rows int) {
	for done := 0; done < rows; {
		tx := must(w.db.Begin())
		task := tx.Stmt(w.task)
		for i := 0; i < 10000 && done < rows; i++ {
			w.insert(task)
			done++
		}
		check(tx.Commit())
	}
}

func readList(st *sql.Stmt, ws []byte) {
	var doc, desc, id []byte
	var pos string
	rows := must(st.Query(ws, blob('p', rand.Uint64N(5)), fmt.Sprintf("%03x", rand.IntN(0xf00)), []byte{0}))
	n := 0
	for rows.Next() {
		check(rows.Scan(&doc, &desc, &id, &pos))
		n++
	}
	check(rows.Err())
	check(rows.Close())
	if n == 0 {
		panic("empty list")
	}
}

func rate(d time.Duration, f func()) (perSecond, allocs, bytes float64) {
	var a, b runtime.MemStats
	for range 5 {
		f()
	}
	runtime.ReadMemStats(&a)
	n, start := 0, time.Now()
	for time.Since(start) < d {
		f()
		n++
	}
	took := time.Since(start)
	runtime.ReadMemStats(&b)
	return float64(n) / took.Seconds(), float64(b.Mallocs-a.Mallocs) / float64(n), float64(b.TotalAlloc-a.TotalAlloc) / float64(n)
}

func parallel(n int, f func(int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

func readers(path string, n int) *sql.DB {
	db := must(open(path, false))
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

func bench(dir string, d time.Duration) {
	path := filepath.Join(dir, "bench.db")
	w := newWriter(path)
	w.fill(10000)
	db := readers(path, 2)
	conns := []*sql.Conn{must(db.Conn(ctx)), must(db.Conn(ctx))}
	var lists, keys []*sql.Stmt
	for _, c := range conns {
		lists = append(lists, must(c.PrepareContext(ctx, list)))
		keys = append(keys, must(c.PrepareContext(ctx, byKey)))
	}
	r, allocs, bytes := rate(d, func() { readList(lists[0], w.ws) })
	report("list of 50, 1 reader, per s", r)
	report("list of 50: allocations", allocs)
	report("list of 50: KB allocated", bytes/1024)
	var sum [2]float64
	parallel(2, func(i int) { sum[i], _, _ = rate(d, func() { readList(lists[i], w.ws) }) })
	report("list of 50, 2 readers, per s", sum[0]+sum[1])
	var doc, desc, id []byte
	var pos string
	r, allocs, _ = rate(d, func() {
		check(keys[0].QueryRow(w.ws, blob('t', 1+rand.Uint64N(w.n))).Scan(&doc, &desc, &id, &pos))
	})
	report("read by key, per s", r)
	report("read by key: allocations", allocs)
	r, _, _ = rate(d, func() { w.entries(1) })
	report("write, 1 entry per commit, entries per s", r)
	r, _, _ = rate(d, func() { w.entries(64) })
	report("write, 64 entries per commit, entries per s", r*64)
	parallel(2, func(i int) {
		if i == 0 {
			sum[0], _, _ = rate(d, func() { w.entries(64) })
		} else {
			sum[1], _, _ = rate(d, func() { readList(lists[0], w.ws) })
		}
	})
	report("mixed: entries written per s", sum[0]*64)
	report("mixed: lists read per s", sum[1])
}

// raw is what the disk allows: overwriting n bytes of one file and syncing.
func raw(dir string, d time.Duration) {
	f := must(os.Create(filepath.Join(dir, "raw")))
	must(f.Write(make([]byte, 8<<20)))
	check(f.Sync())
	for _, n := range []int{4 << 10, 64 << 10} {
		buf := make([]byte, n)
		for name, sync := range map[string]func() error{"fsync": f.Sync, "fdatasync": func() error { return fdatasync(f) }} {
			i := 0
			r, _, _ := rate(d, func() {
				must(f.WriteAt(buf, int64(i*n)%(8<<20)))
				check(sync())
				i++
			})
			report(fmt.Sprintf("raw write of %d KB + %s, per s", n>>10, name), r)
		}
	}
}

func rss() float64 {
	for line := range strings.Lines(string(must(os.ReadFile("/proc/self/status")))) {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}

func big(path string) {
	ws := blob('w', 1)
	start := time.Now()
	db := readers(path, 4)
	var s string
	var b []byte
	check(db.QueryRow(byKey, ws, blob('t', 77777)).Scan(&b, &b, &b, &s))
	report("1 M rows: open and first read, ms", float64(time.Since(start).Microseconds())/1000)
	var conns []*sql.Conn
	for range 4 {
		c := must(db.Conn(ctx))
		conns = append(conns, c)
		check(c.QueryRowContext(ctx, byKey, ws, blob('t', 77777)).Scan(&b, &b, &b, &s))
	}
	runtime.GC()
	report("1 M rows: MB resident, 4 connections idle", rss())
	for _, c := range conns {
		st := must(c.PrepareContext(ctx, list))
		for range 2000 {
			readList(st, ws)
		}
		check(st.Close())
	}
	runtime.GC()
	report("1 M rows: MB resident, 4 connections with full 40 MB caches", rss())
}

// probe prints how the driver behaves where it matters for correctness.
func probe(dir string) {
	path := filepath.Join(dir, "probe.db")
	w := newWriter(path)
	w.fill(10000)
	show := func(what string, v any) { fmt.Printf("# %s: %v\n", what, v) }
	var s string
	check(w.db.QueryRow("select sqlite_version()").Scan(&s))
	show("sqlite", s)
	_, err := w.db.Exec("create virtual table temp.f using fts5(x)")
	show("fts5", err == nil)
	var opts []string
	rows := must(w.db.Query("pragma compile_options"))
	for rows.Next() {
		check(rows.Scan(&s))
		if strings.Contains(s, "SCANSTATUS") || strings.Contains(s, "STAT4") || strings.Contains(s, "THREADSAFE") || strings.Contains(s, "SYNCHRONOUS") {
			opts = append(opts, s)
		}
	}
	show("options", opts)
	for _, p := range []string{"synchronous", "journal_mode", "cache_size", "page_size", "foreign_keys", "temp_store", "mmap_size"} {
		check(w.db.QueryRow("pragma " + p).Scan(&s))
		show("pragma "+p, s)
	}
	// busy
	tx := must(w.db.Begin())
	other := must(open(path, true))
	must(other.Exec("pragma busy_timeout=100"))
	start := time.Now()
	_, err = other.Begin()
	show("busy after "+time.Since(start).Round(time.Millisecond).String(), fmt.Sprintf("%T %v", err, err))
	must(other.Exec("pragma busy_timeout=5000"))
	c, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	start = time.Now()
	_, err = other.BeginTx(c, nil)
	show("busy, context of 200ms, after "+time.Since(start).Round(time.Millisecond).String(), fmt.Sprintf("%T %v deadline=%v", err, err, errors.Is(err, context.DeadlineExceeded)))
	cancel()
	check(tx.Rollback())
	// interrupt
	c, cancel = context.WithTimeout(ctx, 100*time.Millisecond)
	start = time.Now()
	var n int64
	err = other.QueryRowContext(c, "with recursive r(x) as (select 1 union all select x+1 from r) select count(*) from r").Scan(&n)
	show("interrupt after "+time.Since(start).Round(time.Millisecond).String(), fmt.Sprintf("%T %v deadline=%v", err, err, errors.Is(err, context.DeadlineExceeded)))
	cancel()
	check(other.QueryRow("select 1").Scan(&n))
	// interrupt of a write inside a transaction that has already written
	must(w.db.Exec("pragma wal_checkpoint(truncate)"))
	tx = must(w.db.Begin())
	must(tx.Exec(insertEvent, w.ws, 1, event))
	must(tx.Exec("savepoint s"))
	c, cancel = context.WithTimeout(ctx, 50*time.Millisecond)
	_, err = tx.ExecContext(c, "insert into events select x'00', x, 'e' from (with recursive r(x) as (select 1 union all select x+1 from r) select x from r)")
	cancel()
	_, err2 := tx.Exec("rollback to s")
	show("interrupted write", fmt.Sprintf("%v; rollback to savepoint: %v; commit: %v", err, err2, tx.Commit()))
	check(w.db.QueryRow("select count(*) from events").Scan(&n))
	show("rows left of the interrupted transaction", n)
	// full: in a transaction, as a savepoint would see it
	must(w.db.Exec("pragma wal_checkpoint(truncate)"))
	var pages int64
	check(w.db.QueryRow("pragma page_count").Scan(&pages))
	must(w.db.Exec(fmt.Sprintf("pragma max_page_count=%d", pages+3)))
	tx = must(w.db.Begin())
	for err = nil; err == nil; {
		w.n++
		_, err = tx.Exec(insertEvent, w.ws, int64(w.n), event)
	}
	show("full", fmt.Sprintf("%T %v", err, err))
	show("rollback after full", tx.Rollback())
	if vmSteps != nil {
		for name, q := range map[string]string{
			"served by its index":        list,
			"wrong order (sorts)":        strings.Replace(list, "order by position", "order by doc", 1),
			"filtered, 49 of 50 skipped": strings.Replace(list, "and (position", "and doc like '%}' and due%50=1 and (position", 1),
		} {
			for _, arg := range []string{fmt.Sprintf("x'%x'", w.ws), fmt.Sprintf("x'%x'", blob('p', 1)), "''", "x''"} {
				q = strings.Replace(q, "?", arg, 1)
			}
			rows, c := vmSteps(path, q)
			least := shortestLoop(w.db, q)
			show("steps: "+name, fmt.Sprintf("rows %d, fullscan_step %d, sort %d, vm_step %d, shortest loop %d: at most %d rows stepped over", rows, c.full, c.sort, c.vm, least, c.vm/least))
		}
	}
}

// shortestLoop returns the fewest instructions that any loop of the statement's program takes per
// turn: every row stepped over costs at least that many, so vm_step/shortestLoop bounds the rows.
func shortestLoop(db *sql.DB, query string) int {
	rows := must(db.Query("explain " + query))
	defer rows.Close()
	least := 0
	var ops []op
	for rows.Next() {
		var o op
		var skip any
		check(rows.Scan(&o.addr, &o.code, &skip, &o.p2, &skip, &skip, &skip, &skip))
		ops = append(ops, o)
	}
	check(rows.Err())
	for _, o := range ops {
		switch o.code {
		case "Next", "Prev", "SorterNext", "VNext":
			if n := turn(ops, o.p2, o.addr); least == 0 || n < least {
				least = n
			}
		}
	}
	return max(least, 1)
}

type op struct {
	addr, p2 int
	code     string
}

// turn is the length of the shortest path from the loop's first instruction to its Next: it follows
// both ways of every instruction, whether or not that one can jump, so it is never too long.
func turn(ops []op, from, to int) int {
	dist := map[int]int{from: 1}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == to {
			return dist[at]
		}
		for _, n := range []int{at + 1, ops[at].p2} {
			if n > 0 && n < len(ops) && dist[n] == 0 {
				dist[n] = dist[at] + 1
				queue = append(queue, n)
			}
		}
	}
	return 1
}

func main() {
	if len(os.Args) < 3 {
		return
	}
	dir := os.Args[2]
	d := must(time.ParseDuration(os.Getenv("BENCH_TIME")))
	switch os.Args[1] {
	case "bench":
		bench(dir, d)
	case "raw":
		raw(dir, d)
	case "fill":
		w := newWriter(dir)
		w.fill(1_000_000)
		must(w.db.Exec("pragma wal_checkpoint(truncate)"))
		check(w.db.Close())
	case "big":
		big(dir)
	case "probe":
		probe(dir)
	}
}
