package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestChanges(t *testing.T) {
	b := newBoard(t)
	start := b.do("ann", "GET", "/changes", "", 200)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	b.task(web, "one")
	_, secret := b.project(`{"name":"Secret","key":"SEC","access":"private"}`)
	b.task(secret, "hidden")

	all := b.do("ann", "GET", "/changes?since="+start.text("seq"), "", 200)
	if got := all.all("items", "type"); !strings.Contains(got, "project.created") || strings.Count(got, "task.created") != 2 {
		t.Errorf("the owner is told %s", got)
	}
	seen := b.do("bob", "GET", "/changes?since="+start.text("seq"), "", 200)
	if strings.Contains(seen.body, "hidden") || strings.Contains(seen.body, "Secret") || strings.Count(seen.body, `"task.created"`) != 1 {
		t.Errorf("a member is told %s", seen.body)
	}
	expect(t, "how far", seen.at("seq"), all.at("seq"))
	expect(t, "nothing new", b.do("bob", "GET", "/changes?since="+seen.text("seq"), "", 200).all("items", "type"), "")
	part := b.do("ann", "GET", "/changes?limit=1&since="+start.text("seq"), "", 200)
	if part.at("seq") == all.at("seq") {
		t.Error("one change is the whole history")
	}
	epoch, seq, _ := parseSeq(all.text("seq"))
	expect(t, "another epoch", b.do("ann", "GET", "/changes?since=x-1", "", 410).problem(t).Code, "history-gone")
	b.do("ann", "GET", "/changes?since="+seqText(epoch, seq+1), "", 410)
	b.do("ann", "GET", "/changes?since=yesterday", "", 422)
	b.do("ann", "GET", "/changes?limit=0", "", 422)
	b.do("eve", "GET", "/changes", "", 404)
	b.do("ann write", "GET", "/changes", "", 403)
}

func TestSnapshot(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	one, _ := b.task(web, "one")
	b.do("ann", "POST", one+"/comments", `{"body":"said"}`, 201)
	_, secret := b.project(`{"name":"Secret","key":"SEC","access":"private"}`)
	b.task(secret, "hidden")
	got := ask(t, b.srv, "GET", Prefix+"/workspaces/acme/snapshot", "", "Authorization", "Bearer bob")
	if got.status != 200 || got.header.Get("Content-Type") != "application/x-ndjson" || strings.Contains(got.body, "hidden") {
		t.Fatalf("%v", got)
	}
	lines := strings.Split(strings.TrimSpace(got.body), "\n")
	var head struct {
		Epoch string
		Seq   int64
	}
	if err := json.Unmarshal([]byte(lines[0]), &head); err != nil || seqText(head.Epoch, head.Seq) != got.header.Get("Rung-Seq") {
		t.Errorf("%s, %s, %v", lines[0], got.header.Get("Rung-Seq"), err)
	}
	entities := map[string]int{}
	for _, l := range lines[1:] {
		var line struct {
			Entity string
			Data   map[string]any
		}
		if err := json.Unmarshal([]byte(l), &line); err != nil || len(line.Data) == 0 {
			t.Fatalf("%s: %v", l, err)
		}
		entities[line.Entity]++
	}
	if entities["project"] != 1 || entities["task"] != 1 || entities["comment"] != 1 || entities["member"] != 3 {
		t.Errorf("%v", entities)
	}
	b.do("eve", "GET", "/snapshot", "", 404)
}

// TestASnapshotThatIsNotTakenHoldsUpNobody asks for more snapshots than the database has readers, and takes them only
// after others have read and written.
func TestASnapshotThatIsNotTakenHoldsUpNobody(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	long := strings.Repeat("All of it. ", 40_000)
	for range 30 { // together more than what is on its way between two sockets
		b.do("ann", "POST", "/tasks", `{"project":"`+web+`","title":"long","description":"`+long+`"}`, 201)
	}
	var waiting []*http.Response
	for i := range 2 * snapshotsOfOne {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.srv.URL+Prefix+"/workspaces/acme/snapshot", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+[]string{"ann", "bob"}[i%2])
		resp, err := b.srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		waiting = append(waiting, resp)
	}
	for range 3 {
		one, _ := b.task(web, "short")
		b.do("ann", "GET", one, "", 200)
	}
	for _, resp := range waiting {
		all, err := io.ReadAll(resp.Body)
		if got := bytes.Count(all, []byte(`"entity":"task"`)); err != nil || got != 30 {
			t.Fatalf("%d tasks of 30: %v", got, err)
		}
	}
}

// reading is an open stream of events.
type reading struct {
	*testing.T
	header http.Header
	lines  chan string
}

// follow opens a stream.
func (b *board) follow(who string, headers ...string) *reading {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	b.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.srv.URL+Prefix+"/workspaces/acme/events", nil)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+who)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := b.srv.Client().Do(req)
	if err != nil {
		b.Fatal(err)
	}
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/event-stream" {
		b.Fatalf("%s", resp.Status)
	}
	r := &reading{T: b.T, header: resp.Header, lines: make(chan string, 1000)}
	go func() {
		defer resp.Body.Close()
		defer close(r.lines)
		for s := bufio.NewScanner(resp.Body); s.Scan(); {
			r.lines <- s.Text()
		}
	}()
	return r
}

// next gives the next event, with its id; its type is "" at the end of the stream.
func (r *reading) next() (id, typ string, data map[string]any) {
	r.Helper()
	for {
		select {
		case l, ok := <-r.lines:
			name, value, _ := strings.Cut(l, ": ")
			switch {
			case !ok:
				return "", "", nil
			case name == "id":
				id = value
			case name == "event":
				typ = value
			case name == "data":
				if err := json.Unmarshal([]byte(value), &data); err != nil {
					r.Fatalf("%s: %v", value, err)
				}
			case l == "" && typ != "":
				return id, typ, data
			}
		case <-time.After(10 * time.Second):
			r.Fatal("nothing comes")
		}
	}
}

func (r *reading) expect(types ...string) (last string) {
	r.Helper()
	for _, want := range types {
		id, typ, data := r.next()
		if typ != want || want != "" && (data["type"] != want || !strings.HasSuffix(id, "-"+jsonNumber(data["seq"]))) {
			r.Fatalf("%s %s %v, want %s", id, typ, data, want)
		}
		last = id
	}
	return last
}

func jsonNumber(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func TestEventsComeAsTheyHappenAndResume(t *testing.T) {
	b := newBoard(t)
	_, web := b.project(`{"name":"Website","key":"WEB"}`)
	_, secret := b.project(`{"name":"Secret","key":"SEC","access":"private"}`)
	bob := b.follow("bob")
	one, _ := b.task(web, "one")
	b.task(secret, "hidden")
	b.do("ann", "PATCH", one, `{"title":"uno"}`, 200)
	last := bob.expect("task.created", "task.updated")

	b.do("ann", "PATCH", one, `{"title":"eins"}`, 200)
	bob.expect("task.updated")
	resumed := b.follow("bob", "Last-Event-ID", last)
	if got := resumed.expect("task.updated"); got == last {
		t.Error("an event came twice")
	}
	b.do("ann", "DELETE", one, "", 204)
	resumed.expect("task.deleted")
	bob.expect("task.deleted")
	if got := resumed.header.Get("Rung-Seq"); got == "" {
		t.Error("a stream does not say where it begins")
	}

	for since, status := range map[string]int{"since=x-1": 410, "since=x": 422, "from=1": 422} {
		b.do("bob", "GET", "/events?"+since, "", status)
	}
	b.do("eve", "GET", "/events", "", 404)
	b.do("", "GET", "/events", "", 401)
}

func TestStreamsEndWithTheRightToRead(t *testing.T) {
	for name, end := range map[string]func(b *board){
		"revoked": func(b *board) { b.revoked[b.people["bob"]] = true },
		"removed": func(b *board) { delete(b.roles, b.people["bob"]) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoard(t)
			_, web := b.project(`{"name":"Website","key":"WEB"}`)
			bob, ann := b.follow("bob"), b.follow("ann")
			b.mu.Lock()
			end(b)
			b.mu.Unlock()
			bob.expect("")
			b.task(web, "one")
			ann.expect("task.created")
		})
	}
}

func TestAStreamSaysThatItIsAlive(t *testing.T) {
	b := newBoard(t)
	b.api.pulse = time.Millisecond
	for l := range b.follow("bob").lines {
		if l == ": alive" {
			return
		}
	}
	t.Error("the stream ended")
}

func TestDrainingEndsStreams(t *testing.T) {
	b := newBoard(t)
	bob := b.follow("bob")
	b.api.Drain()
	bob.expect("")
}
