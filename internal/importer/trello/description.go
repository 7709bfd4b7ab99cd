package trello

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/rung-app/rung/internal/importer/plan"
)

// description is the card's own text, to the byte, and below it what Rung has no field for: checklists, attachments,
// custom fields, where the card was.
func (c *conversion) description(card card, p place) string {
	var parts []string
	if desc := card.Desc; desc != "" {
		parts = append(parts, desc)
	}
	if !c.asSubTasks(card.ID) {
		for _, l := range c.checklists[card.ID] {
			parts = append(parts, c.taskList(l))
		}
	}
	if list := c.attachments(card); list != "" {
		parts = append(parts, list)
	}
	whole := plan.Facts(strings.Join(parts, "\n\n"), product, c.facts(card, p)...)
	return c.text(whole, plan.MaxDescription, card.Name)
}

func (c *conversion) taskList(l checklist) string {
	var b strings.Builder
	b.WriteString("### " + line(l.Name, "Checklist") + "\n")
	for _, item := range l.Items {
		box := "\n- [ ] "
		if item.complete() {
			box = "\n- [x] "
		}
		b.WriteString(box + line(item.Name, "(no title)"))
		var extra []string
		if due := instant(item.Due); !due.IsZero() {
			extra = append(extra, "due "+due.In(c.options.Zone).Format("2006-01-02 15:04"))
		}
		if item.IDMember != "" {
			p := c.people[c.person(item.IDMember)]
			extra = append(extra, cmp.Or(p.Name, p.Username, "somebody"))
		}
		if len(extra) > 0 {
			b.WriteString(" (" + strings.Join(extra, ", ") + ")")
			c.notes.Add(plan.Changed, "trello.checklist-details", "Due times and people of checklist items are written behind the item.", 1, item.Name)
		}
	}
	if len(l.Items) > 0 {
		c.notes.Add(plan.Changed, "trello.checklists", "Checklist items have become task lists in the description.", len(l.Items), l.Name)
	}
	return b.String()
}

// itemDescription says which checklist a sub-task was in, where its card has several or the name tells something.
func (c *conversion) itemDescription(l checklist, of int, title string) string {
	var facts []string
	if name := line(l.Name, "Checklist"); of > 1 || name != "Checklist" {
		facts = append(facts, "Checklist: "+name)
	}
	if shorten(title, plan.MaxTitle) != title {
		facts = append(facts, "Title: "+title)
		c.notes.Add(plan.Changed, "trello.long-titles", "Titles that are too long are cut; the whole title is in the description.", 1, title)
	}
	return plan.Facts("", product, facts...)
}

func (c *conversion) attachments(card card) string {
	if len(card.Attachments) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("### Attachments\n")
	for _, a := range card.Attachments {
		b.WriteString("\n- " + link(a.Name, a.URL))
		if a.IsUpload {
			c.notes.Add(plan.Lost, "trello.files", "Files are not copied; the link to each stays, and works for those who may see the board at Trello.", 1, a.Name)
		} else {
			c.notes.Add(plan.Changed, "trello.links", "Attached links are listed in the description.", 1, a.Name)
		}
	}
	return b.String()
}

// link is a Markdown link, or plain text if the address is none that a browser should follow.
func link(name, address string) string {
	name = line(name, address)
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return line(name+" "+address, "(no name)")
	}
	escape := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)
	encode := strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29")
	return "[" + escape.Replace(name) + "](" + encode.Replace(address) + ")"
}

func (c *conversion) facts(card card, p place) []string {
	var facts []string
	if title := line(card.Name, ""); shorten(title, plan.MaxTitle) != title {
		facts = append(facts, "Title: "+title)
	}
	if p.away && p.list.ID != "" {
		fact := "List: " + p.list.Name
		if p.put {
			fact += " (archived" + on(c.history.archived[card.ID].In(c.options.Zone)) + ")"
		}
		facts = append(facts, fact)
	}
	for _, item := range card.CustomFields {
		field := c.fields[item.IDCustomField]
		if value := c.fieldValue(field, item); value != "" {
			facts = append(facts, line(field.Name, "Custom field")+": "+value)
			c.notes.Add(plan.Changed, "trello.custom-fields", "Values of custom fields are listed in the description.", 1, card.Name)
		}
	}
	if location := strings.TrimSpace(card.LocationName + " " + card.Address); location != "" {
		facts = append(facts, "Location: "+line(location, ""))
		c.notes.Add(plan.Changed, "trello.locations", "Locations are listed in the description.", 1, card.Name)
	}
	return facts
}
