package trello

import (
	"time"

	"github.com/rung-app/rung/internal/importer/plan"
)

// fieldValue is a custom field's value as text, empty if it has none.
func (c *conversion) fieldValue(f customField, item customFieldItem) string {
	for _, o := range f.Options {
		if o.ID != "" && o.ID == item.IDValue {
			return line(o.Value.Text, "")
		}
	}
	v := item.Value
	switch {
	case v.Date != "":
		if at := instant(v.Date); !at.IsZero() {
			return at.In(c.options.Zone).Format("2006-01-02 15:04")
		}
		return line(v.Date, "")
	case v.Checked == "true":
		return "yes"
	case v.Checked != "":
		return "no"
	case v.Number != "":
		return line(v.Number, "")
	}
	return line(v.Text, "")
}

// on is " 2026-12-24", or nothing for the zero time.
func on(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " " + t.Format(time.DateOnly)
}

// noteCard says what of a card does not come over.
func (c *conversion) noteCard(card card) {
	lost := func(code, text string, count int) {
		c.notes.Add(plan.Lost, code, text, count, card.Name)
	}
	lost("trello.votes", "Votes are not kept.", max(len(card.IDMembersVoted), card.Badges.Votes))
	lost("trello.stickers", "Stickers are not kept.", len(card.Stickers))
	lost("trello.covers", "Covers are not kept.", bit(card.IDCover != "" || card.Cover.Color != ""))
	lost("trello.power-ups", "What Power-Ups stored on cards is not kept.", len(card.PluginData))
	lost("trello.reminders", "Reminders of due times are not kept.", bit(card.DueReminder != nil && *card.DueReminder >= 0))
	lost("trello.missing-comments", "Comments are missing: Trello's export holds only a board's newest 1,000 actions.",
		card.Badges.Comments-len(c.comments[card.ID]))
	lost("trello.missing-attachments", "Attachments are missing from the file.", card.Badges.Attachments-len(card.Attachments))
	lost("trello.missing-items", "Checklist items are missing from the file.", card.Badges.CheckItems-c.items(card.ID))
	c.notes.Add(plan.Changed, "trello.templates", "Template cards have become ordinary tasks.", bit(card.IsTemplate), card.Name)
	c.notes.Add(plan.Changed, "trello.special-cards", "Mirror, link, board and separator cards have become ordinary tasks.", bit(card.Role != ""), card.Name)
}

// noteBoard says what of the board as a whole does not come over.
func (c *conversion) noteBoard() {
	b := c.board
	c.notes.Add(plan.Lost, "trello.old-actions", "The board has more activity than Trello's export holds (its newest 1,000 actions), so older comments and dates are missing.",
		bit(b.history.total >= actionsKept))
	c.notes.Add(plan.Lost, "trello.activity", "The board's activity is not kept, only what it tells of comments, authors and dates.",
		b.history.total-len(b.history.comments))
	c.notes.Add(plan.Lost, "trello.roles", "Roles on the board are not kept; the workspace's members and their roles apply.", b.roles)
	c.notes.Add(plan.Lost, "trello.power-ups", "What Power-Ups stored on cards is not kept.", b.pluginData)
	c.notes.Add(plan.Lost, "trello.anonymous", "Entries without an ID can't be imported.", b.anonymous)
	c.notes.Add(plan.Lost, "trello.odd", "Something in the file does not look as Trello writes it and was left out.", b.odd)
}

// noteOrphans says which comments and checklists belong to no card of the file.
func (c *conversion) noteOrphans(cards map[string]bool) {
	for card, comments := range c.comments {
		if !cards[card] {
			c.notes.Add(plan.Lost, "trello.orphan-comments", "Comments on cards that are no longer on the board are not kept.", len(comments))
		}
	}
	for card, lists := range c.checklists {
		if !cards[card] {
			c.notes.Add(plan.Lost, "trello.orphan-checklists", "Checklists of cards that are no longer on the board are not kept.", len(lists))
		}
	}
}
