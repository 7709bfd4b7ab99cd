package client_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/rung-app/rung/client"
)

const drawing = "a drawing of the pier, with lamps"

// gives serves one file as a server of Rung does.
func gives(t *testing.T, file string) *client.Client {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("the file may be compressed: %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Content-Type", "image/png")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader([]byte(file)))
	}))
	t.Cleanup(srv.Close)
	c, err := client.New(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAFileAndPartsOfIt(t *testing.T) {
	c := gives(t, drawing)
	whole := int64(len(drawing))
	for name, tt := range map[string]struct {
		o      []client.CallOption
		want   string
		offset int64
	}{
		"all of it":               {nil, drawing, 0},
		"its beginning":           {[]client.CallOption{client.Range(0, 9)}, drawing[:9], 0},
		"a part":                  {[]client.CallOption{client.Range(2, 7)}, drawing[2:9], 2},
		"the rest":                {[]client.CallOption{client.Range(10, 0)}, drawing[10:], 10},
		"more than there is":      {[]client.CallOption{client.Range(10, 1000)}, drawing[10:], 10},
		"a part of this one":      {[]client.CallOption{client.Range(2, 7), client.IfRange(`"one"`)}, drawing[2:9], 2},
		"a part of one that was":  {[]client.CallOption{client.Range(2, 7), client.IfRange(`"two"`)}, drawing, 0},
		"one that is another now": {[]client.CallOption{client.IfNoneMatch(`"two"`)}, drawing, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := c.GetFile(t.Context(), "token", tt.o...)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Body.Close()
			got, err := io.ReadAll(d.Body)
			if err != nil || string(got) != tt.want || d.Offset != tt.offset || d.Size != int64(len(tt.want)) || d.Total != whole || d.ContentType != "image/png" {
				t.Errorf("%q, %v: %+v", got, err, d)
			}
		})
	}
	if _, err := c.GetFile(t.Context(), "token", client.IfNoneMatch(`"one"`)); !errors.Is(err, client.ErrNotModified) {
		t.Errorf("the same one: %v", err)
	}
	if e, ok := errors.AsType[*client.Error](second(c.GetFile(t.Context(), "token", client.Range(whole, 0)))); !ok || e.Status != 416 {
		t.Errorf("behind its end: %v", e)
	}
}

func second[V any](_ V, err error) error { return err }

// A file that breaks off is told of, and whoever goes on where it did has it all.
func TestAFileThatBreaksOff(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 1 {
			w.Header().Set("Content-Length", "33")
			_, _ = io.WriteString(w, drawing[:10])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader([]byte(drawing)))
	}))
	defer srv.Close()
	c, err := client.New(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	d, err := c.GetFile(t.Context(), "token")
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(&got, d.Body)
	d.Body.Close()
	if !errors.Is(err, io.ErrUnexpectedEOF) || n != 10 || d.Size != 33 {
		t.Fatalf("%d of %d bytes, %v", n, d.Size, err)
	}
	d, err = c.GetFile(t.Context(), "token", client.Range(d.Offset+n, -1))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Body.Close()
	if _, err = io.Copy(&got, d.Body); err != nil || got.String() != drawing {
		t.Errorf("%q, %v", got.String(), err)
	}
}

func TestAPartOfNobodyKnowsWhat(t *testing.T) {
	for _, header := range []string{"", "bytes", "bytes x-9/10", "bytes -1-3/9", "bytes 5-9", "bytes 5-9/x", "bytes 5-9/5"} {
		s := &script{answers: []func(*http.Request) (*http.Response, error){says(206, "part", "Content-Range", header)}}
		if _, err := over(t, s).GetFile(t.Context(), "token"); !errors.Is(err, client.ErrUnexpected) {
			t.Errorf("%q: %v", header, err)
		}
	}
	s := &script{answers: []func(*http.Request) (*http.Response, error){says(206, "part", "Content-Range", "bytes 5-8/*")}}
	if d, err := over(t, s).GetFile(t.Context(), "token"); err != nil || d.Offset != 5 || d.Total != -1 {
		t.Errorf("of unknown length: %+v, %v", d, err)
	}
}

// An attachment is asked for at the server that the client knows, whatever its address says.
func TestAnAttachmentIsDownloaded(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){
		says(200, `{"url": "https://elsewhere.test/api/v1/files/secret-1", "disposition": "inline"}`), says(200, drawing),
	}}
	d, err := over(t, s).Workspace("acme").DownloadAttachment(t.Context(), "T-1", "f1")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(d.Body)
	if string(got) != drawing || err != nil || s.asked[0] != "POST /app/api/v1/workspaces/acme/tasks/T-1/attachments/f1/url" || s.asked[1] != "GET /app/api/v1/files/secret-1" {
		t.Errorf("%q, %v after %q", got, err, s.asked)
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){says(404, `{"code": "not-found"}`)}}
	if _, err := over(t, s).Workspace("acme").DownloadAttachment(t.Context(), "T-1", "f1"); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
}
