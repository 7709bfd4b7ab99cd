package text

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Faults of JSON that CheckJSON finds.
var (
	ErrSyntax    = errors.New("is not one JSON value in UTF-8")
	ErrDepth     = errors.New("is nested too deep")
	ErrDuplicate = errors.New("has a member twice")
	ErrNumber    = errors.New("holds a number that is out of range")
	ErrControl   = errors.New("holds a NUL character")
)

// isBeyond reports whether a number does not fit into a double, which is what most programs read it into.
func isBeyond(number string) bool {
	_, err := strconv.ParseFloat(number, 64)
	return err != nil
}

// CheckJSON makes sure that b is one value of JSON which can mean only one thing (RFC 7493): UTF-8 without a byte order
// mark and with nothing behind it, no half of a surrogate pair, no member twice, no number beyond a
// double, nested at most depth deep. With nul it
// may hold NUL characters, which whoever takes the texts refuses by field.
func CheckJSON(b []byte, depth int, nul bool) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(b))
	for first := true; first || d.StackDepth() > 0; first = false {
		t, err := d.ReadToken()
		switch {
		case errors.Is(err, jsontext.ErrDuplicateName):
			return ErrDuplicate
		case err != nil:
			return ErrSyntax
		case d.StackDepth() > depth:
			return ErrDepth
		case t.Kind() == '0' && isBeyond(t.String()):
			return ErrNumber
		case !nul && t.Kind() == '"' && strings.Contains(t.String(), "\x00"):
			return ErrControl
		}
	}
	if _, err := d.ReadToken(); err != io.EOF { //nolint:errorlint // a Buffer's end, as it is
		return ErrSyntax
	}
	return nil
}
