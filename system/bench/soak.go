package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// What an endurance run does meanwhile.
const (
	soakWorkers = 16
	soakLive    = 300 // tasks that each worker keeps, about
	soakStreams = 40  // that come and go
	soakSamples = 20
)

// soak is an endurance run: very many operations on one server, which must end as it began.
type soak struct {
	b     *bench
	sv    *server
	seed  *seed
	ws    string // path
	asked int64
	done  atomic.Int64
	opens atomic.Int64 // streams
	end   time.Time    // zero: whenever it is done
}

// endure makes so many operations, or as many as there is time for, and looks at the server's memory, descriptors and files all the while.
func (b *bench) endure(ctx context.Context, operations int64, within time.Duration, out string) (err error) {
	dir, err := os.MkdirTemp(b.run, "data-")
	if err != nil {
		return err
	}
	k := &soak{b: b, asked: operations, seed: &seed{Password: uuid.NewString(), dir: dir}}
	if err := b.createUser(ctx, k.seed); err != nil {
		return err
	}
	if k.sv, err = b.serve(ctx, k.seed); err != nil {
		return err
	}
	defer func() {
		if k.sv.cmd.ProcessState == nil {
			err = errors.Join(err, k.sv.stop())
		}
	}()
	if err := k.begin(ctx); err != nil {
		return err
	}
	begun := time.Now()
	if within > 0 {
		k.end = begun.Add(within)
	}
	samples, err := k.run(ctx, operations)
	if err != nil {
		return err
	}
	took := time.Since(begun)
	if err := k.sv.stop(); err != nil {
		return err
	}
	shares, err := k.shares(ctx)
	if err != nil {
		return err
	}
	text := enduranceTable(samples, shares, took, k.opens.Load())
	fmt.Print(text)
	if out == "" {
		return nil
	}
	return replaceBetween(out, soakBegin, soakEnd, b.header()+text)
}

// begin signs in by a token that lives as long as the run and makes the projects.
func (k *soak) begin(ctx context.Context) error {
	if err := k.sv.login(ctx, k.seed); err != nil {
		return err
	}
	c, err := dial(k.sv.addr)
	if err != nil {
		return err
	}
	defer c.close()
	var made struct{ ID, Token, Workspace string }
	if err := k.ask(c, "GET", "/api/v1/me", nil, http.StatusOK, &made); err != nil {
		return err
	}
	k.ws = "/api/v1/workspaces/" + made.Workspace
	token := map[string]any{"name": "endurance", "scopes": []string{"read", "write", "admin"}}
	if err := k.ask(c, "POST", "/api/v1/auth/tokens", token, http.StatusCreated, &made); err != nil {
		return err
	}
	k.sv.token = made.Token
	return nil
}

// ask sends a request and reads the answer, unless into is nil.
func (k *soak) ask(c *client, method, path string, body any, want int, into any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	status, err := c.do(request(method, path, k.sv.addr, k.sv.token, text))
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if status != want {
		return fmt.Errorf("%s %s: status %d: %s", method, path, status, c.body)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(c.body, into)
}

// run has everybody work until the operations are made.
func (k *soak) run(ctx context.Context, operations int64) (samples []sample, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var workers, streams sync.WaitGroup
	failed := make(chan error, soakWorkers+soakStreams)
	for i := range soakWorkers {
		workers.Go(func() {
			if err := k.work(ctx, i, operations); err != nil {
				failed <- err
				cancel()
			}
		})
	}
	watching, leave := context.WithCancel(ctx)
	for range soakStreams {
		streams.Go(func() { k.watch(watching) })
	}
	finished := make(chan struct{})
	go func() {
		workers.Wait()
		close(finished)
	}()
	next := operations / 100 // the first look is at a server that is warm
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for working := true; working; {
		select {
		case <-finished:
			working = false
		case <-tick.C:
		}
		if n := k.done.Load(); n >= next && working {
			s, err := k.sample(ctx)
			if err != nil {
				cancel()
				<-finished
				leave()
				streams.Wait()
				select {
				case err = <-failed: // which ended the look too
				default:
				}
				return nil, err
			}
			samples = append(samples, s)
			next += operations / soakSamples
		}
	}
	leave()
	streams.Wait()
	select {
	case err := <-failed:
		return nil, err
	default:
	}
	time.Sleep(time.Second) // for what was closed to be noticed as closed
	last, err := k.sample(ctx)
	return append(samples, last), err
}

// work makes operations on tasks of its own until all together have made enough.
func (k *soak) work(ctx context.Context, i int, operations int64) error {
	c, err := dial(k.sv.addr)
	if err != nil {
		return err
	}
	defer c.close()
	r := rand.New(rand.NewPCG(11, uint64(i)))
	var project struct{ ID string }
	if err := k.ask(c, "POST", k.ws+"/projects", map[string]any{"name": fmt.Sprint("Endurance ", i)}, http.StatusCreated, &project); err != nil {
		return err
	}
	w := &soaker{soak: k, c: c, rand: r, project: project.ID}
	for (k.end.IsZero() || time.Now().Before(k.end)) && ctx.Err() == nil && k.done.Add(1) <= operations {
		if err := w.step(); err != nil {
			return err
		}
	}
	return nil
}

// soaker is one who works.
type soaker struct {
	*soak
	c       *client
	rand    *rand.Rand
	project string
	live    []string
	gone    []string // in the trash
	n       int
}

// step makes one operation.
func (w *soaker) step() error {
	w.n++
	if len(w.live) < 10 {
		return w.create()
	}
	i := w.rand.IntN(len(w.live))
	task := w.ws + "/tasks/" + w.live[i]
	switch p := w.rand.IntN(100); {
	case p < 20:
		if len(w.live) > soakLive {
			w.gone = append(w.gone, w.live[i])
			w.live[i] = w.live[len(w.live)-1]
			w.live = w.live[:len(w.live)-1]
			return w.ask(w.c, "DELETE", task, nil, http.StatusNoContent, nil)
		}
		return w.create()
	case p < 40:
		return w.ask(w.c, "PATCH", task, map[string]any{"title": fmt.Sprint("Edited for the time ", w.n), "priority": w.n % 5}, http.StatusOK, nil)
	case p < 50:
		return w.ask(w.c, "POST", task+"/move", map[string]any{"project": w.project, "place": "first"}, http.StatusOK, nil)
	case p < 55:
		return w.ask(w.c, "POST", task+"/comments", map[string]any{"body": "Seen, and found good as it is."}, http.StatusCreated, nil)
	case p < 65:
		if len(w.gone) == 0 {
			return w.create()
		}
		last := w.gone[len(w.gone)-1]
		w.gone = w.gone[:len(w.gone)-1]
		return w.ask(w.c, "DELETE", w.ws+"/trash/task/"+last, nil, http.StatusNoContent, nil)
	case p < 75:
		return w.ask(w.c, "GET", task, nil, http.StatusOK, nil)
	case p < 80:
		return w.ask(w.c, "GET", w.ws+"/tasks/groups?group_by=status&limit=20&project="+w.project, nil, http.StatusOK, nil)
	case p < 82:
		return w.ask(w.c, "GET", w.ws+"/labels", nil, http.StatusOK, nil)
	default:
		return w.ask(w.c, "GET", w.ws+"/tasks?limit=50&project="+w.project, nil, http.StatusOK, nil)
	}
}

func (w *soaker) create() error {
	id := uuid.Must(uuid.NewV7()).String()
	w.live = append(w.live, id)
	return w.ask(w.c, "POST", w.ws+"/tasks", map[string]any{
		"id": id, "project": w.project, "title": fmt.Sprint("Made as the operation ", w.n),
		"description": "What is to be done stands here, in a sentence or two, as people write it when they are in a hurry.",
	}, http.StatusCreated, nil)
}

// watch opens a stream, listens for a while and leaves, again and again.
func (k *soak) watch(ctx context.Context) {
	for ctx.Err() == nil {
		one, leave := context.WithTimeout(ctx, rand.N(3*time.Second))
		req, err := http.NewRequestWithContext(one, http.MethodGet, "http://"+k.sv.addr+k.ws+"/events", nil)
		if err == nil {
			req.Header.Set("Authorization", "Bearer "+k.sv.token)
			if resp, err := http.DefaultClient.Do(req); err == nil {
				k.opens.Add(1)
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		}
		leave()
	}
}

// files counts what lies in the data folder and gives the sizes of the database and its log.
func (k *soak) files() (count int, database, log int64, err error) {
	err = filepath.WalkDir(k.seed.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		count++
		info, err := d.Info()
		if err != nil {
			return err
		}
		switch filepath.Base(path) {
		case "rung.db":
			database = info.Size()
		case "rung.db-wal":
			log = info.Size()
		}
		return nil
	})
	return count, database, log, err
}
