package trello

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/rung-app/rung/internal/importer/plan"
)

// statuses is the board's columns as they will be: its open lists in their order, then "Done" if no list is for what is
// done, then "Archived" if something is put there.
type statuses struct {
	open         []plan.Status
	lists        map[string]list          // all lists by ID
	category     map[string]plan.Category // of every list, archived ones too
	done         plan.Status              // where what is done goes if its own list is not for that
	madeDone     bool
	archived     plan.Status
	archivedUsed bool // whether anything is there
	order        map[string]int
}

func (c *conversion) planStatuses() statuses {
	s := statuses{lists: map[string]list{}, category: map[string]plan.Category{}, order: map[string]int{}}
	taken := names{}
	all := unique(c.board.lists, func(l list) string { return l.ID })
	slices.SortStableFunc(all, func(a, b list) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.ID, b.ID)) })
	for _, l := range all {
		l.Name = line(l.Name, "List")
		category := guess(l.Name)
		s.lists[l.ID], s.category[l.ID] = l, category
		if l.Closed {
			c.notes.Add(plan.Changed, "trello.archived-lists", "Archived lists get no column; their cards are kept, and say which list they were in.", 1, l.Name)
			continue
		}
		if len(s.open) == plan.MaxStatuses-2 { // two are for "Done" and "Archived"
			c.notes.Add(plan.Changed, "trello.too-many-lists", "A project has at most 50 columns; the cards of further lists are in the first, and say which list they were in.", 1, l.Name)
			continue
		}
		status := plan.Status{External: plan.External{ID: l.ID}, Name: taken.free(c.name(l.Name)), Category: category}
		s.open = append(s.open, status)
		c.notes.Add(plan.Guessed, "trello.categories", "What each list stands for was guessed from its name; the project's settings can change it.", 1,
			"“"+status.Name+"” → "+string(category))
		if category == plan.Done && s.done.Name == "" {
			s.done = status
		}
	}
	if len(s.open) == 0 {
		s.open = []plan.Status{{External: plan.External{ID: c.ID + "/todo"}, Name: taken.free("To do"), Category: plan.Todo}}
	}
	if s.done.Name == "" {
		s.madeDone = true
		s.done = plan.Status{External: plan.External{ID: c.ID + "/done"}, Name: taken.free("Done"), Category: plan.Done}
		c.notes.Add(plan.Changed, "trello.made-done", "No list seemed to be for what is done, so the project gets one.", 1, s.done.Name)
	}
	s.archived = plan.Status{External: plan.External{ID: c.ID + "/archived"}, Name: taken.free("Archived"), Category: plan.Canceled}
	for i, status := range s.open {
		s.order[status.External.ID] = i
	}
	if s.madeDone {
		s.order[s.done.External.ID] = len(s.open)
	}
	s.order[s.archived.External.ID] = len(s.open) + 1
	return s
}

func (s *statuses) list() []plan.Status {
	all := slices.Clone(s.open)
	if s.madeDone {
		all = append(all, s.done)
	}
	if s.archivedUsed {
		all = append(all, s.archived)
	}
	return all
}

// names gives out names that nobody takes for the same.
type names map[string]bool

// free is the name, cut to what Rung takes, with a number behind it if it was given out before.
func (n names) free(name string) string {
	free := shorten(name, plan.MaxName)
	for i := 2; n[plan.Fold(free)]; i++ {
		suffix := " (" + strconv.Itoa(i) + ")"
		free = shorten(name, plan.MaxName-len(suffix)) + suffix
	}
	n[plan.Fold(free)] = true
	return free
}
