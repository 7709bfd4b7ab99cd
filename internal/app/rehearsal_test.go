package app_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/client"
	"github.com/rung-app/rung/internal/app"
	"github.com/rung-app/rung/internal/load"
)

// rehearsals opens what makes people up. The path of the folder is short enough for a socket.
func rehearsals(t *testing.T, data string) app.Rehearsals {
	t.Helper()
	r, err := app.OpenRehearsals(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// operated serves, and waits until the operator's commands are taken.
func operated(t *testing.T, data string) *process {
	t.Helper()
	p := serve(t, data)
	for range 2000 {
		if c, err := net.Dial("unix", filepath.Join(data, "rung.db.sock")); err == nil {
			c.Close()
			return p
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("no commands are taken")
	return nil
}

func shortFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "rung")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func teams(t *testing.T, r app.Rehearsals, first int, present ...int) (all []load.Team) {
	t.Helper()
	if err := r.Make(t.Context(), first, present, func(team load.Team) error { all = append(all, team); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestMadeUpPeopleAreAsOthers makes people up through a server and works as one of them.
func TestMadeUpPeopleAreAsOthers(t *testing.T) {
	data := shortFolder(t)
	p := operated(t, data)
	r := rehearsals(t, data)
	all := teams(t, r, 0, 3, 0, 20)
	if len(all) != 3 || len(all[0].People) != 3 || len(all[1].People) != 0 || len(all[2].People) != load.TeamSize {
		t.Fatalf("%+v", all)
	}
	token := refreshed(t, p, all[0].People[1].Refresh)
	c, err := client.New("http://"+p.address, client.WithToken(token))
	if err != nil {
		t.Fatal(err)
	}
	spaces, err := c.ListWorkspaces(t.Context(), client.Page{})
	if err != nil || len(spaces.Items) != 1 || spaces.Items[0].ID != all[0].Workspace.String() {
		t.Fatalf("her workspaces: %+v, %v", spaces, err)
	}
	ws := c.Workspace(all[0].Workspace.String())
	members, err := ws.ListMembers(t.Context(), client.Page{Limit: 200})
	if err != nil || len(members.Items) != load.TeamSize {
		t.Errorf("the members: %d, %v", len(members.Items), err)
	}
	list, err := ws.ListTasks(t.Context(), client.ListTasksParams{Limit: 200})
	if err != nil || len(list.Items) != load.TeamTasks {
		t.Fatalf("the tasks: %d, %v", len(list.Items), err)
	}
	if _, err := ws.CreateComment(t.Context(), list.Items[0].ID, client.NewComment{Body: "Well."}); err != nil {
		t.Error(err)
	}
	other := all[0].People[2].ID.String()
	if made, err := ws.CreateTask(t.Context(), client.NewTask{Project: all[0].Project.String(), Title: "Well", Assignees: []string{other}}); err != nil || !slices.Equal(made.Assignees, []string{other}) {
		t.Errorf("a task for another member: %+v, %v", made, err)
	}
	if _, err := c.Workspace(all[2].Workspace.String()).ListTasks(t.Context(), client.ListTasksParams{}); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("another team's workspace: %v", err)
	}
	for _, password := range []string{"", "password", "rehearsal"} {
		resp, err := http.Post("http://"+p.address+"/api/v1/auth/login", "application/json",
			strings.NewReader(`{"email": "person-1@rehearsal.invalid", "password": "`+password+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("the password %q: %s", password, resp.Status)
		}
	}
}

// refreshed gets an access token for a refresh token, "" if it is refused.
func refreshed(t *testing.T, p *process, refresh string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.address+"/api/v1/auth/refresh", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "rung_refresh", Value: refresh})
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), `"access_token":"`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// TestMakingPeopleUpAgain makes what is missing, and signs in anew.
func TestMakingPeopleUpAgain(t *testing.T) {
	data := shortFolder(t)
	p := operated(t, data)
	r := rehearsals(t, data)
	stop := errors.New("enough")
	made := 0
	err := r.Make(t.Context(), 0, []int{1, 1, 1, 1, 1}, func(load.Team) error {
		if made++; made == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Errorf("it was cut off with %v", err)
	}
	once := teams(t, r, 0, 2, 2, 2, 2, 2)
	again := teams(t, r, 1, 2, 2)
	for i, team := range again {
		if was := once[i+1]; team.Number != i+1 || team.Workspace != was.Workspace || team.Project != was.Project || !slices.Equal(team.Statuses, was.Statuses) ||
			team.People[0].ID != was.People[0].ID || team.People[0].Refresh == was.People[0].Refresh {
			t.Errorf("%+v and then %+v", was, team)
		}
	}
	if refreshed(t, p, once[1].People[0].Refresh) != "" {
		t.Error("a session of before has not ended")
	}
	if refreshed(t, p, again[0].People[0].Refresh) == "" || refreshed(t, p, once[0].People[0].Refresh) == "" {
		t.Error("a session was not opened")
	}
	accounts := accountsOf(t, data)
	if len(accounts) != 5*load.TeamSize {
		t.Errorf("%d accounts", len(accounts))
	}
	for _, a := range accounts {
		if a.Admin || !a.Verified || !strings.HasSuffix(a.Email, "@rehearsal.invalid") {
			t.Errorf("%+v", a)
		}
	}
}

// TestOthersAreCounted knows who was made up from who was not, on the database itself and through its server.
func TestOthersAreCounted(t *testing.T) {
	data := shortFolder(t)
	count := func(r app.Rehearsals, want int) {
		t.Helper()
		if n, err := r.Others(t.Context(), 2); err != nil || n != want {
			t.Errorf("there are %d others and not %d, %v", n, want, err)
		}
	}
	local, err := app.OpenRehearsals(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	if all := teams(t, local, 7, 20); len(all) != 1 || all[0].Number != 7 {
		t.Errorf("%+v", all)
	}
	count(local, 0)
	if err := local.Close(); err != nil {
		t.Fatal(err)
	}
	operated(t, data)
	accounts, err := app.OpenAccounts(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	defer accounts.Close()
	for i, name := range []string{"ada", "bob", "cy"} {
		if _, err := accounts.Create(t.Context(), name+"@example.com", name, "", false); err != nil {
			t.Fatal(err)
		}
		count(rehearsals(t, data), min(i+1, 2))
	}
}

// TestMakingPeopleUpIsRefused where it makes no sense, in either way, and nothing is made.
func TestMakingPeopleUpIsRefused(t *testing.T) {
	data := shortFolder(t)
	refused := func(r app.Rehearsals) {
		t.Helper()
		for _, c := range []struct {
			first   int
			present []int
		}{{-1, []int{1}}, {0, []int{-1}}, {0, []int{load.TeamSize + 1}}, {500_000, []int{1}}} {
			if err := r.Make(t.Context(), c.first, c.present, func(load.Team) error { return nil }); err == nil {
				t.Errorf("%+v was made", c)
			}
		}
	}
	local, err := app.OpenRehearsals(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	refused(local)
	if err := local.Close(); err != nil {
		t.Fatal(err)
	}
	operated(t, data)
	through := rehearsals(t, data)
	refused(through)
	ended, end := context.WithCancel(t.Context())
	end()
	if err := through.Make(ended, 0, []int{1}, func(load.Team) error { return nil }); err == nil {
		t.Error("it went on after its end")
	}
	for _, limit := range []int{0, -1} {
		if _, err := through.Others(t.Context(), limit); err == nil {
			t.Errorf("others were counted up to %d", limit)
		}
	}
	if all := accountsOf(t, data); len(all) != 0 {
		t.Errorf("made: %+v", all)
	}
}

// TestMadeUpIdsAreOfTheBeginning, so that they come before all others.
func TestMadeUpIdsAreOfTheBeginning(t *testing.T) {
	r := rehearsals(t, shortFolder(t))
	for _, team := range teams(t, r, 499_999, 1) {
		for _, id := range []uuid.UUID{team.Workspace, team.Project, team.People[0].ID} {
			if id.Version() != 7 || id.Variant() != uuid.RFC4122 {
				t.Errorf("%s is no UUID of version 7", id)
			}
			if sec, _ := id.Time().UnixTime(); sec > int64(24*time.Hour/time.Second) {
				t.Errorf("%s is of %d seconds after the beginning", id, sec)
			}
		}
	}
}
