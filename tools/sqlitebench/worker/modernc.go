//go:build modernc

package main

import (
	"database/sql"
	"encoding/binary"
	"os"

	"modernc.org/libc"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

func init() {
	driverName = "modernc"
	// The default is fsync; every other build of SQLite for Linux uses fdatasync.
	if os.Getenv("BENCH_FSYNC") == "" {
		if _, err := sqlite.Fdatasync(true); err != nil {
			panic(err)
		}
	}
	open = func(path string, write bool) (*sql.DB, error) { return sql.Open("sqlite", dsn(path, write)) }
	vmSteps = moderncSteps
}

// moderncSteps uses the package's C-shaped API: the driver has no way to a statement's counters.
func moderncSteps(path, query string) (rows int, c counters) {
	tls := libc.NewTLS()
	defer tls.Close()
	cstr := func(s string) uintptr { p, _ := libc.CString(s); return p }
	out := libc.Xmalloc(tls, 8)
	defer libc.Xfree(tls, out)
	ptr := func() uintptr { return uintptr(binary.NativeEndian.Uint64(libc.GoBytes(out, 8))) } // a 64-bit machine
	if rc := lib.Xsqlite3_open_v2(tls, cstr(path), out, lib.SQLITE_OPEN_READWRITE, 0); rc != 0 {
		panic(rc)
	}
	db := ptr()
	defer lib.Xsqlite3_close_v2(tls, db)
	if rc := lib.Xsqlite3_prepare_v2(tls, db, cstr(query), -1, out, 0); rc != 0 {
		panic(rc)
	}
	stmt := ptr()
	defer lib.Xsqlite3_finalize(tls, stmt)
	for lib.Xsqlite3_step(tls, stmt) == lib.SQLITE_ROW {
		rows++
	}
	get := func(op int32) int { return int(lib.Xsqlite3_stmt_status(tls, stmt, op, 0)) }
	return rows, counters{full: get(lib.SQLITE_STMTSTATUS_FULLSCAN_STEP), sort: get(lib.SQLITE_STMTSTATUS_SORT), vm: get(lib.SQLITE_STMTSTATUS_VM_STEP)}
}
