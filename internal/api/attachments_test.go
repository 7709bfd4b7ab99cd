package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/blob"
	"github.com/rung-app/rung/internal/tasks"
)

// desk is a board on which files may be put.
type desk struct {
	*board
	dir  string // where they are kept
	web  string // id of an open project
	task string // path of a task in it
}

func newDesk(t *testing.T, maxFile, maxStorage int64) *desk {
	t.Helper()
	d := &desk{board: newBoard(t), dir: filepath.Join(t.TempDir(), "files")}
	folder, err := blob.OpenFolder(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	d.tasks.KeepFiles(tasks.Files{Store: folder, MaxFile: maxFile, MaxStorage: maxStorage})
	_, d.web = d.project(`{"name":"Website"}`)
	d.task, _ = d.board.task(d.web, "one")
	return d
}

// part is a part of a form.
type part struct{ name, file, text string }

// formOf writes a form. A part with a file's name is a file.
func formOf(t *testing.T, parts ...part) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		h := textproto.MIMEHeader{}
		say := `form-data; name="` + p.name + `"`
		if p.file != "" {
			say += `; filename="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(p.file) + `"`
			h.Set("Content-Type", "image/png") // a lie, mostly
		}
		h.Set("Content-Disposition", say)
		in, err := w.CreatePart(h)
		if err == nil {
			_, err = io.WriteString(in, p.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// send posts a form and expects a status.
func (d *desk) send(who, task string, status int, parts ...part) reply {
	d.Helper()
	body, contentType := formOf(d.T, parts...)
	return d.do(who, "POST", task+"/attachments", body, status, "Content-Type", contentType)
}

// attach attaches a file as Ann and gives its path and its id.
func (d *desk) attach(name, text string) (path, id string) {
	d.Helper()
	id = d.send("ann", d.task, 201, part{"file", name, text}).text("id")
	return d.task + "/attachments/" + id, id
}

// address gives an address of a file.
func (d *desk) address(who, path, disposition string) string {
	d.Helper()
	return d.do(who, "POST", path+"/url?disposition="+disposition, "", 200).text("url")
}

// kept counts the files that are kept.
func (d *desk) kept() (n int) {
	d.Helper()
	if err := filepath.WalkDir(d.dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	}); err != nil {
		d.Fatal(err)
	}
	return n
}

const (
	png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
	gif = "GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9"
)

func TestAFileIsAttachedAndHadBack(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	text := strings.Repeat("Words, words, words. ", 5_000)
	sum := sha256.Sum256([]byte(text))
	id := uuid.Must(uuid.NewV7()).String()
	made := d.send("ann", d.task, 201, part{"id", "", id}, part{"file", "plan.txt", text})
	for field, want := range map[string]any{
		"id": id, "name": "plan.txt", "size": len(text), "content_type": "text/plain; charset=utf-8", "sha256": hex.EncodeToString(sum[:]),
		"author.name": "ann", "created_by": d.people["ann"], "deleted_at": nil, "task": strings.TrimPrefix(d.task, "/tasks/"),
	} {
		expect(t, field, made.at(field), want)
	}
	path := d.task + "/attachments/" + id
	one := d.do("bob", "GET", path, "", 200)
	if one.body != made.body {
		t.Errorf("got %s, want %s", one.body, made.body)
	}
	d.do("bob", "GET", path, "", 304, "If-None-Match", one.header.Get("ETag"))
	list := d.do("bob", "GET", d.task+"/attachments", "", 200)
	expect(t, "the list", list.all("items", "id"), id)
	d.do("bob", "GET", d.task+"/attachments", "", 304, "If-None-Match", list.header.Get("ETag"))
	expect(t, "attachment_count", d.do("bob", "GET", d.task, "", 200).at("attachment_count"), 1)

	url := d.address("bob", path, "inline")
	got := ask(t, d.srv, "GET", url, "")
	if got.status != 200 || got.body != text {
		t.Fatalf("%d, %d bytes", got.status, len(got.body))
	}
	if url != d.address("bob", path, "inline") {
		t.Error("what the same person loads again has another address each time")
	}
	if url == d.address("ann", path, "inline") || url == d.address("bob", path, "attachment") {
		t.Error("an address is another's too")
	}
	if head := ask(t, d.srv, "HEAD", url, ""); head.status != 200 || head.body != "" || head.header.Get("Content-Length") != fmt.Sprint(len(text)) {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
}

// The same form sent again makes nothing new, and another one with the same id is refused. Neither leaves anything behind.
func TestAFileIsSentTwice(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	id := uuid.Must(uuid.NewV7()).String()
	first := d.send("ann", d.task, 201, part{"id", "", id}, part{"file", "a.png", png})
	again := d.send("ann", d.task, 200, part{"file", "a.png", png}, part{"id", "", id})
	expect(t, "the second answer", again.body, first.body)
	for _, other := range []part{{"file", "a.png", png + "x"}, {"file", "b.png", png}} {
		expect(t, "code", d.send("ann", d.task, 409, part{"id", "", id}, other).text("code"), "id-taken")
	}
	elsewhere, _ := d.board.task(d.web, "two")
	d.send("ann", elsewhere, 409, part{"id", "", id}, part{"file", "a.png", png})
	expect(t, "files kept", d.kept(), 1)
	expect(t, "attachment_count", d.do("ann", "GET", d.task, "", 200).at("attachment_count"), 1)
	d.attach("a.png", png) // without an id it is another one
	expect(t, "files kept", d.kept(), 2)
}

func TestWhatAFormWithAFileMustBe(t *testing.T) {
	d := newDesk(t, 1000, 1<<30)
	id := uuid.NewString()
	for name, tt := range map[string]struct {
		parts  []part
		status int
		code   string
		field  string
	}{
		"nothing":          {nil, 422, "invalid", "file"},
		"no file":          {[]part{{"id", "", id}}, 422, "invalid", "file"},
		"two files":        {[]part{{"file", "a", "a"}, {"file", "b", "b"}}, 422, "invalid", "file"},
		"no id":            {[]part{{"id", "", "s3cret"}, {"file", "a", "a"}}, 422, "invalid", "id"},
		"an id of another": {[]part{{"id", "", "{" + id + "}"}, {"file", "a", "a"}}, 422, "invalid", "id"},
		"two ids":          {[]part{{"id", "", id}, {"file", "a", "a"}, {"id", "", id}}, 422, "invalid", "id"},
		"an unknown field": {[]part{{"file", "a", "a"}, {"s3cret", "", "x"}}, 422, "invalid", "body"},
		"a server's field": {[]part{{"file", "a", "a"}, {"content_type", "", "image/png"}}, 422, "invalid", "body"},
		"too large":        {[]part{{"file", "a", strings.Repeat("s3cret", 1000)}}, 413, "file-too-large", ""},
		"just too large":   {[]part{{"file", "a", strings.Repeat("x", 1001)}}, 413, "file-too-large", ""},
		"a gigantic id":    {[]part{{"file", "a", "a"}, {"id", "", strings.Repeat("x", 65<<10)}}, 413, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := d.send("ann", d.task, tt.status, tt.parts...)
			p := got.problem(t)
			if tt.code != "" && p.Code != tt.code || tt.field != "" && (len(p.Errors) != 1 || p.Errors[0].Field != tt.field) || strings.Contains(got.body, "s3cret") {
				t.Errorf("%s", got.body)
			}
		})
	}
	body, contentType := formOf(t, part{"file", "a", "all of it"})
	for name, tt := range map[string]struct {
		body, contentType string
		status            int
	}{
		"cut off in the file":   {body[:strings.Index(body, "of it")], contentType, 400},
		"cut off in the head":   {body[:strings.Index(body, "form-data")], contentType, 422},
		"without its end":       {body[:len(body)-6], contentType, 400},
		"nothing at all":        {"", contentType, 422},
		"JSON":                  {"{}", "application/json", 415},
		"another kind of parts": {body, strings.Replace(contentType, "form-data", "mixed", 1), 415},
		"no boundary":           {body, "multipart/form-data", 415},
		"another boundary":      {body, "multipart/form-data; boundary=other", 422},
	} {
		t.Run(name, func(t *testing.T) {
			d.do("ann", "POST", d.task+"/attachments", tt.body, tt.status, "Content-Type", tt.contentType).problem(t)
		})
	}
	expect(t, "files kept", d.kept(), 0)
	expect(t, "attachment_count", d.do("ann", "GET", d.task, "", 200).at("attachment_count"), 0)
	d.send("ann", d.task, 201, part{"file", "full", strings.Repeat("x", 1000)})
	expect(t, "an empty file", d.send("ann", d.task, 201, part{"file", "empty", ""}).at("size"), 0)
}

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

// A bomb of zeros is a file as any other: nothing is ever unpacked.
func TestABombIsJustAFile(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<20)
	bomb := "PK\x03\x04\x14\x00\x00\x00\x08\x00" + strings.Repeat("\x00", 4000)
	made := d.send("ann", d.task, 201, part{"file", "bomb.zip", bomb})
	expect(t, "content_type", made.text("content_type"), "application/zip")
	expect(t, "size", made.at("size"), len(bomb))
	n, err := d.tasks.Storage(t.Context(), d.ws)
	if err != nil || n != int64(len(bomb)) {
		t.Errorf("it takes %d bytes, %v", n, err)
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
			if tt.status == 416 {
				expect(t, "code", got.problem(t).Code, "range-not-satisfiable")
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

// Whoever may not see a task can't tell that it has files, and an address ends with the right to see what it leads to.
func TestWhoMaySeeFiles(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	private, id := d.project(`{"name":"Private","access":"private"}`)
	path, _ := d.board.task(id, "secret")
	grant := func(role string) {
		d.Helper()
		d.do("ann", "PUT", private+"/members/"+d.people["gus"].String(), `{"role":"`+role+`"}`, 200)
	}
	grant("commenter")
	made := d.send("gus", path, 201, part{"file", "his.png", png}).text("id") // who may comment may attach
	file := path + "/attachments/" + made
	hers := path + "/attachments/" + d.send("ann", path, 201, part{"file", "hers.png", png}).text("id")
	d.do("gus", "DELETE", hers, "", 403)
	url := d.address("gus", file, "inline")
	grant("viewer")
	expect(t, "a viewer", ask(t, d.srv, "GET", url, "").status, 200)
	d.send("gus", path, 403, part{"file", "more.png", png})
	d.do("gus", "DELETE", file, "", 403)
	d.address("gus", hers, "inline")

	d.do("ann", "DELETE", private+"/members/"+d.people["gus"].String(), "", 204)
	expect(t, "who lost her role", ask(t, d.srv, "GET", url, "").status, 404)
	random := "/workspaces/acme/tasks/" + uuid.NewString() + "/attachments"
	for _, who := range []string{"gus", "bob"} {
		for method, suffix := range map[string]string{"GET": "", "POST": "/" + made + "/url", "DELETE": "/" + made} {
			want := d.missing(method, Prefix+random+suffix, who)
			if got := d.missing(method, Prefix+"/workspaces/acme"+path+"/attachments"+suffix, who); got != want {
				t.Errorf("%s %s%s: %s", who, method, suffix, got)
			}
		}
		d.send(who, path, 404, part{"file", "more.png", png})
		d.send(who, strings.TrimPrefix(random[:len(random)-len("/attachments")], "/workspaces/acme"), 404, part{"file", "more.png", png})
	}
	// a file under another task's address is not there
	d.do("ann", "GET", d.task+"/attachments/"+made, "", 404)
	d.do("ann", "POST", d.task+"/attachments/"+made+"/url", "", 404)
	d.do("ann", "DELETE", d.task+"/attachments/"+made, "", 404)
	for _, token := range []string{"ann write", "ann"} {
		got := ask(t, d.srv, "GET", Prefix+"/workspaces/"+uuid.NewString()+path+"/attachments/"+made, "", "Authorization", "Bearer "+token+" read")
		expect(t, "from another workspace", got.status, 404)
	}
	expect(t, "files kept", d.kept(), 2)
}

func TestTooManyUploadsOfOne(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	var ends []func()
	for range uploadsOfOne {
		done, err := d.api.uploads.begin(d.people["ann"])
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, done)
	}
	got := d.send("ann", d.task, 429, part{"file", "a.png", png})
	if got.header.Get("Retry-After") == "" {
		t.Errorf("%v", got.header)
	}
	d.send("bob", d.task, 201, part{"file", "a.png", png})
	ends[0]()
	d.send("ann", d.task, 201, part{"file", "a.png", png})
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
