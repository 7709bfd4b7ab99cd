package sqldb

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"golang.org/x/mod/semver"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the tables of one domain ("auth", "users", "tasks") up to date, forward only. A database that a later
// version has changed so that this one would harm it names the oldest version that may run on it; version is the
// running one, and an older one is refused before anything is touched. What the tables will demand is recorded first, so
// that an older version is also kept off a database whose migration was broken off. Migrate holds the file's lock and so
// runs alone.
func (db *DB) Migrate(ctx context.Context, domain, version string) (err error) {
	if err := db.CheckVersion(ctx, domain, version); err != nil {
		return err
	}
	dir, err := fs.Sub(migrations, "migrations/"+domain)
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", domain, err)
	}
	store, err := database.NewStore(database.DialectSQLite3, domain+"_migrations")
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", domain, err)
	}
	through, err := viaSQL(db.path)
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", domain, err)
	}
	defer func() { err = errors.Join(err, through.Close()) }()
	provider, err := goose.NewProvider("", through, dir, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", domain, err)
	}
	if err := db.requireVersion(ctx, domain, oldest(domain)); err != nil {
		return fmt.Errorf("record the version that the tables of %s need: %w", domain, err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate the tables of %s: %w", domain, err)
	}
	return nil
}

// oldest is the oldest version that may run on a domain's tables as this one leaves them. A migration that an older
// version could not live with raises it; one that only adds does not.
func oldest(string) string { return "0.1.0" }

// CheckVersion refuses a version that is older than what the tables of a domain demand. Versions are semantic, without a
// leading v.
func (db *DB) CheckVersion(ctx context.Context, domain, version string) error {
	var oldest string
	err := db.Read(ctx, func(tx *Tx) error {
		var n int
		if err := tx.QueryRow(`SELECT count(*) FROM sqlite_schema WHERE name = 'schema_oldest'`).Scan(&n); err != nil || n == 0 {
			return err
		}
		err := tx.QueryRow(`SELECT version FROM schema_oldest WHERE domain = $1`, domain).Scan(&oldest)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if oldest != "" && semver.Compare("v"+version, "v"+oldest) < 0 {
		return fmt.Errorf("the database was made for rung %s or newer and this is rung %s; install the newer version", oldest, version)
	}
	return nil
}

// requireVersion records the oldest version that may run on the tables of a domain. It never goes back.
func (db *DB) requireVersion(ctx context.Context, domain, oldest string) error {
	return db.WriteAnyway(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(`CREATE TABLE IF NOT EXISTS schema_oldest (domain TEXT PRIMARY KEY, version TEXT NOT NULL)`); err != nil {
			return err
		}
		var now string
		err := tx.QueryRow(`SELECT version FROM schema_oldest WHERE domain = $1`, domain).Scan(&now)
		if err == nil && semver.Compare("v"+now, "v"+oldest) >= 0 {
			return nil
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		_, err = tx.Exec(`INSERT INTO schema_oldest (domain, version) VALUES ($1, $2) ON CONFLICT (domain) DO UPDATE SET version = excluded.version`, domain, oldest)
		return err
	})
}
