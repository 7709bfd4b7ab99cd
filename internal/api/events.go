package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

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
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		defer done()
		defer st.Close()
		h.stream(r.Context(), newStream(w), call, st)
	}}, nil
}

// stream runs until there is nothing more to say. What ends it is not told to the client: she connects again and gets
// an answer then.
func (h taskHandlers) stream(ctx context.Context, out *stream, call *Call, st *tasks.Stream) {
	look, alive := time.NewTicker(lookEvery), time.NewTicker(h.pulse)
	defer look.Stop()
	defer alive.Stop()
	out.begin()
	tell := func(told []tasks.Told, err error) (goOn bool) {
		for _, t := range told {
			out.event(call.Epoch, t.Seq, t.Type, t.JSON)
		}
		out.flush()
		return err == nil
	}
	now := make(chan struct{})
	close(now)
	for out.err == nil {
		behind, heard := now, st.Heard()
		if st.Behind() {
			heard = nil
		} else {
			behind = nil
		}
		select {
		case <-behind:
			if !tell(st.CatchUp(ctx)) {
				return
			}
		case e := <-heard:
			if !tell(st.Take(ctx, e)) {
				return
			}
		case <-alive.C:
			out.comment("alive")
			out.flush()
		case <-look.C:
			if h.mayStay(ctx, call) != nil {
				return
			}
		case <-h.drain:
			out.comment("going away")
			out.flush()
			return
		case <-ctx.Done():
			return
		}
	}
}

// mayStay asks again what was asked when the stream was opened.
func (h taskHandlers) mayStay(ctx context.Context, c *Call) error {
	if !c.Identity.Expires.IsZero() && !h.Now().Before(c.Identity.Expires) {
		return fault.Unauthenticated("token-expired", "The token has expired.")
	}
	if err := h.Verifier.StillValid(ctx, c.Identity); err != nil {
		return err
	}
	_, err := h.Directory.Enter(ctx, c.Workspace, c.Identity.User)
	return err
}

// stream writes Server-Sent Events, as the HTML standard has them. The first error stays, and nothing is written after it.
type stream struct {
	w   http.ResponseWriter
	rc  *http.ResponseController
	buf []byte
	err error
}

// slowest is how long a reader may take for what has been written; who is slower is dropped and comes back.
const slowest = 10 * time.Second

// reconnect is what clients are told to wait before they connect again.
const reconnect = "retry: 2000\n\n"

func newStream(w http.ResponseWriter) *stream {
	return &stream{w: w, rc: http.NewResponseController(w)}
}

func (s *stream) begin() {
	h := s.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would hold events back
	s.w.WriteHeader(http.StatusOK)
	s.buf = append(s.buf, reconnect...)
	s.flush()
}

// event adds an event whose data is one line.
func (s *stream) event(epoch string, seq int64, typ string, data []byte) {
	s.buf = append(append(append(s.buf, "id: "...), seqText(epoch, seq)...), "\nevent: "...)
	s.buf = append(append(append(s.buf, typ...), "\ndata: "...), data...)
	s.buf = append(s.buf, "\n\n"...)
}

func (s *stream) comment(text string) {
	s.buf = append(append(append(s.buf, ": "...), text...), "\n\n"...)
}

// flush sends what was added.
func (s *stream) flush() {
	if s.err != nil || len(s.buf) == 0 {
		return
	}
	if err := s.rc.SetWriteDeadline(time.Now().Add(slowest)); err != nil && !isUnsupported(err) {
		s.err = err
		return
	}
	if _, s.err = s.w.Write(s.buf); s.err == nil {
		s.err = s.rc.Flush()
	}
	s.buf = s.buf[:0]
}
