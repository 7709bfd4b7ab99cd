package sqldb

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/rung-app/rung/internal/auth"
)

// Instance implements auth.Installation.
func (s *AuthStore) Instance(ctx context.Context) (auth.Instance, error) {
	return read(ctx, s.db, loadInstance)
}

// UpdateInstance implements auth.Installation.
func (s *AuthStore) UpdateInstance(ctx context.Context, change func(*auth.Instance) error) error {
	return s.db.WriteAnyway(ctx, func(tx *Tx) error { return updateInstance(tx, change) })
}

func loadInstance(tx *Tx) (auth.Instance, error) {
	i, err := one(tx, func(row scanner) (i auth.Instance, err error) {
		err = row.Scan(&i.Setup, rawID{&i.Owner})
		return i, err
	}, `SELECT setup, owner FROM auth_instance WHERE id = 1`)
	if err != nil || i == nil {
		return auth.Instance{}, err
	}
	i.Keys, err = all(tx, func(row scanner) (k auth.SigningKey, err error) {
		var from, expires int64
		err = row.Scan(&k.ID, &k.Seed, &from, &expires)
		k.SignsFrom, k.ExpiresAt = clock(from), clock(expires)
		return k, err
	}, `SELECT id, seed, signs_from, expires_at FROM auth_keys ORDER BY signs_from, id`)
	return *i, err
}

// updateInstance writes everything anew when something has changed: it is little, and seldom.
func updateInstance(tx *Tx, change func(*auth.Instance) error) error {
	i, err := loadInstance(tx)
	if err != nil {
		return err
	}
	old := i
	old.Keys = slices.Clone(i.Keys)
	if err := change(&i); err != nil || reflect.DeepEqual(old, i) {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO auth_instance (id, setup, owner) VALUES (1, $1, $2)
		ON CONFLICT (id) DO UPDATE SET setup = excluded.setup, owner = excluded.owner`, i.Setup, i.Owner[:]); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM auth_keys`); err != nil {
		return err
	}
	for _, k := range i.Keys {
		if _, err := tx.Exec(`INSERT INTO auth_keys (id, seed, signs_from, expires_at) VALUES ($1, $2, $3, $4)`,
			k.ID, k.Seed, stamp(k.SignsFrom), stamp(k.ExpiresAt)); err != nil {
			return err
		}
	}
	return nil
}

// number writes a truth value as every engine keeps it.
func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// jsonText keeps a small value, a list mostly, as JSON in a column. To is what is written, or a pointer to what is read.
type jsonText struct{ to any }

// Value implements driver.Valuer.
func (j jsonText) Value() (driver.Value, error) {
	b, err := json.Marshal(j.to)
	return string(b), err
}

// Scan implements sql.Scanner.
func (j jsonText) Scan(src any) error {
	switch text := src.(type) {
	case string:
		return json.Unmarshal([]byte(text), j.to)
	case []byte:
		return json.Unmarshal(text, j.to)
	}
	return fmt.Errorf("a list is kept as %T", src)
}
