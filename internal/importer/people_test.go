package importer

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/importer/plan"
)

func TestPeopleAreKnownByAddressThenNameThenUsername(t *testing.T) {
	id := func(n byte) uuid.UUID { return uuid.UUID{n} }
	members := []Member{
		{ID: id(1), Name: "Ada Example", Email: "ada@example.com"},
		{ID: id(2), Name: "Bob Example", Email: "Bob.B@example.com"},
		{ID: id(3), Name: "Twin", Email: "twin1@example.com"},
		{ID: id(4), Name: "Twin", Email: "twin2@example.com"},
		{ID: id(5), Name: "Eve"},
	}
	for name, c := range map[string]struct {
		person plan.Person
		want   uuid.UUID
		by     string
	}{
		"address":                {plan.Person{Name: "Bob Example", Email: "ADA@example.com"}, id(1), byEmail},
		"name":                   {plan.Person{Name: "  bob EXAMPLE"}, id(2), byName},
		"username":               {plan.Person{Name: "Somebody", Username: "bob.b"}, id(2), byUsername},
		"name before username":   {plan.Person{Name: "Ada Example", Username: "bob.b"}, id(1), byName},
		"two of a name":          {plan.Person{Name: "Twin"}, uuid.Nil, ""},
		"two of a name, one is":  {plan.Person{Name: "Twin", Username: "twin2"}, id(4), byUsername},
		"nobody":                 {plan.Person{Name: "Mallory", Username: "mallory"}, uuid.Nil, ""},
		"nothing known":          {plan.Person{}, uuid.Nil, ""},
		"address of nobody here": {plan.Person{Email: "ada@example.org"}, uuid.Nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c.person.ID = "p"
			got := match(plan.Plan{People: []plan.Person{c.person}}, members)
			if m := got.members["p"]; m.ID != c.want || got.matches[0].By != c.by {
				t.Errorf("got %v by %q, want %v by %q", m.ID, got.matches[0].By, c.want, c.by)
			}
		})
	}
}

func TestAMemberIsOnlyOnePerson(t *testing.T) {
	got := match(plan.Plan{People: []plan.Person{{ID: "1", Name: "Ada"}, {ID: "2", Name: "ada"}}}, []Member{{ID: uuid.UUID{1}, Name: "Ada"}})
	if len(got.members) != 1 {
		t.Errorf("%d people are the same member", len(got.members))
	}
}
