package tasks_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func (w *world) stats(c tasks.Caller, q tasks.StatsQuery) tasks.Stats {
	w.Helper()
	s, err := w.Stats(w.Context(), c, w.ws, q)
	w.ok(err)
	s.Head = tasks.Head{}
	return s
}

// byHand are the figures as one counts them on the fingers, from the lists that the caller gets.
func (w *world) byHand(c tasks.Caller, projects []tasks.Project, q tasks.StatsQuery, first string, days int) tasks.Stats {
	w.Helper()
	zone := q.Zone
	if zone == nil {
		zone = c.Zone
	}
	if zone == nil {
		zone = time.UTC
	}
	s := tasks.Stats{TimeZone: zone.String(), ByStatus: []tasks.StatusStats{}, ByAssignee: []tasks.AssigneeStats{}}
	day, err := time.Parse(time.DateOnly, first)
	w.ok(err)
	for i := range days {
		s.Days = append(s.Days, tasks.DayStats{Date: day.AddDate(0, 0, i).Format(time.DateOnly)})
	}
	s.Since, s.Until = s.Days[0].Date, s.Days[days-1].Date
	who := map[uuid.UUID]*tasks.AssigneeStats{}
	today := w.now.In(zone).Format(time.DateOnly)
	for _, p := range projects {
		status := map[uuid.UUID]int{}
		for _, t := range w.all(c, in(p)) {
			s.Total++
			status[t.Status]++
			done := t.CompletedAt != nil
			if done {
				s.Completed++
			} else {
				s.Open++
			}
			if !done && t.Due != nil {
				due := t.Due.Date
				if t.DueAt != nil && t.Due.TimeZone != nil {
					due = time.Time(*t.DueAt).In(zone).Format(time.DateOnly)
				}
				if due < today {
					s.Overdue++
				}
			}
			for i := range s.Days {
				if time.Time(t.CreatedAt).In(zone).Format(time.DateOnly) == s.Days[i].Date {
					s.Days[i].Created++
				}
				if done && time.Time(*t.CompletedAt).In(zone).Format(time.DateOnly) == s.Days[i].Date {
					s.Days[i].Completed++
				}
			}
			people := t.Assignees
			if len(people) == 0 {
				people = []uuid.UUID{uuid.Nil}
			}
			for _, a := range people {
				if who[a] == nil {
					who[a] = &tasks.AssigneeStats{}
				}
				if done {
					who[a].Completed++
				} else {
					who[a].Open++
				}
			}
		}
		for _, st := range p.Statuses {
			n := status[st.ID]
			if n > 0 || len(q.Projects) > 0 {
				s.ByStatus = append(s.ByStatus, tasks.StatusStats{Project: p.ID, Status: st.ID, Category: st.Category, Count: n})
			}
			switch st.Category {
			case "backlog":
				s.ByCategory.Backlog += n
			case "todo":
				s.ByCategory.Todo += n
			case "doing":
				s.ByCategory.Doing += n
			case "done":
				s.ByCategory.Done += n
			case "canceled":
				s.ByCategory.Canceled += n
			}
		}
	}
	for len(who) > 0 { // the most first
		var best uuid.UUID
		var got *tasks.AssigneeStats
		for id, a := range who {
			if got == nil || a.Open > got.Open || a.Open == got.Open && (a.Completed > got.Completed || a.Completed == got.Completed && string(id[:]) < string(best[:])) {
				best, got = id, a
			}
		}
		delete(who, best)
		one := *got
		if best != uuid.Nil {
			one.Assignee = &best
		}
		s.ByAssignee = append(s.ByAssignee, one)
	}
	return s
}

// TestStatsAreWhatCountingGives lets people work for two weeks and compares the figures, for readers in zones at both
// ends of the world, with what they count themselves.
func TestStatsAreWhatCountingGives(t *testing.T) {
	w := newWorld(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	site := w.project(tasks.NewProject{Name: "Site", Statuses: []tasks.NewStatus{
		{Name: "A", Category: "backlog"},
		{Name: "B", Category: "todo"},
		{Name: "C", Category: "doing"},
		{Name: "D", Category: "done"},
		{Name: "E", Category: "canceled"},
	}})
	app := w.project(tasks.NewProject{Name: "App"})
	secret := w.project(tasks.NewProject{Name: "Secret", Access: "private"})
	ben, gil := w.person("Ben", "member"), w.person("Gil", "guest", tasks.Grant{Project: app.ID, Role: "viewer"})
	var made []tasks.TaskDoc
	clock, berlin := "23:30", "Europe/Berlin"
	for i := range 120 {
		p := []tasks.Project{site, app, secret}[rnd.IntN(3)]
		n := tasks.NewTask{Project: p.ID, Title: fmt.Sprint(i), Status: p.Statuses[rnd.IntN(len(p.Statuses))].ID}
		for _, who := range []tasks.Caller{w.ada, ben} {
			if rnd.IntN(2) == 0 && (who.User == w.ada.User || p.ID != secret.ID) {
				n.Assignees = append(n.Assignees, who.User)
			}
		}
		if rnd.IntN(3) > 0 {
			n.Due = &tasks.When{Date: w.now.AddDate(0, 0, rnd.IntN(9)-3).Format(time.DateOnly)}
			if rnd.IntN(2) == 0 {
				n.Due.Time = &clock
			}
			if rnd.IntN(2) == 0 {
				n.Due.TimeZone = &berlin
			}
		}
		made = append(made, w.create(n))
		w.later(time.Duration(rnd.IntN(300)) * time.Minute)
		if old := made[rnd.IntN(len(made))]; rnd.IntN(2) == 0 && w.again(old).DeletedAt == nil {
			switch rnd.IntN(3) {
			case 0:
				w.trash(old)
			default:
				p := map[uuid.UUID]tasks.Project{site.ID: site, app.ID: app, secret.ID: secret}[w.again(old).Project]
				w.patch(old, tasks.Patch{Status: tasks.Some(p.Statuses[rnd.IntN(len(p.Statuses))].ID)})
			}
		}
	}
	for _, name := range []string{"UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns"} {
		zone, err := time.LoadLocation(name)
		w.ok(err)
		first := w.now.In(zone).AddDate(0, 0, -29).Format(time.DateOnly)
		for who, c := range map[string]struct {
			caller   tasks.Caller
			projects []tasks.Project
		}{
			"Ada": {w.ada, []tasks.Project{site, app, secret}},
			"Ben": {ben, []tasks.Project{site, app}},
			"Gil": {gil, []tasks.Project{app}},
		} {
			q := tasks.StatsQuery{Zone: zone}
			same(t, who+" in "+name, w.stats(c.caller, q), w.byHand(c.caller, c.projects, q, first, 30))
		}
		c := w.ada
		c.Zone = zone
		q := tasks.StatsQuery{Projects: []uuid.UUID{site.ID}, Since: "2026-03-04", Until: "2026-03-11"}
		same(t, "one project in "+name, w.stats(c, q), w.byHand(c, []tasks.Project{site}, q, "2026-03-04", 8))
	}
	if all := w.stats(w.ada, tasks.StatsQuery{}); all.Overdue == 0 || all.ByCategory.Canceled == 0 || len(all.ByAssignee) != 3 {
		t.Errorf("hardly anything was counted: %+v", all)
	}

	// an archived project counts only where it is named, a deleted one nowhere
	_, err := w.UpdateProject(t.Context(), w.ada, w.ws, secret.ID, tasks.ProjectPatch{Archived: tasks.Some(true)}, tasks.Condition{})
	w.ok(err)
	first := w.now.AddDate(0, 0, -29).Format(time.DateOnly)
	same(t, "without the archived", w.stats(w.ada, tasks.StatsQuery{}), w.byHand(w.ada, []tasks.Project{site, app}, tasks.StatsQuery{}, first, 30))
	named := tasks.StatsQuery{Projects: []uuid.UUID{secret.ID}}
	same(t, "the archived", w.stats(w.ada, named), w.byHand(w.ada, []tasks.Project{secret}, named, first, 30))
	_, err = w.DeleteProject(t.Context(), w.ada, w.ws, site.ID)
	w.ok(err)
	same(t, "without the deleted", w.stats(w.ada, tasks.StatsQuery{}), w.byHand(w.ada, []tasks.Project{app}, tasks.StatsQuery{}, first, 30))
	for _, id := range []uuid.UUID{site.ID, uuid.New()} {
		_, err = w.Stats(t.Context(), w.ada, w.ws, tasks.StatsQuery{Projects: []uuid.UUID{app.ID, id}})
		w.missing(err)
	}
	_, err = w.Stats(t.Context(), ben, w.ws, named)
	w.missing(err)
}

func TestStatsOfTooManyDays(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		q    tasks.StatsQuery
		want string // the field that is refused, or how many days there are
	}{
		{tasks.StatsQuery{}, "30"},
		{tasks.StatsQuery{Days: 1}, "1"},
		{tasks.StatsQuery{Days: 366}, "366"},
		{tasks.StatsQuery{Days: 367}, "days"},
		{tasks.StatsQuery{Days: -1}, "days"},
		{tasks.StatsQuery{Since: "2026-03-01"}, "2"},
		{tasks.StatsQuery{Since: "2026-03-03"}, "since"},
		{tasks.StatsQuery{Since: "2025-03-02", Until: "2026-03-02"}, "366"},
		{tasks.StatsQuery{Since: "2025-03-01", Until: "2026-03-02"}, "since"},
		{tasks.StatsQuery{Since: "0001-01-01", Until: "9998-12-31"}, "since"},
		{tasks.StatsQuery{Until: "2024-02-29", Days: 2}, "2"},
		{tasks.StatsQuery{Since: "2026-03-01", Days: 2}, "days"},
		{tasks.StatsQuery{Since: "yesterday"}, "since"},
		{tasks.StatsQuery{Until: "2026-02-30"}, "until"},
	} {
		s, err := w.Stats(t.Context(), w.ada, w.ws, c.q)
		if err == nil {
			if got := fmt.Sprint(len(s.Days)); got != c.want {
				t.Errorf("%+v: %s days, want %s", c.q, got, c.want)
			}
			continue
		}
		w.refused(err, fault.KindInvalid, c.want)
	}
}
