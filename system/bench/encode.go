package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/rung-app/rung/internal/tasks"
)

// How long answers are measured.
const (
	encodeRounds   = 15
	boardCards     = 4_000
	snapshotTasks  = 50_000
	encodeAt       = 100 // MB a second
	firstByteLimit = 50  // ms
)

// encode says how quickly the two long answers are written: a board, and a workspace's snapshot. Nothing of them is kept
// from one request to the next.
func (b *bench) encode(ctx context.Context) error {
	fresh := 0
	return errors.Join(
		b.encoded(ctx, boardCards, fmt.Sprintf("board of %d cards, %d of each column", boardCards, tasks.MaxLimit), func(s *seed) string {
			fresh++ // a condition that always holds makes every question a new one
			always := time.UnixMilli(farFuture + int64(fresh)).UTC().Format("2006-01-02T15:04:05.000Z")
			return fmt.Sprintf("/tasks/groups?group_by=status&limit=%d&project=%s&created_before=%s", tasks.MaxLimit, s.Project, always)
		}),
		b.encoded(ctx, snapshotTasks, fmt.Sprintf("snapshot of %d tasks", snapshotTasks), func(*seed) string { return "/snapshot" }),
	)
}

// encoded asks a workspace with size tasks in its project for one answer again and again.
func (b *bench) encoded(ctx context.Context, size int, what string, path func(*seed) string) (err error) {
	s, err := b.seeded(ctx, size, 1)
	if err != nil {
		return err
	}
	sv, err := b.serve(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sv.stop()) }()
	if err := sv.login(ctx, s); err != nil {
		return err
	}
	var rates, firsts []float64
	var length int64
	profiled := b.profile(ctx, sv, fmt.Sprint("encode-", size), 2*time.Second)
	for range b.rounds(encodeRounds) {
		a, err := answered(ctx, sv, "/api/v1/workspaces/"+s.Workspace.String()+path(s))
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		length = a.bytes
		rates = append(rates, float64(a.bytes)/1e6/a.whole.Seconds())
		firsts = append(firsts, float64(a.first.Microseconds())/1e3)
	}
	if err := profiled(); err != nil {
		return err
	}
	target, holds := atLeast(encodeAt)
	b.report.add(finding{
		what: what + ", MB a second", target: target, holds: holds, rounds: rates,
		detail: fmt.Sprintf("%.1f MB, not compressed, over HTTP", float64(length)/1e6),
	})
	target, holds = atMost(firstByteLimit, " ms")
	b.report.add(finding{what: what + ", the first byte", target: target, holds: holds, unit: " ms", rounds: firsts})
	return nil
}

// answer is how one answer came.
type answer struct {
	bytes        int64
	first, whole time.Duration // since the request was sent
}

// answered asks once, on a connection that is kept.
func answered(ctx context.Context, sv *server, path string) (a answer, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+sv.addr+path, nil)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Authorization", "Bearer "+sv.token)
	req.Header.Set("Accept-Encoding", "identity")
	begun := time.Now()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
		return answer{}, fmt.Errorf("status %d: %s", resp.StatusCode, text)
	}
	one := make([]byte, 1)
	if _, err := io.ReadFull(resp.Body, one); err != nil {
		return answer{}, err
	}
	a.first = time.Since(begun)
	rest, err := io.Copy(io.Discard, resp.Body)
	a.bytes, a.whole = rest+1, time.Since(begun)
	return a, err
}
