package trello

import "time"

// actionsKept is how many actions an export holds at most; Trello leaves older ones out.
const actionsKept = 1000

// history is what the actions tell: the comments, and when and by whom things were done.
type history struct {
	total     int
	comments  []comment
	authors   map[string]member    // who wrote something, by ID: people who left the board are named only here
	creators  map[string]string    // card -> member
	created   map[string]time.Time // card
	archived  map[string]time.Time // card, the last time
	completed map[string]time.Time // card ticked complete, the last time
	moved     map[string]time.Time // card put into another list, the last time
	checked   map[string]time.Time // checklist item ticked, the last time
}

type comment struct {
	id, card, author, text string
	at, edited             time.Time
}

func newHistory() history {
	return history{
		authors:  map[string]member{},
		creators: map[string]string{}, created: map[string]time.Time{},
		archived: map[string]time.Time{}, completed: map[string]time.Time{},
		moved: map[string]time.Time{}, checked: map[string]time.Time{},
	}
}

// add takes in one action; they may come in any order.
func (h *history) add(a action) {
	h.total++
	author, card, at := a.IDMemberCreator, a.Data.Card.ID, instant(a.Date)
	if author == "" {
		author = a.MemberCreator.ID
	}
	if at.IsZero() {
		at = born(a.ID)
	}
	switch a.Type {
	case "commentCard", "copyCommentCard":
		h.comments = append(h.comments, comment{
			id: a.ID, card: card, author: author, text: a.Data.Text,
			at: at, edited: instant(a.Data.DateLastEdited),
		})
	case "createCard", "copyCard", "emailCard", "convertToCardFromCheckItem":
		h.creators[card] = author
		h.created[card] = at
	case "updateCard":
		if a.Data.Old.Closed != nil && a.Data.Card.Closed {
			latest(h.archived, card, at)
		}
		if a.Data.Old.DueComplete != nil && a.Data.Card.DueComplete {
			latest(h.completed, card, at)
		}
		if a.Data.ListAfter.ID != "" {
			latest(h.moved, card, at)
		}
		return
	case "updateCheckItemStateOnCard":
		if a.Data.CheckItem.State == "complete" {
			latest(h.checked, a.Data.CheckItem.ID, at)
		}
		return
	default:
		return
	}
	if author != "" {
		m := a.MemberCreator
		m.ID = author
		h.authors[author] = m
	}
}

func latest(times map[string]time.Time, id string, at time.Time) {
	if at.After(times[id]) {
		times[id] = at
	}
}
