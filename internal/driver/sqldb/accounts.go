package sqldb

import "context"

// HasAccounts reports whether anybody has an account in the database, whose tables need not have been made yet.
func (db *DB) HasAccounts(ctx context.Context) (bool, error) {
	var found bool
	err := db.Read(ctx, func(tx *Tx) error {
		var made bool
		if err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'auth_accounts')`).Scan(&made); err != nil || !made {
			return err
		}
		return tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM auth_accounts)`).Scan(&found)
	})
	return found, err
}
