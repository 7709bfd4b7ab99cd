package sqldb

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"

	"zombiezen.com/go/sqlite"
)

// The engine is spoken to without database/sql between, which costs more than the engine itself where rows are many;
// its interfaces for values that know how they are kept, and its error for an absent row, are ours too.

// bind gives a parameter its value; the first is 1.
func (s *statement) bind(param int, v any) error {
	switch v := v.(type) {
	case nil:
		s.BindNull(param)
	case int64:
		s.BindInt64(param, v)
	case int:
		s.BindInt64(param, int64(v))
	case string:
		s.BindText(param, v)
	case []byte:
		if v == nil {
			s.BindNull(param)
		} else {
			s.BindBytes(param, v)
		}
	case bool:
		s.BindBool(param, v)
	default:
		plain, err := driver.DefaultParameterConverter.ConvertValue(v)
		if err != nil {
			return fmt.Errorf("bind parameter %d: %w", param, err)
		}
		switch plain.(type) {
		case nil, int64, string, []byte, bool:
			return s.bind(param, plain)
		}
		return fmt.Errorf("bind parameter %d: %T is not kept", param, v)
	}
	return nil
}

// Rows are what a query gives, one after the other.
type Rows struct {
	s   *statement
	err error
}

// Next goes to the next row. It reports false when there is none, or something went wrong.
func (r *Rows) Next() bool {
	if r.s == nil || r.err != nil {
		return false
	}
	more, err := r.s.Step()
	r.err = err
	if !more {
		r.Close()
	}
	return more
}

// Err is what went wrong.
func (r *Rows) Err() error { return r.err }

// Close ends the query. It may be called again.
func (r *Rows) Close() {
	if r.s != nil {
		r.s.end()
		r.s = nil
	}
}

// columnScanner takes a column as the engine has it, which is gone with the next row.
type columnScanner interface {
	scanColumn(s *sqlite.Stmt, column int) error
}

// Scan copies the columns of the row.
func (r *Rows) Scan(dest ...any) error {
	for i, d := range dest {
		if err := scanColumn(r.s.Stmt, i, d); err != nil {
			return fmt.Errorf("column %d: %w", i, err)
		}
	}
	return nil
}

func scanColumn(s *sqlite.Stmt, i int, dest any) error {
	switch d := dest.(type) {
	case columnScanner:
		return d.scanColumn(s, i)
	case *[]byte:
		*d = bytesOf(s, i)
		return nil
	case sql.Scanner:
		return d.Scan(valueOf(s, i))
	}
	if s.ColumnIsNull(i) {
		return fmt.Errorf("NULL does not go into %T", dest)
	}
	switch d := dest.(type) {
	case *int64:
		*d = s.ColumnInt64(i)
	case *int:
		*d = s.ColumnInt(i)
	case *bool:
		*d = s.ColumnBool(i)
	case *string:
		*d = s.ColumnText(i)
	default:
		return scanNamed(s, i, reflect.ValueOf(dest))
	}
	return nil
}

// scanNamed takes a column into a type that has a name of its own, such as a role.
func scanNamed(s *sqlite.Stmt, i int, dest reflect.Value) error {
	if dest.Kind() == reflect.Pointer {
		switch to := dest.Elem(); to.Kind() {
		case reflect.String:
			to.SetString(s.ColumnText(i))
			return nil
		case reflect.Int, reflect.Int64:
			to.SetInt(s.ColumnInt64(i))
			return nil
		}
	}
	return fmt.Errorf("nothing goes into %v", dest.Type())
}

// bytesOf copies a column, nil for NULL.
func bytesOf(s *sqlite.Stmt, i int) []byte {
	if s.ColumnIsNull(i) {
		return nil
	}
	b := make([]byte, s.ColumnLen(i))
	s.ColumnBytes(i, b)
	return b
}

// valueOf gives a column as sql.Scanner takes it.
func valueOf(s *sqlite.Stmt, i int) any {
	switch s.ColumnType(i) {
	case sqlite.TypeInteger:
		return s.ColumnInt64(i)
	case sqlite.TypeFloat:
		return s.ColumnFloat(i)
	case sqlite.TypeText:
		return s.ColumnText(i)
	case sqlite.TypeBlob:
		return bytesOf(s, i)
	}
	return nil
}

// Row is what a query gives that gives at most one row.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the columns of the row; it fails with sql.ErrNoRows if there is none. It must be called once.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	return r.rows.Scan(dest...)
}
