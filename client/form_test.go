package client_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/rung-app/rung/client"
)

// taken is a form as a server has read it.
type taken struct {
	length         int64
	id, name, file string
}

// takes reads a form, all of it or what is in its first bytes, and answers by what is next.
func takes(t *testing.T, got *[]taken, next func(*http.Request) (*http.Response, error)) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		defer r.Body.Close()
		all, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if r.ContentLength >= 0 && r.ContentLength != int64(len(all)) {
			t.Errorf("%d bytes were said to come, and %d have", r.ContentLength, len(all))
		}
		r.Body = io.NopCloser(strings.NewReader(string(all)))
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return nil, err
		}
		file, head, err := r.FormFile("file")
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(file)
		*got = append(*got, taken{r.ContentLength, r.FormValue("id"), head.Filename, string(text)})
		if err != nil {
			return nil, err
		}
		return next(r)
	}
}

// takeless answers before it has read the form.
func takeless(next func(*http.Request) (*http.Response, error)) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		_, _ = r.Body.Read(make([]byte, 10))
		defer r.Body.Close()
		return next(r)
	}
}

// wire is a server that leaves the bodies of requests to its answers.
type wire struct {
	answers []func(*http.Request) (*http.Response, error)
	asked   int
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.asked++
	if w.asked > len(w.answers) {
		r.Body.Close()
		return nil, errors.New("nothing more is answered")
	}
	return w.answers[w.asked-1](r)
}

func renewed(context.Context) (string, error) { return "second", nil }

// unseekable hides what else a reader can.
type unseekable struct{ io.Reader }

func TestAFileIsSentAgain(t *testing.T) {
	made, busy := says(201, `{"id": "f1"}`), says(503, `{"code": "unavailable"}`)
	path := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(path, []byte("not this: "+drawing), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		file    func() io.Reader
		answers func(*[]taken) []func(*http.Request) (*http.Response, error)
		asked   int
		fails   bool
	}{
		"from where it stands": {func() io.Reader {
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.Close() })
			_, _ = f.Seek(10, io.SeekStart)
			return f
		}, func(got *[]taken) []func(*http.Request) (*http.Response, error) {
			return []func(*http.Request) (*http.Response, error){takeless(breaks("write")), takes(t, got, busy), takes(t, got, breaks("read")), takes(t, got, made)}
		}, 4, false},
		"after another token": {func() io.Reader { return strings.NewReader(drawing) }, func(got *[]taken) []func(*http.Request) (*http.Response, error) {
			return []func(*http.Request) (*http.Response, error){takeless(says(401, `{"code": "token-expired"}`)), takes(t, got, made)}
		}, 2, false},
		"not if it can be read once": {func() io.Reader { return unseekable{strings.NewReader(drawing)} }, func(got *[]taken) []func(*http.Request) (*http.Response, error) {
			return []func(*http.Request) (*http.Response, error){takes(t, got, busy)}
		}, 1, true},
		"nor for a token": {func() io.Reader { return unseekable{strings.NewReader(drawing)} }, func(got *[]taken) []func(*http.Request) (*http.Response, error) {
			return []func(*http.Request) (*http.Response, error){takes(t, got, says(401, `{"code": "token-expired"}`))}
		}, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var got []taken
				w := &wire{answers: tt.answers(&got)}
				c, err := client.New("http://rung.test", client.WithHTTP(&http.Client{Transport: w}), client.WithToken("t"), client.WithRefresh(renewed))
				if err != nil {
					t.Fatal(err)
				}
				file := tt.file()
				_, err = c.Workspace("acme").CreateAttachment(t.Context(), "T-1", client.AttachmentForm{File: client.File{Name: "plan.txt", Reader: file}})
				if (err != nil) != tt.fails || w.asked != tt.asked {
					t.Errorf("%v after %d requests", err, w.asked)
				}
				for _, g := range got {
					_, once := file.(unseekable)
					if g.file != drawing || g.name != "plan.txt" || g.id == "" || g.id != got[0].id || (g.length < 0) != once {
						t.Errorf("%+v", g)
					}
				}
			})
		})
	}
}

// A file that becomes shorter while it is sent is not taken for a whole one, and a pipe is no file that can be sought.
func TestFilesThatAreNone(t *testing.T) {
	var got []taken
	upload := func(file io.Reader) error {
		w := &wire{answers: []func(*http.Request) (*http.Response, error){takes(t, &got, says(201, `{"id": "f1"}`))}}
		c, err := client.New("http://rung.test", client.WithHTTP(&http.Client{Transport: w}), client.WithAttempts(1))
		if err != nil {
			t.Fatal(err)
		}
		return second(c.Workspace("acme").CreateAttachment(t.Context(), "T-1", client.AttachmentForm{File: client.File{Reader: file}}))
	}
	if err := upload(&shrinking{strings.NewReader(drawing)}); !errors.Is(err, io.ErrUnexpectedEOF) || len(got) != 0 {
		t.Errorf("%v, %+v", err, got)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		_, _ = io.WriteString(w, drawing)
		w.Close()
	}()
	if err := upload(r); err != nil || len(got) != 1 || got[0].file != drawing || got[0].length != -1 {
		t.Errorf("%v, %+v", err, got)
	}
}

// shrinking says that it is longer than it turns out to be.
type shrinking struct{ *strings.Reader }

func (s *shrinking) Seek(offset int64, whence int) (int64, error) {
	n, err := s.Reader.Seek(offset, whence)
	if whence == io.SeekEnd {
		n += 5
	}
	return n, err
}

// When a call is over, its file is nobody else's any more: the race detector would tell.
func TestAFileIsLeftAloneInTheEnd(t *testing.T) {
	file := strings.NewReader(strings.Repeat("x", 1<<20))
	w := &wire{answers: []func(*http.Request) (*http.Response, error){func(r *http.Request) (*http.Response, error) {
		_, _ = r.Body.Read(make([]byte, 10))
		return nil, &net.OpError{Op: "read", Err: errors.New("connection reset")}
	}}}
	c, err := client.New("http://rung.test", client.WithHTTP(&http.Client{Transport: w}), client.WithAttempts(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := second(c.Workspace("acme").CreateAttachment(t.Context(), "T-1", client.AttachmentForm{File: client.File{Reader: file}})); err == nil {
		t.Error("it was taken")
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil || file.Len() != 1<<20 {
		t.Errorf("%d bytes, %v", file.Len(), err)
	}
}
