package tasks

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// PageOf asks for a part of a list.
type PageOf struct {
	Limit  int    // 1 to 200; 0 is 50
	Cursor string // from the page before; "" is the beginning
}

// Limits of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

func (p PageOf) limit() (int, error) {
	if p.Limit == 0 {
		return DefaultLimit, nil
	}
	if p.Limit < 1 || p.Limit > MaxLimit {
		return 0, fault.InvalidField("limit", "must be 1 to 200")
	}
	return p.Limit, nil
}

// Page is a part of a list, its items in the wire format. Next is empty at the end.
type Page struct {
	Items [][]byte
	Next  string
	Head  Head

	json []byte // as JSON gives it, if it was made with the items
}

const pageBegin = `{"items":[`

// JSON gives the page in the wire format. It must not be changed.
func (p Page) JSON() []byte {
	if p.json != nil {
		return p.json
	}
	size := len(pageBegin) + len(p.Next) + 24
	for _, item := range p.Items {
		size += len(item) + 1
	}
	b := appendItems(append(make([]byte, 0, size), pageBegin...), p.Items)
	return append(appendNext(b, p.Next), '}')
}

func appendItems(b []byte, items [][]byte) []byte {
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, item...)
	}
	return b
}

// appendNext ends the items and writes the cursor, whose letters are those of base64.
func appendNext(b []byte, next string) []byte {
	b = append(b, `],"next_cursor":`...)
	if next == "" {
		return append(b, "null"...)
	}
	return append(append(append(b, '"'), next...), '"')
}

// cursor makes an opaque text of a position. kind tells what order it belongs to, so that a cursor of one list is
// refused by another.
func cursor(kind string, p Position) string {
	b := append([]byte(kind), 0)
	b = append(b, p.ID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(p.Number))
	b = append(b, p.Text...)
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(kind, s string) (*Position, error) {
	if s == "" {
		return nil, nil
	}
	bad := fault.InvalidField("cursor", "is not a cursor of this list")
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(s) > 2_000 || strings.ContainsAny(s, "\r\n") {
		return nil, bad
	}
	k, rest, ok := strings.Cut(string(b), "\x00")
	if !ok || k != kind || len(rest) < 24 {
		return nil, bad
	}
	p := &Position{Number: int64(binary.BigEndian.Uint64([]byte(rest[16:24]))), Text: rest[24:]}
	if text.Body(p.Text) != "" { // no place in a list looks so
		return nil, bad
	}
	copy(p.ID[:], rest)
	return p, nil
}

func decode[T any](doc []byte) (*T, error) {
	v := new(T)
	return v, json.Unmarshal(doc, v)
}

// listRows gives a page of rows of one kind.
func (s *Service) listRows(ctx context.Context, c Caller, ws uuid.UUID, of PageOf, query func(View, *Access) (RowQuery, error)) (Page, error) {
	var page Page
	limit, err := of.limit()
	if err != nil {
		return page, err
	}
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		q, err := query(v, a)
		if err != nil {
			return err
		}
		kind := string(q.Kind)
		if q.After, err = parseCursor(kind, of.Cursor); err != nil {
			return err
		}
		q.Limit = limit + 1
		rows, err := v.List(q)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			last := rows[limit-1]
			page.Next = cursor(kind, Position{Text: last.Sort, ID: last.ID})
		}
		for _, r := range rows {
			page.Items = append(page.Items, r.Doc)
		}
		return nil
	})
	page.Head = head
	return page, err
}

// findIn gives the live task that a reference names, if it may be seen.
func findIn(v View, a *Access, ref string) (*Row, error) {
	r, err := findAny(v, a, ref)
	if err == nil && r.Deleted != 0 {
		return nil, fault.NotFound()
	}
	return r, err
}

func findAny(v View, a *Access, ref string) (*Row, error) {
	id, err := resolveRef(v, a.frame, ref)
	if err != nil {
		return nil, err
	}
	r, err := v.Get(KindTask, id)
	if err != nil {
		return nil, err
	}
	if r == nil || !a.Sees(r.Task.Project) {
		return nil, fault.NotFound()
	}
	return r, nil
}

// Task gives a task by id, key or former key; one in the trash too, for that is where it can be had back from.
func (s *Service) Task(ctx context.Context, c Caller, ws uuid.UUID, ref string) (Doc, Head, error) {
	var doc Doc
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		r, err := findAny(v, a, ref)
		if err != nil {
			return err
		}
		doc = Doc{ID: r.ID, Version: r.Seq, JSON: a.frame.projects[r.Task.Project].appendTask(nil, r, false)}
		return nil
	})
	return doc, head, err
}

// Project gives a project.
func (s *Service) Project(ctx context.Context, c Caller, ws, id uuid.UUID) (Doc, Head, error) {
	var doc Doc
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		if err := a.Can(ReadProject, id); err != nil {
			return err
		}
		r, err := v.Get(KindProject, id)
		if err != nil {
			return err
		}
		if r == nil {
			return fault.NotFound()
		}
		doc = Doc{ID: r.ID, Version: r.Seq, JSON: r.Doc}
		return nil
	})
	return doc, head, err
}

// Projects lists the projects that the caller sees, in their order.
func (s *Service) Projects(ctx context.Context, c Caller, ws uuid.UUID, of PageOf) (Page, error) {
	var page Page
	limit, err := of.limit()
	if err != nil {
		return page, err
	}
	after, err := parseCursor("projects", of.Cursor)
	if err != nil {
		return page, err
	}
	head, err := s.read(ctx, c, ws, func(_ View, a *Access) error {
		for _, p := range a.frame.order {
			if !a.Sees(p.ID) || after != nil && !behind(p.Position, p.ID, *after) {
				continue
			}
			if len(page.Items) == limit {
				last, err := decode[Project](page.Items[limit-1])
				page.Next = cursor("projects", Position{Text: last.Position, ID: last.ID})
				return err
			}
			doc, err := marshal(p)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, doc)
		}
		return nil
	})
	page.Head = head
	return page, err
}

func behind(sort string, id uuid.UUID, p Position) bool {
	if sort != p.Text {
		return sort > p.Text
	}
	return strings.Compare(string(id[:]), string(p.ID[:])) > 0
}

// Statuses lists a project's statuses in their order.
func (s *Service) Statuses(ctx context.Context, c Caller, ws, project uuid.UUID, of PageOf) (Page, error) {
	return s.listWhole(ctx, c, ws, "statuses", of, func(_ View, a *Access, l *wholeList) error {
		if err := a.Can(ReadProject, project); err != nil {
			return err
		}
		l.counted = true
		for i, st := range a.frame.projects[project].Statuses {
			doc, err := marshal(st)
			if err != nil {
				return err
			}
			l.add(doc, Position{Number: int64(i), ID: st.ID})
		}
		return nil
	})
}

// Comments lists a task's comments, the oldest first.
func (s *Service) Comments(ctx context.Context, c Caller, ws uuid.UUID, task string, of PageOf) (Page, error) {
	return s.listRows(ctx, c, ws, of, func(v View, a *Access) (RowQuery, error) {
		t, err := findIn(v, a, task)
		if err != nil {
			return RowQuery{}, err
		}
		return RowQuery{Kind: KindComment, Scope: t.ID}, nil
	})
}
