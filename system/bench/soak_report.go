package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/driver/sqldb"
)

// The table of an endurance run stands between these two lines.
const (
	soakBegin = "<!-- written by make soak: begin -->"
	soakEnd   = "<!-- written by make soak: end -->"
)

// sample is how the server is after so many operations.
type sample struct {
	operations  int64
	anonymous   float64 // resident, of the process's own
	mapped      float64 // resident, of the database's file and the program's
	heap        float64 // in use, after a collection
	stacks      float64
	goroutines  float64
	descriptors float64
	files       int
	database    int64
	log         int64
}

// sample looks at the server.
func (k *soak) sample(ctx context.Context) (s sample, err error) {
	s.operations = min(k.done.Load(), k.asked)                                        // each worker asks for one too many
	if _, err = get(ctx, "http://"+k.sv.admin+"/debug/pprof/heap?gc=1"); err != nil { // collects
		return s, err
	}
	values, err := k.sv.metrics(ctx)
	if err != nil {
		return s, err
	}
	if s.anonymous, s.mapped, err = resident(k.sv.cmd.Process.Pid); err != nil {
		return s, err
	}
	s.heap, s.stacks = values["go_memstats_heap_alloc_bytes"], values["go_memstats_stack_inuse_bytes"]
	s.goroutines, s.descriptors = values["go_goroutines"], values["process_open_fds"]
	s.files, s.database, s.log, err = k.files()
	return s, err
}

// metrics gives those of the server that have no labels.
func (sv *server) metrics(ctx context.Context) (map[string]float64, error) {
	text, err := get(ctx, "http://"+sv.admin+"/metrics")
	if err != nil {
		return nil, err
	}
	values := map[string]float64{}
	lines := bufio.NewScanner(strings.NewReader(string(text)))
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			values[name] = v
		}
	}
	return values, lines.Err()
}

func get(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// share is what one table, with its indexes, takes of the database.
type share struct {
	table string
	rows  int64
	bytes int64
}

// shares reads what the database is made of, from the largest down.
func (k *soak) shares(ctx context.Context) (all []share, err error) {
	db, err := sqldb.Open(ctx, filepath.Join(k.seed.dir, "rung.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Read(ctx, func(tx *sqldb.Tx) error {
		rows, err := tx.Query(`SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
			WHERE d.aggregate = 1 GROUP BY s.tbl_name ORDER BY 2 DESC LIMIT 6`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s share
			if err := rows.Scan(&s.table, &s.bytes); err != nil {
				return err
			}
			all = append(all, s)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	return all, db.Read(ctx, func(tx *sqldb.Tx) error {
		for i := range all {
			if err := tx.QueryRow(`SELECT count(*) FROM "` + all[i].table + `"`).Scan(&all[i].rows); err != nil {
				return err
			}
		}
		return nil
	})
}

// enduranceTable writes it all down.
func enduranceTable(samples []sample, shares []share, took time.Duration, streams int64) string {
	const mb = 1 << 20
	var b strings.Builder
	last := samples[len(samples)-1]
	fmt.Fprintf(&b, "%d operations in %s; %d streams came and went meanwhile.\n\n", last.operations, took.Round(time.Second), streams)
	b.WriteString("| operations | own memory | mapped files | Go heap after a collection | stacks | goroutines | descriptors | files | database | its log |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, s := range samples {
		fmt.Fprintf(&b, "| %d | %.0f MB | %.0f MB | %.1f MB | %.1f MB | %.0f | %.0f | %d | %.1f MB | %.1f MB |\n", s.operations, s.anonymous/mb, s.mapped/mb, s.heap/mb, s.stacks/mb,
			s.goroutines, s.descriptors, s.files, float64(s.database)/mb, float64(s.log)/mb)
	}
	b.WriteString("\nWhat the database holds in the end, with indexes:\n\n| table | rows | bytes | bytes a row | bytes an operation |\n|---|---|---|---|---|\n")
	for _, s := range shares {
		fmt.Fprintf(&b, "| %s | %d | %.1f MB | %.0f | %.0f |\n", s.table, s.rows, float64(s.bytes)/mb, float64(s.bytes)/float64(max(1, s.rows)), float64(s.bytes)/float64(last.operations))
	}
	return b.String()
}
