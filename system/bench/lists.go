package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"
)

// How lists are measured.
const (
	listRounds  = 11
	listTime    = time.Second
	listClients = 8
	warmAt      = 0.6
	coldAt      = 0.15
	constantArg = "serve-constant"
	constantEnv = "RUNG_BENCH_ADDR"
	farFuture   = 32_503_680_000_000 // the year 3000 in Unix milliseconds
)

// signedIn starts Rung on a copy of a workspace with ten thousand tasks in one project.
func (b *bench) signedIn(ctx context.Context) (s *seed, sv *server, stop func() error, err error) {
	original, err := b.seeded(ctx, listSize, 1)
	if err != nil {
		return nil, nil, nil, err
	}
	dir, err := os.MkdirTemp(b.run, "data-")
	if err != nil {
		return nil, nil, nil, err
	}
	if s, err = original.copy(dir); err != nil {
		return nil, nil, nil, err
	}
	if sv, err = b.serve(ctx, s); err != nil {
		return nil, nil, nil, err
	}
	stop = func() error {
		if sv.cmd.ProcessState != nil { // it was ended already
			return nil
		}
		return sv.stop()
	}
	if err := sv.login(ctx, s); err != nil {
		return nil, nil, nil, errors.Join(err, stop())
	}
	return s, sv, stop, nil
}

// lists compares a page of 50 tasks with a handler of net/http that writes as many bytes and knows them already, in a
// process of its own. Warm is the same page again and again; cold is a page that nobody has asked for before.
func (b *bench) lists(ctx context.Context) (err error) {
	s, sv, stop, err := b.signedIn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	path := "/api/v1/workspaces/" + s.Workspace.String() + "/tasks?limit=50&project=" + s.Project.String()
	pages, size, err := walk(sv, path)
	if err != nil {
		return err
	}
	constant, err := b.serveConstant(ctx, size)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, constant.stop()) }()

	warm := request("GET", path, sv.addr, sv.token, nil)
	base := request("GET", "/", constant.addr, sv.token, nil)
	var fresh atomic.Int64
	sides := []struct {
		name   string
		what   string
		target float64
		next   func(int) []byte
		rates  []float64
		ratios []float64
	}{
		{name: "warm", what: "warm list of 50 of 10,000", target: warmAt, next: func(int) []byte { return warm }},
		{name: "cold", what: "cold list of 50 of 10,000", target: coldAt, next: func(int) []byte {
			// A condition that always holds makes every question a new one.
			n := fresh.Add(1)
			always := "&created_before=" + time.UnixMilli(farFuture+n).UTC().Format("2006-01-02T15:04:05.000Z")
			return request("GET", pages[int(n)%len(pages)]+always, sv.addr, sv.token, nil)
		}},
	}
	var bases []float64
	for range b.rounds(listRounds) {
		for i := range sides {
			side := &sides[i]
			plain, _, err := load(constant.addr, listClients, http.StatusOK, listTime, func(int) []byte { return base })
			if err != nil {
				return err
			}
			profiled := b.profile(ctx, sv, "list-"+side.name, listTime)
			rate, _, err := load(sv.addr, listClients, http.StatusOK, listTime, side.next)
			if err := errors.Join(err, profiled()); err != nil {
				return fmt.Errorf("%s: %w", side.what, err)
			}
			bases = append(bases, plain)
			side.rates, side.ratios = append(side.rates, rate), append(side.ratios, rate/plain)
		}
	}
	for _, side := range sides {
		target, holds := atLeast(side.target)
		b.report.add(finding{
			what: side.what + " / constant bytes", target: target, holds: holds, rounds: side.ratios,
			detail: fmt.Sprintf("%.0f/s, %.0f/s of %d bytes", median(side.rates), median(bases), size),
		})
	}
	return nil
}

// walk gives the addresses of a list's pages, and the length of the first.
func walk(sv *server, path string) (pages []string, size int, err error) {
	c, err := dial(sv.addr)
	if err != nil {
		return nil, 0, err
	}
	defer c.close()
	for next := path; ; {
		status, err := c.do(request("GET", next, sv.addr, sv.token, nil))
		if err != nil || status != http.StatusOK {
			return nil, 0, fmt.Errorf("list: status %d: %s (%w)", status, c.body, err)
		}
		if size == 0 {
			size = len(c.body)
		}
		var page struct {
			NextCursor *string `json:"next_cursor"`
		}
		if err := json.Unmarshal(c.body, &page); err != nil {
			return nil, 0, err
		}
		if page.NextCursor == nil { // the last page may be short
			return pages, size, nil
		}
		pages = append(pages, next)
		next = path + "&cursor=" + *page.NextCursor
	}
}

// serveConstant starts this program again as the handler that is compared with.
func (b *bench) serveConstant(ctx context.Context, size int) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, constantArg, strconv.Itoa(size))
	cmd.Env = append(os.Environ(), constantEnv+"="+addr)
	sv := &server{cmd: cmd, addr: addr}
	return sv, sv.run(filepath.Join(b.run, "constant.log"), "/")
}
