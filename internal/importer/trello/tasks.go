package trello

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/importer/plan"
)

// tasks plans the cards, column by column in the order that they had, each followed by its sub-tasks. A column's own
// cards stand before those that were put there.
func (c *conversion) tasks() []plan.Task {
	type placed struct {
		card
		place
	}
	cards := make([]placed, 0, len(c.cards))
	for _, card := range c.cards {
		card.Name = line(card.Name, "(no title)")
		cards = append(cards, placed{card, c.place(card)})
	}
	order := c.statuses.order
	slices.SortStableFunc(cards, func(a, b placed) int {
		return cmp.Or(
			cmp.Compare(order[a.status.External.ID], order[b.status.External.ID]),
			cmp.Compare(bit(a.away), bit(b.away)),
			cmp.Compare(bit(a.put), bit(b.put)),
			cmp.Compare(a.list.Pos, b.list.Pos),
			cmp.Compare(a.Pos, b.Pos),
			cmp.Compare(a.ID, b.ID))
	})
	tasks := make([]plan.Task, 0, len(cards))
	known := make(map[string]bool, len(cards))
	for _, p := range cards {
		known[p.ID] = true
	}
	c.taken = maps.Clone(known)
	for _, p := range cards {
		tasks = append(tasks, c.task(p.card, p.place))
		if c.asSubTasks(p.ID) {
			tasks = append(tasks, c.subTasks(p.card, p.place)...)
		}
	}
	c.noteOrphans(known)
	return tasks
}

func (c *conversion) task(card card, p place) plan.Task {
	t := plan.Task{
		External:    plan.External{ID: card.ID, URL: address(cmp.Or(card.ShortURL, card.URL))},
		Status:      p.status.External.ID,
		Title:       shorten(card.Name, plan.MaxTitle),
		Description: c.description(card, p),
		Labels:      c.labelsOf(card),
		Author:      c.person(c.history.creators[card.ID]),
		Due:         c.date(card.Due, card.Name),
		Start:       c.day(card.Start, card.Name),
		CreatedAt:   c.createdAt(card),
		Comments:    c.commentsOf(card),
	}
	for _, id := range card.IDMembers {
		if id != "" && !slices.Contains(t.Assignees, id) {
			t.Assignees = append(t.Assignees, c.person(id))
		}
	}
	t.Labels, t.Assignees = c.capped(t.Labels, card), c.capped(t.Assignees, card)
	if p.status.Category.Closes() {
		t.CompletedAt = c.completedAt(card)
	}
	if said := c.inUTC().description(card, p); said != t.Description {
		t.Said = said
	}
	if t.Title != card.Name {
		c.notes.Add(plan.Changed, "trello.long-titles", "Titles that are too long are cut; the whole title is in the description.", 1, t.Title)
	}
	c.noteCard(card)
	return t
}

// inUTC is the conversion as somebody in UTC would see it, with notes of its own.
func (c *conversion) inUTC() *conversion {
	utc := *c
	utc.options.Zone, utc.notes = time.UTC, plan.Notes{}
	return &utc
}

// capped cuts a list to what a task can have.
func (c *conversion) capped(list []string, card card) []string {
	if len(list) <= plan.MaxPerTask {
		return list
	}
	c.notes.Add(plan.Lost, "trello.too-many", "A task has at most 100 labels and 100 people; further ones are left out.", len(list)-plan.MaxPerTask, card.Name)
	return list[:plan.MaxPerTask]
}

// asSubTasks reports whether the card's checklists become sub-tasks, which they do not if they are too many.
func (c *conversion) asSubTasks(card string) bool {
	return c.options.Checklists == SubTasks && c.items(card) <= plan.MaxSubTasks
}

func (c *conversion) items(card string) int {
	n := 0
	for _, l := range c.checklists[card] {
		n += len(l.Items)
	}
	return n
}

// subTasks plans the items of a card's checklists. An unfinished item stays with its card: it is no more to be done
// than the card is.
func (c *conversion) subTasks(card card, p place) []plan.Task {
	var tasks []plan.Task
	lists := c.checklists[card.ID]
	for _, l := range lists {
		for _, item := range l.Items {
			if item.ID == "" || c.taken[item.ID] {
				continue
			}
			c.taken[item.ID] = true
			title := line(item.Name, "(no title)")
			t := plan.Task{
				External:  plan.External{ID: item.ID, URL: address(cmp.Or(card.ShortURL, card.URL))},
				Parent:    card.ID,
				Status:    p.status.External.ID,
				Title:     shorten(title, plan.MaxTitle),
				Due:       c.date(item.Due, title),
				CreatedAt: born(item.ID),
			}
			if item.IDMember != "" {
				t.Assignees = []string{c.person(item.IDMember)}
			}
			if item.complete() && p.status.Category != plan.Done {
				t.Status = c.statuses.done.External.ID
			}
			if item.complete() || p.status.Category.Closes() {
				t.CompletedAt = latestOf(c.history.checked[item.ID], t.CreatedAt)
			}
			t.Description = c.itemDescription(l, len(lists), title)
			tasks = append(tasks, t)
		}
	}
	return tasks
}

func (c *conversion) commentsOf(card card) []plan.Comment {
	var comments []plan.Comment
	for _, m := range c.comments[card.ID] {
		text := c.text(m.text, plan.MaxComment, card.Name)
		if m.id == "" || strings.TrimSpace(text) == "" {
			continue
		}
		comments = append(comments, plan.Comment{
			External:  plan.External{ID: m.id, URL: commentURL(card, m)},
			Author:    c.person(m.author),
			Text:      text,
			CreatedAt: m.at,
			EditedAt:  m.edited,
		})
	}
	return comments
}

func commentURL(card card, m comment) string {
	if card.ShortURL == "" {
		return ""
	}
	return address(card.ShortURL + "#comment-" + m.id)
}

// date is a due time as Rung keeps it: the day and time that it was in the zone that the importing user named.
func (c *conversion) date(s, of string) *plan.Date {
	at := instant(s)
	if at.IsZero() {
		c.noteDate(s, of)
		return nil
	}
	local := at.In(c.options.Zone)
	c.notes.Add(plan.Guessed, "trello.time-zone", "Due times have no time zone at Trello; they were read in "+c.options.Zone.String()+".", 1, of)
	return &plan.Date{Date: local.Format(time.DateOnly), Time: local.Format("15:04"), Zone: c.options.Zone.String(), Instant: at}
}

// day is a start date: Trello keeps an instant but shows and means the day.
func (c *conversion) day(s, of string) *plan.Date {
	at := instant(s)
	if at.IsZero() {
		c.noteDate(s, of)
		return nil
	}
	return &plan.Date{Date: at.In(c.options.Zone).Format(time.DateOnly), Instant: at}
}

func (c *conversion) noteDate(s, of string) {
	if s != "" {
		c.notes.Add(plan.Lost, "trello.unreadable-dates", "Some dates can't be read.", 1, of)
	}
}

func latestOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
