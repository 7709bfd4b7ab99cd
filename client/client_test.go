package client_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/rung-app/rung/client"
)

func TestAddressesThatAreNone(t *testing.T) {
	for _, base := range []string{"", "rung.example.com", "ftp://rung.example.com", "http://", "http://x?y", "http://x#y", "http://ann:secret@x"} {
		if _, err := client.New(base); err == nil {
			t.Errorf("%q is taken", base)
		}
	}
}

func TestErrorsTellWhatProgramsAsk(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){says(412, `{
		"code": "version-conflict", "detail": "It has been changed.", "request_id": "r1", "later": true,
		"errors": [{"field": "title", "message": "is stale"}], "conflicts": [{"field": "title", "base": "a", "theirs": "b"}]}`)}}
	_, err := over(t, s).Workspace("acme").GetTask(t.Context(), "t1")
	e, ok := errors.AsType[*client.Error](err)
	if !ok || e.Status != 412 || e.Code != client.CodeVersionConflict || e.RequestID != "r1" || e.Fields[0].Field != "title" ||
		string(e.Conflicts[0].Theirs) != `"b"` || !errors.Is(err, client.ErrStale) || errors.Is(err, client.ErrConflict) {
		t.Errorf("%#v", err)
	}
	if e.Error() != "rung: title is stale (412 version-conflict), request r1" {
		t.Error(e.Error())
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){says(409, `{"code": "sole-owner", "workspaces": [{"id": "w1", "name": "Harbour", "slug": "harbour"}]}`)}}
	err = over(t, s).DeleteMe(t.Context(), client.LeaveRequest{Password: "a ladder has rungs"})
	if e, ok := errors.AsType[*client.Error](err); !ok || e.Code != client.CodeSoleOwner || len(e.Workspaces) != 1 || e.Workspaces[0].Slug != "harbour" {
		t.Errorf("%#v", err)
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){says(403, "<h1>Go away</h1>", "X-Request-Id", "r2")}}
	_, err = over(t, s).GetMe(t.Context())
	if e, ok := errors.AsType[*client.Error](err); !ok || e.Code != "" || e.RequestID != "r2" || !errors.Is(err, client.ErrForbidden) || strings.Contains(e.Error(), "Go away") {
		t.Errorf("a proxy's page: %v", err)
	}
	for status, want := range map[int]error{
		401: client.ErrUnauthenticated, 404: client.ErrNotFound, 409: client.ErrConflict, 410: client.ErrGone, 422: client.ErrInvalid,
		429: client.ErrTooMany, 503: client.ErrUnavailable,
	} {
		if !errors.Is(&client.Error{Status: status}, want) {
			t.Errorf("%d is not %v", status, want)
		}
	}
}

func TestAnAnswerThatIsTooLarge(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){says(200, strings.Repeat(" ", 64<<20+1))}}
	if _, err := over(t, s).GetMe(t.Context()); !errors.Is(err, client.ErrUnexpected) {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsUnknownIsIgnored(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){says(200, `{"id": "t1", "mood": "good", "due": {"date": "2030-01-01", "moon": 3}}`)}}
	got, err := over(t, s).Workspace("acme").GetTask(t.Context(), "t1")
	if err != nil || got.ID != "t1" || got.Due.Date != "2030-01-01" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRequestsAsTheyAreWritten(t *testing.T) {
	yes := func(answer string) []func(*http.Request) (*http.Response, error) {
		return []func(*http.Request) (*http.Response, error){says(200, answer)}
	}
	for name, tt := range map[string]struct {
		want string
		call func(*client.Client) error
	}{
		"parts of a path": {"GET /app/api/v1/workspaces/a%2Fb/tasks/..%2F..%2Fx", func(c *client.Client) error {
			_, err := c.Workspace("a/b").GetTask(t.Context(), "../../x")
			return err
		}},
		"no way up": {"GET /app/api/v1/workspaces/%00/tasks/%00", func(c *client.Client) error {
			_, err := c.Workspace("..").GetTask(t.Context(), "")
			return err
		}},
		"beside the API": {"GET /app/livez", func(c *client.Client) error { _, err := c.GetLivez(t.Context()); return err }},
		"a query": {"GET /app/api/v1/workspaces/a/tasks?assignee=me%2Cnone&limit=7&priority=1%2C2&q=a+%26+b", func(c *client.Client) error {
			_, err := c.Workspace("a").ListTasks(t.Context(), client.ListTasksParams{Assignee: []string{"me", "none"}, Priority: []int{1, 2}, Q: "a & b", Limit: 7})
			return err
		}},
		"a change": {`PATCH /app/api/v1/workspaces/a/tasks/t {"title":"","labels":[],"labels_add":["l"],"parent":null,"place":{"after":"u"}}`, func(c *client.Client) error {
			_, err := c.Workspace("a").UpdateTask(t.Context(), "t", client.TaskPatch{
				Title: client.Set(""), Labels: client.Set([]string{}), Parent: client.Null[string](), Place: client.Set(client.After("u")), LabelsAdd: []string{"l"},
			})
			return err
		}},
		"an id of one's own": {`POST /app/api/v1/workspaces/a/labels {"id":"mine","name":"red"}`, func(c *client.Client) error {
			_, err := c.Workspace("a").CreateLabel(t.Context(), client.NewLabel{ID: "mine", Name: "red"})
			return err
		}},
		"what has to be named": {"DELETE /app/api/v1/workspaces/a/tasks/t/relations?task=u&type=blocks", func(c *client.Client) error {
			return c.Workspace("a").DeleteRelation(t.Context(), "t", "blocks", "u")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{answers: yes(`{}`)}
			if err := tt.call(over(t, s)); err != nil || s.asked[0] != tt.want {
				t.Errorf("%v\n%s, want\n%s", err, s.asked[0], tt.want)
			}
		})
	}
}

// What a batch makes gets ids, so that the batch may be sent again; the caller's own stays as it is.
func TestABatchHasIDs(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){says(200, `{}`)}}
	mine := client.BatchRequest{Changes: []client.BatchChange{{Op: "create", Task: &client.NewTask{Project: "p", Title: "x"}}, {Op: "delete", ID: "t"}}}
	if _, err := over(t, s).Workspace("a").BatchTasks(t.Context(), mine); err != nil {
		t.Fatal(err)
	}
	var sent client.BatchRequest
	_, body, _ := strings.Cut(s.asked[0], "batch ")
	if err := json.Unmarshal([]byte(strings.ReplaceAll(body, `"place":"",`, "")), &sent); err != nil || len(sent.Changes[0].Task.ID) != 36 || mine.Changes[0].Task.ID != "" {
		t.Errorf("%v: %s, %+v", err, body, mine.Changes[0].Task)
	}
}

func TestPages(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){
		says(200, `{"items": [{"id": "1"}, {"id": "2"}], "next_cursor": "c"}`), says(200, `{"items": [], "next_cursor": "d"}`),
		says(200, `{"items": [{"id": "3"}], "next_cursor": null}`),
	}}
	got := ""
	for label, err := range over(t, s).Workspace("a").Labels(t.Context(), client.Page{Limit: 2}) {
		if err != nil {
			t.Fatal(err)
		}
		got += label.ID
	}
	if got != "123" || !strings.HasSuffix(s.asked[2], "?cursor=d&limit=2") {
		t.Errorf("%s after %q", got, s.asked)
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){says(200, `{"items": [{"id": "1"}], "next_cursor": "c"}`), says(404, `{"code": "not-found"}`)}}
	var failed error
	for _, failed = range over(t, s).Workspace("a").Labels(t.Context(), client.Page{}) {
	}
	if !errors.Is(failed, client.ErrNotFound) {
		t.Errorf("got %v", failed)
	}
	s = &script{answers: []func(*http.Request) (*http.Response, error){says(200, `{"items": [{"id": "1"}], "next_cursor": "c"}`)}}
	for range over(t, s).Workspace("a").Labels(t.Context(), client.Page{}) {
		break // and asks for no further page
	}
}

func TestWhatAnAnswerSaysBesideItsBody(t *testing.T) {
	s := &script{answers: []func(*http.Request) (*http.Response, error){
		says(201, task, "ETag", `"7"`, "Rung-Seq", "e-7", "X-Request-Id", "r"), says(304, "", "ETag", `"7"`),
	}}
	w := over(t, s).Workspace("a")
	var m client.Meta
	if _, err := w.CreateTask(t.Context(), client.NewTask{}, client.WithMeta(&m)); err != nil || m.Status != 201 || m.ETag != `"7"` || m.Seq != "e-7" || m.RequestID != "r" {
		t.Errorf("%v %+v", err, m)
	}
	if _, err := w.GetTask(t.Context(), "t", client.IfNoneMatch(m.ETag)); !errors.Is(err, client.ErrNotModified) {
		t.Errorf("got %v", err)
	}
}

// TestOtherPeoplesProgramsGetLittleAlong keeps the package free of what they would have to take in.
func TestOtherPeoplesProgramsGetLittleAlong(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(string(out)), " "); got != "github.com/google/uuid github.com/rung-app/rung/client" {
		t.Errorf("it takes in %s", got)
	}
}

func TestIDsAreInTheOrderOfTime(t *testing.T) {
	first := client.NewID()
	if second := client.NewID(); first >= second || first[14] != '7' {
		t.Errorf("%s, then %s", first, second)
	}
}
