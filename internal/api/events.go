package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

type eventsInput struct {
	WorkspaceInput
	Since string `query:"since" maxLength:"100" doc:"EPOCH-SEQ, what one has seen; without it from now on."`
	Last  string `header:"Last-Event-ID" maxLength:"100" doc:"The same, as browsers send it; it goes before since."`
}

// How often a stream looks whether its reader may still read, and how often it says that it is alive.
const (
	lookEvery  = time.Second
	pulseEvery = 15 * time.Second
	goneEvery  = 3 // looks, whether the client is still there
)

// events streams the history as it happens. The stream ends when its reader may not read any more, when her token
// expires, when she is too slow and when the process drains; she comes back with the id of the last event she has.
func (h taskHandlers) events(ctx context.Context, in *eventsInput) (*huma.StreamResponse, error) {
	if in.Last != "" {
		in.Since = in.Last
	}
	epoch, since, err := parseSince(in.Since)
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	done, err := h.live.begin(c.User)
	if err != nil {
		return nil, err
	}
	st, err := h.Tasks.Follow(ctx, c, ws, epoch, since)
	if err != nil {
		done()
		return nil, err
	}
	call := callOf(ctx)
	call.setHead(st.Head.Epoch, st.Head.Seq)
	call.last = func(w http.ResponseWriter) {
		h.begin(w, call, st, done)
	}
	return &huma.StreamResponse{Body: func(huma.Context) {}}, nil
}

// begin begins the answer and lets the stream live on by itself or, where that can't be, here.
func (h taskHandlers) begin(w http.ResponseWriter, call *Call, st *tasks.Stream, done func()) {
	end := func() {
		st.Close()
		done()
	}
	out := &stream{w: w}
	out.begin()
	var own *taken
	if out.err == nil {
		own = takeOver(w, call.request)
	}
	if own == nil {
		defer end()
		h.stream(call.request.Context(), out, call, st)
		return
	}
	if !h.detached.add(own.conn) {
		defer end()
		_ = own.conn.Close()
		return
	}
	live := &Call{Identity: call.Identity, Workspace: call.Workspace, Presence: call.Presence} // the rest is not needed any more
	go h.detached.run(own.conn, h.Log, func(ctx context.Context) {
		defer end()
		h.stream(ctx, &stream{own: own}, live, st)
	})
}

// stream runs until there is nothing more to say. What ends it is not told to the client: she connects again and gets
// an answer then. It waits nearly all of the time, ten thousand at once: what it keeps meanwhile counts.
func (h taskHandlers) stream(ctx context.Context, out *stream, call *Call, st *tasks.Stream) {
	look := time.NewTicker(min(lookEvery, h.pulse))
	defer look.Stop()
	said, looks := time.Now(), 0
	for out.err == nil {
		var behind, heard <-chan struct{}
		if st.Behind() {
			behind = atOnce()
		} else {
			heard = st.Heard()
		}
		var err error
		select {
		case <-behind:
			err = out.tell(call.Epoch)(st.CatchUp(ctx))
		case <-heard:
			err = out.tell(call.Epoch)(st.Take(ctx))
		case now := <-look.C:
			if looks++; looks%goneEvery == 0 && out.gone() {
				return
			}
			if err = h.mayStay(ctx, call); err == nil && now.Sub(said) >= h.pulse {
				out.comment("alive")
				said = now
			}
		case <-h.drain:
			out.comment("going away")
			out.finish()
			return
		case <-ctx.Done():
			return
		}
		if err != nil {
			out.finish()
			return
		}
	}
}

// atOnce gives a channel that has something already.
func atOnce() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// mayStay asks again what was asked when the stream was opened.
func (h taskHandlers) mayStay(ctx context.Context, c *Call) error {
	if !c.Identity.Expires.IsZero() && !h.Now().Before(c.Identity.Expires) {
		return fault.Unauthenticated("token-expired", "The token has expired.")
	}
	if err := h.Verifier.StillValid(ctx, c.Identity); err != nil {
		return err
	}
	return h.Directory.Belongs(ctx, c.Workspace, c.Identity.User)
}

// stream writes Server-Sent Events, as the HTML standard has them. The first error stays, and nothing is written after it.
// It keeps nothing of what it has written.
type stream struct {
	w   http.ResponseWriter
	own *taken // in place of w, once it has been taken over
	err error
}

// slowest is how long a reader may take for what has been written; who is slower is dropped and comes back.
const slowest = 10 * time.Second

// reconnect is what clients are told to wait before they connect again.
const reconnect = "retry: 2000\n\n"

func (s *stream) begin() {
	h := s.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would hold events back
	h.Set("Connection", "close")     // what follows on it nobody would read
	s.w.WriteHeader(http.StatusOK)
	s.send([]byte(reconnect))
}

// tell sends events, and hands on the error that came with them.
func (s *stream) tell(epoch string) func([]tasks.Told, error) error {
	return func(told []tasks.Told, err error) error {
		parts := make([][]byte, 0, 3*len(told))
		for _, t := range told {
			head := make([]byte, 0, 128)
			head = append(append(append(head, "id: "...), seqText(epoch, t.Seq)...), "\nevent: "...)
			head = append(append(head, t.Type...), "\ndata: "...)
			parts = append(parts, head, t.JSON, []byte("\n\n")) // the data is one line
		}
		s.send(parts...)
		return err
	}
}

func (s *stream) comment(text string) { s.send([]byte(": " + text + "\n\n")) }

// send has all parts on their way when it returns.
func (s *stream) send(parts ...[]byte) {
	if s.err != nil || len(parts) == 0 {
		return
	}
	if s.own != nil {
		s.err = s.own.send(parts...)
		return
	}
	rc := http.NewResponseController(s.w)
	if err := rc.SetWriteDeadline(time.Now().Add(slowest)); err != nil && !isUnsupported(err) {
		s.err = err
		return
	}
	for _, p := range parts {
		if _, s.err = s.w.Write(p); s.err != nil {
			return
		}
	}
	s.err = rc.Flush()
}

// gone reports whether the client is known to have left.
func (s *stream) gone() bool { return s.own != nil && s.own.gone() }

// finish ends the answer, unless it has failed.
func (s *stream) finish() {
	if s.own != nil && s.err == nil {
		s.own.finish()
	}
}
