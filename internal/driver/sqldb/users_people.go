package sqldb

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

const personColumns = `p.id, p.email, p.name, p.locale, p.timezone, p.theme, p.notify, p.home, p.version, p.created_at,
	p.updated_at, p.deleted_at, p.fields, p.settings`

func scanPerson(row scanner) (users.Person, error) {
	var p users.Person
	var notify, fields, settings []byte
	var created, updated, deleted int64
	err := row.Scan(rawID{&p.ID}, &p.Email, &p.Name, &p.Locale, &p.Timezone, &p.Theme, &notify, rawID{&p.Home}, &p.Version, &created,
		&updated, &deleted, &fields, &settings)
	if err != nil {
		return p, err
	}
	p.CreatedAt, p.UpdatedAt, p.DeletedAt = clock(created), clock(updated), clock(deleted)
	if err := json.Unmarshal(notify, &p.Notify); err != nil {
		return p, fmt.Errorf("read what a person wants to be told: %w", err)
	}
	if err := json.Unmarshal(settings, &p.Settings); err != nil {
		return p, fmt.Errorf("read what is remembered for a person: %w", err)
	}
	p.Changed, err = readFields(fields)
	return p, err
}

// readFields reads in which versions fields were changed.
func readFields(doc []byte) (users.FieldVersions, error) {
	var v users.FieldVersions
	if err := json.Unmarshal(doc, &v); err != nil {
		return nil, fmt.Errorf("read which fields were changed when: %w", err)
	}
	return v, nil
}

func writeFields(v users.FieldVersions) (string, error) {
	if len(v) == 0 {
		return `{}`, nil
	}
	doc, err := json.Marshal(v)
	return string(doc), err
}

func putPerson(tx *Tx, p *users.Person) error {
	notify, err := json.Marshal(p.Notify)
	if err != nil {
		return fmt.Errorf("write what a person wants to be told: %w", err)
	}
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return fmt.Errorf("write what is remembered for a person: %w", err)
	}
	fields, err := writeFields(p.Changed)
	if err != nil {
		return fmt.Errorf("write which fields of a person were changed when: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO users_people (id, email, name, locale, timezone, theme, notify, home, version, created_at,
			updated_at, deleted_at, fields, settings)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, locale = excluded.locale,
			timezone = excluded.timezone, theme = excluded.theme, notify = excluded.notify, home = excluded.home,
			version = excluded.version, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at, fields = excluded.fields,
			settings = excluded.settings`,
		p.ID[:], p.Email, p.Name, p.Locale, p.Timezone, p.Theme, string(notify), p.Home[:], p.Version, stamp(p.CreatedAt),
		stamp(p.UpdatedAt), stamp(p.DeletedAt), fields, string(settings))
	if err != nil {
		return fmt.Errorf("write a person: %w", err)
	}
	return nil
}

func personByID(tx *Tx, id uuid.UUID) (*users.Person, error) {
	return one(tx, scanPerson, `SELECT `+personColumns+` FROM users_people p WHERE p.id = $1`, id[:])
}

// Person implements users.People.
func (s *UsersStore) Person(ctx context.Context, id uuid.UUID) (*users.Person, error) {
	return read(ctx, s.db, func(tx *Tx) (*users.Person, error) { return personByID(tx, id) })
}

// PersonByEmail implements users.People.
func (s *UsersStore) PersonByEmail(ctx context.Context, email string) (*users.Person, error) {
	return read(ctx, s.db, func(tx *Tx) (*users.Person, error) {
		return one(tx, scanPerson, `SELECT `+personColumns+` FROM users_people p WHERE p.email = $1 ORDER BY p.id LIMIT 1`, email)
	})
}

// personView is a users.PersonView.
type personView struct{ usersView }

func (v personView) Person() (*users.Person, error) { return personByID(v.tx, v.id) }

func (v personView) Memberships() ([]users.Member, error) {
	return all(v.tx, scanMember, `SELECT `+memberColumns+` FROM users_members m
		JOIN users_people p ON p.id = m.person JOIN users_workspaces w ON w.id = m.workspace
		WHERE m.person = $1 AND w.deleted_at = 0 ORDER BY m.workspace`, v.id[:])
}
