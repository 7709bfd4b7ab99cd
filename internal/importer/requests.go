package importer

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

func (c *compiler) newTask(t plan.Task, id uuid.UUID) tasks.NewTask {
	n := tasks.NewTask{
		ID: id, Project: c.target.project, Title: t.Title, Description: t.Description, Status: c.target.statuses[t.Status],
		Due: when(t.Due), Start: when(t.Start),
		External:    &tasks.External{Source: c.plan.Source, ID: t.External.ID, URL: t.External.URL},
		Author:      c.author(t.Author),
		CreatedAt:   moment(t.CreatedAt),
		CompletedAt: moment(t.CompletedAt),
	}
	for _, l := range t.Labels {
		if label, ok := c.target.labels[l]; ok {
			n.Labels = append(n.Labels, label)
		}
	}
	var names []string
	for _, a := range t.Assignees {
		if m, ok := c.people.members[a]; ok {
			n.Assignees = append(n.Assignees, m.ID)
		} else {
			names = append(names, c.people.names[a])
		}
	}
	if len(names) > 0 {
		n.Description = c.nameAssignees(t, names)
	}
	if parent, ok := c.ids[t.Parent]; ok {
		n.Parent = parent.String()
	}
	return n
}

// nameAssignees gives the description with the names of those to whom the task was given and who are no members.
func (c *compiler) nameAssignees(t plan.Task, names []string) string {
	named := plan.Facts(t.Description, Title(c.plan.Source), "Assigned to: "+strings.Join(names, ", "))
	if len(named) > plan.MaxDescription {
		c.notes.Add(plan.Lost, "import.unassigned", "Some tasks were given to people who are not in the workspace, and their descriptions are too long to name them.", len(names), t.Title)
		return t.Description
	}
	c.notes.Add(plan.Changed, "import.named", "Some tasks were given to people who are not in the workspace; their names are in the description.", len(names), t.Title)
	return named
}

func (c *compiler) newComment(m plan.Comment, task uuid.UUID) tasks.NewComment {
	return tasks.NewComment{
		Task: task.String(), Body: m.Text, Author: c.author(m.Author), CreatedAt: moment(m.CreatedAt),
		External: &tasks.External{Source: c.plan.Source, ID: m.External.ID, URL: m.External.URL},
	}
}

// author is the member that a person is, or her name, or the source's if it does not say who it was.
func (c *compiler) author(person string) *tasks.Author {
	if m, ok := c.people.members[person]; ok {
		return &tasks.Author{User: &m.ID, Name: m.Name}
	}
	if name, ok := c.people.names[person]; ok {
		return &tasks.Author{Name: name}
	}
	return &tasks.Author{Name: Title(c.plan.Source)}
}

func when(d *plan.Date) *tasks.When {
	if d == nil {
		return nil
	}
	w := &tasks.When{Date: d.Date}
	if d.Time != "" {
		w.Time, w.TimeZone = &d.Time, &d.Zone
	}
	return w
}

func moment(t time.Time) *tasks.Time {
	if t.IsZero() {
		return nil
	}
	at := tasks.At(t.UnixMilli())
	return &at
}
