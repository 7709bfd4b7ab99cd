package api

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/rung-app/rung/internal/api/apitest"
)

// whole is the document of an API with all routes.
var whole = sync.OnceValues(func() (*apitest.Document, error) {
	text, err := Describe("test")
	if err != nil {
		return nil, err
	}
	return apitest.Read(text)
})

// compared has every answer of an API with real routes compared with the document.
func compared(t *testing.T, a *API) http.Handler {
	t.Helper()
	if a.Services == (Services{}) { // routes that only a test has
		return a
	}
	doc, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, method := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, a.BasePath), Prefix), r.Method
		if strings.HasSuffix(path, "/events") || method == http.MethodHead { // the one has no end, the other no body
			a.ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		defer func() { // also if the handler breaks the answer off
			got := rec.Result()
			for name, values := range got.Header {
				w.Header()[name] = values
			}
			w.WriteHeader(got.StatusCode)
			_, _ = w.Write(rec.Body.Bytes())
		}()
		a.ServeHTTP(rec, r)
		if r.Header.Get("Accept-Encoding") != "" && rec.Header().Get("Content-Encoding") != "" {
			return
		}
		doc.Compare(apitest.Answer{
			What: t.Name() + ": " + method + " " + path, Method: method, Path: path, Status: rec.Code, Header: rec.Header(), Body: rec.Body.Bytes(),
		})
	})
}

// TestMain fails if an answer of any test was not as the document says, or a goroutine is left.
func TestMain(m *testing.M) {
	code := m.Run()
	if doc, err := whole(); err != nil {
		code = fail(code, err.Error())
	} else {
		for _, what := range doc.Differences() {
			code = fail(code, what)
		}
	}
	if err := goleak.Find(goleak.IgnoreAnyFunction("github.com/maypok86/otter/v2.periodicCleanUp[...]")); err != nil && code == 0 {
		code = fail(code, err.Error())
	}
	os.Exit(code)
}

func fail(code int, what string) int {
	_, _ = os.Stderr.WriteString("not as the document says: " + what + "\n")
	return max(code, 1)
}
