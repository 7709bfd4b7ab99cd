package tasks

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
)

// Attachment is a file that hangs on a task. Its bytes stand in the store of files under the workspace's id and Row.Other.
type Attachment struct {
	ID          uuid.UUID `json:"id"`
	Task        uuid.UUID `json:"task"`
	Name        string    `json:"name" doc:"What it was called, without path and without what can't be seen."`
	Size        int64     `json:"size" doc:"Bytes."`
	ContentType string    `json:"content_type" doc:"Found out from its bytes, whatever its sender said."`
	SHA256      string    `json:"sha256" doc:"Of its bytes, in hexadecimal."`
	Author      Author    `json:"author"`
	Version     int64     `json:"version"`
	CreatedBy   uuid.UUID `json:"created_by"`
	CreatedAt   Time      `json:"created_at"`
	DeletedAt   *Time     `json:"deleted_at"`
}

// maxAttachments is how many files a task may have.
const maxAttachments = 1_000

// NewAttachment is a request to hang a file on a task.
type NewAttachment struct {
	ID   uuid.UUID
	Task string // id or key
	Name string // as the client has it; see fileName
	File *Upload
}

// Attach hangs a file that Receive has taken in on a task. With an ID it may be sent again: the same name and bytes give
// the attachment as it is now. The file is used up if it returns no error; else it is the caller's to discard.
func (s *Service) Attach(ctx context.Context, c Caller, ws uuid.UUID, n NewAttachment) (Written, error) {
	if err := n.File.claim(); err != nil {
		return Written{}, err
	}
	w, err := s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) { return d.attach(n, s.files.MaxStorage) })
	n.File.settle(ctx, err, w.Created)
	return w, err
}

func (d *draft) attach(n NewAttachment, most int64) (*Row, bool, error) {
	t, err := d.live(n.Task, AttachFile)
	if err != nil {
		return nil, false, err
	}
	name := fileName(n.Name)
	request := origin(struct {
		Task         uuid.UUID
		Name, SHA256 string
		Size         int64
	}{t.ID, name, n.File.SHA256, n.File.Size})
	if n.ID == uuid.Nil {
		n.ID = d.newID()
	} else if r, err := d.sameRow(KindAttachment, n.ID, request); r != nil || err != nil {
		return r, false, err
	}
	if t.AttachmentCount >= maxAttachments {
		return nil, false, fault.Quota(fmt.Sprintf("A task can have %d files; remove one first.", maxAttachments))
	}
	if err := d.takeStorage(n.File.Size, most); err != nil {
		return nil, false, err
	}
	a := Attachment{
		ID: n.ID, Task: t.ID, Name: name, Size: n.File.Size, ContentType: n.File.ContentType, SHA256: n.File.SHA256,
		Author: Author{User: &d.caller.User, Name: d.caller.Actor.Name}, Version: d.next(), CreatedBy: d.caller.User, CreatedAt: At(d.now),
	}
	r := &Row{Scope: t.ID, Other: n.File.blob, Sort: sortTime(a.CreatedAt), Origin: request}
	old := *t
	t.AttachmentCount++
	if d.caller.Actor.Type != ActorImport {
		t.Subscribers = set(t.Subscribers, []uuid.UUID{d.caller.User}, nil)
	}
	return r, true, d.saveAttachment("attachment.created", r, a, t, &old, nil)
}

// saveAttachment adds a change of an attachment, the line of the task's story that tells of it, and the task's count.
func (d *draft) saveAttachment(typ string, r *Row, a Attachment, t, old *Task, changed []string) error {
	e := event{kind: KindAttachment, typ: typ, id: a.ID, project: t.Project, changed: changed}
	if a.DeletedAt != nil {
		e.data = []byte(`{}`)
	}
	ch, err := d.put(e, r, a)
	if err != nil {
		return err
	}
	what, err := marshal(struct {
		Name string `json:"name"`
	}{a.Name})
	if err != nil {
		return err
	}
	var before, after []byte
	if a.DeletedAt == nil {
		after = what
	} else {
		before = what
	}
	d.tell(&ch.Event, t.ID, a.ID, KindAttachment, before, after)
	return d.saveQuietly(t, old)
}

// Attachments lists the files of a task, the oldest first.
func (s *Service) Attachments(ctx context.Context, c Caller, ws uuid.UUID, task string, of PageOf) (Page, error) {
	return s.listRows(ctx, c, ws, of, func(v View, a *Access) (RowQuery, error) {
		t, err := findIn(v, a, task)
		if err != nil {
			return RowQuery{}, err
		}
		return RowQuery{Kind: KindAttachment, Scope: t.ID}, nil
	})
}

// Attachment gives what is known of a file of a task.
func (s *Service) Attachment(ctx context.Context, c Caller, ws uuid.UUID, task string, id uuid.UUID) (Doc, Head, error) {
	var doc Doc
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		r, err := findAttachment(v, a, task, id)
		if err == nil {
			doc = Doc{ID: r.ID, Version: r.Seq, JSON: r.Doc}
		}
		return err
	})
	return doc, head, err
}

// findAttachment gives the row of a live file of a live task, if it may be seen.
func findAttachment(v View, a *Access, task string, id uuid.UUID) (*Row, error) {
	t, err := findIn(v, a, task)
	if err != nil {
		return nil, err
	}
	r, err := v.Get(KindAttachment, id)
	if err != nil {
		return nil, err
	}
	if r == nil || r.Scope != t.ID || r.Deleted != 0 {
		return nil, fault.NotFound()
	}
	return r, nil
}

// DeleteAttachment puts a file into the trash: whoever attached it may, and who edits the task. One that is there already
// stays as it is.
func (s *Service) DeleteAttachment(ctx context.Context, c Caller, ws uuid.UUID, task string, id uuid.UUID) (Head, error) {
	return s.update(ctx, c, ws, func(d *draft) error {
		r, a, t, err := d.ownAttachment(task, id)
		if err != nil || r.Deleted != 0 {
			return err
		}
		row, old := *r, *t
		at := At(d.now)
		row.Deleted, a.DeletedAt, a.Version = d.now, &at, d.next()
		t.AttachmentCount--
		return d.saveAttachment("attachment.deleted", &row, a, t, &old, []string{fDeletedAt})
	})
}

// RestoreAttachment takes a file out of the trash, if its task is not there.
func (s *Service) RestoreAttachment(ctx context.Context, c Caller, ws uuid.UUID, task string, id uuid.UUID) (Written, error) {
	return s.writeRow(ctx, c, ws, func(d *draft) (*Row, bool, error) {
		r, a, t, err := d.ownAttachment(task, id)
		if err != nil || r.Deleted == 0 {
			return r, false, err
		}
		if err := d.inUse(t.Project); err != nil {
			return nil, false, err
		}
		if t.AttachmentCount >= maxAttachments {
			return nil, false, fault.Quota(fmt.Sprintf("A task can have %d files; remove one first.", maxAttachments))
		}
		row, old := *r, *t
		row.Deleted, a.DeletedAt, a.Version = 0, nil, d.next()
		t.AttachmentCount++
		return &row, false, d.saveAttachment("attachment.restored", &row, a, t, &old, []string{fDeletedAt})
	})
}

// ownAttachment gives a file, in the trash or not, that the caller may put there or take from there, and its task.
func (d *draft) ownAttachment(task string, id uuid.UUID) (*Row, Attachment, *Task, error) {
	var a Attachment
	t, err := d.find(task)
	if err != nil {
		return nil, a, nil, err
	}
	r, err := d.row(KindAttachment, id)
	if err != nil {
		return nil, a, nil, err
	}
	if r == nil || r.Scope != t.ID || t.DeletedAt != nil {
		return nil, a, nil, fault.NotFound()
	}
	if err := json.Unmarshal(r.Doc, &a); err != nil {
		return nil, a, nil, fmt.Errorf("read attachment %s: %w", id, err)
	}
	action := EditTask
	if a.CreatedBy == d.caller.User {
		action = AttachFile
	}
	return r, a, t, d.access.Can(action, t.Project)
}

// purgeAttachments removes all files of a task that is purged.
func (d *draft) purgeAttachments(task uuid.UUID) error {
	rows, err := d.view.List(RowQuery{Kind: KindAttachment, Scope: task, WithTrash: true})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := d.dropAttachment(r); err != nil {
			return err
		}
	}
	return nil
}

// dropAttachment removes the row of a file. Its bytes go once that is committed.
func (d *draft) dropAttachment(r *Row) error {
	a, err := decode[Attachment](r.Doc)
	if err != nil {
		return fmt.Errorf("read attachment %s: %w", r.ID, err)
	}
	d.silent = append(d.silent, Change{Row: r, Purge: true})
	d.dropped = append(d.dropped, r.Other)
	d.stored -= a.Size
	return nil
}

// purgeAttachment removes a file that was put into the trash. To whoever may not see it there never was one.
func (d *draft) purgeAttachment(id uuid.UUID) error {
	r, err := d.row(KindAttachment, id)
	if err != nil || r == nil {
		return err
	}
	t, err := d.task(r.Scope)
	if err != nil || t == nil {
		return err
	}
	if !d.access.Sees(t.Project) && !d.access.sawDeleted(t.Project) {
		return nil
	}
	if err := d.access.Can(PurgeTask, t.Project); err != nil {
		return err
	}
	if r.Deleted == 0 {
		return fault.NotFound()
	}
	return d.expireAttachment(r, t)
}

// expireAttachment removes a file that is in the trash and tells so.
func (d *draft) expireAttachment(r *Row, t *Task) error {
	if err := d.dropAttachment(r); err != nil {
		return err
	}
	d.add(event{kind: KindAttachment, typ: "attachment.purged", id: r.ID, project: t.Project}, nil)
	return nil
}

// blobOf is where the bytes of an attachment are.
func blobOf(ws uuid.UUID, r *Row) files.Key { return files.KeyOf(ws, r.Other) }
