package app_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/rung-app/rung/client"
	"github.com/rung-app/rung/internal/app"
	"github.com/rung-app/rung/internal/load"
)

// accountsOf gives all accounts there are.
func accountsOf(t *testing.T, data string) (all []app.Account) {
	t.Helper()
	accounts, err := app.OpenAccounts(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	defer accounts.Close()
	if err := accounts.Each(t.Context(), func(a app.Account) error { all = append(all, a); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// as is a client of the first who is present of a team.
func as(t *testing.T, p *process, team load.Team) *client.Client {
	t.Helper()
	c, err := client.New("http://"+p.address, client.WithToken(refreshed(t, p, team.People[0].Refresh)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestMakingPeopleUpIsCutOff by who asked for it, in the middle of several teams; what is missing is made later.
func TestMakingPeopleUpIsCutOff(t *testing.T) {
	const many = 100 // more than are made at a time
	data := shortFolder(t)
	p := operated(t, data)
	r := rehearsals(t, data)
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	handed := 0
	err := r.Make(ctx, 0, make([]int, many), func(team load.Team) error {
		if team.Number != handed {
			t.Errorf("team %d came in place %d", team.Number, handed)
		}
		if handed++; handed == 5 {
			hangUp()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || handed >= many {
		t.Fatalf("%d teams, %v", handed, err)
	}
	present := make([]int, many)
	for i := range present {
		present[i] = 1
	}
	all := teams(t, r, 0, present...)
	if n := len(accountsOf(t, data)); len(all) != many || n != many*load.TeamSize {
		t.Fatalf("%d teams, %d accounts", len(all), n)
	}
	for i := 0; i < many; i += 5 {
		team := all[i]
		ws := as(t, p, team).Workspace(team.Workspace.String())
		members, err := ws.ListMembers(t.Context(), client.Page{Limit: 200})
		if err != nil || len(members.Items) != load.TeamSize {
			t.Errorf("team %d has %d members, %v", i, len(members.Items), err)
		}
		list, err := ws.ListTasks(t.Context(), client.ListTasksParams{Limit: 200})
		if err != nil || len(list.Items) != load.TeamTasks {
			t.Errorf("team %d has %d tasks, %v", i, len(list.Items), err)
		}
	}
}

// TestWhatIsSomebodysIsNotMadeUp refuses teams before anything of them is there, and says why. Other teams are made.
func TestWhatIsSomebodysIsNotMadeUp(t *testing.T) {
	data := shortFolder(t)
	operated(t, data)
	accounts, err := app.OpenAccounts(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	defer accounts.Close()
	const address = "person-47@rehearsal.invalid" // of team 2
	for _, email := range []string{address, "person-047@rehearsal.invalid", "boss@rehearsal.invalid", "person-1@rehearsal.invalid.example.com"} {
		if _, err := accounts.Create(t.Context(), email, "Somebody", "", false); err != nil {
			t.Fatal(err)
		}
	}
	before := len(accountsOf(t, data))
	r := rehearsals(t, data)
	err = r.Make(t.Context(), 0, []int{1, 1, 1, 1}, func(load.Team) error { return nil })
	if err == nil || !strings.Contains(err.Error(), address) {
		t.Errorf("an address that is somebody's: %v", err)
	}
	if n := len(accountsOf(t, data)); n != before {
		t.Errorf("%d accounts were made nevertheless", n-before)
	}
	teams(t, r, 0, 1, 1)
	teams(t, r, 3, 1)
}

// TestASlugThatIsTakenIsNotMadeUp refuses a team whose slug somebody else's workspace has, before its people are there.
func TestASlugThatIsTakenIsNotMadeUp(t *testing.T) {
	data := shortFolder(t)
	p := operated(t, data)
	r := rehearsals(t, data)
	c := as(t, p, teams(t, r, 0, 1)[0])
	if _, err := c.CreateWorkspace(t.Context(), client.NewWorkspace{Name: "Other", Slug: "rehearsal-1"}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // what is refused once is refused again
		err := r.Make(t.Context(), 1, []int{1}, func(load.Team) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "rehearsal-1") {
			t.Errorf("a slug that is taken: %v", err)
		}
	}
	if n := len(accountsOf(t, data)); n != load.TeamSize {
		t.Errorf("%d accounts", n)
	}
}

// TestMadeUpPeopleThatAreShutOut are not signed in, and who asks is told so.
func TestMadeUpPeopleThatAreShutOut(t *testing.T) {
	data := shortFolder(t)
	operated(t, data)
	r := rehearsals(t, data)
	teams(t, r, 0, 2)
	accounts, err := app.OpenAccounts(t.Context(), options(t, data, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	defer accounts.Close()
	if err := accounts.Disable(t.Context(), "person-1@rehearsal.invalid", true); err != nil {
		t.Fatal(err)
	}
	err = r.Make(t.Context(), 0, []int{2}, func(load.Team) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "person-1@rehearsal.invalid is disabled") {
		t.Errorf("somebody who is disabled: %v", err)
	}
	teams(t, r, 0, 1)
}
