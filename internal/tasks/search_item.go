package tasks

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// SearchItem is one thing found, as clients get it.
type SearchItem struct {
	Type        string        `json:"type" enum:"task,comment"`
	Task        TaskDoc       `json:"task" doc:"The task, or the one that the comment is about; without its description."`
	Comment     *FoundComment `json:"comment"`
	TitleRanges []Range       `json:"title_ranges" nullable:"false" doc:"The words found in the title: [start, end) in UTF-16 code units, in their order."`
	Excerpt     *Excerpt      `json:"excerpt" doc:"Where the words stand in the description or the comment; null if they are in the title alone."`
}

// FoundComment is a comment that was found; the excerpt tells of what it says.
type FoundComment struct {
	ID        uuid.UUID `json:"id"`
	Author    Author    `json:"author"`
	CreatedAt Time      `json:"created_at"`
	EditedAt  *Time     `json:"edited_at"`
}

// item writes one thing found.
func (l *looker) item(w weighed) ([]byte, error) {
	row, err := l.view.Get(KindTask, w.Task)
	if err != nil {
		return nil, err
	}
	if row == nil || l.access.frame.projects[row.Task.Project] == nil {
		return nil, fmt.Errorf("task %s is found and can't be seen", w.Task)
	}
	typ, said := "task", l.terms.Excerpt("description", row.Task.Description)
	var comment *FoundComment
	if w.Comment != uuid.Nil {
		typ = "comment"
		if comment, said, err = l.comment(w.Comment); err != nil {
			return nil, err
		}
	}
	b := append([]byte(`{"type":"`), typ...)
	b = append(b, `","task":`...)
	b = l.access.frame.projects[row.Task.Project].appendTask(b, row, true)
	for _, part := range []struct {
		name  string
		value any
	}{{"comment", comment}, {"title_ranges", l.terms.Ranges(row.Task.Title)}, {"excerpt", said}} {
		doc, err := marshal(part.value)
		if err != nil {
			return nil, err
		}
		b = append(append(append(append(b, `,"`...), part.name...), `":`...), doc...)
	}
	return append(b, '}'), nil
}

func (l *looker) comment(id uuid.UUID) (*FoundComment, *Excerpt, error) {
	row, err := l.view.Get(KindComment, id)
	if err != nil {
		return nil, nil, err
	}
	if row == nil {
		return nil, nil, fmt.Errorf("comment %s is found and is not there", id)
	}
	var c Comment
	if err := json.Unmarshal(row.Doc, &c); err != nil {
		return nil, nil, err
	}
	return &FoundComment{ID: c.ID, Author: c.Author, CreatedAt: c.CreatedAt, EditedAt: c.EditedAt}, l.terms.Excerpt("body", c.Body), nil
}
