//go:build mattn

package main

import (
	"database/sql"
	"strings"

	_ "github.com/mattn/go-sqlite3"
)

func init() {
	driverName = "mattn"
	open = func(path string, write bool) (*sql.DB, error) {
		s := "file:" + path + "?_busy_timeout=5000&_journal_mode=wal&_synchronous=full&_cache_size=-40000"
		if write {
			s += "&_txlock=immediate"
		} else {
			s += "&_query_only=1"
		}
		return sql.Open("sqlite3", strings.TrimSpace(s))
	}
}
