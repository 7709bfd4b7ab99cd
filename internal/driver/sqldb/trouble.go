package sqldb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/disk"
)

// cannotOpen says why a database can't be opened, and what to do.
func cannotOpen(path string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("the database %s can't be opened (%w); let this user read and write it and its folder, or name another path", path, p.Err)
	}
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultNotADB:
		return fmt.Errorf("%s is not a SQLite database (%w); name another path, or put the right file there", path, err)
	case sqlite.ResultCorrupt:
		return damaged(path, err)
	case sqlite.ResultFull, sqlite.ResultIOErr:
		return fmt.Errorf("the database %s can't be opened (%w); see whether the disk is full or failing", path, err)
	}
	return fmt.Errorf("open the database %s: %w", path, err)
}

func damaged(path string, err error) error {
	return fmt.Errorf("the database %s is damaged (%w); put a backup in its place", path, err)
}

// cannotMake says that the folder of a database can't be made, and what to do.
func cannotMake(path string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return fmt.Errorf("the folder %s can't be made (%w); make it for this user, or name another", filepath.Dir(path), err)
}

// refuseLogAlone refuses to make a database anew beside the log of one that is gone: the engine would throw the log away.
func refuseLogAlone(path string) error {
	if db, err := disk.Look(path); err != nil || db.Exists() {
		return nil //nolint:nilerr // whoever opens the file will tell
	}
	log, err := os.Stat(path + "-wal")
	if err != nil || log.Size() == 0 {
		return nil //nolint:nilerr // there is none
	}
	return fmt.Errorf("the database %s is gone, and its log, %s-wal, is still there; put the database back beside it or, to begin anew, move the log away", path, path)
}

// Verify reads the whole file and reports whether it is sound. It takes as long as that takes.
func (db *DB) Verify(ctx context.Context) error {
	var said string
	err := db.Read(ctx, func(tx *Tx) error { return tx.QueryRow(`PRAGMA quick_check(1)`).Scan(&said) })
	if err == nil && said != "ok" {
		err = errors.New(said)
	}
	if err != nil {
		return damaged(db.path, err)
	}
	return nil
}
