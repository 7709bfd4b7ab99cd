package tasks

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"
)

// wholeList is a list that is read as a whole, in the order of its places, and answered in parts.
type wholeList struct {
	items   [][]byte
	places  []Position
	counted bool // the numbers of the places are those of a count
}

func (l *wholeList) add(doc []byte, at Position) {
	l.items, l.places = append(l.items, doc), append(l.places, at)
}

// page gives a part of the list: it goes on behind the place of the cursor.
func (l *wholeList) page(kind string, of PageOf) (Page, error) {
	limit, err := of.limit()
	if err != nil {
		return Page{}, err
	}
	after, err := parseCursor(kind, of.Cursor)
	if err != nil {
		return Page{}, err
	}
	from := 0
	if after != nil {
		from = l.behind(*after)
	}
	to := min(from+limit, len(l.items))
	p := Page{Items: l.items[from:to]}
	if to < len(l.items) {
		p.Next = cursor(kind, l.places[to-1])
	}
	return p, nil
}

// behind gives the index of the first item behind a place. Counted ones shift when another item comes or goes, so there
// it is the place that the item has now, unless it has gone itself.
func (l *wholeList) behind(p Position) int {
	var i int
	if l.counted {
		if i = slices.IndexFunc(l.places, func(o Position) bool { return o.ID == p.ID }); i >= 0 {
			return i + 1
		}
		i = slices.IndexFunc(l.places, func(o Position) bool { return o.Number >= p.Number })
	} else {
		i = slices.IndexFunc(l.places, func(o Position) bool { return comparePositions(o, p) > 0 })
	}
	if i < 0 {
		return len(l.places)
	}
	return i
}

func comparePositions(a, b Position) int {
	return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Text, b.Text), bytes.Compare(a.ID[:], b.ID[:]))
}

// listWhole gives a part of a list that read reads as a whole.
func (s *Service) listWhole(ctx context.Context, c Caller, ws uuid.UUID, kind string, of PageOf, read func(View, *Access, *wholeList) error) (Page, error) {
	var page Page
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		var l wholeList
		err := read(v, a, &l)
		if err == nil {
			page, err = l.page(kind, of)
		}
		return err
	})
	page.Head = head
	return page, err
}
