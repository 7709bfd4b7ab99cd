package users

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"
	_ "time/tzdata" // a machine without zone files must know the same zones

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// Person is somebody with an account.
type Person struct {
	ID        uuid.UUID
	Email     string // a copy for display; auth owns the address
	Name      string
	Locale    string // BCP 47
	Timezone  string // IANA
	Theme     string // light, dark or system
	Notify    map[string]bool
	Settings  map[string]string // what programs remember for her
	Home      uuid.UUID         // the workspace that was made with her
	Version   int64
	CreatedAt time.Time
	UpdatedAt time.Time
	Changed   FieldVersions
	DeletedAt time.Time // when her account was; zero while she has one
}

// live reports whether there is such a person, who has an account.
func (p *Person) live() bool { return p != nil && p.DeletedAt.IsZero() }

// NewPerson is what a person is made from. Locale and Timezone may be empty.
type NewPerson struct {
	ID                            uuid.UUID
	Email, Name, Locale, Timezone string
}

// PersonPatch names what is to change: nil leaves a field as it is. A nil value in Notify
// or Settings takes the key out.
type PersonPatch struct {
	Name, Locale, Timezone, Theme *string
	Notify                        map[string]*bool
	Settings                      map[string]*string
}

// CreatePerson makes a person and her personal workspace, whose owner she is. It may be called again with the same id
// after any failure and then completes what is missing and gives what is there.
func (s *Service) CreatePerson(ctx context.Context, n NewPerson) (Person, Workspace, error) {
	home, err := uuid.NewV7()
	if err != nil {
		return Person{}, Workspace{}, fmt.Errorf("make an id: %w", err)
	}
	now, err := s.makePerson(ctx, n, home)
	if err != nil {
		return Person{}, Workspace{}, err
	}
	ws, err := s.createHome(ctx, now)
	return now, ws, err
}

// makePerson makes a person whose home is that workspace, or gives who is there already.
func (s *Service) makePerson(ctx context.Context, n NewPerson, home uuid.UUID) (now Person, err error) {
	p := Person{
		ID: n.ID, Email: canonicalEmail(n.Email), Name: n.Name, Locale: cmp.Or(n.Locale, "en"), Timezone: cmp.Or(n.Timezone, "UTC"),
		Theme: "system", Notify: map[string]bool{}, Settings: map[string]string{}, Home: home, Version: 1, CreatedAt: s.at(), UpdatedAt: s.at(),
	}
	if err := p.check(); err != nil {
		return Person{}, err
	}
	err = s.store.UpdatePerson(ctx, p.ID, func(v PersonView) (PersonChange, error) {
		old, err := v.Person()
		if err != nil {
			return PersonChange{}, err
		}
		if old != nil {
			now = *old
			return PersonChange{}, nil
		}
		now = p
		return PersonChange{Person: &now}, nil
	})
	s.directory.forgetPerson(p.ID)
	return now, err
}

// Person gives a person.
func (s *Service) Person(ctx context.Context, id uuid.UUID) (Person, error) {
	p, err := s.store.Person(ctx, id)
	if err != nil {
		return Person{}, err
	}
	if !p.live() {
		return Person{}, fault.NotFound()
	}
	return *p, nil
}

// PatchPerson changes a person's settings. What was seen may refuse it with KindStale. A new name is told to all her
// workspaces.
func (s *Service) PatchPerson(ctx context.Context, id uuid.UUID, patch PersonPatch, seen Seen) (Person, error) {
	return s.updatePerson(ctx, id, func(p *Person) error {
		old := *p
		patch.apply(p)
		if err := p.check(); err != nil {
			return err
		}
		return seen.check(old.Version, old.Changed, old.differences(*p))
	})
}

// SetEmail takes over the address from auth. It is idempotent.
func (s *Service) SetEmail(ctx context.Context, id uuid.UUID, email string) error {
	_, err := s.updatePerson(ctx, id, func(p *Person) error {
		p.Email = canonicalEmail(email)
		return nil
	})
	return err
}

func (s *Service) updatePerson(ctx context.Context, id uuid.UUID, change func(*Person) error) (Person, error) {
	var now Person
	var workspaces []Member
	err := s.store.UpdatePerson(ctx, id, func(v PersonView) (PersonChange, error) {
		workspaces = nil
		old, err := v.Person()
		if err != nil {
			return PersonChange{}, err
		}
		if !old.live() {
			return PersonChange{}, fault.NotFound()
		}
		now = *old
		if err := change(&now); err != nil {
			return PersonChange{}, err
		}
		if now.same(*old) {
			return PersonChange{}, nil
		}
		now.Version, now.UpdatedAt = old.Version+1, s.at()
		now.Changed = old.Changed.with(now.Version, old.differences(now))
		if workspaces, err = v.Memberships(); err != nil {
			return PersonChange{}, err
		}
		c := PersonChange{Person: &now}
		if now.Name != old.Name {
			for _, m := range workspaces {
				m.Name = now.Name
				c.Post = append(c.Post, s.memberMessage(m, id, nil))
			}
		}
		return c, nil
	})
	s.directory.forgetPerson(id)
	for _, m := range workspaces {
		s.directory.forgetMember(m.Workspace, id)
	}
	if err != nil {
		return Person{}, err
	}
	nudge(s.wakeMembers)
	return now, nil
}

func (patch PersonPatch) apply(p *Person) {
	set := func(to *string, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&p.Name, patch.Name)
	set(&p.Locale, patch.Locale)
	set(&p.Timezone, patch.Timezone)
	set(&p.Theme, patch.Theme)
	p.Notify, p.Settings = merged(p.Notify, patch.Notify), merged(p.Settings, patch.Settings)
}

// merged is a map with a patch applied. The map itself stays as it is, for it may belong to the stored person.
func merged[V any](m map[string]V, patch map[string]*V) map[string]V {
	out := make(map[string]V, len(m)+len(patch))
	maps.Copy(out, m)
	for k, v := range patch {
		if v == nil {
			delete(out, k)
		} else {
			out[k] = *v
		}
	}
	return out
}

func (p Person) same(o Person) bool { return p.Email == o.Email && len(p.differences(o)) == 0 }

// differences names the fields that a patch makes others, with their values in p.
func (p Person) differences(o Person) []fault.Changed {
	var all []fault.Changed
	for _, f := range []struct{ name, old, now string }{
		{"name", p.Name, o.Name}, {"locale", p.Locale, o.Locale}, {"timezone", p.Timezone, o.Timezone}, {"theme", p.Theme, o.Theme},
	} {
		if f.old != f.now {
			all = append(all, fault.Changed{Field: f.name, Theirs: f.old})
		}
	}
	if !maps.Equal(p.Notify, o.Notify) {
		all = append(all, fault.Changed{Field: "notify", Theirs: p.Notify})
	}
	if !maps.Equal(p.Settings, o.Settings) {
		all = append(all, fault.Changed{Field: "settings", Theirs: p.Settings})
	}
	return all
}

var notifyKey = regexp.MustCompile(`^[a-z][a-z0-9_.]{0,39}$`)

const maxNotify = 32

var settingKey = regexp.MustCompile(`^[a-z][a-z0-9_.:-]{0,79}$`)

const maxSettings = 16 << 10 // bytes, of names and texts together

// check validates a person and brings her name and locale into their canonical form.
func (p *Person) check() error {
	var bad []fault.Field
	refuse := func(field, message string) { bad = append(bad, fault.Field{Field: field, Message: message}) }
	if name, why := cleanName(p.Name); why != "" {
		refuse("name", why)
	} else {
		p.Name = name
	}
	if tag, err := language.Parse(p.Locale); err != nil || tag == language.Und || len(p.Locale) > 35 {
		refuse("locale", "must be a language tag such as en or pt-BR")
	} else {
		p.Locale = tag.String()
	}
	// LoadLocation also takes "" for UTC and "Local" for the server's zone, neither of which is a name.
	if _, err := time.LoadLocation(p.Timezone); err != nil || p.Timezone == "" || p.Timezone == "Local" {
		refuse("timezone", "must be a time zone's name such as Europe/Berlin")
	}
	if !slices.Contains([]string{"light", "dark", "system"}, p.Theme) {
		refuse("theme", "must be light, dark or system")
	}
	if len(p.Notify) > maxNotify {
		refuse("notify", fmt.Sprintf("can hold at most %d settings", maxNotify))
	}
	for k := range p.Notify {
		if !notifyKey.MatchString(k) {
			refuse("notify", "has a setting whose name is not made of up to 40 lower-case letters, digits, dots and underscores")
			break
		}
	}
	size := 0
	for k, v := range p.Settings {
		size += len(k) + len(v)
		if !settingKey.MatchString(k) {
			refuse("settings", "has a name that is not made of up to 80 lower-case letters, digits, dots, colons, hyphens and underscores")
			break
		}
		if why := text.Body(v); why != "" {
			refuse("settings", "has a text that "+why)
			break
		}
	}
	if size > maxSettings {
		refuse("settings", "can hold at most 16 KiB")
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}
