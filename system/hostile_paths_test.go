package system

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// raw sends a request line and headers as they are and gives the answer, nil if the server hangs up.
func (b *besieged) raw(method, target string, headers ...string) *http.Response {
	b.Helper()
	b.sent++
	conn, err := net.Dial("tcp", b.srv.addr)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(patience))
	request := method + " " + target + " HTTP/1.1\r\nHost: " + b.srv.addr + "\r\nConnection: close\r\nAuthorization: Bearer " + b.e.owner.token + "\r\n" +
		strings.Join(headers, "\r\n")
	if len(headers) > 0 {
		request += "\r\n"
	}
	if _, err := fmt.Fprint(conn, request+"\r\n"); err != nil {
		b.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		return nil
	}
	resp.Body.Close()
	return resp
}

func TestHostilePaths(t *testing.T) {
	b := besiege(t)
	values := []string{
		"..", ".", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5c", "a%2fb", "%2f", "%5c", "%00", "%ff", "%c0%ae%c0%ae", "%ed%a0%80", "a%0d%0aX-Evil:%20y",
		"%25%32%65", "%E2%80%AE", "a;b=c", "a:b", "*", "~", "'", "%22", "{}", "$(x)", strings.Repeat("a", 5_000), strings.Repeat("%2e", 1_000),
	}
	for _, r := range b.surface().routes {
		for _, name := range r.parameters("path") {
			for _, v := range values {
				one := r
				one.path = strings.Replace(r.path, "{"+name+"}", v, 1)
				target := "/api/v1" + strings.ReplaceAll(b.e.path(t, one), "{token}", "guessed")
				headers := []string(nil)
				if r.body != nil {
					headers = []string{"Content-Type: application/json", "Content-Length: 0"}
				}
				resp := b.raw(r.method, target, headers...)
				if resp == nil || resp.StatusCode >= 500 || resp.Header.Get("X-Evil") != "" {
					t.Errorf("%s %s: %v", r.method, target, resp)
					continue
				}
				if to := resp.Header.Get("Location"); to != "" && to != "/api/v1" && !strings.HasPrefix(to, "/api/v1/") {
					t.Errorf("%s %s leads to %s", r.method, target, to)
				}
				if resp.StatusCode < 300 && v != "." && v != ".." && r.method != http.MethodDelete {
					t.Errorf("%s %s: %d", r.method, target, resp.StatusCode)
				}
			}
		}
	}
	b.e.owner.get("/workspaces/" + b.e.ws + "/tasks/" + b.e.key)
	for _, target := range []string{
		"/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/go.mod", "/.git/config",
		"/.env", "/rung.db", "/index.html%00.js", "/index.html/", "//evil.test/..", "//evil.test/%2e%2e", "/\\evil.test", "/%5c%5cevil.test/..", "/assets//x.js", "/%ff.js",
		"/api", "/api/", "/api/v1", "/api/v1/", "/api/v1//me", "/api/v1/../v1/me", "/api/v2/me", "/livez/../readyz", "/.well-known/../rung.db", "/debug/pprof/", "/metrics",
		"http://evil.test/", "*",
	} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "POST"} {
			resp := b.raw(method, target)
			if resp == nil || resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented {
				t.Errorf("%s %s: %v", method, target, resp)
				continue
			}
			to := resp.Header.Get("Location")
			if u, err := url.Parse(to); err != nil || u.Host != "" || strings.HasPrefix(to, "/\\") {
				t.Errorf("%s %s leads to %s", method, target, to)
			}
		}
	}
	b.over()
}

func TestHostileQueriesAndHeaders(t *testing.T) {
	b := besiege(t)
	tasks := "/workspaces/" + b.e.ws + "/tasks"
	var many strings.Builder
	for i := range 9_000 {
		fmt.Fprintf(&many, "a%d&", i)
	}
	for query, status := range map[string]int{
		"limit=1&limit=2": 422, "project=" + newID() + "&project=" + newID(): 422, "limit=0": 422, "limit=-1": 422, "limit=1e3": 422, "limit=99999999999999999999": 422,
		"limit=%31": 200, "limit": 422, "a=1": 422, "sort=id;drop": 400, "q=%00": 400, "q=%ff": 400, "q=%zz": 400, "q=a%0ab": 200, "q=" + strings.Repeat("a", 501): 422,
		"q=" + strings.Repeat("a", 100_000): 431, many.String(): 400, strings.Repeat("limit=1&", 5_000): 422, "tz=../../etc/passwd": 422, "tz=Local": 422, "tz=%2fetc%2flocaltime": 422,
		"due_before=9999-12-31": 200, "due_before=99999-12-31": 422, "due_before=-1": 422, "cursor=" + strings.Repeat("A", 2_000): 422, "project=" + strings.Repeat(newID()+",", 201): 422,
		"assignee=me,none,me": 200, "Limit=1": 422, "limit[]=1": 422, "%6cimit=1&limit=2": 422, "&&&": 200, "=": 422, "external=a%3Ab": 200, "priority=9": 422, "completed=maybe": 422,
	} {
		b.sent++
		if got := b.e.owner.ask(http.MethodGet, tasks+"?"+query, nil).send(); got.status != status {
			t.Errorf("%.80s: %d, want %d: %.300s", query, got.status, status, got.body)
		} else if len(got.body) > 30_000 {
			t.Errorf("%.80s is refused with %d bytes", query, len(got.body))
		}
	}
	for name, values := range map[string][]string{
		"If-None-Match":          {strings.Repeat(`"a",`, 10_000), `W/`, `"`, "*", ",,,", "\xff", `""`},
		"If-Match":               {strings.Repeat("a", 100), `"1`, `"1" "2"`, `"-1"`, `"99999999999999999999"`, "\xff", `W/""`, `"+1"`, `"0x1"`},
		"Rung-Base-Version":      {"-1", "1e3", "99999999999999999999", "\xff", "0x1", " 1"},
		"Last-Event-ID":          {"-", "a-", "-1", "a-b", "a--1", "a-99999999999999999999", "\xff-1", strings.Repeat("a", 200), "a-+1"},
		"Range":                  {"bytes=0-99999999999999999999", "bytes=-1", "bytes=" + strings.Repeat("0-0,", 1_000)},
		"Accept-Encoding":        {strings.Repeat("gzip,", 5_000), "gzip;q=99", "\xff", "*"},
		"Accept":                 {"text/xml", "\xff", strings.Repeat("a/b,", 5_000)},
		"Authorization":          {"Bearer", "Bearer " + strings.Repeat("a", 50_000), "Bearer \xff", "Basic YTpi", "bearer " + strings.Repeat(".", 1_000)},
		"X-Request-Id":           {"evil-request-id", "a\tb-request", strings.Repeat("a", 1_000)},
		"X-Forwarded-For":        {"1.1.1.1", strings.Repeat("1.1.1.1,", 5_000), "evil"},
		"X-Forwarded-Host":       {"evil.test"},
		"Origin":                 {"null", "https://evil.test", "https://rung.example.com.evil.test"},
		"Cookie":                 {strings.Repeat("a=b; ", 10_000), "rung_refresh=", "rung_refresh=\xff"},
		"Traceparent":            {"evil"},
		"Transfer-Encoding":      {"identity"},
		"Content-Length":         {"0"},
		"X-Http-Method":          {"DELETE"},
		"X-Original-Url":         {"/api/v1/admin/users"},
		"X-Http-Method-Override": {"DELETE"},
	} {
		for _, v := range values {
			for _, target := range []string{"/api/v1" + tasks, "/api/v1" + tasks + "/" + b.e.key} {
				resp := b.raw("GET", target, name+": "+v)
				if resp == nil || resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented {
					t.Errorf("%s: %.80q: %v", name, v, resp)
					continue
				}
				for echoed, all := range resp.Header {
					if slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, "evil") }) {
						t.Errorf("%s: %.80q comes back in %s: %v", name, v, echoed, all)
					}
				}
			}
		}
	}
	for _, headers := range [][]string{
		{"X-Request-Id: abcdefgh\r\n folded: evil"},
		{"X-Request-Id : abcdefgh"},
		{"A\x00B: c"},
		{"A: b\x00c"},
		{"A: b\rX-Evil: c"},
		{"Content-Length: 1", "Content-Length: 2"},
		{"Content-Length: 5", "Transfer-Encoding: chunked"},
		{"Transfer-Encoding: chunked, identity"},
		{"Host: evil.test"},
	} {
		if resp := b.raw("GET", "/api/v1/me", headers...); resp != nil && (resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented || resp.Header.Get("X-Evil") != "") {
			t.Errorf("%q: %d %v", headers, resp.StatusCode, resp.Header)
		}
	}
	b.over()
}
