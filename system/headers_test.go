package system

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// headerRow is a line of the table of headers in docs/security.md.
type headerRow struct{ name, of, value string }

func documentedHeaders(t *testing.T) []headerRow {
	t.Helper()
	doc, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, ok := strings.Cut(string(doc), "### Headers\n")
	if !ok {
		t.Fatal("docs/security.md has no chapter of headers")
	}
	chapter, _, _ = strings.Cut(chapter, "\n#")
	var rows []headerRow
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+) \\| `([^`]+)` \\|$").FindAllStringSubmatch(chapter, -1) {
		rows = append(rows, headerRow{m[1], m[2], m[3]})
	}
	if len(rows) < 10 {
		t.Fatalf("the table of headers has %d rows", len(rows))
	}
	return rows
}

// TestHeadersAreTheDocumentedOnes compares the answers of two installations with the table, in both directions.
func TestHeadersAreTheDocumentedOnes(t *testing.T) {
	rows := documentedHeaders(t)
	names := map[string]bool{}
	for _, r := range rows {
		names[r.name] = true
	}
	for _, site := range []struct {
		name       string
		env        []string
		conditions map[string]bool
	}{
		{"https", []string{"RUNG_PUBLIC_URL=https://rung.example.com"}, map[string]bool{
			"": true, "if `RUNG_PUBLIC_URL` is https": true, "unless `RUNG_CORS_ORIGINS` names anybody": true, "if `RUNG_CORS_ORIGINS` names anybody": false,
		}},
		{"plain, with a web app elsewhere", []string{"RUNG_CORS_ORIGINS=https://app.example.com"}, map[string]bool{
			"": true, "if `RUNG_PUBLIC_URL` is https": false, "unless `RUNG_CORS_ORIGINS` names anybody": false, "if `RUNG_CORS_ORIGINS` names anybody": true,
		}},
	} {
		t.Run(site.name, func(t *testing.T) {
			srv := newServer(t, "", append(site.env, "RUNG_SIGNUP=open")...)
			srv.start()
			s := &story{T: t, env: Env{BaseURL: srv.base()}, http: newHTTP()}
			s.nobody = &person{s: s, name: "nobody"}
			ada := s.register("Ada", object{})
			ws := "/workspaces/" + ada.home
			project := ada.makes(ws+"/projects", object{"name": "Website"}).id()
			task := ws + "/tasks/" + ada.makes(ws+"/tasks", object{"project": project, "title": "With files"}).id()
			file := func(name, text string) string {
				return task + "/attachments/" + ada.attaches(task, name, []byte(text), "").is(http.StatusCreated).id()
			}
			for _, a := range []struct {
				is     string // what the table calls it
				answer *answer
			}{
				{"the API", s.nobody.get("/auth/methods")},
				{"the API", s.nobody.ask(http.MethodGet, "/me", nil).is(http.StatusUnauthorized)},
				{"the API", s.nobody.ask(http.MethodGet, "/nowhere", nil).is(http.StatusNotFound)},
				{"the API", s.nobody.ask(http.MethodPut, "/me", nil).is(http.StatusMethodNotAllowed)},
				{"the API", s.nobody.post("/auth/login", object{"email": "ada@example.org", "password": "wrong"}).is(http.StatusUnauthorized)},
				{"the API", s.nobody.post("/auth/login", object{"email": "ada@example.org", "password": password("Ada")}).is(http.StatusOK)},
				{"lists and single things", ada.get("/me")},
				{"the API", ada.get("/auth/sessions")},
				{"lists and single things", ada.get(ws + "/changes")},
				{"the API", ada.get(ws + "/snapshot")},
				{"the API", s.nobody.get("/livez")},
				{"the API", s.nobody.get("/readyz")},
				{"lists and single things", ada.get(ws + "/tasks")},
				{"lists and single things", ada.get(ws + "/projects/" + project)},
				{"a file", s.nobody.get(ada.addressOf(file("notes.txt", "just words")))},
				{"a file", s.nobody.get(ada.addressOf(file("page.html", "<!DOCTYPE html><script>alert(1)</script>")))},
				{"the API", s.nobody.ask(http.MethodGet, "/files/nothing", nil).is(http.StatusNotFound)},
				{"the public keys", s.nobody.get("/.well-known/jwks.json")},
				{"the API's documentation", s.nobody.get("/docs")},
				{"the API's documentation", s.nobody.get("/docs/docs.js")},
				{"the API's documentation", s.nobody.get("/openapi.json")},
				{"the app", s.nobody.get(srv.base() + "/")},
				{"the app", s.nobody.get(srv.base() + "/acme/t/WEB-12")},
			} {
				want := map[string]string{}
				for _, r := range rows {
					of, condition, _ := strings.Cut(r.of, ", ")
					holds, known := site.conditions[condition]
					if !known {
						t.Fatalf("the table's condition %q is not tried", condition)
					}
					// What lists are is said behind what the API is, and counts instead.
					ofTheAPI := of == "the API" && (a.is == "lists and single things" || a.is == "the public keys")
					if holds && (of == "everything" || of == a.is || ofTheAPI) {
						want[r.name] = r.value
					}
				}
				for name := range names {
					got := strings.Join(a.answer.header[http.CanonicalHeaderKey(name)], " AND ")
					if a.is == "a file" { // how long its address is still good
						got = regexp.MustCompile(`max-age=[1-9]\d{2}\b`).ReplaceAllString(got, "max-age=SECONDS")
					}
					if got != want[name] {
						t.Errorf("%s: %s is %q, and documented is %q", a.answer.what, name, got, want[name])
					}
				}
				if a.answer.header.Get("Content-Type") == "" && len(a.answer.body) > 0 {
					t.Errorf("%s has no content type", a.answer.what)
				}
				if kind := a.answer.header.Get("Content-Type"); strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "charset=utf-8") {
					t.Errorf("%s is %s, of which encoding?", a.answer.what, kind)
				}
			}
			srv.stop()
		})
	}
}

// wire is one server that nobody uses, for what an HTTP client would not send.
func wire(t *testing.T) (srv *server, send func(request string) (status, rest string)) {
	t.Helper()
	srv = newServer(t, "", "RUNG_SIGNUP=open", "RUNG_PUBLIC_URL=https://rung.example.com")
	srv.start()
	return srv, func(request string) (string, string) {
		t.Helper()
		conn, err := net.Dial("tcp", srv.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		r := bufio.NewReader(conn)
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("%q is not answered: %v", request, err)
		}
		rest, _ := io.ReadAll(r)
		return strings.TrimPrefix(strings.TrimSpace(line), "HTTP/1.1 "), string(rest)
	}
}

// TestDoubtfulLengthsAreRefused sends what two servers in a row could take for different requests.
func TestDoubtfulLengthsAreRefused(t *testing.T) {
	_, send := wire(t)
	const post, close = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n", "\r\n{}GET /api/v1/auth/methods HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, lengths := range []string{
		"Content-Length: 2\r\nContent-Length: 3\r\n",
		"Content-Length: +2\r\n",
		"Content-Length: 0x2\r\n",
		"Content-Length: -2\r\n",
		"Content-Length: 99999999999999999999\r\n",
		"Transfer-Encoding: gzip\r\n",
		"Transfer-Encoding: chunked, identity\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding : chunked\r\n",
		"Content-Length: 2\r\n continued\r\n",
		"X: a\x00b\r\n",
	} {
		status, rest := send(post + lengths + close)
		if !strings.HasPrefix(status, "4") && !strings.HasPrefix(status, "501") {
			t.Errorf("%q is answered %s", lengths, status)
		}
		if strings.Contains(rest, `"signup"`) {
			t.Errorf("%q let a second request in: %s", lengths, rest)
		}
	}
	// Of both at once the length is ignored, as RFC 9112 has it: what follows the last chunk is a request of its own.
	status, rest := send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n" +
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/auth/methods HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if !strings.HasPrefix(status, "400") || !strings.Contains(rest, `"signup"`) {
		t.Errorf("with both lengths: %s and then %s", status, rest)
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	_, send := wire(t)
	for _, path := range []string{"/", "/api/v1/auth/methods", "/api/v1/me", "/livez", "/api/v1/docs"} {
		for _, method := range []string{"TRACE", "TRACK", "CONNECT", "OPTIONS", "PROPFIND", "get", "BREW"} {
			status, rest := send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nX-Echo: is it echoed\r\nConnection: close\r\n\r\n")
			if !strings.HasPrefix(status, "404") && !strings.HasPrefix(status, "405") && !strings.HasPrefix(status, "400") {
				t.Errorf("%s %s: %s", method, path, status)
			}
			if strings.Contains(rest, "is it echoed") {
				t.Errorf("%s %s echoes the request", method, path)
			}
		}
	}
	// a method that a header or a parameter names is not the method
	for _, header := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
		if status, _ := send("POST /api/v1/auth/methods HTTP/1.1\r\nHost: x\r\n" + header + ": GET\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(status, "405") {
			t.Errorf("%s: %s", header, status)
		}
	}
}

func TestNothingRedirectsElsewhere(t *testing.T) {
	srv, send := wire(t)
	for _, path := range []string{
		"//evil.example.com/", "//evil.example.com/%2e%2e", "/api//evil.example.com", "/api/v1/..//evil.example.com", "/\\evil.example.com",
		"/api/..//evil.example.com/", "/%2f%2fevil.example.com", "/api/v1/docs/", "http://evil.example.com/api//v1", "/api/v1//auth/methods",
	} {
		status, rest := send("GET " + path + " HTTP/1.1\r\nHost: " + srv.addr + "\r\nX-Forwarded-Host: evil.example.com\r\nConnection: close\r\n\r\n")
		for line := range strings.Lines(rest) {
			name, to, _ := strings.Cut(strings.TrimSpace(line), ": ")
			if strings.EqualFold(name, "Location") && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
				t.Errorf("%s: %s leads to %s", path, status, to)
			}
		}
	}
}

// TestARepeatedParameterIsRefused leaves no two readers of one request to disagree on what it says.
func TestARepeatedParameterIsRefused(t *testing.T) {
	srv := newServer(t, "", "RUNG_SIGNUP=open")
	srv.start()
	s := &story{T: t, env: Env{BaseURL: srv.base()}, http: newHTTP()}
	s.nobody = &person{s: s, name: "nobody"}
	ada := s.register("Ada", object{})
	ws := "/workspaces/" + ada.home
	for _, query := range []string{"limit=2&limit=200", "assignee=me&assignee=none", "project=" + newID() + "&project=" + newID()} {
		ada.ask(http.MethodGet, ws+"/tasks?"+query, nil).is(http.StatusUnprocessableEntity)
	}
	ada.ask(http.MethodGet, ws+"/tasks?limit=200", []byte("limit=2")).with("Content-Type", "application/x-www-form-urlencoded").is(http.StatusOK)
	srv.stop()
}
