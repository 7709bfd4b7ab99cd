package api

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// slow is a client that takes nothing of its answer until it is told to.
type slow struct {
	*httptest.ResponseRecorder
	once    sync.Once
	began   chan struct{} // closed when something was to be taken
	goOn    chan struct{}
	release func() // closes it
	answers sync.WaitGroup
}

func (s *slow) Write(b []byte) (int, error) {
	s.once.Do(func() { close(s.began) })
	<-s.goOn
	return s.ResponseRecorder.Write(b)
}

// stuck opens a snapshot that its reader does not take.
func (b *board) stuck(who string) *slow {
	b.Helper()
	s := &slow{ResponseRecorder: httptest.NewRecorder(), began: make(chan struct{}), goOn: make(chan struct{})}
	s.release = sync.OnceFunc(func() { close(s.goOn) })
	b.Cleanup(s.release)
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, Prefix+"/workspaces/acme/snapshot", nil)
	r.Header.Set("Authorization", "Bearer "+who)
	s.answers.Go(func() { b.api.ServeHTTP(s, r) })
	return s
}

// end lets the reader take it.
func (s *slow) end(t *testing.T) {
	t.Helper()
	s.release()
	s.answers.Wait()
	if s.Code != http.StatusOK {
		t.Errorf("a slow reader is answered %d: %s", s.Code, s.Body)
	}
}

// Whoever takes her snapshots slowly holds up nobody, and has only so many under way.
func TestSlowSnapshotsHoldUpNobodyElse(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website"}`)
	b.task(web, "one")
	var open []*slow
	begin := func(who string) {
		s := b.stuck(who)
		<-s.began
		open = append(open, s)
	}
	for range snapshotsOfOne {
		begin("ann")
	}
	refused := b.do("ann", "GET", "/snapshot", "", 429)
	if refused.header.Get("Retry-After") == "" {
		t.Error("it is not said when to come back")
	}
	begin("bob")
	begin("gus")
	b.do("ann", "GET", "/tasks?q=one", "", 200)
	for _, s := range open {
		s.end(t)
	}
	b.stuck("ann").end(t) // she may have one again
}

// There is a bound for all together too.
func TestSnapshotsUnderWayAreBounded(t *testing.T) {
	s := newSnapshots()
	var ends []func()
	for i := range snapshotsAtOnce {
		done, err := s.begin(uuid.UUID{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, done)
	}
	if _, err := s.begin(uuid.UUID{255}); fault.KindOf(err) != fault.KindTooMany {
		t.Errorf("got %v", err)
	}
	for _, done := range ends {
		done()
	}
	if _, err := s.begin(uuid.UUID{255}); err != nil {
		t.Error(err)
	}
	if len(s.of) != 1 {
		t.Errorf("%d users are remembered", len(s.of))
	}
}

// openStream opens a stream of somebody's and gives its status, and how to leave it.
func (b *board) openStream(who string) (status int, leave func(), h http.Header) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.srv.URL+Prefix+"/workspaces/acme/events", nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+who)
	resp, err := b.srv.Client().Do(r)
	if err != nil {
		b.Fatal(err)
	}
	leave = func() {
		cancel()
		resp.Body.Close()
	}
	b.Cleanup(leave)
	return resp.StatusCode, leave, resp.Header
}

// A person may have so many streams, and all together so many; one that ends makes room.
func TestStreamsAreBounded(t *testing.T) {
	b := newBoard(t)
	b.api.live = newStreams(3, 2)
	_, leave, _ := b.openStream("ann")
	b.openStream("ann")
	if status, _, h := b.openStream("ann"); status != http.StatusTooManyRequests || h.Get("Retry-After") == "" {
		t.Errorf("her third stream is answered %d", status)
	}
	if status, _, _ := b.openStream("bob"); status != http.StatusOK {
		t.Errorf("somebody else's is answered %d", status)
	}
	if status, _, _ := b.openStream("gus"); status != http.StatusTooManyRequests {
		t.Errorf("the fourth of all is answered %d", status)
	}
	leave()
	for b.api.OpenStreams() == 3 {
		runtime.Gosched()
	}
	if status, _, _ := b.openStream("gus"); status != http.StatusOK {
		t.Errorf("with room again one is answered %d", status)
	}
	if got := b.do("eve", "GET", "/events", "", 404); got.status != 404 || b.api.OpenStreams() != 3 {
		t.Errorf("a refused stream takes a place: %d are open", b.api.OpenStreams())
	}
}

// Snapshots for slow readers are not what fills the disk.
func TestSpoolsAreBounded(t *testing.T) {
	all := &spools{most: 3 << 20}
	piece := make([]byte, 1<<20)
	one, other := newSpool(all), newSpool(all)
	for i := range 4 { // the first stays in memory
		if err := one.write(piece); err != nil {
			t.Fatalf("piece %d: %v", i, err)
		}
	}
	if err := one.write(piece); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("one piece too many: %v", err)
	}
	one.end(nil)
	one.close()
	if n := all.bytes.Load(); n != 0 {
		t.Errorf("%d bytes are counted after all was given back", n)
	}
	for range 4 {
		if err := other.write(piece); err != nil {
			t.Errorf("there is room again: %v", err)
		}
	}
	other.close()
	other.end(nil)
	if n := all.bytes.Load(); n != 0 {
		t.Errorf("%d bytes are counted after both sides have closed", n)
	}
}

// A spool gives everything in its order while it is still written, out of memory and out of its file, and says why it
// broke off only after what was written before.
func TestASpoolIsReadWhileItIsWritten(t *testing.T) {
	broken := errors.New("broken")
	for _, why := range []error{nil, broken} {
		s := newSpool(&spools{most: 1 << 30})
		var want, got []byte
		step := make(chan struct{}, 1)
		go func() {
			for i := range 5 * spoolMemory / (300 << 10) {
				piece := bytes.Repeat([]byte{byte(i)}, 300<<10)
				want = append(want, piece...)
				if err := s.write(piece); err != nil {
					t.Error(err)
				}
				<-step
			}
			s.end(why)
		}()
		err := s.pieces(100<<10, func(b []byte) error {
			got = append(got, b...)
			if len(got)%(300<<10) == 0 { // the next is written when this has been read
				step <- struct{}{}
			}
			return nil
		})
		s.close()
		if !errors.Is(err, why) || !bytes.Equal(got, want) {
			t.Errorf("%d of %d bytes and %v came back, want %v", len(got), len(want), err, why)
		}
	}
}
