package sqldb

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
)

// part is a kind of thing that hangs on accounts, each in a table of its own.
type part[T any] struct {
	table   string
	columns []string // besides account and id
	id      func(*T) uuid.UUID
	values  func(*T) []any // of the columns
}

func sessionPart() part[auth.Session] {
	return part[auth.Session]{
		table: "auth_sessions",
		columns: []string{
			"salt", "generation", "digest", "rotated", "created_at", "seen_at", "expires_at", "address", "agent",
		},
		id: func(s *auth.Session) uuid.UUID { return s.ID },
		values: func(s *auth.Session) []any {
			rotated := make([]int64, len(s.Rotated))
			for i, t := range s.Rotated {
				rotated[i] = stamp(t)
			}
			return []any{
				s.Salt, s.Generation, s.Digest,
				jsonText{rotated},
				stamp(s.CreatedAt), stamp(s.SeenAt), stamp(s.ExpiresAt),
				s.Address, s.Agent,
			}
		},
	}
}

func scanSession(row scanner) (s auth.Session, err error) {
	var created, seen, expires int64
	var rotated []int64
	err = row.Scan(rawID{&s.ID}, &s.Salt, &s.Generation, &s.Digest, jsonText{&rotated}, &created, &seen, &expires,
		&s.Address, &s.Agent)
	for _, ms := range rotated {
		s.Rotated = append(s.Rotated, clock(ms))
	}
	s.CreatedAt, s.SeenAt, s.ExpiresAt = clock(created), clock(seen), clock(expires)
	return s, err
}

func tokenPart() part[auth.Token] {
	return part[auth.Token]{
		table:   "auth_tokens",
		columns: []string{"name", "digest", "scopes", "workspaces", "created_at", "expires_at", "used_at"},
		id:      func(t *auth.Token) uuid.UUID { return t.ID },
		values: func(t *auth.Token) []any {
			return []any{
				t.Name, t.Digest, jsonText{t.Scopes}, jsonText{t.Workspaces}, stamp(t.CreatedAt), stamp(t.ExpiresAt), stamp(t.UsedAt),
			}
		},
	}
}

func scanPersonalToken(row scanner) (t auth.Token, err error) {
	var created, expires, used int64
	err = row.Scan(rawID{&t.ID}, &t.Name, &t.Digest, jsonText{&t.Scopes}, jsonText{&t.Workspaces}, &created, &expires, &used)
	t.CreatedAt, t.ExpiresAt, t.UsedAt = clock(created), clock(expires), clock(used)
	return t, err
}

func linkPart() part[auth.Link] {
	return part[auth.Link]{
		table:   "auth_links",
		columns: []string{"kind", "digest", "email", "expires_at"},
		id:      func(l *auth.Link) uuid.UUID { return l.ID },
		values:  func(l *auth.Link) []any { return []any{string(l.Kind), l.Digest, l.Email, stamp(l.ExpiresAt)} },
	}
}

func scanLink(row scanner) (l auth.Link, err error) {
	var expires int64
	err = row.Scan(rawID{&l.ID}, &l.Kind, &l.Digest, &l.Email, &expires)
	l.ExpiresAt = clock(expires)
	return l, err
}

func mailPart() part[auth.Mail] {
	return part[auth.Mail]{
		table:   "auth_mails",
		columns: []string{"recipient", "subject", "body", "attempts", "due_at", "expires_at"},
		id:      func(m *auth.Mail) uuid.UUID { return m.ID },
		values: func(m *auth.Mail) []any {
			return []any{m.To, m.Subject, m.Text, m.Attempts, stamp(m.DueAt), stamp(m.ExpiresAt)}
		},
	}
}

const mailColumns = `account, id, recipient, subject, body, attempts, due_at, expires_at`

func scanMail(row scanner) (m auth.Mail, err error) {
	var due, expires int64
	err = row.Scan(rawID{&m.Account}, rawID{&m.ID}, &m.To, &m.Subject, &m.Text, &m.Attempts, &due, &expires)
	m.DueAt, m.ExpiresAt = clock(due), clock(expires)
	return m, err
}

// loadParts fills in what hangs on an account.
func loadParts(tx *Tx, a *auth.Account) (err error) {
	id := a.ID[:]
	if a.Sessions, err = all(tx, scanSession, `SELECT id, salt, generation, digest, rotated, created_at, seen_at, expires_at,
		address, agent FROM auth_sessions WHERE account = $1 ORDER BY id`, id); err != nil {
		return err
	}
	if a.Tokens, err = all(tx, scanPersonalToken, `SELECT id, name, digest, scopes, workspaces, created_at, expires_at, used_at
		FROM auth_tokens WHERE account = $1 ORDER BY id`, id); err != nil {
		return err
	}
	if a.Links, err = all(tx, scanLink, `SELECT id, kind, digest, email, expires_at
		FROM auth_links WHERE account = $1 ORDER BY id`, id); err != nil {
		return err
	}
	a.Mails, err = all(tx, scanMail, `SELECT `+mailColumns+` FROM auth_mails WHERE account = $1 ORDER BY id`, id)
	return err
}

// saveParts writes what differs between an account as it was and as it is to be.
func saveParts(tx *Tx, account uuid.UUID, old, now *auth.Account) error {
	if err := sessionPart().save(tx, account, old.Sessions, now.Sessions); err != nil {
		return err
	}
	if err := tokenPart().save(tx, account, old.Tokens, now.Tokens); err != nil {
		return err
	}
	if err := linkPart().save(tx, account, old.Links, now.Links); err != nil {
		return err
	}
	return mailPart().save(tx, account, old.Mails, now.Mails)
}

// save deletes what is gone and writes what is new or different.
func (p part[T]) save(tx *Tx, account uuid.UUID, old, now []T) error {
	was := make(map[uuid.UUID]*T, len(old))
	for i := range old {
		was[p.id(&old[i])] = &old[i]
	}
	for i := range now {
		id := p.id(&now[i])
		before := was[id]
		delete(was, id)
		if before != nil && reflect.DeepEqual(*before, now[i]) {
			continue
		}
		if err := p.write(tx, account, id, &now[i]); err != nil {
			return err
		}
	}
	for id := range was {
		if _, err := tx.Exec(`DELETE FROM `+p.table+` WHERE account = $1 AND id = $2`, account[:], id[:]); err != nil {
			return err
		}
	}
	return nil
}

func (p part[T]) write(tx *Tx, account, id uuid.UUID, v *T) error {
	var places, sets strings.Builder
	for i, c := range p.columns {
		fmt.Fprintf(&places, ", $%d", i+3)
		fmt.Fprintf(&sets, ", %s = excluded.%s", c, c)
	}
	_, err := tx.Exec(`INSERT INTO `+p.table+` (account, id, `+strings.Join(p.columns, ", ")+`) VALUES ($1, $2`+places.String()+`)
		ON CONFLICT (account, id) DO UPDATE SET `+sets.String()[2:],
		append([]any{account[:], id[:]}, p.values(v)...)...)
	return err
}

// copyAccount gives a copy whose lists can be changed without changing the original's.
func copyAccount(a auth.Account) auth.Account {
	a.Sessions, a.Tokens, a.Links, a.Mails = slices.Clone(a.Sessions), slices.Clone(a.Tokens), slices.Clone(a.Links), slices.Clone(a.Mails)
	return a
}
