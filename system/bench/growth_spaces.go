package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// How growth with the number of workspaces is measured: what somebody asks for in an installation with one workspace, and in
// one with ten thousand of twenty people and forty tasks each, which "rung load --prepare" makes.
const (
	manySpaces = 10_000
	spaceOf    = 20 // people
	startAgain = 5
)

func spaceEffort() effort { return effort{rounds: 11, reads: 60, writes: 30} }

// town is an installation with so many workspaces.
type town struct {
	*soak
	spaces int
	calls  []call
	start  float64 // milliseconds until it was ready
	memory float64 // bytes of its own, at rest
}

func (b *bench) spaces() int {
	if b.quick {
		return manySpaces / 20
	}
	return manySpaces
}

func (b *bench) spaceGrowth(ctx context.Context) (err error) {
	var both [2]*town
	for i, n := range []int{1, b.spaces()} {
		t, stop, err := b.town(ctx, n)
		if err != nil {
			return fmt.Errorf("with %d workspaces: %w", n, err)
		}
		defer func() { _ = stop() }()
		both[i] = t
	}
	var rooms [2]*room
	for i, t := range both {
		if rooms[i], err = t.room(t.ws, 1, t.calls); err != nil {
			return err
		}
		defer rooms[i].leave()
	}
	if err := b.growing(ctx, "growth with workspaces", rooms, spaceEffort(), growthLimit, "1", fmt.Sprint(both[1].spaces)); err != nil {
		return err
	}
	target, holds := atMost(growthLimit, "")
	b.report.add(finding{
		what: "growth with workspaces: start to ready", target: target, holds: holds, rounds: []float64{both[1].start / both[0].start},
		detail: fmt.Sprintf("%.0f and %.0f ms", both[0].start, both[1].start),
	})
	b.report.add(finding{
		what: "growth with workspaces: memory at rest", target: target, holds: holds, rounds: []float64{both[1].memory / both[0].memory},
		detail: fmt.Sprintf("%.0f and %.0f MiB of its own", both[0].memory/(1<<20), both[1].memory/(1<<20)),
	})
	return nil
}

// town serves a copy of an installation with n workspaces, signed in as the owner of the first.
func (b *bench) town(ctx context.Context, n int) (*town, func() error, error) {
	original := &seed{dir: filepath.Join(b.cache, fmt.Sprintf("%s-spaces-%d", b.schema, n))}
	if _, err := os.Stat(filepath.Join(original.dir, seedFile)); err != nil {
		if err := b.settle(ctx, original, n); err != nil {
			return nil, nil, err
		}
	}
	dir, err := os.MkdirTemp(b.run, "data-")
	if err != nil {
		return nil, nil, err
	}
	s, err := original.copy(dir)
	if err != nil {
		return nil, nil, err
	}
	t := &town{soak: &soak{b: b, seed: s}, spaces: n}
	team, err := b.people(ctx, s, spaceOf)
	if err != nil {
		return nil, nil, err
	}
	var starts []float64
	for range startAgain {
		if t.sv != nil {
			if err := t.sv.stop(); err != nil {
				return nil, nil, err
			}
		}
		begun := time.Now()
		if t.sv, err = b.serve(ctx, s); err != nil {
			return nil, nil, err
		}
		starts = append(starts, float64(time.Since(begun).Microseconds())/1e3)
	}
	t.start = median(starts)
	if t.memory, _, err = resident(t.sv.cmd.Process.Pid); err != nil {
		return nil, nil, errors.Join(err, t.sv.stop())
	}
	if err := t.enter(ctx, team); err != nil {
		return nil, nil, errors.Join(err, t.sv.stop())
	}
	return t, t.sv.stop, nil
}

// settle makes the installation, once.
func (b *bench) settle(ctx context.Context, s *seed, n int) error {
	if err := os.RemoveAll(s.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	begun := time.Now()
	if _, err := b.people(ctx, s, n*spaceOf); err != nil {
		return err
	}
	if err := s.index(ctx); err != nil {
		return err
	}
	s.Took = time.Since(begun).Round(time.Second).String()
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	fmt.Printf("made %d workspaces of %d people in %s\n", n, spaceOf, s.Took)
	return os.WriteFile(filepath.Join(s.dir, seedFile), text, 0o600)
}

// index has everything taken into the index of words.
func (s *seed) index(ctx context.Context) (err error) {
	svc, closeDB, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	return indexAll(ctx, svc)
}

// indexAll takes everything into the index of words, as the program does after a while.
func indexAll(ctx context.Context, svc *tasks.Service) error {
	for {
		if more, err := svc.Index(ctx); err != nil || !more {
			return err
		}
	}
}

// team is what is read of the first workspace.
type team struct {
	Workspace uuid.UUID `json:"workspace"`
	Project   uuid.UUID `json:"project"`
	People    []struct {
		Refresh string `json:"refresh"`
	} `json:"people"`
}

// people sees to it that so many users are there, and signs the first in.
func (b *bench) people(ctx context.Context, s *seed, users int) (t team, err error) {
	people := filepath.Join(s.dir, "people")
	defer os.Remove(people)
	cmd := exec.CommandContext(ctx, b.binary, "load", "--prepare", people, "--users", strconv.Itoa(users))
	cmd.Env = environment(s.dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		return t, fmt.Errorf("make %d users: %w\n%s", users, err, out)
	}
	file, err := os.Open(people)
	if err != nil {
		return t, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for range 2 { // the header, and the first team
		if !lines.Scan() {
			return t, errors.Join(lines.Err(), errors.New("there is no team"))
		}
	}
	return t, json.Unmarshal(lines.Bytes(), &t)
}

// enter signs in by the refresh token.
func (t *town) enter(ctx context.Context, first team) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+t.sv.addr+"/api/v1/auth/refresh", strings.NewReader(""))
	if err != nil {
		return err
	}
	req.AddCookie(&http.Cookie{Name: "rung_refresh", Value: first.People[0].Refresh})
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var in struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&in); err != nil || in.Token == "" {
		return fmt.Errorf("sign in: %s (%w)", resp.Status, err)
	}
	t.sv.token = in.Token
	t.ws = "/api/v1/workspaces/" + first.Workspace.String()
	c, err := dial(t.sv.addr)
	if err != nil {
		return err
	}
	defer c.close()
	var page struct{ Items []struct{ ID string } }
	if err := t.ask(c, "GET", t.ws+"/tasks?limit=1", nil, http.StatusOK, &page); err != nil || len(page.Items) == 0 {
		return fmt.Errorf("look for a task: %d are there (%w)", len(page.Items), err)
	}
	t.calls = append(callsOf(t.ws, first.Project.String(), page.Items[0].ID),
		call{"her workspaces", "GET", workspacesPath, nil, http.StatusOK})
	return nil
}
