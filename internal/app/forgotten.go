package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rung-app/rung/internal/config"
	"github.com/rung-app/rung/internal/driver/sqldb"
)

// refuseForgotten refuses to begin anew while the file that is used by default holds accounts: then most likely a
// setting was lost or mistyped, and everybody's work would seem to be gone. db is the database of accounts; open are
// those of this process, by path.
func refuseForgotten(ctx context.Context, c *config.Config, db *sqldb.DB, open map[string]*sqldb.DB) error {
	usual, err := usualFile(c)
	if err != nil || c.EmptyDB == "allow" || open[usual] == db {
		return err
	}
	if used, err := db.HasAccounts(ctx); err != nil || used {
		return err
	}
	return findForgotten(ctx, c, usual, open[usual])
}

// checkForgotten is refuseForgotten for a check: it makes no file, and leaves alone what a server has in use.
func checkForgotten(ctx context.Context, c *config.Config) error {
	usual, err := usualFile(c)
	if err != nil {
		return err
	}
	path, err := filepath.Abs(strings.TrimPrefix(c.AuthDBURL, "sqlite:"))
	if err != nil || c.EmptyDB == "allow" || path == usual {
		return err
	}
	if _, err := os.Stat(path); err == nil {
		db, err := sqldb.Open(ctx, path)
		if err != nil {
			return unlessInUse(err)
		}
		defer db.Close()
		if used, err := db.HasAccounts(ctx); err != nil || used {
			return err
		}
	}
	return unlessInUse(findForgotten(ctx, c, usual, nil))
}

func usualFile(c *config.Config) (string, error) {
	return filepath.Abs(filepath.Join(c.Data, "rung.db"))
}

// findForgotten fails if there are accounts in the usual file, which is opened unless it is.
func findForgotten(ctx context.Context, c *config.Config, usual string, db *sqldb.DB) error {
	if db == nil {
		if _, err := os.Stat(usual); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		var err error
		if db, err = sqldb.Open(ctx, usual); err != nil {
			return fmt.Errorf("look for accounts that may have been forgotten: %w", err)
		}
		defer db.Close()
	}
	found, err := db.HasAccounts(ctx)
	if err != nil || !found {
		return err
	}
	return fmt.Errorf("the database of accounts, %s, is empty, while %s holds accounts and would not be used; correct db_url or auth_db_url, or set empty_db to allow if you mean to begin anew",
		config.MaskURL(c.AuthDBURL), usual)
}

func unlessInUse(err error) error {
	if errors.Is(err, sqldb.ErrInUse) {
		return nil
	}
	return err
}
