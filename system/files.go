package system

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// attaches sends a file to a task.
func (p *person) attaches(task, name string, content []byte, id string) *answer {
	p.s.Helper()
	return p.attaching(task, name, content, id).send()
}

// attaching puts together the form with which attaches does it.
func (p *person) attaching(task, name string, content []byte, id string) *ask {
	p.s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if id != "" {
		if err := form.WriteField("id", id); err != nil {
			p.s.Fatal(err)
		}
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {"image/png"},
	})
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		p.s.Fatal(err)
	}
	return p.ask(http.MethodPost, task+"/attachments", body.Bytes()).with("Content-Type", form.FormDataContentType())
}

// addressOf gives an address of a file, below the API's own.
func (p *person) addressOf(file string) string {
	p.s.Helper()
	url := p.post(file+"/url", nil).is(http.StatusOK).text("url")
	_, below, ok := strings.Cut(url, "/api/v1")
	if !ok {
		p.s.Fatalf("the address of a file is %s", url)
	}
	return below
}

// files attaches files to tasks, has them back, and throws them away.
func (s *story) files() {
	project, _ := s.project("Files", "key", "FIL")
	task := s.ws + "/tasks/" + s.ada.task(project, "With files").id()
	picture := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + strings.Repeat("\x00\x01\x02\x03", 50_000))
	stream := s.ada.follow(s.ws, "")
	id := newID()
	made := s.ben.attaches(task, "Grüße.png", picture, id).is(http.StatusCreated).has(object{
		"id": id, "name": "Grüße.png", "size": len(picture), "content_type": "image/png", "author": object{"user": s.ben.id, "name": "Ben"},
	})
	s.ben.attaches(task, "Grüße.png", picture, id).is(http.StatusOK).has(object{"version": made.number("version")})
	s.ben.attaches(task, "Grüße.png", picture[1:], id).is(http.StatusConflict)
	if e := stream.until("attachment.created", id); e.data["data"].(object)["name"] != "Grüße.png" {
		s.Errorf("the event is %s", asJSON(e.data))
	}
	page := s.ada.attaches(task, "page.png", []byte("<!DOCTYPE html><script>alert(1)</script>"), "").is(http.StatusCreated).has(object{"content_type": "text/html; charset=utf-8"})
	if got := ids(s.ada.list(task+"/attachments", 1)); !slices.Equal(got, []string{id, page.id()}) {
		s.Errorf("the files are %v", got)
	}
	s.ada.get(task).has(object{"attachment_count": 2})
	s.ada.get(task + "/attachments/" + id).has(object{"sha256": made.text("sha256")})

	address := s.ada.addressOf(task + "/attachments/" + id)
	whole := s.nobody.get(address)
	if !bytes.Equal(whole.body, picture) || whole.header.Get("Content-Type") != "image/png" || !strings.HasPrefix(whole.header.Get("Content-Disposition"), "inline") {
		s.Errorf("%d bytes came back: %v", len(whole.body), whole.header)
	}
	part := s.nobody.ask(http.MethodGet, address, nil).with("Range", "bytes=100-199").with("If-Range", whole.header.Get("ETag")).is(http.StatusPartialContent)
	if !bytes.Equal(part.body, picture[100:200]) {
		s.Errorf("%d bytes of a part", len(part.body))
	}
	s.nobody.ask(http.MethodGet, address, nil).with("If-None-Match", whole.header.Get("ETag")).is(http.StatusNotModified)
	s.nobody.ask(http.MethodGet, address+"x", nil).is(http.StatusNotFound)
	unsafe := s.nobody.get(s.ada.addressOf(task + "/attachments/" + page.id()))
	if h := unsafe.header; h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") ||
		!strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox;") || h.Get("X-Content-Type-Options") != "nosniff" {
		s.Errorf("a page is served as %v", h)
	}

	s.ben.delete(task + "/attachments/" + page.id()).is(http.StatusNoContent) // he edits the task
	s.ben.delete(task + "/attachments/" + page.id()).is(http.StatusNoContent)
	stream.until("attachment.deleted", page.id())
	s.ada.get(task).has(object{"attachment_count": 1})
	s.ada.ask(http.MethodGet, task+"/attachments/"+page.id(), nil).is(http.StatusNotFound)
	if in := ids(s.ada.list(s.ws+"/trash", 50)); !slices.Contains(in, page.id()) {
		s.Error("the file is not in the trash")
	}
	s.ada.post(task+"/attachments/"+page.id()+"/restore", nil).is(http.StatusOK).has(object{"deleted_at": nil})
	s.ada.delete(task + "/attachments/" + page.id()).is(http.StatusNoContent)
	s.ada.delete(s.ws + "/trash/attachment/" + page.id()).is(http.StatusNoContent)
	s.ada.post(task+"/attachments/"+page.id()+"/restore", nil).is(http.StatusNotFound)

	s.hiddenFiles(task, id, address)
	s.eachFile(id)
}

// hiddenFiles looks at a file with the eyes of who may not see it.
func (s *story) hiddenFiles(task, id, address string) {
	random := s.ada.ask(http.MethodGet, s.ws+"/tasks/"+newID()+"/attachments/"+id, nil).is(http.StatusNotFound)
	for _, p := range []*person{s.gil, s.eve} {
		for _, path := range []string{task + "/attachments", task + "/attachments/" + id} {
			if got := p.ask(http.MethodGet, path, nil).is(http.StatusNotFound); got.text("detail") != random.text("detail") || got.text("code") != random.text("code") {
				s.Errorf("%s learns of %s", p.name, path)
			}
		}
		p.post(task+"/attachments/"+id+"/url", nil).is(http.StatusNotFound)
		p.attaches(task, "mine.png", []byte("x"), "").is(http.StatusNotFound)
	}
	hidden := s.ws + "/tasks/" + s.ada.task(s.secret, "Secret").id()
	s.ada.attaches(hidden, "secret.txt", []byte("secret"), "").is(http.StatusCreated)
	s.ben.ask(http.MethodGet, hidden+"/attachments", nil).is(http.StatusNotFound)
	s.ada.delete(task).is(http.StatusNoContent)
	s.nobody.ask(http.MethodGet, address, nil).is(http.StatusNotFound)
	s.ada.post(task+"/restore", nil).is(http.StatusOK)
	s.nobody.get(address)
}

// eachFile finds files in snapshots.
func (s *story) eachFile(id string) {
	for _, p := range []*person{s.ada, s.ben, s.gil} {
		snapshot := string(p.get(s.ws + "/snapshot").body)
		if sees := strings.Contains(snapshot, `{"entity":"attachment","data":{"id":"`+id+`"`); sees != (p != s.gil) {
			s.Errorf("the snapshot of %s has the file: %t", p.name, sees)
		}
		if sees := strings.Contains(snapshot, `"name":"secret.txt"`); sees != (p == s.ada) {
			s.Errorf("the snapshot of %s has the hidden file: %t", p.name, sees)
		}
	}
}
