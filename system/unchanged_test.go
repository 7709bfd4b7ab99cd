package system

import (
	"net/http"
	"strings"
	"testing"
)

// TestEveryGetIsConditional asks every route of the table of permissions, which has a row for each route that there is,
// for what one has already.
func TestEveryGetIsConditional(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open", "RUNG_PUBLIC_URL=http://rung.example.com")
	srv.start()
	c := newCast(t, srv)
	c.who, c.done = "owner", true
	sent := func(a *ask) *answer { // not compared with the document, which has no HEAD
		c.Helper()
		got, err := a.do()
		if err != nil {
			c.Fatal(err)
		}
		return got
	}
	for _, p := range permissions() {
		if p.method != http.MethodGet || p.in != "" || !strings.HasPrefix(p.answers, "+") || endless(p.path) {
			continue
		}
		t.Run(p.path, func(t *testing.T) {
			c.T, c.project = t, c.private
			path, _ := p.do(c)
			who := c.owner()
			first := who.ask(http.MethodGet, path, nil).is(http.StatusOK)
			tag := first.header.Get("ETag")
			if tag == "" {
				t.Fatal("no ETag")
			}
			bare := strings.TrimPrefix(tag, "W/")
			for _, have := range [][]string{{tag}, {bare}, {"W/" + bare}, {"*"}, {`"other", ` + tag}, {`"other"`, tag}, {`"a",W/"b" , ` + bare + `,"c"`}} {
				for _, method := range []string{http.MethodGet, http.MethodHead} {
					ask := who.ask(method, path, nil)
					ask.header["If-None-Match"] = have
					got := sent(ask)
					if got.status != http.StatusNotModified || len(got.body) > 0 || got.header.Get("ETag") != tag {
						t.Fatalf("%s of what one has as %q: %d, ETag %q instead of %q, %d bytes", method, have, got.status, got.header.Get("ETag"), tag, len(got.body))
					}
					c.toldHowFar(got, path)
				}
			}
			for _, other := range []string{`"other"`, `W/"other"`, strings.Trim(bare, `"`), bare[:len(bare)-2] + `~"`} {
				got := sent(who.ask(http.MethodGet, path, nil).with("If-None-Match", other))
				if got.status != http.StatusOK || got.header.Get("ETag") != tag {
					t.Errorf("a client that has %q gets %d, ETag %q", other, got.status, got.header.Get("ETag"))
				}
				c.toldHowFar(got, path)
			}
			head := sent(who.ask(http.MethodHead, path, nil))
			if head.status != http.StatusOK || len(head.body) > 0 || head.header.Get("ETag") != tag || head.header.Get("Content-Type") != first.header.Get("Content-Type") {
				t.Errorf("HEAD: %d, %d bytes, %v", head.status, len(head.body), head.header)
			}
			if strings.HasPrefix(path, c.ws) {
				sep := "?"
				if strings.Contains(path, "?") {
					sep = "&"
				}
				c.toldHowFar(who.ask(http.MethodGet, path+sep+"nonsense=1", nil).is(http.StatusUnprocessableEntity), path)
			}
		})
	}
	c.T = t
	srv.stop()
}

// endless are the addresses that give neither a list nor a thing: streams, and how the process is.
func endless(path string) bool {
	return strings.HasSuffix(path, "/events") || strings.HasSuffix(path, "/snapshot") || strings.Contains(path, "/files/") || path == "/livez" || path == "/readyz" || path == "/admin/health"
}

func (c *cast) toldHowFar(a *answer, path string) {
	c.Helper()
	if strings.HasPrefix(path, c.ws) && a.header.Get("Rung-Seq") == "" {
		c.Errorf("%s: %d without Rung-Seq", a.what, a.status)
	}
}
