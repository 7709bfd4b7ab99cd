package tasks

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// StatsQuery asks for the figures of some projects.
type StatsQuery struct {
	Projects     []uuid.UUID // none: all that the caller sees and that are not archived
	Since, Until string      // the first and the last day, "" if they follow from Days or are left to be
	Days         int         // how many, 0 if they follow from Since
	Zone         *time.Location
}

// Bounds of the days that are counted one by one.
const (
	DefaultStatsDays = 30
	MaxStatsDays     = 366
)

// Stats are the figures of projects as of one moment. They count what lists give: tasks that are not in the trash.
type Stats struct {
	TimeZone   string          `json:"time_zone" doc:"In which days are read."`
	Total      int             `json:"total"`
	Open       int             `json:"open"`
	Completed  int             `json:"completed"`
	Overdue    int             `json:"overdue" doc:"Open tasks whose due date is before today."`
	ByCategory CategoryStats   `json:"by_category"`
	ByStatus   []StatusStats   `json:"by_status" nullable:"false" doc:"In the order of the projects and of their statuses. Of projects that were named, every status; else those in use."`
	ByAssignee []AssigneeStats `json:"by_assignee" nullable:"false" doc:"Who has the most open tasks first. A task with several assignees counts for each."`
	Since      string          `json:"since" format:"date" doc:"The first of the days."`
	Until      string          `json:"until" format:"date" doc:"The last of the days."`
	Days       []DayStats      `json:"days" nullable:"false" doc:"Every day from since until until."`

	Head Head `json:"-"`
}

// CategoryStats counts tasks by the category of their status.
type CategoryStats struct {
	Backlog  int `json:"backlog"`
	Todo     int `json:"todo"`
	Doing    int `json:"doing"`
	Done     int `json:"done"`
	Canceled int `json:"canceled"`
}

func (c *CategoryStats) of(category string) *int {
	switch category {
	case CategoryBacklog:
		return &c.Backlog
	case CategoryTodo:
		return &c.Todo
	case CategoryDoing:
		return &c.Doing
	case CategoryDone:
		return &c.Done
	}
	return &c.Canceled
}

// StatusStats counts the tasks of a status.
type StatusStats struct {
	Project  uuid.UUID `json:"project"`
	Status   uuid.UUID `json:"status"`
	Category string    `json:"category" enum:"backlog,todo,doing,done,canceled"`
	Count    int       `json:"count"`
}

// AssigneeStats counts the tasks of an assignee.
type AssigneeStats struct {
	Assignee  *uuid.UUID `json:"assignee" doc:"Null: the tasks of nobody."`
	Open      int        `json:"open"`
	Completed int        `json:"completed"`
}

// DayStats counts what happened on a day to tasks that are there today.
type DayStats struct {
	Date      string `json:"date" format:"date"`
	Created   int    `json:"created"`
	Completed int    `json:"completed"`
}

// Stats gives the figures of what the caller may see. A project that she can't see does not exist.
func (s *Service) Stats(ctx context.Context, c Caller, ws uuid.UUID, q StatsQuery) (Stats, error) {
	if q.Zone == nil {
		q.Zone = c.zone()
	}
	today := s.now().In(q.Zone)
	first, days, err := q.span(today)
	if err != nil {
		return Stats{}, err
	}
	out := Stats{TimeZone: q.Zone.String(), ByStatus: []StatusStats{}, ByAssignee: []AssigneeStats{}}
	out.Head, err = s.read(ctx, c, ws, func(v View, a *Access) error {
		projects, err := q.projects(a)
		if err != nil {
			return err
		}
		if err := out.byStatus(v, a, projects, len(q.Projects) > 0); err != nil {
			return err
		}
		if err := out.byAssignee(v, projects); err != nil {
			return err
		}
		if err := out.overdue(v, projects, dayOf(today), q.Zone); err != nil {
			return err
		}
		return out.byDay(v, projects, first, days, q.Zone)
	})
	return out, err
}

// dayOf is a day on the calendar, as its midnight in UTC.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// span gives the first of the days that are asked for and how many they are.
func (q StatsQuery) span(today time.Time) (first time.Time, days int, err error) {
	var bad []fault.Field
	read := func(field, s string, otherwise time.Time) time.Time {
		if s == "" {
			return otherwise
		}
		d, err := time.Parse(time.DateOnly, s)
		if err != nil || d.Year() < 1 || d.Year() > 9998 {
			bad = append(bad, fault.Field{Field: field, Message: "must be a day such as 2026-12-24"})
		}
		return d
	}
	if q.Days < 0 || q.Days > MaxStatsDays {
		bad = append(bad, fault.Field{Field: "days", Message: fmt.Sprintf("must be 1 to %d", MaxStatsDays)})
	} else if q.Days != 0 && q.Since != "" {
		bad = append(bad, fault.Field{Field: "days", Message: "can't be given together with since"})
	}
	last := read("until", q.Until, dayOf(today))
	if days = q.Days; days == 0 {
		days = DefaultStatsDays
	}
	first = read("since", q.Since, last.AddDate(0, 0, 1-days))
	if len(bad) > 0 {
		return first, 0, fault.Invalid(bad...)
	}
	days = int(last.Sub(first)/(24*time.Hour)) + 1
	switch {
	case days < 1:
		return first, 0, fault.InvalidField("since", "must not be behind until")
	case days > MaxStatsDays:
		return first, 0, fault.InvalidField("since", fmt.Sprintf("must not be more than %d days before until", MaxStatsDays-1))
	}
	return first, days, nil
}

// projects are those whose tasks are counted, in their order.
func (q StatsQuery) projects(a *Access) ([]uuid.UUID, error) {
	for _, id := range q.Projects {
		if err := a.Can(ReadProject, id); err != nil {
			return nil, err
		}
	}
	var out []uuid.UUID
	for _, p := range a.frame.order {
		if slices.Contains(q.Projects, p.ID) || len(q.Projects) == 0 && !p.Archived && a.Sees(p.ID) {
			out = append(out, p.ID)
		}
	}
	return out, nil
}

func (s *Stats) byStatus(v View, a *Access, projects []uuid.UUID, empty bool) error {
	counts, err := v.Count(TaskQuery{Where: Where{Field: FieldProject, Op: OpIn, IDs: projects}}, FieldStatus)
	if err != nil {
		return err
	}
	found := make(map[uuid.UUID]int, len(counts))
	for _, n := range counts {
		found[n.Key] = n.Count
	}
	for _, id := range projects {
		for _, st := range a.frame.projects[id].Statuses {
			n := found[st.ID]
			if n > 0 || empty {
				s.ByStatus = append(s.ByStatus, StatusStats{Project: id, Status: st.ID, Category: st.Category, Count: n})
			}
			*s.ByCategory.of(st.Category) += n
			s.Total += n
			if completes(st.Category) {
				s.Completed += n
			}
		}
	}
	s.Open = s.Total - s.Completed
	return nil
}

func (s *Stats) byAssignee(v View, projects []uuid.UUID) error {
	loads, err := v.Loads(projects)
	if err != nil {
		return err
	}
	slices.SortFunc(loads, func(a, b Load) int {
		return cmp.Or(cmp.Compare(b.Open, a.Open), cmp.Compare(b.Completed, a.Completed), bytes.Compare(a.Assignee[:], b.Assignee[:]))
	})
	for _, l := range loads {
		one := AssigneeStats{Open: l.Open, Completed: l.Completed}
		if l.Assignee != uuid.Nil {
			one.Assignee = &l.Assignee
		}
		s.ByAssignee = append(s.ByAssignee, one)
	}
	return nil
}

// overdue counts what was due before a day, where it is read: floating dates by the wall clock, others by the instant.
func (s *Stats) overdue(v View, projects []uuid.UUID, day time.Time, zone *time.Location) error {
	for tally, before := range map[Tally]int64{
		TallyDue: beginOf(day, zone), TallyDueFloating: day.UnixMilli(),
	} {
		quarters, err := v.Quarters(tally, projects, -NoDue, before)
		if err != nil {
			return err
		}
		for _, q := range quarters {
			s.Overdue += q.Count
		}
	}
	return nil
}

// beginOf is when a day begins in a zone, Unix milliseconds.
func beginOf(day time.Time, zone *time.Location) int64 {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone).UnixMilli()
}

func (s *Stats) byDay(v View, projects []uuid.UUID, first time.Time, n int, zone *time.Location) error {
	begins := make([]int64, n+1)
	for i := range begins {
		begins[i] = beginOf(first.AddDate(0, 0, i), zone)
	}
	s.Days = make([]DayStats, n)
	for i := range s.Days {
		s.Days[i].Date = first.AddDate(0, 0, i).Format(time.DateOnly)
	}
	s.Since, s.Until = s.Days[0].Date, s.Days[n-1].Date
	for _, tally := range []Tally{TallyCreated, TallyCompleted} {
		quarters, err := v.Quarters(tally, projects, begins[0], begins[n])
		if err != nil {
			return err
		}
		day := 0
		for _, q := range quarters {
			for q.At >= begins[day+1] {
				day++
			}
			if tally == TallyCreated {
				s.Days[day].Created += q.Count
			} else {
				s.Days[day].Completed += q.Count
			}
		}
	}
	return nil
}
