package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rung-app/rung/internal/driver/blob"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/files"
)

// databases holds what is open, once for each URL: domains with the same one share a database.
type databases struct {
	version string // of the program, which a schema may be too new for
	watch   func(path string, db *sqldb.DB)
	open    map[string]*sqldb.DB
	order   []string
}

// get opens the database of a URL, unless it is open, and makes ready the tables of a domain. The switch is the list of
// engines there are; config refuses the others with a sentence before it comes to this.
func (d *databases) get(ctx context.Context, url, domain string) (*sqldb.DB, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		path, err := filepath.Abs(rest)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", rest, err)
		}
		db := d.open[path]
		if db == nil {
			if db, err = sqldb.Open(ctx, path); err != nil {
				return nil, err
			}
			if d.open == nil {
				d.open = map[string]*sqldb.DB{}
			}
			d.open[path] = db
			d.order = append(d.order, path)
			d.watch(path, db)
		}
		if err := db.Migrate(ctx, domain, d.version); err != nil {
			return nil, err
		}
		return db, nil
	default:
		return nil, fmt.Errorf("there is no driver for databases of the kind %q", scheme)
	}
}

// ping asks every database whether it answers.
func (d *databases) ping(ctx context.Context) error {
	for _, path := range d.order {
		if err := d.open[path].Ping(ctx); err != nil {
			return err
		}
	}
	return nil
}

// close closes them in the reverse order.
func (d *databases) close() error {
	var errs []error
	for i := len(d.order) - 1; i >= 0; i-- {
		errs = append(errs, d.open[d.order[i]].Close())
	}
	d.open, d.order = nil, nil
	return errors.Join(errs...)
}

// openFiles opens what the configuration names for attached files.
func (a *App) openFiles() (files.Store, error) {
	scheme, rest, _ := strings.Cut(a.Config.FilesURL, ":")
	switch scheme {
	case "file":
		f, err := blob.OpenFolder(rest)
		if err != nil {
			return nil, err
		}
		a.folder = f
		return f, nil
	default:
		return nil, fmt.Errorf("there is no driver for files of the kind %q", scheme)
	}
}
