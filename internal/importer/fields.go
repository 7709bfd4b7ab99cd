package importer

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

// An import remembers of each task what the source said, field by field, as hashes. When the file is imported again, a
// field is only written if its source has changed since: what people changed in Rung stays.

// field is one that an import keeps up to date.
type field struct {
	name   string
	source func(plan.Task, tasks.NewTask) any // what the source says
	set    func(*tasks.Patch, tasks.NewTask)
}

func fields() []field {
	return []field{
		{"title", func(t plan.Task, _ tasks.NewTask) any { return t.Title }, func(p *tasks.Patch, n tasks.NewTask) { p.Title = tasks.Some(n.Title) }},
		{"description", func(t plan.Task, _ tasks.NewTask) any { return cmp.Or(t.Said, t.Description) }, func(p *tasks.Patch, n tasks.NewTask) { p.Description = tasks.Some(n.Description) }},
		{markStatus, func(t plan.Task, _ tasks.NewTask) any { return t.Status }, func(p *tasks.Patch, n tasks.NewTask) {
			p.Status = tasks.Some(n.Status)
			if n.CompletedAt != nil {
				p.CompletedAt = tasks.Some(n.CompletedAt)
			}
		}},
		{markLabels, func(t plan.Task, _ tasks.NewTask) any { return t.Labels }, func(p *tasks.Patch, n tasks.NewTask) { p.Labels = tasks.Some(n.Labels) }},
		// By member: who has joined the workspace since gets the tasks that were hers.
		{"assignees", func(_ plan.Task, n tasks.NewTask) any { return n.Assignees }, func(p *tasks.Patch, n tasks.NewTask) { p.Assignees = tasks.Some(n.Assignees) }},
		{"due", func(t plan.Task, _ tasks.NewTask) any { return said(t.Due) }, func(p *tasks.Patch, n tasks.NewTask) { p.Due = tasks.Some(n.Due) }},
		{"start", func(t plan.Task, _ tasks.NewTask) any { return said(t.Start) }, func(p *tasks.Patch, n tasks.NewTask) { p.Start = tasks.Some(n.Start) }},
		{"parent", func(t plan.Task, _ tasks.NewTask) any { return t.Parent }, func(p *tasks.Patch, n tasks.NewTask) { p.Parent = tasks.Some(n.Parent) }},
	}
}

// said is what the source says of a date: to whoever imports in another time zone, the same.
func said(d *plan.Date) any {
	if d == nil || d.Instant.IsZero() {
		return d
	}
	return d.Instant
}

// What is remembered beside the fields.
const (
	markStatus  = "status"
	markLabels  = "labels"
	markBy      = "import"   // the import that made the task
	markUndone  = "undone"   // undoing that put it into the trash
	markComment = "comment " // and the comment's External ID: what it said
)

// marks are what is remembered of a task without its comments.
func marks(t plan.Task, n tasks.NewTask) (map[string]string, error) {
	m := map[string]string{}
	for _, f := range fields() {
		mark, err := hash(f.source(t, n))
		if err != nil {
			return nil, fmt.Errorf("remember %s of an imported task: %w", f.name, err)
		}
		m[f.name] = mark
	}
	return m, nil
}

func hash(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:9]), nil
}

// changes is the patch of what the source says differently than when it was seen before, and whether there is any.
func changes(seen, now map[string]string, n tasks.NewTask) (p tasks.Patch, any bool) {
	for _, f := range fields() {
		if seen[f.name] != now[f.name] {
			f.set(&p, n)
			any = true
		}
	}
	p.Import = maps.Clone(now)
	return p, any
}
