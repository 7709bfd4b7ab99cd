package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
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
	for _, other := range []part{{"file", "a.png", png + "x"}, {"file", "a.png", png[:len(png)-1] + "x"}, {"file", "b.png", png}} {
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

func TestThrownAwayFiles(t *testing.T) {
	d := newDesk(t, 1<<20, 1<<30)
	path, id := d.attach("a.png", png)
	url := d.address("ann", path, "inline")
	d.do("bob", "DELETE", path, "", 204)
	d.do("bob", "DELETE", path, "", 204)
	d.do("ann", "GET", path, "", 404)
	d.missing("GET", url, "")
	trash := d.do("bob", "GET", "/trash", "", 200)
	expect(t, "the trash", trash.all("items", "type")+" "+trash.all("items", "id"), "attachment "+id)
	d.do("bob", "POST", path+"/restore", "", 200)
	expect(t, "restored", ask(t, d.srv, "GET", url, "").status, 200)
	d.do("ann", "DELETE", "/trash/attachment/"+id, "", 404)
	d.do("ann", "DELETE", path, "", 204)
	d.do("bob", "DELETE", "/trash/attachment/"+id, "", 403)
	d.do("ann", "DELETE", "/trash/attachment/"+id, "", 204)
	d.do("ann", "DELETE", "/trash/attachment/"+id, "", 204)
	d.do("ann", "POST", path+"/restore", "", 404)
	expect(t, "files kept", d.kept(), 0)
	d.do("ann", "DELETE", "/trash/comment/"+id, "", 422)
}
