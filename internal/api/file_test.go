package api

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestAnEmptyFileIsServed(t *testing.T) {
	d := newDesk(t, 1000, 1000)
	path, _ := d.attach("empty", "")
	if got := ask(t, d.srv, "GET", d.address("ann", path, "inline"), ""); got.status != 200 || got.body != "" {
		t.Errorf("%v", got)
	}
}

// What could run script is never shown where it is linked, whatever it calls itself.
func TestFilesRunNothing(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	const script = "<script>alert(document.domain)</script>"
	for name, tt := range map[string]struct {
		text, kind, served string
		shown              bool
	}{
		"picture.png": {png, "image/png", "image/png", true},
		"moving.gif":  {gif, "image/gif", "image/gif", true},
		"notes.txt":   {"Just words.\n", "text/plain; charset=utf-8", "text/plain; charset=utf-8", true},
		"page.png":    {"<!DOCTYPE html><html>" + script, "text/html; charset=utf-8", "application/octet-stream", false},
		"drawing.gif": {`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "image/svg+xml", "application/octet-stream", false},
		"xml.txt":     {`<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml">` + script + `</x>`, "text/xml; charset=utf-8", "application/octet-stream", false},
		"print.pdf":   {"%PDF-1.7\n1 0 obj <</JS (app.alert(1))>>", "application/pdf", "application/octet-stream", false},
		"both.gif":    {"GIF89a/*" + script + "*/=1;alert(1)", "image/gif", "image/gif", true}, // a picture and a script: served as a picture alone
		"broken.bin":  {"\x00\x01\x02" + script, "application/octet-stream", "application/octet-stream", false},
	} {
		t.Run(name, func(t *testing.T) {
			id := d.send("ann", d.task, 201, part{"file", name, tt.text})
			expect(t, "content_type", id.text("content_type"), tt.kind)
			path := d.task + "/attachments/" + id.text("id")
			said := d.do("ann", "POST", path+"/url", "", 200)
			want := map[bool]string{true: "inline", false: "attachment"}[tt.shown]
			expect(t, "disposition", said.text("disposition"), want)
			for disposition, want := range map[string]string{"inline": want, "attachment": "attachment"} {
				got := ask(t, d.srv, "GET", d.address("ann", path, disposition), "", "Origin", "https://evil.example.com", "Cookie", "a=b")
				h := got.header
				expect(t, "the body", got.body == tt.text, true)
				expect(t, "Content-Type", h.Get("Content-Type"), tt.served)
				expect(t, "Content-Disposition", h.Get("Content-Disposition"), want+`; filename="`+name+`"`)
				expect(t, "nosniff", h.Get("X-Content-Type-Options"), "nosniff")
				expect(t, "Content-Security-Policy", h.Get("Content-Security-Policy"), "sandbox; default-src 'none'; frame-ancestors 'none'")
				expect(t, "Referrer-Policy", h.Get("Referrer-Policy"), "no-referrer")
				expect(t, "Cross-Origin-Resource-Policy", h.Get("Cross-Origin-Resource-Policy"), "same-origin")
				if len(h["Set-Cookie"]) > 0 || !strings.HasPrefix(h.Get("Cache-Control"), "private, max-age=") || h.Get("Rung-Seq") != "" {
					t.Errorf("headers %v", h)
				}
			}
		})
	}
}

func TestRangesOfAFile(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	path, _ := d.attach("digits.txt", "0123456789")
	url := d.address("ann", path, "inline")
	whole := ask(t, d.srv, "GET", url, "")
	tag, date := whole.header.Get("ETag"), whole.header.Get("Last-Modified")
	if tag == "" || date == "" || whole.header.Get("Accept-Ranges") != "bytes" {
		t.Fatalf("%v", whole.header)
	}
	for name, tt := range map[string]struct {
		headers      []string
		status       int
		body, range_ string
	}{
		"the beginning":         {[]string{"Range", "bytes=0-3"}, 206, "0123", "bytes 0-3/10"},
		"the end":               {[]string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		"from somewhere":        {[]string{"Range", "bytes=5-"}, 206, "56789", "bytes 5-9/10"},
		"more than there is":    {[]string{"Range", "bytes=8-100"}, 206, "89", "bytes 8-9/10"},
		"what there is not":     {[]string{"Range", "bytes=10-"}, 416, "", "bytes */10"},
		"nonsense":              {[]string{"Range", "bytes=x"}, 416, "", ""},
		"another unit":          {[]string{"Range", "lines=1-2"}, 416, "", ""},
		"if it is the same":     {[]string{"Range", "bytes=0-3", "If-Range", tag}, 206, "0123", "bytes 0-3/10"},
		"if it is not":          {[]string{"Range", "bytes=0-3", "If-Range", `"other"`}, 200, "0123456789", ""},
		"nothing new":           {[]string{"If-None-Match", tag}, 304, "", ""},
		"nothing new since":     {[]string{"If-Modified-Since", date}, 304, "", ""},
		"something else":        {[]string{"If-None-Match", `"other"`}, 200, "0123456789", ""},
		"a precondition":        {[]string{"If-Match", `"other"`}, 412, "", ""},
		"many more than enough": {[]string{"Range", "bytes=" + strings.Repeat("0-,", 1000) + "0-"}, 200, "0123456789", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, d.srv, "GET", url, "", tt.headers...)
			if got.status != tt.status || tt.status < 300 && got.body != tt.body || tt.range_ != "" && got.header.Get("Content-Range") != tt.range_ {
				t.Errorf("%d %q %v", got.status, got.body, got.header)
			}
			if code := map[int]string{412: "version-conflict", 416: "range-not-satisfiable"}[tt.status]; code != "" {
				expect(t, "code", got.problem(t).Code, code)
			}
		})
	}
	two := ask(t, d.srv, "GET", url, "", "Range", "bytes=0-1,4-5")
	if two.status != 206 || !strings.HasPrefix(two.header.Get("Content-Type"), "multipart/byteranges") || !strings.Contains(two.body, "\r\n45\r\n") {
		t.Errorf("%d %v %q", two.status, two.header, two.body)
	}
}

func TestNamesOfFiles(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	long := strings.Repeat("ä", 200)
	for sent, tt := range map[string]struct{ name, header string }{
		"plan.txt":                     {"plan.txt", `filename="plan.txt"`},
		"Größe 2 €.pdf":                {"Größe 2 €.pdf", `filename="Gr__e 2 _.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%202%20%E2%82%AC.pdf`},
		"日本語":                          {"日本語", `filename="___"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E`},
		"../../etc/passwd":             {"passwd", `filename="passwd"`},
		`C:\Users\ann\secret.doc`:      {"secret.doc", `filename="secret.doc"`},
		"..":                           {"file", `filename="file"`},
		"/":                            {"file", `filename="file"`},
		" . ":                          {"file", `filename="file"`},
		".bashrc":                      {".bashrc", `filename=".bashrc"`},
		"photo\u202egpj.exe":           {"photogpj.exe", `filename="photogpj.exe"`},
		"a\u2066b\u200fc\u061cd\ufeff": {"abcd", `filename="abcd"`},
		"line\u2028break.txt":          {"line break.txt", `filename="line break.txt"`},
		`a"; filename="b.exe`:          {`a"; filename="b.exe`, `filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`},
		"family 👩‍👧.png":               {"family 👩‍👧.png", `filename="family ___.png"`},
		"a\xffb":                       {"ab", `filename="ab"`},
		"e\u0301.txt":                  {"é.txt", `filename="_.txt"; filename*=UTF-8''%C3%A9.txt`},
		"100%.txt":                     {"100%.txt", `filename="100_.txt"; filename*=UTF-8''100%25.txt`},
		long + ".tar":                  {strings.Repeat("ä", 125) + ".tar", `filename="`},
	} {
		made := d.send("ann", d.task, 201, part{"file", sent, "x"})
		if got := made.text("name"); got != tt.name {
			t.Errorf("%q is called %q, want %q", sent, got, tt.name)
		}
		url := d.address("ann", d.task+"/attachments/"+made.text("id"), "inline")
		got := ask(t, d.srv, "GET", url, "").header
		if s := got.Get("Content-Disposition"); !strings.Contains(s, tt.header) || strings.ContainsAny(s, "\r\n") || len(got["Content-Disposition"]) != 1 {
			t.Errorf("%q is sent as %q, want %q", sent, s, tt.header)
		}
	}
	// a header in a name
	body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''a%0d%0aSet-Cookie%3A%20x%3D1%00%07%0d%0a.txt\r\n\r\nx\r\n--x--\r\n"
	made := d.do("ann", "POST", d.task+"/attachments", body, 201, "Content-Type", "multipart/form-data; boundary=x")
	expect(t, "name", made.text("name"), "aSet-Cookie: x=1.txt")
	got := ask(t, d.srv, "GET", d.address("ann", d.task+"/attachments/"+made.text("id"), "attachment"), "").header
	if got.Get("Set-Cookie") != "" || got.Get("Content-Disposition") != `attachment; filename="aSet-Cookie: x=1.txt"` {
		t.Errorf("%v", got)
	}
	for _, header := range []string{"form-data; name=\"file\"; filename=\"\"", "form-data; name=\"file\""} {
		body := "--x\r\nContent-Disposition: " + header + "\r\n\r\nx\r\n--x--\r\n"
		made := d.do("ann", "POST", d.task+"/attachments", body, 201, "Content-Type", "multipart/form-data; boundary=x")
		expect(t, "the name of what has none", made.text("name"), "file")
	}
}

// missingBytes is the answer for what is not there.
func (d *desk) missing(method, path, who string) string {
	d.Helper()
	var headers []string
	if who != "" {
		headers = []string{"Authorization", "Bearer " + who}
	}
	got := ask(d.T, d.srv, method, path, "", headers...)
	if got.status != 404 {
		d.Errorf("%s %s: %d %s", method, path, got.status, got.body)
	}
	return got.body
}

func TestForgedAddresses(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	path, _ := d.attach("a.png", png)
	url := d.address("ann", path, "inline")
	prefix, token := url[:strings.LastIndexByte(url, '/')+1], url[strings.LastIndexByte(url, '/')+1:]
	want := d.missing("GET", prefix+uuid.NewString(), "")
	letters := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i := range token { // every letter matters, the last one too
		other := letters[(strings.IndexByte(letters, token[i])+1)%len(letters)]
		if got := d.missing("GET", prefix+token[:i]+string(other)+token[i+1:], ""); got != want {
			t.Fatalf("letter %d: %s", i, got)
		}
	}
	for _, bad := range []string{token[:len(token)-1], token + "A", token + "=", strings.ToLower(token), "x"} {
		if got := d.missing("GET", prefix+bad, "ann"); got != want {
			t.Errorf("%q: %s", bad, got)
		}
	}
	otherDesk := newDesk(t, 1<<20, 1<<30) // another installation has another secret
	if got := otherDesk.missing("GET", url, ""); got != want {
		t.Errorf("elsewhere: %s", got)
	}
	if got := ask(t, d.srv, "POST", url, ""); got.status != 405 {
		t.Errorf("POST: %d", got.status)
	}
	if got := ask(t, d.srv, "GET", url, "", "Authorization", "Bearer nonsense"); got.status != 200 {
		t.Errorf("a token that is not needed: %d", got.status)
	}
}

func TestAFileThatIsLostIsAnErrorOfOurs(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	path, _ := d.attach("a.png", png)
	url := d.address("ann", path, "inline")
	if err := os.RemoveAll(d.dir); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, d.srv, "GET", url, ""); got.status != http.StatusInternalServerError {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// A web app that is served elsewhere may show files; otherwise no other site may.
func TestFilesForAWebAppElsewhere(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	path, _ := d.attach("a.png", png)
	d.api.Origins = []string{"https://app.example.com"}
	d.api.PublicURL, d.api.BasePath = "https://rung.example.com/rung", "/rung"
	url := d.address("ann", path, "inline")
	rest, ok := strings.CutPrefix(url, "https://rung.example.com/rung")
	if !ok {
		t.Fatal(url)
	}
	expect(t, "policy", ask(t, d.srv, "GET", rest, "").header.Get("Cross-Origin-Resource-Policy"), "cross-origin")
	d.api.PublicURL = ""
	if url := d.address("ann", path, "inline"); !strings.HasPrefix(url, "/rung/api/v1/files/") {
		t.Error(url)
	}
}
