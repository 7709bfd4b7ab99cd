package api

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/tasks"
)

// A bomb of zeros is a file as any other: nothing is ever unpacked.
func TestABombIsJustAFile(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<20)
	bomb := "PK\x03\x04\x14\x00\x00\x00\x08\x00" + strings.Repeat("\x00", 4000)
	made := d.send("ann", d.task, 201, part{"file", "bomb.zip", bomb})
	expect(t, "content_type", made.text("content_type"), "application/zip")
	expect(t, "size", made.at("size"), len(bomb))
	n, err := d.tasks.Storage(t.Context(), d.ws)
	if err != nil || n != int64(len(bomb)) {
		t.Errorf("it takes %d bytes, %v", n, err)
	}
}

func TestTooManyUploadsOfOne(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	var ends []func()
	for range uploadsOfOne {
		done, err := d.api.uploads.begin(d.people["ann"])
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, done)
	}
	got := d.send("ann", d.task, 429, part{"file", "a.png", png})
	if got.header.Get("Retry-After") == "" {
		t.Errorf("%v", got.header)
	}
	d.send("bob", d.task, 201, part{"file", "a.png", png})
	ends[0]()
	d.send("ann", d.task, 201, part{"file", "a.png", png})
}

// zeros is a file that nobody has to hold.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// A file of 25 MiB is never in memory, neither on its way in nor on its way out.
func TestALargeFileIsNotHeldInMemory(t *testing.T) {
	const size = 25 << 20
	d := newDesk(t, size, 1<<30)
	d.srv = httptest.NewServer(d.api) // without anybody who compares what is answered, and keeps it for that
	t.Cleanup(d.srv.Close)
	d.attach("first.bin", "warm") // what is made once
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)

	const head, tail = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n", "\r\n--x--\r\n"
	for _, chunked := range []bool{false, true} {
		req, err := http.NewRequestWithContext(t.Context(), "POST", d.srv.URL+Prefix+"/workspaces/acme"+d.task+"/attachments",
			io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, size), strings.NewReader(tail)))
		if err != nil {
			t.Fatal(err)
		}
		if !chunked {
			req.ContentLength = int64(len(head) + size + len(tail))
		}
		req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		req.Header.Set("Authorization", "Bearer ann")
		resp, err := d.srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var a tasks.Attachment
		if err := json.NewDecoder(resp.Body).Decode(&a); err != nil || resp.StatusCode != 201 || a.Size != size {
			t.Fatalf("%d %+v %v", resp.StatusCode, a, err)
		}
		resp.Body.Close()
		if resp, err = d.srv.Client().Get(d.srv.URL + d.address("ann", d.task+"/attachments/"+a.ID.String(), "inline")); err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, resp.Body); n != size || err != nil {
			t.Fatal(n, err)
		}
		resp.Body.Close()
	}
	runtime.ReadMemStats(&after)
	bytes, times := after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs
	t.Logf("%d MiB in and out, twice: %d KiB allocated, %d times", size>>20, bytes>>10, times)
	if bytes > 4<<20 {
		t.Errorf("%d bytes were allocated for it", bytes)
	}
}

// A file that does not end is cut off where files end, however it comes.
func TestAnEndlessFileIsCutOff(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	sent := &counted{from: io.MultiReader(strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"), zeros{})}
	req, err := http.NewRequestWithContext(t.Context(), "POST", d.srv.URL+Prefix+"/workspaces/acme"+d.task+"/attachments", sent)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req.Header.Set("Authorization", "Bearer ann")
	if resp, err := d.srv.Client().Do(req); err == nil { // the server may hang up while the client still sends
		resp.Body.Close()
		expect(t, "status", resp.StatusCode, 413)
	}
	if n := sent.n.Load(); n > 16<<20 {
		t.Errorf("%d bytes were taken", n)
	}
	expect(t, "files kept", d.kept(), 0)
	expect(t, "a long line's time", lineTime(1<<30), (1<<14)*time.Second)
	expect(t, "a short line's time", lineTime(-1), uploadPatience)
}

type counted struct {
	from io.Reader
	n    atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// Twenty forms at the same time share the room that there is for seven.
func TestUploadsAtTheSameTimeShareTheRoom(t *testing.T) {
	const each, fits, all = 1000, 7, 20
	d := newDesk(t, 1<<20, each*fits)
	d.api.uploads.mostOfOne = all
	var done, refused atomic.Int64
	var wg sync.WaitGroup
	for range all {
		wg.Go(func() {
			body, contentType := formOf(t, part{"file", "a", strings.Repeat("x", each)})
			got := ask(t, d.srv, "POST", Prefix+"/workspaces/acme"+d.task+"/attachments", body, "Authorization", "Bearer ann", "Content-Type", contentType)
			switch {
			case got.status == 201:
				done.Add(1)
			case got.status == 403 && strings.Contains(got.body, `"quota-exceeded"`):
				refused.Add(1)
			default:
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
	wg.Wait()
	if done.Load() != fits || refused.Load() != all-fits {
		t.Errorf("%d were taken and %d refused", done.Load(), refused.Load())
	}
	n, err := d.tasks.Storage(t.Context(), d.ws)
	if err != nil || n != each*fits || d.kept() != fits {
		t.Errorf("%d bytes in %d files, %v", n, d.kept(), err)
	}
}
