package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/rung-app/rung/client"
)

// harbour stands for a server: it knows one workspace with two tasks.
func harbour() *httptest.Server {
	const one, two = `{"id": "1", "key": "WEB-1", "title": "Photograph the pier", "version": 7}`, `{"id": "2", "key": "WEB-2", "title": "Write its history", "version": 8}`
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Rung-Seq", "7c1d9b04-8")
		switch path := strings.TrimPrefix(r.URL.Path, "/api/v1/workspaces/harbour/"); {
		case r.Method == http.MethodPost:
			w.WriteHeader(http.StatusCreated)
			fmt.Fprint(w, two)
		case r.Method == http.MethodPatch:
			w.WriteHeader(http.StatusPreconditionFailed)
			fmt.Fprint(w, `{"code": "version-conflict", "detail": "It has been changed since the version that you named.", "conflicts": [{"field": "title", "base": "Photograph the pier", "theirs": "Photograph the old pier"}]}`)
		case path == "tasks" && r.URL.Query().Get("cursor") == "":
			fmt.Fprint(w, `{"items": [`+one+`], "next_cursor": "more"}`)
		case path == "tasks":
			fmt.Fprint(w, `{"items": [`+two+`], "next_cursor": null}`)
		case path == "snapshot":
			fmt.Fprint(w, `{"epoch": "7c1d9b04", "seq": 8}`+"\n"+`{"entity": "task", "data": `+one+"}\n"+`{"entity": "task", "data": `+two+"}\n")
		case path == "events":
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "id: 7c1d9b04-9\nevent: task.updated\ndata: "+`{"seq": 9, "type": "task.updated", "changed": ["priority"], "data": {"priority": 1}}`+"\n\n")
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"code": "not-found", "detail": "There is no such thing, or you may not see it."}`)
		}
	}))
}

func Example() {
	server := harbour()
	defer server.Close()
	ctx := context.Background()

	c, err := client.New(server.URL, client.WithToken("rung_pat_…"))
	if err != nil {
		fmt.Println(err)
		return
	}
	space := c.Workspace("harbour")
	task, err := space.CreateTask(ctx, client.NewTask{Project: "0194…", Title: "Write its history"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("made", task.Key)
	for task, err := range space.Tasks(ctx, client.ListTasksParams{Assignee: []string{"me"}}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(task.Key, task.Title)
	}
	// Output:
	// made WEB-2
	// WEB-1 Photograph the pier
	// WEB-2 Write its history
}

// Two people change the same field: the second is told.
func ExampleBaseVersion() {
	server := harbour()
	defer server.Close()
	c, _ := client.New(server.URL, client.WithToken("rung_pat_…"))

	_, err := c.Workspace("harbour").UpdateTask(context.Background(), "WEB-1",
		client.TaskPatch{Title: client.Set("Paint the pier")}, client.BaseVersion(7))
	if refused, ok := errors.AsType[*client.Error](err); ok && errors.Is(err, client.ErrStale) {
		for _, c := range refused.Conflicts {
			fmt.Printf("%s is %s now\n", c.Field, c.Theirs)
		}
	}
	// Output: title is "Photograph the old pier" now
}

func ExampleError() {
	server := harbour()
	defer server.Close()
	c, _ := client.New(server.URL, client.WithToken("rung_pat_…"))

	_, err := c.Workspace("harbour").GetTask(context.Background(), "WEB-9")
	fmt.Println(errors.Is(err, client.ErrNotFound))
	if refused, ok := errors.AsType[*client.Error](err); ok {
		fmt.Println(refused.Status, refused.Code)
	}
	// Output:
	// true
	// 404 not-found
}

// A copy of the workspace that stays up to date: a snapshot, and what happened since.
func ExampleWorkspaceClient_Events() {
	server := harbour()
	defer server.Close()
	c, _ := client.New(server.URL, client.WithToken("rung_pat_…"))
	space, ctx := c.Workspace("harbour"), context.Background()

	snapshot, err := space.Snapshot(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer snapshot.Close()
	for e, err := range snapshot.All() {
		var task client.Task
		if err == nil && e.Entity == "task" && e.Decode(&task) == nil {
			fmt.Println(task.Key)
		}
	}
	for e, err := range space.Events(ctx, snapshot.Seq) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(e.Cursor, e.Type, e.Changed)
		break
	}
	// Output:
	// WEB-1
	// WEB-2
	// 7c1d9b04-9 task.updated [priority]
}
