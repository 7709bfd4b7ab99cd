package tasks

import (
	"bytes"
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

const (
	snapshotPage = 500 // tasks that are read at a time for a snapshot
	maxSnapshots = 4   // that are made at the same time: others must find a reader of the store too
)

// Snapshot writes the workspace as the caller may see it, exactly as of one head: each line is JSON, the first says the
// head, the others an entity each. write is called with whole lines and must not keep them; nor must it wait for
// anybody, for the store has to hold on to that one state meanwhile.
func (s *Service) Snapshot(ctx context.Context, c Caller, ws uuid.UUID, begin func(Head), write func([]byte) error) error {
	select {
	case s.snapshots <- struct{}{}:
		defer func() { <-s.snapshots }()
	case <-ctx.Done():
		return fault.Unavailable(ctx.Err())
	}
	_, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		h := v.Head()
		begin(h)
		b := append([]byte(`{"epoch":`), appendString(nil, h.Epoch)...)
		b = append(b, `,"seq":`...)
		b = append(strconv.AppendInt(b, h.Seq, 10), "}\n"...)
		if err := write(b); err != nil {
			return err
		}
		sn := snapshot{ctx: ctx, view: v, access: a, write: write, buf: b[:0]}
		return sn.all()
	})
	return err
}

type snapshot struct {
	ctx    context.Context
	view   View
	access *Access
	write  func([]byte) error
	buf    []byte
}

func (s *snapshot) line(entity string, doc []byte) {
	s.buf = append(s.buf, `{"entity":"`...)
	s.buf = append(s.buf, entity...)
	s.buf = append(s.buf, `","data":`...)
	s.buf = append(s.buf, doc...)
	s.buf = append(s.buf, "}\n"...)
}

// flush passes on what has been written so far.
func (s *snapshot) flush() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	err := s.write(s.buf)
	s.buf = s.buf[:0]
	return err
}

func (s *snapshot) all() error {
	for _, p := range s.access.frame.order {
		if s.access.Sees(p.ID) {
			doc, err := marshal(p)
			if err != nil {
				return err
			}
			s.line("project", doc)
		}
	}
	for _, kind := range []Kind{KindLabel, KindMember} {
		rows, err := s.view.List(RowQuery{Kind: kind})
		if err != nil {
			return err
		}
		for _, r := range rows {
			s.line(string(kind), r.Doc)
		}
	}
	views, err := visibleViews(s.view, s.access)
	if err != nil {
		return err
	}
	for _, r := range views {
		s.line("view", r.Doc)
	}
	if err := s.flush(); err != nil {
		return err
	}
	for _, p := range s.access.visible {
		if err := s.project(s.access.frame.projects[p]); err != nil {
			return err
		}
	}
	return s.related()
}

// project writes a project's tasks and then their comments and attachments.
func (s *snapshot) project(p *Project) error {
	q := TaskQuery{
		Where: Where{Field: FieldProject, Op: OpIn, IDs: []uuid.UUID{p.ID}}, Sort: SortPosition, Limit: snapshotPage,
	}
	for {
		rows, err := s.view.Tasks(q)
		if err != nil {
			return err
		}
		var spoken, attached []uuid.UUID
		for _, r := range rows {
			s.buf = append(s.buf, `{"entity":"task","data":`...)
			s.buf = p.appendTask(s.buf, r, false)
			s.buf = append(s.buf, "}\n"...)
			if hasCount(r.Doc, commentCount) {
				spoken = append(spoken, r.ID)
			}
			if hasCount(r.Doc, attachmentCount) {
				attached = append(attached, r.ID)
			}
		}
		if err := s.scoped(KindComment, spoken); err != nil {
			return err
		}
		if err := s.scoped(KindAttachment, attached); err != nil {
			return err
		}
		if err := s.flush(); err != nil {
			return err
		}
		if len(rows) < snapshotPage {
			return nil
		}
		after := positionOf(rows[len(rows)-1], q)
		q.After = &after
	}
}

// scoped writes what of a kind belongs to tasks.
func (s *snapshot) scoped(kind Kind, tasks []uuid.UUID) error {
	for _, id := range tasks {
		rows, err := s.view.List(RowQuery{Kind: kind, Scope: id})
		if err != nil {
			return err
		}
		for _, r := range rows {
			s.line(string(kind), r.Doc)
		}
	}
	return nil
}

// related writes the relations whose tasks are both visible.
func (s *snapshot) related() error {
	q := RowQuery{Kind: KindRelation, Limit: snapshotPage}
	for {
		rows, err := s.view.List(q)
		if err != nil {
			return err
		}
		for _, r := range rows {
			visible := true
			for _, id := range []uuid.UUID{r.Scope, r.Other} {
				t, err := s.view.Get(KindTask, id)
				if err != nil {
					return err
				}
				visible = visible && t != nil && t.Deleted == 0 && s.access.Sees(t.Task.Project)
			}
			if visible {
				s.line("relation", r.Doc)
			}
		}
		if err := s.flush(); err != nil {
			return err
		}
		if len(rows) < snapshotPage {
			return nil
		}
		last := rows[len(rows)-1]
		q.After = &Position{Text: last.Sort, ID: last.ID}
	}
}

// Where the counts of what belongs to a task stand in a stored one; see hasCount.
var (
	commentCount    = []byte(`"comment_count":`)
	attachmentCount = []byte(`"attachment_count":`)
)

// hasCount looks into a stored task without decoding it. Counts stand behind everything that a client can write.
func hasCount(doc, field []byte) bool {
	i := bytes.LastIndex(doc, field)
	return i >= 0 && i+len(field) < len(doc) && doc[i+len(field)] != '0'
}
