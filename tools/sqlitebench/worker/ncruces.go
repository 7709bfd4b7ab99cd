//go:build ncruces

package main

import (
	"database/sql"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

func init() {
	driverName = "ncruces"
	open = func(path string, write bool) (*sql.DB, error) { return driver.Open(dsn(path, write)) }
	vmSteps = ncrucesSteps
}

func ncrucesSteps(path, query string) (rows int, c counters) {
	db, err := sqlite3.Open(path)
	if err != nil {
		panic(err)
	}
	defer db.Close()
	stmt, _, err := db.Prepare(query)
	if err != nil {
		panic(err)
	}
	defer stmt.Close()
	for stmt.Step() {
		rows++
	}
	return rows, counters{
		full: stmt.Status(sqlite3.STMTSTATUS_FULLSCAN_STEP, false),
		sort: stmt.Status(sqlite3.STMTSTATUS_SORT, false),
		vm:   stmt.Status(sqlite3.STMTSTATUS_VM_STEP, false),
	}
}
