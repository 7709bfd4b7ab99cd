package trello

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rung-app/rung/internal/importer/plan"
)

// conversion is one board on its way to a plan.
type conversion struct {
	*board
	options Options
	notes   plan.Notes

	statuses   statuses
	labelOf    map[string]string // label ID -> the ID of the label it became; several may become one
	doneLabels map[string]bool   // the labels that say that something is done
	people     map[string]plan.Person
	checklists map[string][]checklist // by card
	taken      map[string]bool        // external IDs of the tasks so far
	comments   map[string][]comment   // by card
	fields     map[string]customField
}

func convert(b *board, o Options) plan.Plan {
	c := &conversion{board: b, options: o}
	c.cards = unique(c.cards, func(x card) string { return x.ID })
	for i, x := range c.cards {
		if len(x.IDLabels) == 0 { // files from before 2016
			for _, l := range x.Labels {
				c.cards[i].IDLabels = append(c.cards[i].IDLabels, l.ID)
			}
		}
	}
	c.index()
	p := plan.Plan{
		Source: Source,
		Project: plan.Project{
			External:    plan.External{ID: b.ID, URL: address(cmp.Or(b.ShortURL, b.URL))},
			Name:        c.name(line(b.Name, "Trello board")),
			Description: c.text(b.Desc, plan.MaxDescription, b.Name),
			Archived:    b.closed,
		},
	}
	p.Labels = c.labels()
	c.statuses = c.planStatuses()
	p.Tasks = c.tasks()
	p.Statuses = c.statuses.list()
	p.People = c.persons()
	c.noteBoard()
	p.Notes = c.notes.List()
	return p
}

// index makes everything that is looked up by another's ID findable.
func (c *conversion) index() {
	c.checklists = map[string][]checklist{}
	for _, l := range unique(c.board.checklists, func(l checklist) string { return l.ID }) {
		slices.SortStableFunc(l.Items, func(a, b checkItem) int { return cmp.Compare(a.Pos, b.Pos) })
		c.checklists[l.IDCard] = append(c.checklists[l.IDCard], l)
	}
	for _, of := range c.checklists {
		slices.SortStableFunc(of, func(a, b checklist) int { return cmp.Compare(a.Pos, b.Pos) })
	}
	c.comments = map[string][]comment{}
	for _, m := range unique(c.history.comments, func(m comment) string { return m.id }) {
		c.comments[m.card] = append(c.comments[m.card], m)
	}
	for _, of := range c.comments {
		slices.SortStableFunc(of, func(a, b comment) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	}
	c.fields = map[string]customField{}
	for _, f := range c.customFields {
		c.fields[f.ID] = f
	}
	c.people = map[string]plan.Person{}
	for id, m := range c.history.authors {
		c.addPerson(id, m)
	}
	for _, m := range c.members {
		c.addPerson(m.ID, m)
	}
}

func (c *conversion) addPerson(id string, m member) {
	name := cut(line(cmp.Or(strings.TrimSpace(m.FullName), m.Username), ""), plan.MaxPerson)
	c.people[id] = plan.Person{ID: id, Name: name, Username: line(m.Username, ""), Email: m.Email}
}

// persons lists the people in a stable order. Those whom only a card names, by an ID alone, are among them.
func (c *conversion) persons() []plan.Person {
	all := make([]plan.Person, 0, len(c.people))
	for _, p := range c.people {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b plan.Person) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// person makes sure that whoever is referred to is in the plan.
func (c *conversion) person(id string) string {
	if _, known := c.people[id]; id != "" && !known {
		c.people[id] = plan.Person{ID: id}
		c.notes.Add(plan.Lost, "trello.unknown-people", "Some people have left the board and the file no longer says their names.", 1)
	}
	return id
}

// line makes one line without control characters of a text, the fallback if nothing remains.
func line(text, fallback string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	return cmp.Or(text, fallback)
}

// shorten cuts a line to at most max characters, marking the cut.
func shorten(line string, max int) string {
	if utf8.RuneCountInString(line) <= max {
		return line
	}
	return string([]rune(line)[:max-1]) + "…"
}

// name is a name as long as Rung takes it.
func (c *conversion) name(name string) string {
	short := shorten(name, plan.MaxName)
	c.notes.Add(plan.Changed, "trello.long-names", "Names of boards, lists and labels that are longer than Rung takes are cut.", bit(short != name), short)
	return short
}

// text is a text as long as Rung takes it, max bytes.
func (c *conversion) text(text string, max int, of string) string {
	short := cut(text, max)
	c.notes.Add(plan.Lost, "trello.long-texts", "Texts that are longer than Rung takes are cut.", bit(short != text), of)
	return short
}

// cut takes whole characters from the front of a text, at most max bytes of them.
func cut(text string, max int) string {
	if len(text) <= max {
		return text
	}
	return strings.ToValidUTF8(text[:max], "")
}

// address is a web address that Rung can keep, empty if it is not one.
func address(u string) string {
	if len(u) > plan.MaxURL || !strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "http://") {
		return ""
	}
	return u
}

// unique keeps the first of those with the same ID.
func unique[T any](list []T, id func(T) string) []T {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(x T) bool {
		again := seen[id(x)]
		seen[id(x)] = true
		return again
	})
}
