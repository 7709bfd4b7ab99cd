package api

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"testing"

	"github.com/google/uuid"
)

// Nothing that is sent is unpacked, so that a small body stays one.
func TestACompressedBodyIsRefused(t *testing.T) {
	srv := serveRoutes(t, &house{}, on(http.MethodPost, "/things/{id}", Public, "Make", echo))
	id := uuid.NewString()
	plain := `{"id":"` + id + `","title":"A"}`
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	write(z, []byte(plain))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for coding, body := range map[string]string{"gzip": packed.String(), "GZIP": packed.String(), "deflate": plain, "gzip, gzip": plain, "br": plain} {
		got := ask(t, srv, "POST", Prefix+"/things/"+id, body, "Content-Encoding", coding)
		if got.status != http.StatusUnsupportedMediaType || got.problem(t).Code != "unsupported-encoding" {
			t.Errorf("%s: %d %s", coding, got.status, got.body)
		}
	}
	if got := ask(t, srv, "POST", Prefix+"/things/"+id, plain, "Content-Encoding", "identity"); got.status != http.StatusOK {
		t.Errorf("identity: %d %s", got.status, got.body)
	}
}
