package trello

import (
	"slices"
	"time"

	"github.com/rung-app/rung/internal/importer/plan"
)

// place is where a card goes.
type place struct {
	status plan.Status
	list   list // the card's list, the zero value if the board has none of that ID
	away   bool // status is another column than the card's list
	put    bool // the card or its list was archived
}

// place decides a card's status. What is finished goes where finished things are, whatever list it was left in: Rung
// knows that by the status alone. What was archived unfinished goes to "Archived", so that it is kept and the board
// stays as calm as it was.
func (c *conversion) place(card card) place {
	s := &c.statuses
	list, known := s.lists[card.IDList]
	p := place{list: list, put: card.Closed || list.Closed}
	inDone := s.category[card.IDList] == plan.Done
	labelled := p.put && c.labelledDone(card)
	finished := inDone || card.DueComplete || labelled
	own := slices.IndexFunc(s.open, func(o plan.Status) bool { return o.External.ID == card.IDList })
	stays := own >= 0 && (inDone || !finished && !p.put)

	switch {
	case stays:
		p.status = s.open[own]
	case finished:
		p.status = s.done
	case p.put:
		s.archivedUsed = true
		p.status = s.archived
	default:
		p.status = s.open[0]
	}
	p.away = !stays

	if p.put {
		c.notes.Add(plan.Changed, "trello.archived-cards", "Archived cards are kept: those that were finished in the column for what is done, the others in “Archived”.", 1, card.Name)
	}
	switch {
	case !known:
		c.notes.Add(plan.Changed, "trello.unknown-list", "Some cards were in a list that the file does not hold.", 1, card.Name)
	case p.put && labelled && !inDone && !card.DueComplete:
		c.notes.Add(plan.Guessed, "trello.archived-done", "Archived cards with a label that says so count as done.", 1, card.Name)
	case !p.put && finished && p.away:
		c.notes.Add(plan.Changed, "trello.completed-cards", "Cards marked complete have moved to the column for what is done.", 1, card.Name)
	}
	return p
}

// labelledDone reports whether one of the card's labels says that it is done. That counts only for archived cards:
// teams that archive what they have finished often mark it so.
func (c *conversion) labelledDone(card card) bool {
	return slices.ContainsFunc(card.IDLabels, func(id string) bool { return c.doneLabels[id] })
}

// completedAt is when a card that is done became so: the best that the actions tell, else when it was last touched.
func (c *conversion) completedAt(card card) time.Time {
	for _, t := range []time.Time{
		c.history.completed[card.ID],
		c.history.moved[card.ID],
		c.history.archived[card.ID],
		instant(card.DateLastActivity),
		instant(card.Due),
	} {
		if !t.IsZero() {
			return t
		}
	}
	return c.createdAt(card)
}

func (c *conversion) createdAt(card card) time.Time {
	if t := born(card.ID); !t.IsZero() {
		return t
	}
	return c.history.created[card.ID]
}
