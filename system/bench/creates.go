package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/rung-app/rung/internal/tasks"
)

// How creates are measured: rounds of a moment of fsyncs, then creates by many, fsyncs, the same statements raw, fsyncs,
// creates by one, fsyncs.
const (
	createRounds  = 9
	createTime    = 1500 * time.Millisecond
	fsyncTime     = 500 * time.Millisecond
	manyClients   = 64
	manyClientsAt = 1.5
	rawAt         = 0.55
	oneClientAt   = 0.35
	listSize      = 10_000
)

// creates compares durable creates with the fsyncs of one file on the same disk, and with what the engine does alone.
func (b *bench) creates(ctx context.Context) (err error) {
	s, sv, stop, err := b.signedIn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	f, err := newFsyncs(b.run)
	if err != nil {
		return err
	}
	defer f.close()

	body, err := json.Marshal(map[string]any{
		"project": s.Project, "title": "Ask the customer which figures the report must have",
		"description": "They said that the old report is too long. Ask for the three figures that they read first, and leave out the rest.",
		"priority":    2, "due": "2031-03-14",
	})
	if err != nil {
		return err
	}
	alone, err := b.raw(ctx, body)
	if err != nil {
		return fmt.Errorf("prepare the statements: %w", err)
	}
	defer func() { err = errors.Join(err, alone.close()) }()
	req := request("POST", "/api/v1/workspaces/"+s.Workspace.String()+"/tasks", sv.addr, sv.token, body)
	next := func(int) []byte { return req }
	var many, one, ratioMany, ratioOne, ratioRaw, costMany, costOne, bases, raws []float64
	var made int64
	for range b.rounds(createRounds) {
		for _, side := range []struct {
			clients int
			rates   *[]float64
			ratios  *[]float64
			costs   *[]float64
		}{{manyClients, &many, &ratioMany, &costMany}, {1, &one, &ratioOne, &costOne}} {
			before, err := f.perSecond(fsyncTime, flushData)
			if err != nil {
				return err
			}
			profiled := b.profile(ctx, sv, fmt.Sprintf("creates-%d", side.clients), createTime)
			idle, err := processorTime(sv.cmd.Process.Pid)
			if err != nil {
				return err
			}
			rate, n, err := load(sv.addr, side.clients, http.StatusCreated, createTime, next)
			if err := errors.Join(err, profiled()); err != nil {
				return err
			}
			busy, err := processorTime(sv.cmd.Process.Pid)
			if err != nil {
				return err
			}
			*side.costs = append(*side.costs, float64((busy-idle).Microseconds())/float64(n))
			after, err := f.perSecond(fsyncTime, flushData)
			if err != nil {
				return err
			}
			made += n
			base := (before + after) / 2
			bases = append(bases, base)
			*side.rates, *side.ratios = append(*side.rates, rate), append(*side.ratios, rate/base)
			if side.clients == manyClients {
				beside, err := alone.perSecond(createTime)
				if err != nil {
					return fmt.Errorf("the statements alone: %w", err)
				}
				raws, ratioRaw = append(raws, beside), append(ratioRaw, rate/beside)
			}
		}
	}
	whole, err := f.perSecond(fsyncTime, (*os.File).Sync)
	if err != nil {
		return err
	}
	disk := fmt.Sprintf("%.0f fsyncs/s of data alone (%.0f/s with the file's times)", median(bases), whole)
	target, holds := atLeast(manyClientsAt)
	b.report.add(finding{
		what: fmt.Sprintf("creates by %d clients / fsyncs", manyClients), target: target, holds: holds, rounds: ratioMany,
		detail: fmt.Sprintf("%.0f/s, %.0f µs of processor time each; %s", median(many), median(costMany), disk),
	})
	target, holds = atLeast(rawAt)
	b.report.add(finding{
		what: fmt.Sprintf("creates by %d clients / the same statements raw", manyClients), target: target, holds: holds, rounds: ratioRaw,
		detail: fmt.Sprintf("%.0f/s, %.0f/s of the statements alone, %d creates a commit", median(many), median(raws), manyClients),
	})
	target, holds = atLeast(oneClientAt)
	b.report.add(finding{
		what: "creates by 1 client / fsyncs", target: target, holds: holds, rounds: ratioOne,
		detail: fmt.Sprintf("%.0f/s, %.0f µs of processor time each; %s", median(one), median(costOne), disk),
	})
	return b.killAndCount(ctx, s, sv, made)
}

// killAndCount ends the server without a warning and looks whether all that it has acknowledged is there.
func (b *bench) killAndCount(ctx context.Context, s *seed, sv *server, made int64) error {
	if err := sv.cmd.Process.Kill(); err != nil {
		return err
	}
	_ = sv.cmd.Wait()
	svc, closeDB, err := s.open(ctx)
	if err != nil {
		return err
	}
	g, err := svc.Groups(ctx, s.caller(), s.Workspace, tasks.ListQuery{Filter: eq("project", s.Project.String())}, "status", 1)
	if err := errors.Join(err, closeDB()); err != nil {
		return err
	}
	there := int64(0)
	for _, group := range g.Groups {
		there += int64(group.Count)
	}
	if there -= s.Live; there < made {
		return fmt.Errorf("%d creates were acknowledged and %d are there", made, there)
	}
	return nil
}

// fsyncs writes a page at a time into one file, as a log is written, and waits for each to be on the disk.
type fsyncs struct {
	file   *os.File
	page   []byte
	offset int64
}

// logSize is the size of the file, which is written before the measuring and then from its beginning again and again:
// a file that grows would make every fsync dearer.
const logSize = 16 << 20

func newFsyncs(dir string) (*fsyncs, error) {
	file, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		return nil, err
	}
	f := &fsyncs{file: file, page: make([]byte, 4096)}
	for i := range f.page {
		f.page[i] = byte(i)
	}
	for off := int64(0); off < logSize; off += int64(len(f.page)) {
		if _, err := file.WriteAt(f.page, off); err != nil {
			return nil, errors.Join(err, file.Close())
		}
	}
	return f, file.Sync()
}

func (f *fsyncs) close() { _ = f.file.Close() }

func (f *fsyncs) perSecond(d time.Duration, flush func(*os.File) error) (float64, error) {
	begun, n := time.Now(), 0
	for time.Since(begun) < d {
		if _, err := f.file.WriteAt(f.page, f.offset); err != nil {
			return 0, err
		}
		if err := flush(f.file); err != nil {
			return 0, err
		}
		f.offset = (f.offset + int64(len(f.page))) % logSize
		n++
	}
	return float64(n) / time.Since(begun).Seconds(), nil
}
