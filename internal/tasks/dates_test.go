package tasks_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestADueDateIsADayPerhapsWithTimeAndZone(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	for wire, want := range map[string]string{
		`"2026-12-24"`:                         "2026-12-24T23:59:59.999Z",
		`{"date":"2026-12-24","time":"17:00"}`: "2026-12-24T17:00:00.000Z",
		`{"date":"2026-12-24","time":"17:00","time_zone":"Europe/Berlin"}`:   "2026-12-24T16:00:00.000Z",
		`{"date":"2026-12-24","time_zone":"America/New_York"}`:               "2026-12-25T04:59:59.999Z",
		`{"date":"2026-03-29","time_zone":"Europe/Berlin"}`:                  "2026-03-29T21:59:59.999Z", // 23 hours long
		`{"date":"2026-10-25","time_zone":"Europe/Berlin"}`:                  "2026-10-25T22:59:59.999Z", // 25 hours long
		`{"date":"2026-03-29","time":"02:30","time_zone":"Europe/Berlin"}`:   "2026-03-29T01:30:00.000Z", // there is no 02:30
		`{"date":"2024-02-29","time":null,"time_zone":"Pacific/Kiritimati"}`: "2024-02-29T09:59:59.999Z",
	} {
		when := decode[tasks.When](t, []byte(wire))
		got := w.create(tasks.NewTask{Project: p.ID, Title: wire, Due: &when})
		same(t, wire, got.DueAt, want)
		same(t, wire, w.again(got).Due, when)
	}
}

func TestDaysAreReadInTheReadersZone(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	due := func(title, wire string) {
		when := decode[tasks.When](t, []byte(wire))
		w.create(tasks.NewTask{Project: p.ID, Title: title, Due: &when})
	}
	// the day on which Berlin's clocks go forward at 02:00
	due("day", `"2026-03-29"`)
	due("before", `"2026-03-28"`)
	due("after", `"2026-03-30"`)
	due("floating-late", `{"date":"2026-03-29","time":"23:30"}`)
	due("berlin-late", `{"date":"2026-03-29","time":"23:30","time_zone":"Europe/Berlin"}`)
	due("berlin-midnight", `{"date":"2026-03-30","time":"00:00","time_zone":"Europe/Berlin"}`)
	due("new-york", `{"date":"2026-03-29","time":"18:30","time_zone":"America/New_York"}`) // 00:30 of the 30th in Berlin
	w.titled(p, "undated")
	ask := func(zone, op string, value any) []string {
		loc, err := time.LoadLocation(zone)
		w.ok(err)
		got := w.list(w.ada, tasks.ListQuery{Filter: tasks.Filter{Field: "due", Op: op, Value: value}, Sort: "title", Zone: loc})
		slices.Sort(got)
		return got
	}
	for _, test := range []struct {
		zone, op string
		value    any
		want     []string
	}{
		{"Europe/Berlin", "before", "2026-03-29", []string{"before"}},
		{"Europe/Berlin", "before", "2026-03-30", []string{"before", "berlin-late", "day", "floating-late"}},
		{"Europe/Berlin", "eq", "2026-03-29", []string{"berlin-late", "day", "floating-late"}},
		{"Europe/Berlin", "after", "2026-03-30", []string{"after", "berlin-midnight", "new-york"}},
		{"America/New_York", "eq", "2026-03-29", []string{"berlin-late", "berlin-midnight", "day", "floating-late", "new-york"}},
		{"Europe/Berlin", "before", "2026-03-29T21:30:00Z", []string{"before"}}, // the floating ones: 23:30 on the wall
		{"Europe/Berlin", "before", "2026-03-29T21:30:00.001Z", []string{"before", "berlin-late", "floating-late"}},
		{"UTC", "is_set", false, []string{"undated"}},
		{"UTC", "is_set", nil, []string{"after", "before", "berlin-late", "berlin-midnight", "day", "floating-late", "new-york"}},
	} {
		same(t, test.zone+" "+test.op, ask(test.zone, test.op, test.value), test.want)
	}
	for _, value := range []any{"soon", "2026-02-30", 7.0, nil} {
		_, err := w.Tasks(t.Context(), w.ada, w.ws, tasks.ListQuery{Filter: tasks.Filter{Field: "due", Op: "before", Value: value}}, tasks.PageOf{})
		w.refused(err, fault.KindInvalid, "filter")
	}
}

func TestADayTwentyFiveHoursLong(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	for _, wire := range []string{
		`{"date":"2026-10-24","time":"23:59","time_zone":"Europe/Berlin"}`, `{"date":"2026-10-25","time":"00:00","time_zone":"Europe/Berlin"}`,
		`{"date":"2026-10-25","time":"23:59","time_zone":"Europe/Berlin"}`, `{"date":"2026-10-26","time":"00:00","time_zone":"Europe/Berlin"}`,
	} {
		when := decode[tasks.When](t, []byte(wire))
		w.create(tasks.NewTask{Project: p.ID, Title: when.Date[8:] + *when.Time, Due: &when})
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	w.ok(err)
	c := w.ada
	c.Zone = berlin // the caller's own zone, when the question names none
	same(t, "the day", words(w.list(c, tasks.ListQuery{Filter: eq("due", "2026-10-25"), Sort: "due"})), "2500:00 2523:59")
	same(t, "in UTC", words(w.list(w.ada, tasks.ListQuery{Filter: eq("due", "2026-10-25"), Sort: "due"})), "2523:59 2600:00")
}

func TestUndatedTasksAreLastBothWays(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	for _, d := range []string{"2026-01-02", "", "2026-01-01", "", "2026-01-03"} {
		n := tasks.NewTask{Project: p.ID, Title: "none"}
		if d != "" {
			n.Title, n.Due = d[8:], &tasks.When{Date: d}
		}
		w.create(n)
	}
	q := in(p)
	q.Sort = "due"
	same(t, "due", words(w.list(w.ada, q)), "01 02 03 none none")
	q.Sort = "-due"
	same(t, "-due", words(w.list(w.ada, q)), "03 02 01 none none")
}

// The first year that is one of four digits in every time zone is the second: a moment before it could be written, and
// not be read again.
func TestADueDateIsReadAgainInEveryZone(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	zone := "Pacific/Kiritimati"
	_, err := w.CreateTask(t.Context(), w.ada, w.ws, tasks.NewTask{Project: p.ID, Title: "too early", Due: &tasks.When{Date: "0001-01-01", TimeZone: &zone}})
	w.refused(err, fault.KindInvalid, "due.date")
	early := w.create(tasks.NewTask{Project: p.ID, Title: "early", Due: &tasks.When{Date: "0002-01-01", TimeZone: &zone}})
	w.patch(early, tasks.Patch{Title: tasks.Some("still early")})
}
