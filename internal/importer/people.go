package importer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer/plan"
)

// Member is somebody of the workspace, as far as is needed to know her again.
type Member struct {
	ID    uuid.UUID // the user's
	Name  string
	Email string
}

// Match says which member a person of the source was taken for, and how she was known.
type Match struct {
	Name     string     `json:"name"`
	Username string     `json:"username"`
	User     *uuid.UUID `json:"user" nullable:"true" doc:"Null if no member fits: the name is kept as text."`
	By       string     `json:"by" enum:"email,name,username," doc:"How she was known; empty if she was not."`
	Tasks    int        `json:"tasks" doc:"That are assigned to her in the source."`
}

// How a person was known.
const (
	byEmail    = "email"
	byName     = "name"
	byUsername = "username"
)

// people is who is who.
type people struct {
	matches []Match
	members map[string]Member // person's ID -> the member
	names   map[string]string // person's ID -> what to call those who are no members
}

// match finds the members whom a plan's people are: by e-mail address, else by full name, else by a username that is
// the address's local part. A name that fits several members fits none, and a member is only one person.
func match(p plan.Plan, members []Member) people {
	found := people{matches: []Match{}, members: map[string]Member{}, names: map[string]string{}}
	tasks := map[string]int{}
	for _, t := range p.Tasks {
		for _, id := range t.Assignees {
			tasks[id]++
		}
	}
	by := map[string]string{}
	taken := map[uuid.UUID]bool{}
	for _, way := range []struct {
		name string
		fits func(plan.Person, Member) bool
	}{
		{byEmail, func(p plan.Person, m Member) bool { return p.Email != "" && strings.EqualFold(p.Email, m.Email) }},
		{byName, func(p plan.Person, m Member) bool { return p.Name != "" && plan.Fold(p.Name) == plan.Fold(m.Name) }},
		{byUsername, func(p plan.Person, m Member) bool {
			local, _, _ := strings.Cut(m.Email, "@")
			return p.Username != "" && strings.EqualFold(p.Username, local)
		}},
	} {
		for _, person := range p.People {
			if _, known := found.members[person.ID]; known {
				continue
			}
			if m, ok := only(members, func(m Member) bool { return !taken[m.ID] && way.fits(person, m) }); ok {
				found.members[person.ID], by[person.ID] = m, way.name
				taken[m.ID] = true
			}
		}
	}
	for _, person := range p.People {
		name := cmp.Or(person.Name, person.Username, person.Email, "Somebody")
		found.names[person.ID] = name
		row := Match{Name: name, Username: person.Username, By: by[person.ID], Tasks: tasks[person.ID]}
		if m, ok := found.members[person.ID]; ok {
			row.User = &m.ID
		}
		found.matches = append(found.matches, row)
	}
	return found
}

// only gives the one that fits, if exactly one does.
func only(members []Member, fits func(Member) bool) (Member, bool) {
	i := slices.IndexFunc(members, fits)
	if i < 0 || slices.ContainsFunc(members[i+1:], fits) {
		return Member{}, false
	}
	return members[i], true
}
