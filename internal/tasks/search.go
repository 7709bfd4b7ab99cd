package tasks

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// SearchQuery is what somebody looks for.
type SearchQuery struct {
	Text   string
	Filter Filter         // which tasks, or which tasks' comments
	Zone   *time.Location // in which days are read; nil: the caller's
}

// SearchPage is a part of what was found. Complete is false while texts that are older than the index of words are not in
// it yet.
type SearchPage struct {
	Page
	Complete bool
}

// JSON gives the page in the wire format.
func (p SearchPage) JSON() []byte {
	b := p.Page.JSON()
	if p.Complete {
		return append(b[:len(b)-1:len(b)-1], `,"complete":true}`...)
	}
	return append(b[:len(b)-1:len(b)-1], `,"complete":false}`...)
}

// How many texts are weighed at most: the last written of those that have the words. Those with all words in the title
// come first.
const (
	maxTasksWeighed    = 1_500
	maxCommentsWeighed = 500
	maxSearch          = 500 // bytes of a question
)

// weighed is something found and its place: the larger rank first, then the larger id.
type weighed struct {
	Found
	rank int64
}

func (w weighed) id() uuid.UUID {
	if w.Comment != uuid.Nil {
		return w.Comment
	}
	return w.Task
}

// Search gives tasks and comments with all of the words that are looked for, the best first. A task whose key is named
// comes before all others.
func (s *Service) Search(ctx context.Context, c Caller, ws uuid.UUID, q SearchQuery, of PageOf) (SearchPage, error) {
	var page SearchPage
	limit, err := of.limit()
	if err != nil {
		return page, err
	}
	if strings.TrimSpace(q.Text) == "" || len(q.Text) > maxSearch {
		return page, fault.InvalidField("q", "must be a text of 1 to 500 bytes")
	}
	after, err := parseCursor("search", of.Cursor)
	if err != nil {
		return page, err
	}
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		tq, err := prepare(c, a, ListQuery{Filter: q.Filter, Zone: q.Zone}, s.now())
		if err != nil {
			return err
		}
		l := looker{view: v, access: a, terms: TermsOf(q.Text), tasks: tq, seen: map[uuid.UUID]bool{}}
		if err := l.look(q.Text); err != nil {
			return err
		}
		found := l.behind(after)
		if len(found) > limit {
			found = found[:limit]
			last := found[limit-1]
			page.Next = cursor("search", Position{Number: last.rank, ID: last.id()})
		}
		for _, f := range found {
			item, err := l.item(f)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
		}
		page.Complete, err = v.AllIndexed()
		return err
	})
	page.Head = head
	return page, err
}

// looker gathers what one question finds.
type looker struct {
	view   View
	access *Access
	terms  Terms
	tasks  TaskQuery
	found  []weighed
	seen   map[uuid.UUID]bool
}

func (l *looker) look(text string) error {
	if err := l.named(text); err != nil {
		return err
	}
	for _, part := range []struct {
		kind    Kind
		inTitle bool
		limit   int
	}{{KindTask, true, maxTasksWeighed}, {KindTask, false, maxTasksWeighed}, {KindComment, false, maxCommentsWeighed}} {
		if part.kind == KindTask && len(l.found) >= part.limit {
			continue
		}
		found, err := l.view.Find(TextQuery{Kind: part.kind, Terms: l.terms, InTitle: part.inTitle, Tasks: l.tasks, Limit: part.limit})
		if err != nil {
			return err
		}
		for _, f := range found {
			if part.kind == KindTask && len(l.found) >= part.limit {
				break
			}
			l.add(weighed{f, l.rank(f)})
		}
	}
	slices.SortFunc(l.found, compareWeighed)
	return nil
}

func compareWeighed(a, b weighed) int {
	x, y := a.id(), b.id()
	return cmp.Or(cmp.Compare(b.rank, a.rank), slices.Compare(y[:], x[:]))
}

func (l *looker) add(w weighed) {
	if id := w.id(); !l.seen[id] {
		l.seen[id] = true
		l.found = append(l.found, w)
	}
}

// behind gives what comes behind a place.
func (l *looker) behind(p *Position) []weighed {
	if p == nil {
		return l.found
	}
	i := slices.IndexFunc(l.found, func(w weighed) bool {
		id := w.id()
		return w.rank < p.Number || w.rank == p.Number && slices.Compare(id[:], p.ID[:]) < 0
	})
	if i < 0 {
		return nil
	}
	return l.found[i:]
}

// maxNamed is how many keys a question may name.
const maxNamed = 5

// named finds the tasks whose keys, present or former, are in the question.
func (l *looker) named(text string) error {
	for _, ref := range strings.Fields(text) {
		ref = strings.Trim(ref, "#.,:;()[]<>\"'")
		if !strings.Contains(ref, "-") || len(ref) > 32 || len(l.found) == maxNamed {
			continue
		}
		id, err := resolveRef(l.view, l.access.frame, ref)
		if fault.KindOf(err) == fault.KindNotFound {
			continue
		}
		if err != nil {
			return err
		}
		found, err := l.view.Find(TextQuery{Kind: KindTask, Task: id, Tasks: l.tasks, Limit: 1})
		if err != nil {
			return err
		}
		for _, f := range found {
			l.add(weighed{f, NoDue - int64(len(l.found))})
		}
	}
	return nil
}

// What a term is worth by where it stands.
const (
	inTitleWorth  = 100
	begunWorth    = 80 // it is the beginning of a word of the title
	elsewhere     = 30
	inComment     = 10
	wholeTitle    = 100 // the title is these words and nothing else
	openWorth     = 5
	updatedBits   = 44 // of a rank, for the time of the last change
	latestUpdated = 1<<updatedBits - 1
)

// rank weighs a text by itself: nothing but what it says and when its task was changed counts, so that texts which
// somebody may not see weigh nothing for her either.
func (l *looker) rank(f Found) int64 {
	worth := 0
	if f.Comment != uuid.Nil {
		worth = inComment * len(l.terms)
	} else {
		worth = l.titleWorth(f.Title)
	}
	if !f.Completed {
		worth += openWorth
	}
	return int64(worth)<<updatedBits | max(0, min(f.Updated, latestUpdated))
}

func (l *looker) titleWorth(title string) int {
	worths := make([]int, len(l.terms))
	others := false
	eachWord(title, func(w []byte, _, _ int) bool {
		known := false
		for i, t := range l.terms {
			if !t.is(w) {
				continue
			}
			if len(w) == len(t.Word) {
				worths[i], known = inTitleWorth, true
			} else {
				worths[i] = max(worths[i], begunWorth)
			}
		}
		others = others || !known
		return true
	})
	sum := 0
	for _, w := range worths {
		if w == 0 {
			w, others = elsewhere, true
		}
		sum += w
	}
	if !others {
		sum += wholeTitle
	}
	return sum
}
