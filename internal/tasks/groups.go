package tasks

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Group is a column of a board: the first tasks with one value and how many there are.
type Group struct {
	Key   string // an id, a priority, a span of due dates; "none"
	Count int
	Items [][]byte
	Next  string // a cursor for Tasks with the group's condition added
}

// Groups is a board in one answer.
type Groups struct {
	Groups []Group
	Head   Head
}

// JSON gives the board in the wire format.
func (g Groups) JSON() []byte {
	size := 20
	for _, group := range g.Groups {
		size += len(group.Key) + len(group.Next) + 80
		for _, item := range group.Items {
			size += len(item) + 1
		}
	}
	b := append(make([]byte, 0, size), `{"groups":[`...)
	for i, group := range g.Groups {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, `{"key":"`...), group.Key...), `","count":`...)
		b = strconv.AppendInt(b, int64(group.Count), 10)
		b = appendItems(append(b, `,"items":[`...), group.Items)
		b = append(appendNext(b, group.Next), '}')
	}
	return append(b, "]}"...)
}

func groupings() []string { return []string{"status", "assignee", "priority", "label", "due"} }

// maxGroups bounds the columns of a board; the smallest are left out.
const maxGroups = 200

// grouped is a group before its tasks are read.
type grouped struct {
	key   string
	where Where
	count int // -1: not counted yet
}

// Groups lists tasks by the value of a field, with the same limit for each. One project's statuses are all there,
// empty ones too, in their order; other groups only if there is something in them.
func (s *Service) Groups(ctx context.Context, c Caller, ws uuid.UUID, q ListQuery, by string, limit int) (Groups, error) {
	out := Groups{Groups: []Group{}}
	limit, err := PageOf{Limit: limit}.limit()
	if err != nil {
		return out, err
	}
	if !slices.Contains(groupings(), by) {
		return out, fault.InvalidField("group_by", "must be status, assignee, priority, label or due")
	}
	out.Head, err = s.read(ctx, c, ws, func(v View, a *Access) error {
		tq, err := prepare(c, a, q, s.now())
		if err != nil {
			return err
		}
		var groups []grouped
		if by == "due" {
			groups, err = dueGroups(v, tq, s.now(), q.Zone, c)
		} else {
			groups, err = valueGroups(v, a, tq, by)
		}
		if err != nil {
			return err
		}
		for _, g := range groups {
			gq := tq
			gq.Where = Where{All: []Where{tq.Where, g.where}}
			group := Group{Key: g.key, Count: g.count, Items: [][]byte{}}
			if g.count > 0 {
				page, err := pageOf(v, a, gq, limit)
				if err != nil {
					return err
				}
				group.Items, group.Next = page.Items, page.Next
			}
			out.Groups = append(out.Groups, group)
		}
		return nil
	})
	return out, err
}

func valueGroups(v View, a *Access, q TaskQuery, by string) ([]grouped, error) {
	counts, err := v.Count(q, by)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID]int{}
	var out []grouped
	for _, n := range counts {
		if by == FieldPriority {
			out = append(out, grouped{strconv.FormatInt(n.Value, 10), Where{Field: by, Op: OpIn, Nums: []int64{n.Value}}, n.Count})
		} else {
			found[n.Key] = n.Count
		}
	}
	switch by {
	case FieldPriority:
		slices.SortFunc(out, func(x, y grouped) int {
			return int(PriorityRank(int(x.where.Nums[0])) - PriorityRank(int(y.where.Nums[0])))
		})
		return out, nil
	case FieldStatus:
		for _, p := range a.frame.order {
			for _, st := range p.Statuses {
				n, used := found[st.ID]
				if a.Sees(p.ID) && (used || pins(q.Where, p.ID)) {
					out = append(out, idGroup(by, st.ID, n))
				}
			}
		}
		return out[:min(len(out), maxGroups)], nil
	}
	for id, n := range found {
		out = append(out, idGroup(by, id, n))
	}
	slices.SortFunc(out, func(x, y grouped) int { // the most first, so that what is cut off is the least
		if x.count != y.count {
			return y.count - x.count
		}
		return slices.Compare([]byte(x.key), []byte(y.key))
	})
	return out[:min(len(out), maxGroups)], nil
}

func idGroup(by string, id uuid.UUID, n int) grouped {
	key := id.String()
	if id == uuid.Nil {
		key = "none"
	}
	return grouped{key, Where{Field: by, Op: OpIn, IDs: []uuid.UUID{id}}, n}
}

// pins reports whether a condition lets nothing but the one project through.
func pins(w Where, project uuid.UUID) bool {
	if w.Field == FieldProject && w.Op == OpIn && len(w.IDs) == 1 && w.IDs[0] == project {
		return true
	}
	return slices.ContainsFunc(w.All, func(c Where) bool { return pins(c, project) })
}

// dueGroups are the spans in which people think: overdue, today, tomorrow, the seven days from today, later, none.
func dueGroups(v View, q TaskQuery, now time.Time, zone *time.Location, c Caller) ([]grouped, error) {
	if zone == nil {
		zone = c.zone()
	}
	today := now.In(zone)
	at := func(days int) []int64 {
		ms, wall, _ := bound(today.AddDate(0, 0, days).Format(time.DateOnly), zone)
		return []int64{ms, wall}
	}
	span := func(from, to int) Where {
		return Where{All: []Where{{Field: FieldDue, Op: OpAfter, Nums: at(from)}, {Field: FieldDue, Op: OpBefore, Nums: at(to)}}}
	}
	spans := []grouped{
		{"overdue", Where{Field: FieldDue, Op: OpBefore, Nums: at(0)}, 0},
		{"today", span(0, 1), 0},
		{"tomorrow", span(1, 2), 0},
		{"week", span(2, 7), 0},
		{"later", Where{Field: FieldDue, Op: OpAfter, Nums: at(7)}, 0},
		{"none", Where{Not: &Where{Field: FieldDue, Op: OpHas}}, 0},
	}
	out := spans[:0]
	for _, g := range spans {
		gq := q
		gq.Where = Where{All: []Where{q.Where, g.where}}
		counts, err := v.Count(gq, "")
		if err != nil {
			return nil, err
		}
		if len(counts) > 0 && counts[0].Count > 0 {
			g.count = counts[0].Count
			out = append(out, g)
		}
	}
	return out, nil
}
