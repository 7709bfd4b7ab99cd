package client_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rung-app/rung/client"
)

// script is a server that answers one thing after the other and takes down what it was asked.
type script struct {
	t       *testing.T
	answers []func(*http.Request) (*http.Response, error)
	asked   []string
	tokens  []string
	at      []time.Duration // when it was asked, since the first time
	begun   time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.begun.IsZero() {
		s.begun = time.Now()
	}
	body := ""
	if r.Body != nil {
		b, _ := io.ReadAll(r.Body)
		body = " " + string(b)
	}
	s.asked = append(s.asked, r.Method+" "+r.URL.RequestURI()+body)
	s.tokens = append(s.tokens, r.Header.Get("Authorization"))
	s.at = append(s.at, time.Since(s.begun))
	if len(s.asked) > len(s.answers) {
		s.t.Errorf("asked once more: %s", s.asked[len(s.asked)-1])
		return nil, errors.New("nothing more is answered")
	}
	return s.answers[len(s.asked)-1](r)
}

// says answers with a status, a body and pairs of headers.
func says(status int, body string, headers ...string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i+1 < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{StatusCode: status, Status: http.StatusText(status), Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

func breaks(op string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: op, Err: errors.New("connection reset")}
	}
}

// brokenOff answers and breaks off in the body.
func brokenOff(r *http.Request) (*http.Response, error) {
	resp, err := says(200, "")(r)
	resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"id": "`), failing{}))
	return resp, err
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func over(t *testing.T, s *script, options ...client.Option) *client.Client {
	t.Helper()
	s.t = t
	c, err := client.New("http://rung.test/app/", append([]client.Option{client.WithHTTP(&http.Client{Transport: s})}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const task = `{"id": "t1", "title": "Bake"}`

func TestWhatIsSentAgain(t *testing.T) {
	type answers = []func(*http.Request) (*http.Response, error)
	get := func(ctx context.Context, w *client.WorkspaceClient) error {
		_, err := w.GetTask(ctx, "T-1")
		return err
	}
	create := func(ctx context.Context, w *client.WorkspaceClient) error {
		_, err := w.CreateTask(ctx, client.NewTask{Project: "p", Title: "Bake"})
		return err
	}
	patch := func(o ...client.CallOption) func(context.Context, *client.WorkspaceClient) error {
		return func(ctx context.Context, w *client.WorkspaceClient) error {
			_, err := w.UpdateTask(ctx, "t1", client.TaskPatch{Title: client.Set("Cook")}, o...)
			return err
		}
	}
	upload := func(ctx context.Context, w *client.WorkspaceClient) error {
		_, err := w.CreateImport(ctx, client.ImportForm{Source: "trello", File: client.File{Reader: strings.NewReader("{}")}})
		return err
	}
	invite := func(ctx context.Context, w *client.WorkspaceClient) error {
		_, err := w.CreateInvitation(ctx, client.InviteRequest{Role: "member"})
		return err
	}
	ok, busy := says(200, task), says(503, `{"code": "unavailable"}`)
	for name, tt := range map[string]struct {
		call    func(context.Context, *client.WorkspaceClient) error
		answers answers
		fails   bool
	}{
		"a read":                                 {get, answers{busy, breaks("read"), brokenOff, ok}, false},
		"a read, four times at most":             {get, answers{busy, busy, busy, busy}, true},
		"not what was refused":                   {get, answers{says(404, `{"code": "not-found"}`)}, true},
		"not a failure of the server's":          {get, answers{says(500, `{"code": "internal-error"}`)}, true},
		"what can't be read":                     {get, answers{says(200, "<html>")}, true},
		"a proxy's failure":                      {get, answers{says(502, "<html>"), says(504, ""), ok}, false},
		"a create":                               {create, answers{breaks("read"), brokenOff, ok}, false},
		"a change":                               {patch(), answers{breaks("write"), busy, ok}, false},
		"not a change that may have been done":   {patch(client.IfMatch(3)), answers{breaks("read")}, true},
		"nor one on a base":                      {patch(client.BaseVersion(3)), answers{busy}, true},
		"but one that has not begun":             {patch(client.IfMatch(3)), answers{breaks("dial"), says(429, `{"code": "too-many-requests"}`), ok}, false},
		"not what the caller wants to send once": {patch(client.Once()), answers{busy}, true},
		"not a file, which is read already":      {upload, answers{breaks("read")}, true},
		"not what shows a secret once":           {invite, answers{breaks("read")}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{answers: tt.answers}
				err := tt.call(t.Context(), over(t, s).Workspace("acme"))
				if (err != nil) != tt.fails || len(s.asked) != len(tt.answers) {
					t.Errorf("%v after %q", err, s.asked)
				}
				for _, again := range s.asked[1:] {
					if again != s.asked[0] {
						t.Errorf("another request: %s, first %s", again, s.asked[0])
					}
				}
			})
		})
	}
}

func TestHowLongIsWaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []func(*http.Request) (*http.Response, error){
			says(429, "", "Retry-After", "7"), says(503, ""), says(503, ""), says(200, task),
		}}
		if _, err := over(t, s).Workspace("acme").GetTask(t.Context(), "t1"); err != nil {
			t.Fatal(err)
		}
		first, second, third := s.at[1], s.at[2]-s.at[1], s.at[3]-s.at[2]
		if first != 7*time.Second || second < 200*time.Millisecond || second > 400*time.Millisecond || third < 400*time.Millisecond || third > 800*time.Millisecond {
			t.Errorf("it was asked at %v", s.at)
		}
	})
	synctest.Test(t, func(t *testing.T) { // longer than anybody wants to wait for
		s := &script{answers: []func(*http.Request) (*http.Response, error){says(429, "", "Retry-After", "3600")}}
		_, err := over(t, s).Workspace("acme").GetTask(t.Context(), "t1")
		if refused, ok := errors.AsType[*client.Error](err); !ok || refused.RetryAfter != time.Hour {
			t.Errorf("got %v", err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // the caller gives up
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s := &script{answers: []func(*http.Request) (*http.Response, error){says(429, "", "Retry-After", "30")}}
		if _, err := over(t, s).Workspace("acme").GetTask(ctx, "t1"); !errors.Is(err, client.ErrTooMany) || time.Since(s.begun) > time.Second {
			t.Errorf("got %v after %s", err, time.Since(s.begun))
		}
	})
}

func TestATokenIsRenewed(t *testing.T) {
	expired := says(401, `{"code": "token-expired"}`)
	renewed := 0
	next := client.WithRefresh(func(context.Context) (string, error) {
		renewed++
		return "second", nil
	})
	s := &script{answers: []func(*http.Request) (*http.Response, error){expired, says(200, task), says(200, task)}}
	w := over(t, s, client.WithToken("first"), next).Workspace("acme")
	for range 2 {
		if _, err := w.GetTask(t.Context(), "t1"); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(s.tokens, ", "); got != "Bearer first, Bearer second, Bearer second" || renewed != 1 {
		t.Errorf("renewed %d times, sent %s", renewed, got)
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){expired, expired}}
	if _, err := over(t, s, client.WithToken("first"), next).Workspace("acme").GetTask(t.Context(), "t1"); !errors.Is(err, client.ErrUnauthenticated) {
		t.Errorf("a token that is refused again: %v", err)
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){expired}}
	if _, err := over(t, s, client.WithToken("first")).Workspace("acme").GetTask(t.Context(), "t1"); !errors.Is(err, client.ErrUnauthenticated) {
		t.Errorf("nobody to renew it: %v", err)
	}
}
