package tasks

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

const (
	maxComment  = 100_000 // bytes
	maxComments = 10_000  // of a task
)

// NewComment is a request to say something about a task.
type NewComment struct {
	ID   uuid.UUID `json:"id,omitzero"`
	Task string    `json:"task"` // id or key
	Body string    `json:"body"`

	// Only under scope import:
	External  *External `json:"external,omitempty"`
	Author    *Author   `json:"author,omitempty"`
	CreatedAt *Time     `json:"created_at,omitempty"`
}

// CreateComment adds a comment. With an ID it may be sent again.
func (s *Service) CreateComment(ctx context.Context, c Caller, ws uuid.UUID, n NewComment) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) { return d.comment(n, "") })
}

// writeRow runs a change of one row and gives it as it is then.
func (s *Service) writeRow(ctx context.Context, c Caller, ws uuid.UUID, change func(*draft) (*Row, bool, error)) (Written, error) {
	var w Written
	head, err := s.update(ctx, c, ws, func(d *draft) error {
		r, created, err := change(d)
		if err != nil {
			return err
		}
		w.Created, w.Doc = created, Doc{ID: r.ID, Version: r.Seq, JSON: r.Doc}
		return nil
	})
	w.Head = head
	return w, err
}

func (d *draft) comment(n NewComment, path string) (*Row, bool, error) {
	t, err := d.live(n.Task, WriteComment)
	if err != nil {
		return nil, false, err
	}
	if bad := checkBody(n.Body, path); bad != nil {
		return nil, false, bad
	}
	if (n.External != nil || n.Author != nil || n.CreatedAt != nil) && !d.imports() {
		return nil, false, fault.InvalidField(path+fCreatedAt, "and author and external can be set under scope import alone")
	}
	c := &checks{path: path}
	c.external(n.External)
	c.author(n.Author)
	if err := c.err(); err != nil {
		return nil, false, err
	}
	request := origin(n)
	if n.ID == uuid.Nil {
		n.ID = d.newID()
	} else if r, err := d.sameRow(KindComment, n.ID, request); r != nil || err != nil {
		return r, false, err
	}
	if n.External != nil {
		if r, err := d.view.ByUnique(KindComment, n.External.key()); err != nil {
			return nil, false, err
		} else if r != nil {
			return d.recomment(r, n, t, path)
		}
	}
	if t.CommentCount >= maxComments {
		return nil, false, fault.Quota("The task has as many comments as it may have.")
	}
	com := Comment{
		ID: n.ID, Task: t.ID, Body: n.Body, Author: Author{User: &d.caller.User, Name: d.caller.Actor.Name},
		External: n.External, Version: d.next(), CreatedBy: d.caller.User, CreatedAt: At(d.now), UpdatedAt: At(d.now),
	}
	if n.Author != nil {
		com.Author = *n.Author
	}
	if n.CreatedAt != nil {
		com.CreatedAt = *n.CreatedAt
	}
	r := &Row{Scope: t.ID, Sort: sortTime(com.CreatedAt), Unique: n.External.key(), Origin: request}
	ch, err := d.put(event{kind: KindComment, typ: "comment.created", id: com.ID, project: t.Project}, r, com)
	if err != nil {
		return nil, false, err
	}
	d.tell(&ch.Event, t.ID, com.ID, KindComment, nil, nil)
	old := *t
	t.CommentCount++
	if d.caller.Actor.Type != ActorImport {
		t.Subscribers = set(t.Subscribers, []uuid.UUID{d.caller.User}, nil)
	}
	return r, true, d.saveQuietly(t, &old)
}

// recomment brings a comment that was imported before up to date. One that was edited or removed since stays as it is. If
// it is where the caller may not see it, all that she is told is that its id is taken.
func (d *draft) recomment(r *Row, n NewComment, t *Task, path string) (*Row, bool, error) {
	var com Comment
	if err := json.Unmarshal(r.Doc, &com); err != nil {
		return nil, false, err
	}
	of, err := d.task(com.Task)
	if err != nil {
		return nil, false, err
	}
	if of == nil || !d.access.Sees(of.Project) {
		return nil, false, fault.Conflict("external-taken", "Another comment has this external id.")
	}
	if com.Body == n.Body || com.Task != t.ID || com.EditedAt != nil || r.Deleted != 0 {
		return r, false, nil
	}
	row, err := d.editComment(r, com, n.Body, path)
	return row, false, err
}

// sortTime makes a sort value of an instant.
func sortTime(t Time) string { return fmt.Sprintf("%015d", t.UnixMilli()) }

func checkBody(body, path string) error {
	c := &checks{path: path}
	if !text.Visible(body) {
		c.no("body", "must not be empty")
	}
	c.body("body", body, maxComment)
	return c.err()
}

func idTaken() error { return fault.Conflict("id-taken", "Something else was made with this id.") }

// sameRow finds what an earlier request with the same id made.
func (d *draft) sameRow(kind Kind, id uuid.UUID, request []byte) (*Row, error) {
	r, err := d.row(kind, id)
	if err != nil || r == nil {
		return nil, err
	}
	if !bytes.Equal(r.Origin, request) {
		return nil, idTaken()
	}
	return r, nil
}

// UpdateComment changes what a comment says. Only who wrote it may.
func (s *Service) UpdateComment(ctx context.Context, c Caller, ws uuid.UUID, task string, id uuid.UUID, body string, cond Condition) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		r, com, err := d.findComment(task, id)
		if err != nil {
			return nil, false, err
		}
		if r.Deleted != 0 {
			return nil, false, fault.NotFound()
		}
		if err := checkBody(body, ""); err != nil {
			return nil, false, err
		}
		if _, err := d.live(task, WriteComment); err != nil {
			return nil, false, err
		}
		if com.CreatedBy != d.caller.User || com.External != nil {
			return nil, false, fault.Forbidden("Only who wrote a comment may change it.")
		}
		if cond.Match != 0 && com.Version > cond.Match {
			return nil, false, fault.Stale()
		}
		if com.Body == body {
			return r, false, nil
		}
		if cond.Base != 0 && com.Version > cond.Base {
			return nil, false, fault.Stale(fault.Changed{Field: "body", Theirs: com.Body})
		}
		at := At(d.now)
		com.EditedAt = &at
		row, err := d.editComment(r, com, body, "")
		return row, false, err
	})
}

// editComment saves a comment with other words. The task's story says that it was changed and not what it said: words
// that somebody took back or had to be removed must not live on there.
func (d *draft) editComment(r *Row, com Comment, body, path string) (*Row, error) {
	if err := checkBody(body, path); err != nil {
		return nil, err
	}
	t, err := d.task(com.Task)
	if err != nil || t == nil {
		return nil, err
	}
	com.Body, com.UpdatedAt, com.Version = body, At(d.now), d.next()
	row := *r
	ch, err := d.put(event{
		kind: KindComment, typ: "comment.updated", id: com.ID, project: t.Project, changed: []string{"body"}, data: nil,
	}, &row, com)
	if err != nil {
		return nil, err
	}
	d.tell(&ch.Event, t.ID, com.ID, KindComment, nil, nil)
	return &row, nil
}

func (d *draft) findComment(task string, id uuid.UUID) (*Row, Comment, error) {
	var com Comment
	t, err := d.find(task)
	if err != nil {
		return nil, com, err
	}
	r, err := d.row(KindComment, id)
	if err != nil {
		return nil, com, err
	}
	if r == nil || r.Scope != t.ID {
		return nil, com, fault.NotFound()
	}
	return r, com, json.Unmarshal(r.Doc, &com)
}

// DeleteComment removes a comment: its author may, and who administers the project.
func (s *Service) DeleteComment(ctx context.Context, c Caller, ws uuid.UUID, task string, id uuid.UUID) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error {
		r, com, err := d.findComment(task, id)
		if err != nil {
			return err
		}
		t, err := d.find(task)
		if err != nil {
			return err
		}
		if com.CreatedBy != d.caller.User || com.External != nil {
			if err := d.access.Can(ModerateComment, t.Project); err != nil {
				return err
			}
		} else if err := d.access.Can(WriteComment, t.Project); err != nil {
			return err
		}
		if r.Deleted != 0 {
			return nil
		}
		row := *r
		at := At(d.now)
		row.Deleted, com.DeletedAt, com.Version = d.now, &at, d.next()
		ch, err := d.put(event{
			kind: KindComment, typ: "comment.deleted", id: id, project: t.Project, changed: []string{fDeletedAt}, data: []byte(`{}`),
		}, &row, com)
		if err != nil {
			return err
		}
		d.tell(&ch.Event, t.ID, id, KindComment, nil, nil)
		old := *t
		t.CommentCount--
		return d.saveQuietly(t, &old)
	})
}
